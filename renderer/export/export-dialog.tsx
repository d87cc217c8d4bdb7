import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { mostCited } from '../../shared/export-calls.ts';
import { type ExportFormat, exportFormats } from '../../shared/export-formats.ts';
import { failureOf } from '../../shared/outcome.ts';
import { Dialog } from '../dialogs/dialog.tsx';
import { suggestedFolder } from '../folders/folders.ts';
import { IntoFolder } from '../folders/into-folder.tsx';
import { useFolder } from '../folders/use-folder.ts';
import { WrittenDialog } from '../folders/written-dialog.tsx';
import { useApp, useSession } from '../frame/session-context.ts';
import { noteSaverOf } from '../reader/note-saver-of.ts';
import { copyText } from '../state/clipboard.ts';
import { formatWords } from './formats.ts';
import { type Exportable, exportables } from './what.ts';
import './export.css';

/** What was chosen the last time in this window. */
const last: { format: ExportFormat; notes: boolean; folder: string | null } = {
  format: 'bibtex',
  notes: true,
  folder: null,
};

/** How far an export is that is being written. */
type Writing = { done: number; papers: number };

const counted = (count: number) => `${count.toLocaleString()} ${count === 1 ? 'paper' : 'papers'}`;

/** Papers into a file of another program: which, in what format, with notes or without, and where to. */
export function ExportDialog({ onClose }: { onClose(): void }) {
  const { session } = useSession();
  const { client, toasts } = session;
  const copies = useApp((state) => state.library?.settings.copies ?? null);
  const dataFolder = useApp((state) => state.library?.dataFolder ?? '');
  // As it was when the dialog was opened: what is selected behind it does not change.
  const [offers] = useState(() => exportables(session.store.get()));
  const [chosen, setChosen] = useState<Exportable['id']>(firstChoice(offers));
  const [format, setFormat] = useState<ExportFormat>(last.format);
  const [notes, setNotes] = useState(last.notes);
  const into = useFolder(last.folder ?? copies?.folder ?? suggestedFolder(dataFolder));
  const [writing, setWriting] = useState<Writing | null>(null);
  const [written, setWritten] = useState<{ path: string; papers: number; trouble?: string | undefined } | null>(null);
  const cancelled = useRef(false);
  const id = useId();
  const what = offers.find((offer) => offer.id === chosen) ?? offers[0];
  const isWriting = writing !== null;
  const isFolder = format === 'markdown-folder';
  const isTooMuch = (what?.count ?? Number.POSITIVE_INFINITY) > mostCited;

  useEffect(
    () => client.on('export.progress', (progress) => setWriting((before) => (before === null ? null : progress))),
    [client],
  );

  /** A note that cannot be saved is no reason not to export the rest. */
  async function saved(): Promise<void> {
    await Promise.allSettled([noteSaverOf(client).flush(), session.triage.flush()]);
  }

  async function cancel(): Promise<void> {
    cancelled.current = true;
    await client.call('export.cancel', {}).catch(() => {});
  }

  async function write(event: FormEvent): Promise<void> {
    event.preventDefault();
    const wanted = into.checked();
    if (wanted === null || what === undefined || isWriting) return;
    Object.assign(last, { format, notes, folder: wanted });
    cancelled.current = false;
    setWriting({ done: 0, papers: 0 });
    try {
      await saved();
      setWritten(await client.call('export.write', { format, papers: what.papers, notes, folder: wanted }));
    } catch (error) {
      if (!cancelled.current) into.setProblem(failureOf(error).message);
    } finally {
      setWriting(null);
    }
  }

  async function copy(): Promise<void> {
    if (what === undefined) return;
    Object.assign(last, { format, notes });
    try {
      await saved();
      const { text, papers } = await client.call('export.text', { format, papers: what.papers, notes });
      const label = exportFormats.find((each) => each.id === format)?.label ?? format;
      if (await copyText(toasts, text, `Copied ${counted(papers)} as ${label}`)) onClose();
    } catch (error) {
      into.setProblem(failureOf(error).message);
    }
  }

  if (written !== null) {
    return (
      <WrittenDialog
        title="The papers are exported"
        path={written.path}
        trouble={written.trouble ?? null}
        onClose={onClose}
      >
        <p role="status">
          {counted(written.papers)} {written.papers === 1 ? 'is' : 'are'} in {isFolder ? 'the new folder' : 'the file'}
        </p>
      </WrittenDialog>
    );
  }
  // Nothing is disabled while it writes: the focus would be lost, and what is chosen then is chosen for the next time.
  return (
    <form onSubmit={(event) => void write(event)}>
      <Dialog
        title="Export"
        onClose={() => (isWriting ? void cancel() : onClose())}
        className="export"
        foot={
          <>
            <button
              type="button"
              className="button other"
              disabled={isWriting || isFolder || isTooMuch}
              title={isTooMuch ? `At most ${mostCited.toLocaleString()} papers can be copied` : undefined}
              onClick={() => void copy()}
            >
              Copy
            </button>
            <button type="button" className="button" onClick={() => (isWriting ? void cancel() : onClose())}>
              Cancel
            </button>
            <button type="submit" className="button main">
              Export
            </button>
          </>
        }
      >
        <fieldset className="export-what">
          <legend className="form-label">Papers</legend>
          {offers.map((offer) => (
            <label key={offer.id} className="export-offer">
              <input
                type="radio"
                name={`${id}-what`}
                checked={offer.id === chosen}
                data-first={offer.id === chosen || undefined}
                onChange={() => setChosen(offer.id)}
              />
              <span className="export-name" dir="auto">
                {offer.label}
              </span>
              <span className="count">{offer.count === null ? '' : offer.count.toLocaleString()}</span>
            </label>
          ))}
        </fieldset>
        <label className="form-label" htmlFor={`${id}-format`}>
          Format
        </label>
        <select
          id={`${id}-format`}
          className="select export-format"
          value={format}
          aria-describedby={`${id}-use`}
          onChange={({ target }) => setFormat(target.value as ExportFormat)}
        >
          {exportFormats.map((each) => (
            <option key={each.id} value={each.id}>
              {each.label}
            </option>
          ))}
        </select>
        <p className="quiet" id={`${id}-use`}>
          {formatWords[format].use}
        </p>
        <label className="export-notes">
          <input
            type="checkbox"
            checked={notes}
            aria-describedby={`${id}-notes`}
            onChange={({ target }) => setNotes(target.checked)}
          />
          <span>With my notes, tags and marks</span>
        </label>
        <p className="quiet export-indented" id={`${id}-notes`}>
          {notes ? formatWords[format].notes : 'No notes, highlights, tags, status or star: fit to be sent to others.'}
        </p>
        <IntoFolder
          into={into}
          writing={
            writing && {
              what: 'Writing the papers',
              done: writing.done,
              words: `Writing${writing.papers > 0 ? `: ${counted(writing.papers)}` : ''}`,
            }
          }
        >
          {isFolder ? 'The new folder' : 'The file'} is called after today’s date. Nothing that is there is written
          over.
        </IntoFolder>
      </Dialog>
    </form>
  );
}

/** Several papers that are selected are meant; one is selected all the time. */
function firstChoice(offers: readonly Exportable[]): Exportable['id'] {
  const selected = offers.find(({ id }) => id === 'selected');
  if ((selected?.count ?? 0) > 1) return 'selected';
  return offers.find(({ id }) => id === 'view')?.id ?? 'all';
}
