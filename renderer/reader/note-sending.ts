import { failureOf, OffprintError } from '../../shared/outcome.ts';
import { longestNote, type PaperId } from '../../shared/paper.ts';
import { type Attempt, type Draft, isOnItsWay } from './note-draft.ts';

/** What the saving of notes stands on; injected so that tests need not wait. */
export interface NoteSaverParts {
  /**
   * Puts a note on the disk. Resolves once it is there; rejects with an error whose message may be shown.
   * @param apart whether Undo is to take back just this; see `note.set`
   */
  save(id: PaperId, text: string, apart: boolean): Promise<void>;
  /** Runs `task` after `milliseconds`; returns the function that calls it off. */
  later(task: () => void, milliseconds: number): () => void;
}

/** Milliseconds after which a save that is not answered is mentioned. */
export const slowAfter = 100;
/** Milliseconds after which a save that is not answered counts as failed. */
export const patience = 15_000;
/** Milliseconds to the next try after the first, second, … failure; the last one repeats. */
export const retryDelays = [2_000, 5_000, 15_000, 60_000] as const;

/** What is said of a save that counts as failed because nobody has answered. */
export const noAnswer = 'The library has not answered.';
const tooLong = `The note is longer than ${longestNote.toLocaleString()} characters, the most that can be saved. Shorten it to save it.`;

/**
 * Brings notes to the disk: one save of a note after another, again after a while when one has failed, and once more
 * where two were on their way at once.
 */
export class NoteSending {
  readonly #parts: NoteSaverParts;
  readonly #tell: () => void;

  /** @param tell called after everything that changes how it stands with a note */
  constructor(parts: NoteSaverParts, tell: () => void) {
    this.#parts = parts;
    this.#tell = tell;
  }

  /** Sends the text without a pause, unless one is on its way. */
  now(id: PaperId, draft: Draft): void {
    draft.callOffSave?.();
    draft.callOffSave = null;
    this.#send(id, draft);
    this.#tell();
  }

  /** Sends the text unless one is on its way; then it is sent when that one is answered. */
  #send(id: PaperId, draft: Draft): void {
    if (draft.onDisk === draft.version || draft.conflict !== null || isOnItsWay(draft)) return;
    draft.callOffRetry?.();
    draft.callOffRetry = null;
    if (draft.text.length > longestNote) {
      draft.failure = tooLong;
      this.#tell();
    } else this.transmit(id, draft);
  }

  /** Sends the text at once, whatever is on its way. */
  transmit(id: PaperId, draft: Draft): void {
    // What is sent is the newest text, whichever timer sends it.
    draft.callOffSave?.();
    draft.callOffSave = null;
    const attempt: Attempt = { version: draft.version, text: draft.text, contested: false, overdue: false };
    for (const other of draft.attempts) {
      if (other.overdue || other.version === attempt.version) continue;
      other.contested = true;
      attempt.contested = true;
    }
    draft.attempts.add(attempt);
    const callOffSlow = this.#parts.later(() => {
      draft.slow = true;
      this.#tell();
    }, slowAfter);
    const callOffPatience = this.#parts.later(() => {
      attempt.overdue = true;
      this.#failed(id, draft, new OffprintError('unreadable', noAnswer));
    }, patience);
    const answered = () => {
      callOffSlow();
      callOffPatience();
      draft.attempts.delete(attempt);
      if (draft.attempts.size === 0) draft.slow = false;
    };
    this.#parts.save(id, attempt.text, attempt.version === draft.broughtBack).then(
      () => {
        answered();
        this.#acknowledged(id, draft, attempt);
      },
      (error) => {
        answered();
        if (!attempt.overdue) this.#failed(id, draft, error);
      },
    );
  }

  #acknowledged(id: PaperId, draft: Draft, attempt: Attempt): void {
    // A text given up long ago may just have landed on a newer one.
    const belated = attempt.overdue && attempt.version !== draft.version;
    if (belated) for (const other of draft.attempts) other.contested = true;
    if (belated || attempt.contested) draft.onDisk = null;
    else {
      draft.onDisk = attempt.version;
      draft.acknowledged = { text: attempt.text, count: draft.acknowledged.count + 1 };
      draft.base = attempt.text;
    }
    if (!belated) this.#forgetFailure(draft);
    if (draft.callOffSave === null) this.#send(id, draft);
    this.#tell();
  }

  #forgetFailure(draft: Draft): void {
    draft.failure = null;
    draft.failures = 0;
    draft.callOffRetry?.();
    draft.callOffRetry = null;
  }

  #failed(id: PaperId, draft: Draft, error: unknown): void {
    if (draft.onDisk !== draft.version) {
      const { code, message } = failureOf(error);
      draft.failure = code === 'internal' ? 'The note could not be written.' : message;
      draft.failures += 1;
      draft.callOffRetry?.();
      draft.callOffRetry = this.#parts.later(
        () => {
          draft.callOffRetry = null;
          this.#send(id, draft);
        },
        retryDelays[Math.min(draft.failures, retryDelays.length) - 1] ?? patience,
      );
    }
    this.#tell();
  }
}
