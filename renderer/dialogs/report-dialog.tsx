import type { ImportedFile } from '../../shared/contract.ts';
import { importSummary } from '../state/importing.ts';
import { Dialog } from './dialog.tsx';

/** Skipped places listed per file; a broken file can have very many. */
const mostListed = 500;

/** What became of each imported file, and what was left out, where and why. */
export function ReportDialog({ files, onClose }: { files: readonly ImportedFile[]; onClose(): void }) {
  return (
    <Dialog title="Import report" onClose={onClose} className="report">
      {files.map((file) => (
        <section key={file.path}>
          <h3>{file.path}</h3>
          <p>
            {importSummary([file])} · {file.format}
          </p>
          {file.skipped.length === 0 ? (
            <p className="report-clean">Nothing was skipped.</p>
          ) : (
            <table>
              <caption>Skipped</caption>
              <thead>
                <tr>
                  <th scope="col">Where</th>
                  <th scope="col">Why</th>
                </tr>
              </thead>
              <tbody>
                {file.skipped.slice(0, mostListed).map(({ where, reason }) => (
                  <tr key={`${where} ${reason}`}>
                    <td className="count">{where}</td>
                    <td>{reason}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
          {file.skipped.length > mostListed && <p>and {file.skipped.length - mostListed} more</p>}
        </section>
      ))}
    </Dialog>
  );
}
