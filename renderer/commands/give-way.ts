import type { OpenDialog } from '../state/app-state.ts';

/** True where another dialog may take the place of the one that is open: nothing typed in that would be lost. */
export function canGiveWay(dialog: OpenDialog | null): boolean {
  return (
    dialog === null ||
    ['help', 'columns', 'sources', 'changes', 'report', 'noteHistory', 'deletedNotes', 'allNotes'].includes(dialog.kind)
  );
}
