import { OffprintError } from '../../shared/outcome.ts';
import { longestNote } from '../../shared/paper.ts';
import { knownForm } from './papers.ts';
import { readNoteText } from './read-input.ts';
import type { CommonOptions, ExitCode, Session } from './session.ts';

/** Options of `note`; at most one of the two. */
export interface NoteOptions extends CommonOptions {
  set?: string;
  file?: string;
}

/** Prints the note of a paper exactly as it is, or replaces it. */
export async function note(session: Session, id: string, options: NoteOptions): Promise<ExitCode> {
  const { client, terminal } = session;
  const { note: before } = await client.call('paper.get', { id: knownForm(id), query: '' });
  const text = options.file === undefined ? options.set : await readNoteText(options.file, terminal);
  if (text === undefined) {
    terminal.out(before);
    return 0;
  }
  if (text.length > longestNote) {
    throw new OffprintError('bad-input', `The note is too long: ${text.length} characters; ${longestNote} are kept.`);
  }
  await client.call('note.set', { id, text });
  terminal.out(text === '' ? 'Note removed.\n' : 'Note saved.\n');
  return 0;
}
