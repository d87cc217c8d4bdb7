import { scratchNoteId } from '../../shared/scratch-note.ts';
import { useApp, useSession } from '../frame/session-context.ts';
import { lazyDialog } from './lazy-dialog.tsx';

const PaletteDialog = lazyDialog(() => import('../palette/palette-dialog.tsx').then((module) => module.PaletteDialog));
const ChangesDialog = lazyDialog(() => import('./changes-dialog.tsx').then((module) => module.ChangesDialog));
const ColumnsDialog = lazyDialog(() => import('./columns-dialog.tsx').then((module) => module.ColumnsDialog));
const HelpDialog = lazyDialog(() => import('./help-dialog.tsx').then((module) => module.HelpDialog));
const ManageTagsDialog = lazyDialog(() => import('./manage-tags-dialog.tsx').then((module) => module.ManageTagsDialog));
const ReportDialog = lazyDialog(() => import('./report-dialog.tsx').then((module) => module.ReportDialog));
const SaveViewDialog = lazyDialog(() => import('./save-view-dialog.tsx').then((module) => module.SaveViewDialog));
const SourcesDialog = lazyDialog(() => import('./sources-dialog.tsx').then((module) => module.SourcesDialog));
const TagsDialog = lazyDialog(() => import('./tags-dialog.tsx').then((module) => module.TagsDialog));
const ImportDialog = lazyDialog(() => import('./import-dialog.tsx').then((module) => module.ImportDialog));
const DuplicatesDialog = lazyDialog(() => import('./duplicates-dialog.tsx').then((module) => module.DuplicatesDialog));
const MergeDialog = lazyDialog(() => import('./duplicates-dialog.tsx').then((module) => module.MergeDialog));
const BackupsDialog = lazyDialog(() => import('../backup/backups-dialog.tsx').then((module) => module.BackupsDialog));
const ExportDialog = lazyDialog(() => import('../export/export-dialog.tsx').then((module) => module.ExportDialog));
const RestoreDialog = lazyDialog(() => import('../backup/restore-dialog.tsx').then((module) => module.RestoreDialog));

const SettingsDialog = lazyDialog(() =>
  import('../settings/settings-dialog.tsx').then((module) => module.SettingsDialog),
);
const NoteHistoryDialog = lazyDialog(() =>
  import('../notes/note-history-dialog.tsx').then((module) => module.NoteHistoryDialog),
);
const DeletedNotesDialog = lazyDialog(() =>
  import('../notes/deleted-notes-dialog.tsx').then((module) => module.DeletedNotesDialog),
);

const ScratchDialog = lazyDialog(() => import('../notes/scratch-dialog.tsx').then((module) => module.ScratchDialog));
const AllNotesDialog = lazyDialog(() =>
  import('../notes/all-notes-dialog.tsx').then((module) => module.AllNotesDialog),
);

/** Every dialog but those that few readers ever see. */
const common = [
  ...[PaletteDialog, TagsDialog, HelpDialog, ImportDialog, SettingsDialog, ColumnsDialog, SaveViewDialog],
  ...[ManageTagsDialog, SourcesDialog, ChangesDialog, ReportDialog, NoteHistoryDialog],
];

/** Loads the code of dialogs one by one, when the first screen is there and there is nothing else to do. */
export async function preloadDialogs(): Promise<void> {
  for (const dialog of common) await dialog.preload();
}

/** The dialog that is open, if any. */
export function Dialogs() {
  const { session } = useSession();
  const dialog = useApp((state) => state.dialog);
  const close = () => session.dialog(null);
  const scratch = () => session.dialog({ kind: 'scratch' });
  switch (dialog?.kind) {
    case undefined:
      return null;
    case 'help':
      return <HelpDialog onClose={close} />;
    case 'settings':
      return <SettingsDialog at={dialog.at} onClose={close} />;
    case 'palette':
      return <PaletteDialog onClose={close} />;
    case 'columns':
      return <ColumnsDialog onClose={close} />;
    case 'tags':
      return <TagsDialog selection={dialog.selection} size={dialog.size} only={dialog.only} onClose={close} />;
    case 'saveView':
      return <SaveViewDialog draft={dialog.draft} onClose={close} />;
    case 'manageTags':
      return <ManageTagsDialog rename={dialog.rename} onClose={close} />;
    case 'report':
      return <ReportDialog report={dialog.report} change={dialog.change} onClose={close} />;
    case 'import':
      return <ImportDialog onClose={close} />;
    case 'sources':
      return <SourcesDialog onClose={close} />;
    case 'changes':
      return <ChangesDialog onClose={close} />;
    case 'noteHistory':
      return <NoteHistoryDialog id={dialog.id} onClose={dialog.id === scratchNoteId ? scratch : close} />;
    case 'scratch':
      return <ScratchDialog onClose={close} />;
    case 'allNotes':
      return <AllNotesDialog onClose={close} />;
    case 'deletedNotes':
      return <DeletedNotesDialog onClose={close} />;
    case 'duplicates':
      return <DuplicatesDialog onClose={close} />;
    case 'export':
      return <ExportDialog onClose={close} />;
    case 'backups':
      return <BackupsDialog onClose={close} />;
    case 'restore':
      return <RestoreDialog onClose={() => session.backingUp.close()} />;
    case 'merge':
      return (
        <MergeDialog
          title="Merge these papers?"
          position={null}
          reason={null}
          papers={dialog.papers}
          onClose={close}
          onMerge={async (ids) => {
            const merged = await session.duplicates.merge(ids);
            if (merged) close();
            return merged;
          }}
          onDifferent={null}
          onStep={null}
        />
      );
  }
}
