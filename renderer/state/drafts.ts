import type { Draft } from '../../shared/host-calls.ts';
import type { PaperId } from '../../shared/paper.ts';
import { scratchNoteId } from '../../shared/scratch-note.ts';
import { noteSaverOf } from '../reader/note-saver-of.ts';
import { noteOf } from './note-of.ts';
import type { Session } from './session.ts';
import type { TabMemory } from './tab-memory.ts';

/** Notes kept for a window, at most; see `drafts.keep`. */
const most = 20;

/**
 * What is typed into notes and not saved yet, kept outside of the page from the first key on: with the program, in
 * its memory and nowhere else. A page that is loaded anew, after a crash say, takes it up again.
 */
export class Drafts {
  readonly #session: Session;
  readonly #memory: TabMemory;
  /** What was sent last; null while nobody knows what is kept. */
  #kept: readonly Draft[] | null = [];
  #isSending = false;
  #isTakingUp = false;
  readonly #takenUp = new Set<PaperId>();

  constructor(session: Session, memory: TabMemory) {
    this.#session = session;
    this.#memory = memory;
  }

  /** Follows what is typed. Returns the function that stops following. */
  listen(): () => void {
    return noteSaverOf(this.#session.client).subscribe(() => void this.#keep());
  }

  /** Takes up what the page before this one had not saved. Never rejects. */
  async takeUp(): Promise<void> {
    const { client } = this.#session;
    const drafts = await this.#memory.drafts();
    if (drafts.length === 0) return;
    const saver = noteSaverOf(client);
    const saved = await Promise.all(drafts.map((draft) => this.#savedNote(draft)));
    this.#isTakingUp = true;
    for (const [at, draft] of drafts.entries())
      if (saver.takeUp(draft.id, draft, saved[at] ?? draft.base)) this.#takenUp.add(draft.id);
    this.#isTakingUp = false;
    this.#kept = null;
    void this.#keep();
  }

  /** Says that there was something to be taken up, and where it is. */
  tell(): void {
    const [id] = this.#takenUp;
    if (id === undefined) return;
    const { store, toasts } = this.#session;
    const { size } = this.#takenUp;
    const isShown = size === 1 && store.get().currentId === id;
    toasts.show('notice', `What was typed last is back in ${size === 1 ? 'the note' : `${size} notes`}.`, {
      topic: 'drafts',
      action: isShown ? null : { label: 'Show', run: () => this.#show(id) },
    });
  }

  #show(id: PaperId): void {
    if (id === scratchNoteId) this.#session.dialog({ kind: 'scratch' });
    else void this.#session.papers.goTo(id);
  }

  /** Whether the note of a paper was being written when the page before this one broke off. */
  wasWriting(id: PaperId | null): boolean {
    return id !== null && this.#takenUp.has(id);
  }

  /** What the note says now; where that cannot be read, what it said. The save then tells what is wrong. */
  async #savedNote({ id, base }: Draft): Promise<string> {
    return noteOf(this.#session.client, id).then(
      ({ text }) => text,
      () => base,
    );
  }

  /** Sends what is unsaved now; one call at a time, so that an older text never lands on a newer one. */
  async #keep(): Promise<void> {
    if (this.#isSending || this.#isTakingUp) return;
    const drafts = noteSaverOf(this.#session.client).drafts().slice(-most);
    if (isSame(drafts, this.#kept)) return;
    const window = this.#memory.window();
    if (window === null) return;
    // The page that comes is to show the paper that is being written about.
    if (drafts.some(({ id }) => !this.#kept?.some((known) => known.id === id))) this.#session.remember();
    this.#kept = drafts;
    this.#isSending = true;
    const isKept = await this.#session.client.call('drafts.keep', { window, drafts }).then(
      () => true,
      () => false,
    );
    this.#isSending = false;
    // What could not be kept is tried again with the next key.
    if (isKept) void this.#keep();
    else this.#kept = null;
  }
}

function isSame(drafts: readonly Draft[], others: readonly Draft[] | null): boolean {
  return (
    others?.length === drafts.length &&
    drafts.every(({ id, text, base }, at) => {
      const other = others[at];
      return other?.id === id && other.text === text && other.base === base;
    })
  );
}
