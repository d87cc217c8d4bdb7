import { OffprintError } from '../../shared/outcome.ts';
import { longestNote, type PaperId } from '../../shared/paper.ts';
import { joinedNotes, standingOf } from '../../shared/unsaved-note.ts';
import { type Draft, isBusy, newDraft } from './note-draft.ts';
import { type NoteSaverParts, NoteSending, noAnswer } from './note-sending.ts';

export { patience, retryDelays, slowAfter } from './note-sending.ts';

/** How it stands with a note, for the reader's eyes. */
export type NoteState =
  /** Nothing was typed since the library was asked. */
  | { kind: 'untouched' }
  /** Typed, or on its way to the disk. `slow` once the way takes long enough to be worth a word. */
  | { kind: 'unsaved'; slow: boolean }
  | { kind: 'saved' }
  /**
   * The note has been changed elsewhere since what is shown was typed: `saved` is what it says. Not sent until the
   * reader decides; see {@link NoteSaver.decide}.
   */
  | { kind: 'conflict'; saved: string }
  /** Not on the disk, and kept here. Stays until a save succeeds. */
  | { kind: 'failed'; message: string };

/** Milliseconds from the last key to the save. */
export const pauseBeforeSave = 400;
/** Longest note, in UTF-16 units, that is sure to be sent while its page goes away. */
const longestLeaving = 4_000;

/**
 * Saves notes as they are typed. Every text is kept here, by paper, until the library has
 * acknowledged exactly that text, whatever is shown meanwhile. Saves of one note go one after
 * another, so that an older text never lands on a newer one; where two had to be on their way at
 * once (a closing window, an unanswered save), the newest is sent again before it counts as saved.
 */
export class NoteSaver {
  readonly #parts: NoteSaverParts;
  readonly #sending: NoteSending;
  readonly #drafts = new Map<PaperId, Draft>();
  readonly #listeners = new Set<() => void>();
  #changes = 0;
  #turns = 0;

