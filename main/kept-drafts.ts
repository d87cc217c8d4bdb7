import type { Handlers } from '../shared/contract.ts';
import type { Draft } from '../shared/host-calls.ts';
import { notePrint } from '../shared/note-print.ts';
import { failureOf } from '../shared/outcome.ts';

/** What stands unsaved in the editors of the one window, for when its page cannot save it any more. */
export interface KeptDrafts {
  /** The library's handlers, with `drafts.keep` heard here. */
  handlers: Handlers;
  /** How many notes are not saved, as far as the page has said. */
  count(): number;
  /**
   * Saves them as the notes: in the place of what they were written over; below it where the note was changed
   * otherwise meanwhile. Undo takes back each. Those that could not be saved are kept.
   * @returns why the first of these could not be saved, as a whole sentence; null when none is left. Never rejects
   */
  save(): Promise<string | null>;
  /** Forgets them: the reader has said so, or the page has saved them itself. */
  drop(): Promise<void>;
}

/** See {@link KeptDrafts}. */
export function keptDrafts(handlers: Handlers): KeptDrafts {
  let kept: { window: string; drafts: readonly Draft[] } | null = null;
  const put = async (drafts: Draft[]) => {
    if (kept === null) return;
    const { window } = kept;
    kept = { window, drafts };
    // Held in memory: it does not fail, and there is no more to be done where it does.
    await handlers['drafts.keep']({ window, drafts }).catch(() => {});
  };
  return {
    handlers: {
      ...handlers,
      'drafts.keep': async (input) => {
        const answer = await handlers['drafts.keep'](input);
        kept = input;
        return answer;
      },
    },
    count: () => kept?.drafts.length ?? 0,
    async save() {
      const left: Draft[] = [];
      let why: string | null = null;
      for (const draft of kept?.drafts ?? []) {
        try {
          const { id, text, base } = draft;
          await handlers['note.set']({ id, text, apart: true, over: [notePrint(base)], joins: true });
        } catch (error) {
          left.push(draft);
          why ??= failureOf(error).message;
        }
      }
      await put(left);
      return why;
    },
    drop: () => put([]),
  };
}
