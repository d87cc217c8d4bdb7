import type { ImportReport } from '../../shared/contract.ts';
import { useSession } from '../frame/session-context.ts';
import { Dialog } from './dialog.tsx';
import './import-dialog.css';
import { ReportTables } from './report-tables.tsx';

interface ReportDialogProps {
  report: ImportReport;
  /** What undoes the import; null when it changed nothing. */
  change: number | null;
  onClose(): void;
}

/** What became of each imported file: why some could not be imported, and what was left out of the others. */
export function ReportDialog({ report, change, onClose }: ReportDialogProps) {
  const { session } = useSession();
  const undo = (id: number) => {
    onClose();
    void session.undoChange(id);
  };
  return (
    <Dialog
      title="Import report"
      onClose={onClose}
      className="report"
      foot={
        <>
          {change !== null && (
            <button type="button" className="button" onClick={() => undo(change)}>
              Undo the import
            </button>
          )}
          <button type="button" className="button main" onClick={onClose}>
            Close
          </button>
        </>
      }
    >
      <ReportTables report={report} />
    </Dialog>
  );
}
