import { Command, CommanderError, Option } from 'commander';
import type { MarkChange } from '../../shared/contract.ts';
import { citationStyles, exportFormats } from '../../shared/export-formats.ts';
import { failureOf } from '../../shared/outcome.ts';
import type { Status } from '../../shared/paper.ts';
import { viewIcons } from '../../shared/views.ts';
import { describeError } from '../log/describe-error.ts';
import { log } from '../log/log.ts';
import { defaultAddress } from '../serve/address.ts';
import type { HostKind } from '../store/lock-holder.ts';
import { backUp, type RestoreOptions, restore } from './backups.ts';
import { type CiteOptions, citePapers } from './cite.ts';
import type { CommandName } from './command-names.ts';
import { type DoctorOptions, doctor } from './doctor.ts';
import { explain } from './explain.ts';
import { type ExportOptions, exportLibrary, wrongExport } from './export-library.ts';
import { declareGenerations } from './generation-commands.ts';
import { handOver } from './hand-over.ts';
import { type ImportOptions, importFiles, wrongFormat } from './import-files.ts';
import { listDuplicates, listSources, mergePapers, type RemoveOptions, removeSource, turn } from './library-changes.ts';
import { type MarkOptions, markPapers, whichPapers } from './marking.ts';
import { type NoteHistoryOptions, noteHistory } from './note-history.ts';
import { listNotes, type NoteOptions, type NotesOptions, note, noteText } from './notes.ts';
import { type OpenOptions, openThings } from './open.ts';
import {
  parseAddress,
  parseChosen,
  parseCount,
  parseName,
  parseNames,
  parsePort,
  parseSort,
  parseSource,
  parseStatus,
  parseTag,
} from './options.ts';
import { type ListOptions, listPapers, showPaper } from './papers.ts';
import { listRelated, type RelatedOptions } from './related.ts';
import { safeLine } from './safe-text.ts';
import type { ServeOptions } from './serve.ts';
import type { CommonOptions, ExitCode, JsonOptions, Session } from './session.ts';
import type { Terminal } from './terminal.ts';
import { listView, listViews, removeView, type SaveViewOptions, saveView } from './views.ts';
import { appVersion, clientOf, type OpenLibraryFor, openLibraryFor, papersBack } from './with-library.ts';

type Action = (session: Session) => Promise<ExitCode>;

/**
 * Runs one command line.
 * @param args what the reader typed after the program's name
 * @param open opens the library, which is closed after the command
 * @returns the exit code; everything to be said has been written to the terminal
 */
export async function run(
  args: readonly string[],
  terminal: Terminal,
  open: OpenLibraryFor = openLibraryFor,
): Promise<ExitCode> {
  let code: ExitCode = 0;
  const program = makeProgram(
    terminal,
    async ({ dataDir }, action, host) => {
      const folder = dataDir ?? program.opts<CommonOptions>().dataDir;
      const library = await open(folder, terminal, host);
      try {
        const client = clientOf(library);
        // A window shows papers as they come back; a command is asked for all of them.
        if (host !== 'serve' && !(await papersBack(library, terminal))) {
          code = 130;
          return;
        }
        const { notices, readOnly } = await client.call('library.state', {});
        for (const notice of new Set([...notices, ...(readOnly === null ? [] : [readOnly])])) {
          terminal.err(safeLine(notice));
        }
        code = await action({ library, client, terminal });
      } finally {
        await library.close();
      }
    },
    (ended) => {
      code = ended;
    },
  );
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    const failure = failureOf(error);
    if (failure.code === 'internal') log.error('failed', { where: 'command', ...describeError(error) });
    terminal.err(`offprint: ${safeLine(failure.message)}`);
    return 1;
  }
}

