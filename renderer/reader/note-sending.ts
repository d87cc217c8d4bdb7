import { mostOver, notePrint } from '../../shared/note-print.ts';
import { failureOf, OffprintError } from '../../shared/outcome.ts';
import { longestNote, type PaperId } from '../../shared/paper.ts';
import { isChangedOtherwise } from '../../shared/unsaved-note.ts';
import { type Attempt, type Draft, isOnItsWay } from './note-draft.ts';

/** How a note is saved: the parts of `note.set` in the contract. */
export interface SaveHow {
  apart: boolean;
  /** Null where it takes the place of whatever the note says. */
  over: string[] | null;
  joins: boolean;
}

/** What the saving of notes stands on; injected so that tests need not wait. */
export interface NoteSaverParts {
  /**
   * Puts a note on the disk. Resolves once it is there, or with what the note says instead; rejects with an error
   * whose message may be shown.
   */
  save(id: PaperId, text: string, how: SaveHow): Promise<string | null>;
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
  readonly #tell: (isTurned?: boolean) => void;

  /**
   * @param tell called after everything that changes how it stands with a note; `isTurned` where it has come to say
   * what was not typed here
   */
  constructor(parts: NoteSaverParts, tell: (isTurned?: boolean) => void) {
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

  /**
   * Sends the text at once, whatever is on its way.
   * @param joins whether what was written elsewhere meanwhile is kept with it; else the reader is asked
   */
  transmit(id: PaperId, draft: Draft, joins = false): void {
    // What is sent is the newest text, whichever timer sends it.
    draft.callOffSave?.();
    draft.callOffSave = null;
    const attempt: Attempt = {
      version: draft.version,
      text: draft.text,
      contested: false,
      overdue: false,
      answers: draft.answers,
      joins,
    };
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
      draft.answers += 1;
      if (draft.attempts.size === 0) draft.slow = false;
    };
    const over = draft.isBaseKnown ? knownPrints(draft) : null;
    const how = { apart: attempt.version === draft.broughtBack, over, joins };
    const print = notePrint(attempt.text);
    // So many and the one that was last saved may be told.
    draft.sent = [...draft.sent.filter((other) => other !== print), print].slice(1 - mostOver);
    this.#parts.save(id, attempt.text, how).then(
      (instead) => {
        answered();
        if (instead === null) this.#acknowledged(id, draft, attempt);
        else this.#saysInstead(id, draft, attempt, instead);
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
      draft.isBaseKnown = true;
      draft.conflict = null;
      if (draft.attempts.size === 0) draft.sent = [];
    }
    if (!belated) this.#forgetFailure(draft);
    if (draft.callOffSave === null) this.#send(id, draft);
    this.#tell();
  }

  /** The note was changed elsewhere: it says what is given, which may hold the text if the attempt joins. */
  #saysInstead(id: PaperId, draft: Draft, attempt: Attempt, instead: string): void {
    // What is on the disk already was not changed by an attempt that came too late.
    if (draft.onDisk === draft.version) {
      this.#tell();
      return;
    }
    this.#forgetFailure(draft);
    const isShown = attempt.joins && attempt.version === draft.version && instead.includes(attempt.text);
    if (isShown) draft.text = instead;
    const isNews = isChangedOtherwise({ text: draft.text, over: knownPrints(draft) }, instead);
    // Another was answered since this one was sent: what it says may have passed.
    const isPast = draft.answers > attempt.answers + 1;
    if (isShown || isPast || !isNews || !draft.isBaseKnown) {
      if (isShown) draft.version += 1;
      if (isShown || !isPast) {
        draft.base = instead;
        draft.conflict = null;
      }
      // Sent once more, over what is known now: nothing of that is lost.
      if (draft.callOffSave === null) this.#send(id, draft);
    } else {
      draft.conflict = instead;
      draft.callOffSave?.();
      draft.callOffSave = null;
    }
    this.#tell(isShown);
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

/** The prints of what the disk may hold as far as this window knows. */
function knownPrints(draft: Draft): string[] {
  return [notePrint(draft.base), ...draft.sent];
}
