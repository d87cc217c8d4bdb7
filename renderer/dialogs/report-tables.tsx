import type { ImportedFile, ImportReport } from '../../shared/contract.ts';
import { counted } from '../state/import-words.ts';

/** Rows shown of a list that a broken file can make very long. */
const mostListed = 500;

/** Each file of an import with its counts, what was skipped of it and why; and files that could not be imported. */
export function ReportTables({ report: { files, failures } }: { report: ImportReport }) {
  return (
    <>
      {failures.length > 0 && (
        <section>
          <h3>
            {failures.length === 1 ? 'Cannot be imported' : `${counted(failures.length, 'file')} cannot be imported`}
          </h3>
          <table>
            <thead>
              <tr>
                <th scope="col">File</th>
                <th scope="col">Why</th>
              </tr>
            </thead>
            <tbody>
              {failures.slice(0, mostListed).map(({ path, reason }, at) => (
                // Files of one name can fail for one reason, and the list never changes.
                // biome-ignore lint/suspicious/noArrayIndexKey: see above
                <tr key={at}>
                  <td className="report-file">{path}</td>
                  <td>{reason}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <More of={failures.length} listed={mostListed} />
        </section>
      )}
      {files.length > 0 && <Files files={files} />}
      {files.map((file, at) => (
        // Files of one name can come from two folders, and the list never changes.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <Skipped key={at} file={file} named={files.length > 1} />
      ))}
    </>
  );
}

function Files({ files }: { files: readonly ImportedFile[] }) {
  return (
    <section>
      <table className="report-counts">
        <thead>
          <tr>
            <th scope="col">File</th>
            <th scope="col">Format</th>
            {['New', 'Merged', 'Unchanged', 'Skipped'].map((name) => (
              <th key={name} scope="col" className="number">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {files.slice(0, mostListed).map((file, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: as above
            <tr key={at}>
              <th scope="row" className="report-file">
                {file.path}
              </th>
              <td>{withoutArticle(file.formatLabel)}</td>
              {[file.new, file.merged, file.unchanged, file.skippedCount].map((count, column) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the columns are always these
                <td key={column} className="number count" data-none={count === 0 || undefined}>
                  {count.toLocaleString()}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <More of={files.length} listed={mostListed} />
    </section>
  );
}

/** `a BibTeX file` heads no column: `BibTeX file` does. */
export function withoutArticle(label: string): string {
  const bare = label.replace(/^(?:an?|the) /, '');
  return bare.charAt(0).toUpperCase() + bare.slice(1);
}

function Skipped({ file, named }: { file: ImportedFile; named: boolean }) {
  if (file.skippedCount === 0) return null;
  return (
    <section>
      <h3>{named ? `Skipped in ${file.path}` : 'Skipped'}</h3>
      <table>
        <thead>
          <tr>
            <th scope="col">Where</th>
            <th scope="col">Why</th>
          </tr>
        </thead>
        <tbody>
          {file.skipped.slice(0, mostListed).map(({ where, reason }, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: as above
            <tr key={at}>
              <td className="count">{where}</td>
              <td>{reason}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <More of={file.skippedCount} listed={Math.min(mostListed, file.skipped.length)} />
    </section>
  );
}

function More({ of, listed }: { of: number; listed: number }) {
  return of > listed ? <p>and {(of - listed).toLocaleString()} more</p> : null;
}
