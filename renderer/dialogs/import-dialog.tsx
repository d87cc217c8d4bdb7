import { useEffect, useState } from 'react';
import type { ImportPreview } from '../../shared/contract.ts';
import { useApp, useSession } from '../frame/session-context.ts';
import { publishedDate } from '../list/dates.ts';
import { counted, previewSentence, progressOf } from '../state/import-words.ts';
import type { ImportState } from '../state/importing.ts';
import { ShownWords } from '../text/shown-text.tsx';
import { Dialog } from './dialog.tsx';
import { ReportTables } from './report-tables.tsx';
import './import-dialog.css';
import './progress.css';

/** What is done sooner than this, in milliseconds, shows no progress: it would only flash. */
const soon = 150;

/** The import that is under way: how far it is, then what it would bring, to be confirmed. */
export function ImportDialog() {
  const importing = useApp((state) => state.importing);
  const [asked, setAsked] = useState<Extract<ImportState, { phase: 'preview' }> | null>(null);
  const phase = importing?.phase === 'sending' ? 'reading' : (importing?.phase ?? null);
  const lasts = useLasting(phase);
  if (importing === null) return null;
  if (importing.phase === 'preview' && importing !== asked) setAsked(importing);
  const shown = importing.phase === 'preview' ? importing : phase === 'writing' && !lasts ? asked : null;
  if (shown) return <Preview preview={shown.preview} passedOver={shown.passedOver} />;
  return lasts ? <Progress state={importing} /> : null;
}

/** True once a phase has lasted so long that its progress is worth showing. */
function useLasting(phase: string | null): boolean {
  const [lasting, setLasting] = useState<string | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setLasting(phase), soon);
    return () => clearTimeout(timer);
  }, [phase]);
  return phase !== null && lasting === phase;
}

function Progress({ state }: { state: ImportState }) {
  const { session } = useSession();
  const { words, done } = progressOf(state);
  const file = state.phase === 'sending' ? state.file : 'progress' in state ? (state.progress?.file ?? '') : '';
  const background = () => session.dialog(null);
  return (
    <Dialog
      title={state.phase === 'writing' ? 'Importing' : 'Reading what would come in'}
      onClose={background}
      className="import"
      foot={
        <>
          <button type="button" className="button" onClick={() => void session.importing.cancel()}>
            Cancel
          </button>
          <button type="button" className="button main" onClick={background}>
            Continue in the background
          </button>
        </>
      }
    >
      <progress className="import-progress" aria-label={phaseName(state)} value={done ?? undefined} />
      <p className="import-words count">{words}</p>
      <p className="import-file">{file}</p>
      <p role="status" className="unseen">
        {phaseName(state)}
      </p>
    </Dialog>
  );
}

/** Changes with the phase only: a screen reader is not told every number. */
function phaseName({ phase }: ImportState): string {
  return phase === 'sending' ? 'Opening files' : phase === 'reading' ? 'Reading papers' : 'Writing papers';
}

function Preview({ preview, passedOver }: { preview: ImportPreview; passedOver: number }) {
  const { session } = useSession();
  const [takeMarks, setTakeMarks] = useState(false);
  const { total, sample, marked } = preview;
  const brings = total.new + total.merged > 0 || marked > 0;
  const cancel = () => void session.importing.cancel();
  return (
    <Dialog
      title={preview.files.length === 0 ? 'Nothing can be imported' : 'Import these papers?'}
      onClose={cancel}
      className="report import"
      foot={
        brings ? (
          <>
            {marked > 0 && (
              <label className="import-marks">
                <input type="checkbox" checked={takeMarks} onChange={() => setTakeMarks(!takeMarks)} />
                Also take the notes, tags, stars and statuses of {counted(marked, 'paper')}
              </label>
            )}
            <button type="button" className="button" onClick={cancel}>
              Cancel
            </button>
            <button type="button" className="button main" onClick={() => void session.importing.confirm(takeMarks)}>
              Import
            </button>
          </>
        ) : (
          <button type="button" className="button main" onClick={cancel}>
            Close
          </button>
        )
      }
    >
      {preview.files.length > 0 && <p className="import-sentence">{previewSentence(total)}</p>}
      {passedOver > 0 && (
        <p>{counted(passedOver, 'other file')} of the folder, documents and pictures, will be left alone.</p>
      )}
      <ReportTables report={preview} />
      {sample.length > 0 && <Sample sample={sample} of={total.new + total.merged} />}
    </Dialog>
  );
}

function Sample({ sample, of }: { sample: ImportPreview['sample']; of: number }) {
  return (
    <section>
      <h3>{sample.length < of ? `The first ${sample.length} of ${of.toLocaleString()}` : 'What will come in'}</h3>
      <ol className="import-sample">
        {sample.map(({ outcome, title, authors, published, excerpt, where }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes
          <li key={at}>
            <p className="sample-title" dir="auto">
              <ShownWords text={title} /> {outcome === 'merged' && <span className="sample-merged">filled in</span>}
            </p>
            <p className="sample-facts" dir="auto" title={where}>
              {[shortened(authors), published === null ? '' : publishedDate(published)]
                .filter((part) => part !== '')
                .join(' · ')}
            </p>
            {excerpt !== '' && (
              <p className="sample-excerpt" dir="auto">
                <ShownWords text={excerpt} />
              </p>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

function shortened(authors: readonly string[]): string {
  return authors.length > 4 ? `${authors.slice(0, 3).join(', ')} and ${authors.length - 3} more` : authors.join(', ');
}
