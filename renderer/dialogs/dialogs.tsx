import { useApp, useSession } from '../frame/session-context.ts';
import { ColumnsDialog } from './columns-dialog.tsx';
import { HelpDialog } from './help-dialog.tsx';
import { ImportDialog } from './import-dialog.tsx';
import { ReportDialog } from './report-dialog.tsx';
import { TagsDialog } from './tags-dialog.tsx';

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
    case 'columns':
      return <ColumnsDialog onClose={close} />;
    case 'tags':
      return <TagsDialog selection={dialog.selection} size={dialog.size} onClose={close} />;
    case 'report':
      return <ReportDialog report={dialog.report} change={dialog.change} onClose={close} />;
    case 'import':
      return <ImportDialog />;
  }
}
