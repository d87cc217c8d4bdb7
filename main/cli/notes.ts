import { mostNotes } from '../../shared/notes-calls.ts';
import { OffprintError } from '../../shared/outcome.ts';
import { longestNote } from '../../shared/paper.ts';
import { deletedNotes } from './note-history.ts';
import { knownForm } from './papers.ts';
import { readNoteText } from './read-input.ts';
import { fitLine, safeLine } from './safe-text.ts';
import type { CommonOptions, ExitCode, Session } from './session.ts';
import type { Terminal } from './terminal.ts';

/** Options of `note`; at most one of the two. */
export interface NoteOptions extends CommonOptions {
  set?: string;
  file?: string;
}

/**
 * The text that a note is to be replaced by, or undefined when it is to be printed. Read before
 * the library is opened: what comes through a pipe may be another Offprint's output.
 */
export async function noteText(options: NoteOptions, terminal: Terminal): Promise<string | undefined> {
  const text = options.file === undefined ? options.set : await readNoteText(options.file, terminal);
  if (text !== undefined && text.length > longestNote) {
    throw new OffprintError(
      'bad-input',
      `The text is too long for a note: ${text.length} characters, and at most ${longestNote} can be kept. ` +
        'The note was left as it is.',
    );
  }
  return text;
}

/** Prints the note of a paper exactly as it is, or replaces it by `text`. */
export async function note({ client, terminal }: Session, id: string, text: string | undefined): Promise<ExitCode> {
  const { note: before } = await client.call('paper.get', { id: knownForm(id), query: '' });
  if (text === undefined) {
    terminal.out(before);
    return 0;
  }
  await client.call('note.set', { id, text });
  terminal.out(text === '' ? 'Note removed.\n' : 'Note saved.\n');
  return 0;
}

/** Options of `notes`. */
export interface NotesOptions extends CommonOptions {
  deleted?: true;
  json?: true;
}

/** Lists notes with a text in them or in the title of their paper, the last changed first; or those that were deleted. */
export async function listNotes(session: Session, find: string, options: NotesOptions): Promise<ExitCode> {
  const { client, terminal } = session;
  if (options.deleted) {
    if (find === '') return deletedNotes(session, options);
    throw new OffprintError('bad-input', 'Notes that were deleted are listed all: leave out the text to be found.');
  }
  if (options.json) terminal.out('{"notes":[');
  let offset = 0;
  for (;;) {
    const { total, notes } = await client.call('notes.list', { find, offset, limit: mostNotes });
    for (const [at, { id, title, excerpt, length, changedAt }] of notes.entries()) {
      if (options.json) {
        const known = title === null ? null : await client.call('paper.get', { id, query: '' });
        const line = JSON.stringify({ id, title, changedAt, length, text: known?.note ?? excerpt });
        terminal.out(`${offset + at === 0 ? '\n' : ',\n'}${line}`);
      } else {
        const heading = `${safeLine(id)}  ${safeLine(title ?? 'not in the library any more')}`;
        const lines = [heading, `    ${safeLine(excerpt)}`];
        for (const line of lines) terminal.out(`${terminal.width === null ? line : fitLine(line, terminal.width)}\n`);
      }
    }
    offset += notes.length;
    if (notes.length === 0 || offset >= total) break;
  }
  if (options.json) terminal.out(']}\n');
  else if (offset === 0) terminal.err(find === '' ? 'There are no notes.' : 'No note has that.');
  return 0;
}
