import { useApp, useSession } from '../frame/session-context.ts';
import { PaletteDialog } from '../palette/palette-dialog.tsx';
import { ChangesDialog } from './changes-dialog.tsx';
import { ColumnsDialog } from './columns-dialog.tsx';
import { DuplicatesDialog, MergeDialog } from './duplicates-dialog.tsx';
import { HelpDialog } from './help-dialog.tsx';
import { ImportDialog } from './import-dialog.tsx';
import { lazyDialog } from './lazy-dialog.tsx';
import { ManageTagsDialog } from './manage-tags-dialog.tsx';
import { ReportDialog } from './report-dialog.tsx';
import { SaveViewDialog } from './save-view-dialog.tsx';
import { SourcesDialog } from './sources-dialog.tsx';
import { TagsDialog } from './tags-dialog.tsx';

const BackupsDialog = lazyDialog(() => import('../backup/backups-dialog.tsx').then((module) => module.BackupsDialog));
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

/** The dialog that is open, if any. */
export function Dialogs() {
  const { session } = useSession();
  const dialog = useApp((state) => state.dialog);
  const close = () => session.dialog(null);
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
      return <ImportDialog />;
    case 'sources':
      return <SourcesDialog onClose={close} />;
    case 'changes':
      return <ChangesDialog onClose={close} />;
    case 'noteHistory':
      return <NoteHistoryDialog id={dialog.id} onClose={close} />;
    case 'deletedNotes':
      return <DeletedNotesDialog onClose={close} />;
    case 'duplicates':
      return <DuplicatesDialog onClose={close} />;
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
