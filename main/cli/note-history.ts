import { mostKept } from '../../shared/keeping-calls.ts';
import type { DeletedNote, NoteVersion } from '../../shared/note-versions.ts';
import type { PaperId } from '../../shared/paper.ts';
import { knownForm } from './papers.ts';
import { fitLine, safeLine } from './safe-text.ts';
import type { ExitCode, JsonOptions, Session } from './session.ts';

/** What is asked of the past versions of a note. */
export interface NoteHistoryOptions extends JsonOptions {
  /** Lists them. */
  history?: true;
  /** Prints this one. */
  version?: string;
  /** Makes this one the note. */
  restore?: string;
}

/** Lists the past versions of a paper's note, or prints one of them exactly as it was, or brings it back. */
export async function noteHistory(session: Session, given: string, options: NoteHistoryOptions): Promise<ExitCode> {
  const { client, terminal } = session;
  const id = knownForm(given);
  const version = options.version ?? options.restore;
  if (version === undefined) return listVersions(session, id, options);
  const { text } = await client.call('notes.version', { id, version });
  if (options.version !== undefined) terminal.out(text);
  else {
    await client.call('note.set', { id, text, apart: true });
    terminal.out('Note brought back.\n');
  }
  return 0;
}

async function listVersions({ client, terminal }: Session, id: PaperId, { json }: JsonOptions): Promise<ExitCode> {
  const { versions } = await client.call('notes.versions', { id });
  // Of a paper that is gone there may be versions still; of one that never was there is nothing to say.
  if (versions.length === 0) await client.call('paper.get', { id, query: '' });
  if (json) {
    terminal.out(`{"id":${JSON.stringify(id)},"versions":[`);
    for (const [at, entry] of versions.entries()) {
      const { text } = await client.call('notes.version', { id, version: entry.version });
      terminal.out(`${at === 0 ? '\n' : ',\n'}${JSON.stringify({ ...entry, text })}`);
    }
    terminal.out(']}\n');
  } else if (versions.length === 0) terminal.err('This note has no earlier versions.');
  else terminal.out(printVersions(versions, terminal.width));
  return 0;
}

/** Lists the papers that had a note and have none now, with the last text of each, the last deleted first. */
export async function deletedNotes({ client, terminal }: Session, { json }: JsonOptions): Promise<ExitCode> {
  if (json) terminal.out('{"notes":[');
  let offset = 0;
  for (;;) {
    const { total, notes } = await client.call('notes.deleted', { offset, limit: mostKept });
    if (!json) terminal.out(notes.map((note) => printDeleted(note, terminal.width)).join(''));
    else {
      for (const [at, note] of notes.entries()) {
        const { text } = await client.call('notes.version', { id: note.id, version: note.version });
        terminal.out(`${offset + at === 0 ? '\n' : ',\n'}${JSON.stringify({ ...note, text })}`);
      }
    }
    offset += notes.length;
    if (notes.length === 0 || offset >= total) break;
  }
  if (json) terminal.out(']}\n');
  else if (offset === 0) terminal.err('No note has been deleted.');
  return 0;
}

/** Versions as lines: name, from when until when it stood, how long it is, its beginning. */
function printVersions(versions: readonly NoteVersion[], width: number | null): string {
  const names = Math.max(...versions.map(({ version }) => version.length));
  const lengths = Math.max(...versions.map((version) => lengthOf(version).length));
  return versions
    .map((version) => {
      const stood = `${moment(version.writtenAt)} – ${moment(version.replacedAt)}`;
      const parts = [version.version.padEnd(names), stood, lengthOf(version).padStart(lengths)];
      const line = `${parts.join('  ')}  ${safeLine(version.excerpt)}`;
      return `${width === null ? line : fitLine(line, width)}\n`;
    })
    .join('');
}

function printDeleted(note: DeletedNote, width: number | null): string {
  const title = safeLine(note.title ?? 'not in the library any more');
  const heading = `${safeLine(note.id)}  ${title}`;
  const about = `    ${note.version}  deleted ${moment(note.replacedAt)}  ${lengthOf(note)}  ${safeLine(note.excerpt)}`;
  return [heading, about].map((line) => `${width === null ? line : fitLine(line, width)}\n`).join('');
}

function lengthOf({ length }: NoteVersion): string {
  return `${length.toLocaleString('en')} ${length === 1 ? 'character' : 'characters'}`;
}

/** A moment by the clock of this machine: `2026-11-23 08:15`. */
function moment(instant: number): string {
  const date = new Date(instant);
  const two = (number: number) => String(number).padStart(2, '0');
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}