  constructor(parts: NoteSaverParts) {
    this.#parts = parts;
    this.#sending = new NoteSending(parts, (isTurned) => {
      if (isTurned) this.#turns += 1;
      this.#tell();
    });
  }

  /** Calls `listener` after every change. Returns the function that stops it. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** A number that grows with every change, to be compared. */
  readonly changes = (): number => this.#changes;

  /**
   * How often this window has brought back what was: gone back or forth in the library's history, or put an
   * earlier text in the place of a note. A note that is open for writing then takes the text that came back;
   * what is typed in it and not saved yet stays.
   */
  get turns(): number {
    return this.#turns;
  }

  /** Says that this window has gone back or forth in the history. */
  turned(): void {
    this.#turns += 1;
    this.#tell();
  }

  /**
   * Takes a note as it was just typed; it is saved after a pause.
   * Where it has come to say something else, nothing of that is lost: the reader is to decide.
   * @param base what the note said before, as far as whoever types knows; what was last saved here, if not given
   */
  edit(id: PaperId, text: string, base?: string): void {
    const draft = this.#draft(id);
    if (draft.onDisk === draft.version || draft.version === 0) {
      draft.base = base ?? draft.acknowledged.text;
      draft.isBaseKnown = base !== undefined || draft.acknowledged.count > 0;
    }
    draft.text = text;
    draft.version += 1;
    draft.callOffSave?.();
    draft.callOffSave = null;
    if (draft.conflict === null) this.#saveSoon(id, draft);
    this.#tell();
  }

  #saveSoon(id: PaperId, draft: Draft): void {
    draft.callOffSave = this.#parts.later(() => {
      this.#sending.now(id, draft);
    }, pauseBeforeSave);
  }

  /** The notes that are not known to be on the disk, with what each was written over; none that is too long for it. */
  drafts(): { id: PaperId; text: string; base: string }[] {
    return this.unsaved().flatMap((id) => {
      const { text = '', base = '' } = this.#drafts.get(id) ?? {};
      return text.length > longestNote || base.length > longestNote ? [] : [{ id, text, base }];
    });
  }

  /**
   * Takes up what was typed before the page broke off. It is saved at once where the note still says what it was
   * written over, or nothing of it would be lost; else the reader is to decide.
   * @param saved what the note says now
   * @returns false when the note says it already
   */
  takeUp(id: PaperId, { text, base }: { text: string; base: string }, saved: string): boolean {
    const standing = standingOf({ text, base }, saved);
    if (standing === 'saved') return false;
    const draft = this.#draft(id);
    draft.text = text;
    draft.version += 1;
    const isLossless = standing === 'typed';
    draft.base = isLossless ? saved : base;
    draft.isBaseKnown = true;
    draft.conflict = isLossless ? null : saved;
    this.#turns += 1;
    if (isLossless) this.#sending.now(id, draft);
    else this.#tell();
    return true;
  }

  /**
   * Ends a conflict: the note says what was typed, or that below what it says, or stays as it is saved. Undo brings
   * the other text back. Resolves when it is on the disk or could not be saved; see {@link state}.
   */
  async decide(id: PaperId, which: 'typed' | 'both' | 'saved'): Promise<void> {
    const draft = this.#drafts.get(id);
    const saved = draft?.conflict ?? null;
    if (!draft || saved === null) return;
    this.#release(draft, which === 'both' ? joinedNotes(saved, draft.text) : draft.text);
    this.#sending.now(id, draft);
    await this.settled(id);
    if (which === 'saved' && this.state(id).kind === 'saved') await this.replace(id, saved).catch(() => {});
  }

  /** Makes a text that was in conflict one that is to be saved, as a step of its own. */
  #release(draft: Draft, text: string): void {
    draft.base = draft.conflict ?? draft.base;
    draft.isBaseKnown = true;
    draft.conflict = null;
    if (text !== draft.text) {
      draft.text = text;
      this.#turns += 1;
    }
    draft.version += 1;
    draft.broughtBack = draft.version;
  }

  /** What the reader has not decided on by the time the page goes: nothing of either text is lost. */
  #keepBoth(): void {
    for (const draft of this.#drafts.values())
      if (draft.conflict !== null) this.#release(draft, joinedNotes(draft.conflict, draft.text));
  }

  /** Saves one note now, if it is not saved already. */
  settle(id: PaperId): void {
    const draft = this.#drafts.get(id);
    if (draft && draft.onDisk !== draft.version) this.#sending.now(id, draft);
  }

  /** Saves one note now, and resolves when it is on the disk or could not be saved; see {@link state}. */
  async settled(id: PaperId): Promise<void> {
    this.settle(id);
    const draft = this.#drafts.get(id);
    while (draft && isBusy(draft)) await this.#nextChange();
  }

  /**
   * Puts a whole other text in the place of a note, whatever that says, and saves it now. A note that is open for
   * writing takes it.
   * Resolves when it is on the disk; rejects, with the text kept as one that was typed, when it could not be saved.
   */
  async replace(id: PaperId, text: string): Promise<void> {
    this.#turns += 1;
    // What was typed before it must not become one step with it.
    await this.settled(id);
    this.edit(id, text);
    const draft = this.#drafts.get(id);
    if (draft) {
      draft.broughtBack = draft.version;
      draft.isBaseKnown = false;
      draft.conflict = null;
    }
    await this.settled(id);
    const state = this.state(id);
    if (state.kind !== 'saved')
      throw new OffprintError('unreadable', state.kind === 'failed' ? state.message : noAnswer);
  }

  /** Tries again to save everything that failed. */
  retry(): void {
    for (const [id, draft] of this.#drafts) if (draft.failure !== null) this.#sending.now(id, draft);
  }

  /**
   * Saves everything now. Resolves when all is on the disk; rejects, with the texts still kept,
   * when something could not be saved. Never waits longer than {@link patience} after the last key.
   */
  async flush(): Promise<void> {
    do {
      this.#keepBoth();
      for (const id of this.#drafts.keys()) this.settle(id);
      while ([...this.#drafts.values()].some(isBusy)) await this.#nextChange();
    } while (this.undecided().length > 0);
    const unsaved = this.unsaved();
    if (unsaved.length === 0) return;
    const which = unsaved.length === 1 ? 'A note could' : `${unsaved.length} notes could`;
    throw new OffprintError(
      'unreadable',
      `${which} not be saved. ${this.#drafts.get(unsaved[0] ?? '')?.failure ?? ''}`,
    );
  }

  /**
   * The page may be gone in a moment: sends everything unsaved at once, without waiting for what
   * is on its way. All goes on as before should the page stay.
   */
  leave(): void {
    this.#keepBoth();
    for (const [id, draft] of this.#drafts) {
      if (draft.onDisk === draft.version || draft.text.length > longestNote) continue;
      this.#sending.transmit(id, draft, true);
    }
  }

  /** How it stands with the note of a paper. */
  state(id: PaperId): NoteState {
    const draft = this.#drafts.get(id);
    if (!draft) return { kind: 'untouched' };
    if (draft.conflict !== null) return { kind: 'conflict', saved: draft.conflict };
    if (draft.failure !== null) return { kind: 'failed', message: draft.failure };
    return draft.onDisk === draft.version ? { kind: 'saved' } : { kind: 'unsaved', slow: draft.slow };
  }

  /** The papers whose notes are not known to be on the disk as they were typed. */
  unsaved(): PaperId[] {
    return [...this.#drafts].filter(([, draft]) => draft.onDisk !== draft.version).map(([id]) => id);
  }

  /** The papers whose notes could not be saved. */
  failed(): PaperId[] {
    return this.unsaved().filter((id) => this.#drafts.get(id)?.failure !== null);
  }

  /** The papers whose notes were changed elsewhere as well, and wait for {@link decide}. */
  undecided(): PaperId[] {
    return [...this.#drafts].filter(([, draft]) => draft.conflict !== null).map(([id]) => id);
  }

  /** True when a note is too long to be sent while its page goes away. */
  isLong(id: PaperId): boolean {
    return (this.#drafts.get(id)?.text.length ?? 0) > longestLeaving;
  }

  /** A number to remember when asking the library for a paper, for {@link text}. */
  stamp(id: PaperId): number {
    return this.#drafts.get(id)?.acknowledged.count ?? 0;
  }

  /**
   * The note to show: what was typed if it is not saved, else what was saved if the library was
   * asked before that, else the library's own answer.
   * @param answer the note as the library gave it, and the {@link stamp} from before it was asked
   */
  text(id: PaperId, answer: { note: string; stamp: number }): string {
    const draft = this.#drafts.get(id);
    if (!draft) return answer.note;
    if (draft.onDisk !== draft.version) return draft.text;
    return draft.acknowledged.count > answer.stamp ? draft.acknowledged.text : answer.note;
  }

  /** What is kept of a note; begun where nothing is. */
  #draft(id: PaperId): Draft {
    const draft = this.#drafts.get(id) ?? newDraft();
    this.#drafts.set(id, draft);
    return draft;
  }

  #nextChange(): Promise<void> {
    return new Promise((resolve) => {
      const stop = this.subscribe(() => {
        stop();
        resolve();
      });
    });
  }

  #tell(): void {
    this.#changes += 1;
    for (const listener of [...this.#listeners]) listener();
  }
}