/** Declares the commands. Each runs its action by `inLibrary`, which opens the library and closes it after. */
function makeProgram(
  terminal: Terminal,
  inLibrary: (options: CommonOptions, action: Action, host?: HostKind) => Promise<void>,
  setCode: (code: ExitCode) => void,
): Command {
  const program = new Command('offprint')
    .description('A reading list for research papers.')
    .usage('COMMAND [--data-dir DIR]')
    .version(appVersion(), '--version')
    .enablePositionalOptions()
    .addOption(dataDirOption())
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.out(text),
      writeErr: (text) => terminal.err(text.trimEnd()),
      getOutHelpWidth: () => terminal.width ?? 100,
      getErrHelpWidth: () => terminal.width ?? 100,
    });
  const commandOf = (parent: Command, path: string, usage: string, description: string) =>
    parent
      .command(path.split(' ').at(-1) ?? path)
      .usage(`${usage} [--data-dir DIR]`)
      .description(description)
      .addOption(dataDirOption())
      // Wrong usage is answered with the usage of the very command.
      .showHelpAfterError(`Usage: offprint ${[path, usage, '[--data-dir DIR]'].filter(Boolean).join(' ')}`);
  const command = (name: CommandName | 'open', usage: string, description: string) =>
    commandOf(program, name, usage, description);

  const list = command('list', `[QUERY] ${listUsage}`, 'list papers; QUERY is what the search box takes')
    .argument(
      '[QUERY...]',
      'words, "phrases", -not, OR, title:WORD, status:unread, tag:NAME, added:<2w, sort:-votes, …',
    )
    // A query may begin with -word, which only looks like an option.
    .allowUnknownOption();
  withListOptions(list).action((words: string[], options: ListOptions, self: Command) => {
    refuseOptions(words, self);
    return inLibrary(options, (session) => listPapers(session, 'all', words.join(' '), options));
  });

  command('explain', 'QUERY [--json]', 'print in words what a query is understood as')
    .argument('[QUERY...]', 'what the search box takes')
    .option('--json', 'print JSON: the query as a tree, too')
    .allowUnknownOption()
    .action((words: string[], options: JsonOptions, self: Command) => {
      refuseOptions(words, self);
      explain(terminal, words.join(' '), options);
    });

  command('views', '[--json]', 'list the views, and how many papers each holds')
    .option('--json', 'print JSON')
    .action((options: JsonOptions) => inLibrary(options, (session) => listViews(session, options)));

  const view = command('view', `NAME ${listUsage}`, 'list the papers of a view')
    .enablePositionalOptions()
    .argument('<NAME>', 'inbox, starred, …; a saved view; tag:NAME', parseName);
  withListOptions(view).action((name: string, options: ListOptions) =>
    inLibrary(options, (session) => listView(session, name, options)),
  );

  commandOf(view, 'view save', 'NAME QUERY [--icon ICON] [--sort FIELD[:asc|:desc][,…]]', 'save a query as a view')
    .argument('<NAME>', 'its name; a saved view of this name is replaced', parseName)
    .argument('<QUERY...>', 'what the search box takes')
    .addOption(new Option('--icon <ICON>', 'the picture that it has').choices(viewIcons))
    .addOption(sortOption())
    .allowUnknownOption()
    .action((name: string, words: string[], options: SaveViewOptions, self: Command) => {
      refuseOptions(words, self);
      const all = { ...view.opts<CommonOptions>(), ...options };
      return inLibrary(all, (session) => saveView(session, name, words.join(' '), options));
    });

  commandOf(view, 'view remove', 'NAME', 'remove a saved view; its papers stay')
    .argument('<NAME>', '', parseName)
    .action((name: string, options: CommonOptions) =>
      inLibrary({ ...view.opts<CommonOptions>(), ...options }, (session) => removeView(session, name)),
    );

  command('show', 'ID [--json]', 'print everything known of a paper, abstract and note included')
    .argument('<ID>', '', parseName)
    .option('--json', 'print JSON')
    .action((id: string, options: JsonOptions) => inLibrary(options, (session) => showPaper(session, id, options)));

  command('related', 'ID [--limit N] [--json]', 'list the papers of the library that are the most like one')
    .argument('<ID>', '', parseName)
    .option('--limit <N>', 'how many at most', parseCount)
    .option('--json', 'print JSON')
    .action((id: string, options: RelatedOptions) =>
      inLibrary(options, (session) => listRelated(session, id, options)),
    );

  command('cite', 'ID… [--style STYLE] [--html]', 'print papers as a style has them in a list of references')
    .argument('<ID...>', '')
    .addOption(
      new Option('--style <STYLE>', 'instead of the one in Settings').choices(citationStyles.map(({ id }) => id)),
    )
    .option('--html', 'print HTML, with italics and links')
    .action((ids: string[], options: CiteOptions) =>
      inLibrary(options, (session) => citePapers(session, ids, options)),
    );

  const marking = (name: CommandName, usage: string, description: string) =>
    command(name, `${usage}ID… | --query QUERY`, description).addOption(
      new Option('--query <QUERY>', 'all papers that a query finds, instead of ids').argParser(parseChosen),
    );
  const mark = (self: Command, ids: readonly string[], options: MarkOptions, change: MarkChange) => {
    const which = whichPapers(ids, options);
    if (which === null) self.error('error: name papers by their ids, or by --query');
    return inLibrary(options, (session) => markPapers(session, which, change));
  };

  marking('status', 'STATUS ', 'mark papers unread, queued, reading, read or skipped')
    .argument('<STATUS>', 'the new status', parseStatus)
    .argument('[ID...]', '', parseNames)
    .action((status: Status, ids: string[] = [], options: MarkOptions, self: Command) =>
      mark(self, ids, options, { status }),
    );

  for (const [name, description, starred] of [
    ['star', 'star papers', true],
    ['unstar', 'take the star from papers', false],
  ] as const) {
    marking(name, '', description)
      .argument('[ID...]', '', parseNames)
      .action((ids: string[] = [], options: MarkOptions, self: Command) => mark(self, ids, options, { starred }));
  }

  for (const [name, description, field] of [
    ['tag', 'give papers a tag', 'addTags'],
    ['untag', 'take a tag from papers', 'removeTags'],
  ] as const) {
    marking(name, 'TAG ', description)
      .argument('<TAG>', 'a tag; `a/b` is nested in `a`', parseTag)
      .argument('[ID...]', '', parseNames)
      .action((tag: string, ids: string[] = [], options: MarkOptions, self: Command) =>
        mark(self, ids, options, { [field]: [tag] }),
      );
  }

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

  declareGenerations({ program, commandOf, inLibrary });

  command(
    'import',
    'FILE… [--dry-run] [--take-marks] [--format F] [--json]',
    'import files of any format, all in one go; Ctrl+C cancels',
  )
    .argument('<FILE...>', 'files, folders, - for standard input', parseNames)
    .option('--dry-run', 'say what would be imported, and write nothing')
    .option('--take-marks', 'make notes, tags, statuses and stars in the files yours where you have none')
    .addOption(new Option('--format <F>', 'the format, where it is not recognised').argParser(parseName))
    .option('--json', 'print JSON')
    .action(async (files: string[], options: ImportOptions, self: Command) => {
      const wrong = await wrongFormat(options);
      if (wrong !== null) self.error(`error: ${wrong}`);
      await inLibrary(options, (session) => importFiles(session, files, options));
    });

  command(
    'export',
    'FILE | [QUERY] [--format F] [-o FILE|FOLDER] [--no-notes]',
    'write papers in the format of other programs; everything to a FILE that any Offprint imports',
  )
    .argument('[FILE|QUERY...]', 'without options the file to write, - for standard output; with them what to export')
    .addOption(new Option('--format <F>', 'the format').choices(exportFormats.map(({ id }) => id)))
    .addOption(new Option('-o, --output <FILE|FOLDER>', 'where to, instead of standard output').argParser(parseName))
    .option('--no-notes', 'leave out notes, highlights, tags, statuses and stars')
    .allowUnknownOption()
    .action((words: string[], options: ExportOptions, self: Command) => {
      refuseOptions(words, self);
      const wrong = wrongExport(words, options);
      if (wrong !== null) self.error(`error: ${wrong}`);
      return inLibrary(options, (session) => exportLibrary(session, words, options));
    });

  command('backup', 'FILE|FOLDER', 'write everything into one new file, from which it can be restored anywhere')
    .argument('<FILE|FOLDER>', 'the file to write, or the folder to put one with the date into', parseName)
    .action((target: string, options: CommonOptions) => inLibrary(options, (session) => backUp(session, target)));

  command('restore', 'FILE [--dry-run]', 'make the library what a backup holds; what was there is backed up first')
    .argument('<FILE>', 'a file that `backup` or the window has written', parseName)
    .option('--dry-run', 'say what would come, go and change, and write nothing')
    .action((file: string, options: RestoreOptions) =>
      inLibrary(options, (session) => restore(session, file, options)),
    );

  const sources = command('sources', '[--json]', 'list where the papers came from')
    .enablePositionalOptions()
    .option('--json', 'print JSON')
    .action((options: JsonOptions) => inLibrary(options, (session) => listSources(session, options)));

  commandOf(sources, 'sources remove', 'ID [--dry-run]', 'remove a source and the papers that only it brought')
    .argument('<ID>', 'its number in the list of sources', parseSource)
    .option('--dry-run', 'say what would go, and write nothing')
    .action((source: number, options: RemoveOptions) =>
      // The folder may have been named before the word as well as after it.
      inLibrary({ ...sources.opts<CommonOptions>(), ...options }, (session) => removeSource(session, source, options)),
    );

  command('duplicates', '[--json]', 'list papers that may be the same')
    .option('--json', 'print JSON')
    .action((options: JsonOptions) => inLibrary(options, (session) => listDuplicates(session, options)));

  command('merge', 'ID ID…', 'make several papers one; the first one is kept')
    .argument('<ID>', '', parseName)
    .argument('<ID...>', '', parseNames)
    .action((first: string, others: string[], options: CommonOptions) =>
      inLibrary(options, (session) => mergePapers(session, [first, ...others])),
    );

  command('undo', '', 'take back the last change, whatever it was').action((options: CommonOptions) =>
    inLibrary(options, (session) => turn(session, 'history.undo')),
  );

  command('redo', '', 'do again what was taken back last').action((options: CommonOptions) =>
    inLibrary(options, (session) => turn(session, 'history.redo')),
  );

  command('doctor', '[--repair] [--json]', 'look at everything in the data folder, and say what is amiss')
    .option('--repair', 'do what can be done about it, and say what was done')
    .option('--json', 'print JSON')
    .action(async (options: DoctorOptions) => {
      setCode(await doctor(terminal, options.dataDir ?? program.opts<CommonOptions>().dataDir, options));
    });

  command('serve', '[--port N] [--host ADDRESS] [--no-open] [--json]', 'serve the window to a browser on this machine')
    .addOption(new Option('--port <N>', 'the port to listen on').argParser(parsePort).default(0, 'any that is free'))
    .addOption(
      new Option(
        '--host <ADDRESS>',
        'the address of this machine to listen on; others reach it unless it is a loopback one',
      )
        .argParser(parseAddress)
        .default(defaultAddress),
    )
    .option('--no-open', 'do not open the browser')
    .option('--json', 'print one line of JSON when ready')
    .action(async (options: ServeOptions) => {
      // Loaded while the library opens, which mostly waits for other threads and the disk.
      const serving = import('./serve.ts');
      serving.catch(() => {});
      try {
        await inLibrary(
          options,
          async (session) => {
            const { serve } = await serving;
            return serve(session, options);
          },
          'serve',
        );
      } catch (error) {
        if (!(await handOver(error, options, terminal))) throw error;
      }
    });

  command('open', 'LINK|FILE… [--no-open]', 'show papers, searches and files in the window that serves this library')
    .argument('<LINK|FILE...>', 'offprint://paper/ID, offprint://search?q=QUERY, files and folders', parseNames)
    .option('--no-open', 'do not open the browser where no page is open')
    .action(async (things: string[], options: OpenOptions) => {
      setCode(await openThings(terminal, things, { ...program.opts<CommonOptions>(), ...options }));
    });

  return program.showHelpAfterError('Usage: offprint COMMAND [--data-dir DIR]; offprint --help lists the commands');
}

const listUsage = '[--sort FIELD[:asc|:desc][,…]] [--limit N] [--offset N] [--json]';

function sortOption(): Option {
  return new Option('--sort <FIELD[:asc|:desc],...>', 'sort by one or more fields').argParser(parseSort);
}

function withListOptions(command: Command): Command {
  return command
    .addOption(sortOption())
    .addOption(new Option('--limit <N>', 'print at most N papers').argParser(parseCount))
    .addOption(new Option('--offset <N>', 'leave out the first N').argParser(parseCount).default(0))
    .option('--json', 'print JSON');
}

/** Ends with wrong usage when a word of a query looks like an option that there is not. */
function refuseOptions(words: readonly string[], command: Command): void {
  const unknown = words.find((word) => word.startsWith('--'));
  if (unknown !== undefined) command.error(`error: unknown option '${unknown}'`);
}

function dataDirOption(): Option {
  return new Option('--data-dir <DIR>', "the data folder, instead of the platform's usual one").argParser(parseName);
}
