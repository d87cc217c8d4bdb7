import type { Handlers } from '../shared/contract.ts';
import type { Draft } from '../shared/host-calls.ts';
import { failureOf } from '../shared/outcome.ts';
import { longestNote, type PaperId } from '../shared/paper.ts';
import { scratchNoteId } from '../shared/scratch-note.ts';
import { joinedNotes, standingOf } from '../shared/unsaved-note.ts';

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
          await saveAsNote(handlers, draft);
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

async function savedNote(handlers: Handlers, id: PaperId): Promise<string> {
  if (id === scratchNoteId) return (await handlers['scratch.get']({})).text;
  try {
    return (await handlers['paper.get']({ id, query: '' })).note;
  } catch (error) {
    // A paper that is gone can still have its note.
    if (failureOf(error).code === 'not-found') return '';
    throw error;
  }
}

/** @throws whatever the library does when it cannot save it */
async function saveAsNote(handlers: Handlers, draft: Draft): Promise<void> {
  const { id, text } = draft;
  const saved = await savedNote(handlers, id);
  const standing = standingOf(draft, saved);
  if (standing === 'saved') return;
  const both = joinedNotes(saved, text);
  const isBoth = standing === 'conflict' && both.length <= longestNote;
  await handlers['note.set']({ id, text: isBoth ? both : text, apart: true });
}
