import { type ImportOutcome, importSummary } from '../state/importing.ts';
import { Dialog } from './dialog.tsx';

/** Skipped places listed per file; a broken file can have very many. */
const mostListed = 500;

/** What became of each file: why some could not be imported, and what was left out of the others. */
export function ReportDialog({ files, failures, onClose }: ImportOutcome & { onClose(): void }) {
  return (
    <Dialog title="Import report" onClose={onClose} className="report">
      {failures.length > 0 && (
        <section>
          <h3>Not imported</h3>
          <table>
            <thead>
              <tr>
                <th scope="col">File</th>
                <th scope="col">Why</th>
              </tr>
            </thead>
            <tbody>
              {failures.slice(0, mostListed).map(({ name, reason }, at) => (
                // Files of one name can fail for one reason, and the list never changes.
                // biome-ignore lint/suspicious/noArrayIndexKey: see above
                <tr key={at}>
                  <td className="report-file">{name}</td>
                  <td>{reason}</td>
                </tr>
              ))}
            </tbody>
          </table>
          {failures.length > mostListed && <p>and {failures.length - mostListed} more</p>}
        </section>
      )}
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
