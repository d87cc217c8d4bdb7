import { Option } from 'commander';
import type { Declaring } from './declaring.ts';
import { type NoteHistoryOptions, noteHistory } from './note-history.ts';
import { listNotes, type NoteOptions, type NotesOptions, note, noteText } from './notes.ts';
import { parseName } from './options.ts';

/** Declares `note`, for the note of one paper, and `notes`, for all of them. */
export function declareNotes({ terminal, command, inLibrary }: Declaring): void {
  const oneOfNote = (flags: string, description: string) =>
    new Option(flags, description).conflicts(
      ['set', 'file', 'history', 'version', 'restore'].filter((name) => !flags.startsWith(`--${name}`)),
    );
  command(
    'note',
    'ID [--set TEXT | --file F | --history [--json] | --version V | --restore V]',
    'print the note of a paper, replace it, or bring back what it said before',
  )
    .argument('<ID>', '', parseName)
    .addOption(oneOfNote('--set <TEXT>', 'replace the note by this text; an empty one removes it'))
    .addOption(
      oneOfNote('--file <F>', 'replace the note by the text of a file, - for standard input').argParser(parseName),
    )
    .addOption(oneOfNote('--history', 'list what it said before, the newest first'))
    .addOption(oneOfNote('--version <V>', 'print one of these').argParser(parseName))
    .addOption(oneOfNote('--restore <V>', 'make one of these the note; undo takes it back').argParser(parseName))
    .addOption(new Option('--json', 'with --history: print JSON, with every text whole').implies({ history: true }))
    .action(async (id: string, options: NoteOptions & NoteHistoryOptions) => {
      if (options.history || options.version !== undefined || options.restore !== undefined) {
        return inLibrary(options, (session) => noteHistory(session, id, options));
      }
      const text = await noteText(options, terminal);
      return inLibrary(options, (session) => note(session, id, text));
    });

  command('notes', '[FIND] [--deleted] [--json]', 'list notes, the last changed first')
    .argument('[FIND]', 'only those with this text in them or in the title', '')
    .option('--deleted', 'those that were deleted; `note ID --restore V` brings one back')
    .option('--json', 'print JSON, with every text whole')
    .action((find: string, options: NotesOptions) =>
      inLibrary(options, (session) => listNotes(session, find, options)),
    );
}
