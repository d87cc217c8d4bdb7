import { OffprintError } from '../../shared/outcome.ts';
import { longestNote } from '../../shared/paper.ts';
import { knownForm } from './papers.ts';
import { readNoteText } from './read-input.ts';
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
