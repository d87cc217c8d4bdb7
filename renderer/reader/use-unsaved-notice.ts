import { useEffect, useRef } from 'react';
import type { PaperId } from '../../shared/paper.ts';
import { scratchNoteId } from '../../shared/scratch-note.ts';

/** What is said where another paper is shown than the one whose note was written in two places. */
export function undecidedWords(id: PaperId): string {
  const which = id === scratchNoteId ? 'scratch note' : 'note of another paper';
  return `The ${which} was changed elsewhere, too. Both texts are kept.`;
}

function failedWords(id: PaperId): string {
  const which = id === scratchNoteId ? 'scratch note' : 'note of another paper';
  return `The ${which} could not be saved. Its text is kept.`;
}

/**
 * Tells once of every note that failed to be saved, or waits for the reader, while another paper is shown.
 * @param notes those that could not be saved, and those that were changed elsewhere as well
 * @param shownId the paper that is shown, or null
 */
export function useUnsavedNotice(
  { failed, undecided }: Record<'failed' | 'undecided', readonly PaperId[]>,
  shownId: PaperId | null,
  onNotice: (message: string, kind: 'info' | 'error') => void,
): void {
  const told = useRef({ failed: new Set<PaperId>(), undecided: new Set<PaperId>() });
  useEffect(() => {
    const tell = (ids: readonly PaperId[], known: Set<PaperId>, words: (id: PaperId) => string) => {
      for (const id of known) if (!ids.includes(id)) known.delete(id);
      for (const id of ids) {
        if (known.has(id)) continue;
        known.add(id);
        if (id !== shownId) onNotice(words(id), 'error');
      }
    };
    tell(failed, told.current.failed, failedWords);
    tell(undecided, told.current.undecided, undecidedWords);
  });
}
