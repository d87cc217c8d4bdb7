import { useEffect, useRef } from 'react';
import type { PaperId } from '../../shared/paper.ts';
import { scratchNoteId } from '../../shared/scratch-note.ts';

/**
 * Tells once of every note that failed to be saved while another paper is shown.
 * @param failed the notes that could not be saved
 * @param shownId the paper that is shown, or null
 */
export function useUnsavedNotice(
  failed: readonly PaperId[],
  shownId: PaperId | null,
  onNotice: (message: string, kind: 'info' | 'error') => void,
): void {
  const told = useRef(new Set<PaperId>());
  useEffect(() => {
    for (const id of told.current) if (!failed.includes(id)) told.current.delete(id);
    for (const id of failed) {
      if (told.current.has(id)) continue;
      told.current.add(id);
      const which = id === scratchNoteId ? 'scratch note' : 'note of another paper';
      if (id !== shownId) onNotice(`The ${which} could not be saved. Its text is kept.`, 'error');
    }
  });
}
