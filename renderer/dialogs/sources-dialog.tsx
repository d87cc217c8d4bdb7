import { useState } from 'react';
import type { Source } from '../../shared/paper.ts';
import { useApp, useSession } from '../frame/session-context.ts';
import { longDate, shortDate } from '../list/dates.ts';
import { counted } from '../state/import-words.ts';
import { type Impact, impactSentence } from '../state/paper-sources.ts';
import { Dialog } from './dialog.tsx';
import './library-dialogs.css';
import { withoutArticle } from './report-tables.tsx';

/** Where the papers of the library came from, newest first; any source can be looked at or removed. */
export function SourcesDialog({ onClose }: { onClose(): void }) {
  const { session } = useSession();
  const sources = useApp((state) => state.library?.sources ?? []);
  const [removing, setRemoving] = useState<{ source: Source; impact: Impact } | null>(null);

  async function ask(source: Source): Promise<void> {
    const impact = await session.sources.impact(source.id);
    if (impact) setRemoving({ source, impact });
  }

  function remove(source: Source): void {
    // Behind the dialog is the message with what went, and the way to undo it.
    onClose();
    void session.sources.remove(source);
  }

  return (
    <Dialog title="Sources" onClose={onClose} className="sources">
      {sources.length === 0 && <p>There are no sources. Drop a file on the window to import it.</p>}
      {sources.length > 0 && (
        <table>
          <thead>
            <tr>
              <th scope="col">Source</th>
              <th scope="col">Format</th>
              <th scope="col">Imported</th>
              <th scope="col" className="number">
                Papers
              </th>
              <td />
            </tr>
          </thead>
          <tbody>
            {sources.map((source) => (
              <tr key={source.id}>
                <th scope="row">
                  <button
                    type="button"
                    className="in-text"
                    title={`Show the papers of ${source.name}`}
                    onClick={() => {
                      onClose();
                      session.goTo(`source:${source.id}`);
                    }}
                  >
                    {source.name}
                  </button>
                </th>
                <td>{withoutArticle(source.formatLabel)}</td>
                <td title={longDate(source.importedAt)}>{shortDate(source.importedAt, Date.now())}</td>
                <td className="number count">{source.count.toLocaleString()}</td>
                <td className="number">
                  <button
                    type="button"
                    className="button small"
                    aria-label={`Remove ${source.name}…`}
                    onClick={() => void ask(source)}
                  >
                    Remove…
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {removing && (
        <Dialog
          title={`Remove “${removing.source.name}”?`}
          onClose={() => setRemoving(null)}
          className="confirm"
          foot={
            <>
              <button type="button" className="button" onClick={() => setRemoving(null)}>
                Cancel
              </button>
              <button type="button" className="button main" onClick={() => remove(removing.source)}>
                {removing.impact.papers === 0
                  ? 'Remove the source'
                  : `Remove it and ${counted(removing.impact.papers, 'paper')}`}
              </button>
            </>
          }
        >
          <p>{impactSentence(removing.impact)}</p>
          <p className="quiet">Your notes, tags and statuses are kept in any case. Undo brings the source back.</p>
        </Dialog>
      )}
    </Dialog>
  );
}
