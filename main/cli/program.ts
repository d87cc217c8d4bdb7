import { type Command, CommanderError } from 'commander';
import { failureOf } from '../../shared/outcome.ts';
import { describeError } from '../log/describe-error.ts';
import { log } from '../log/log.ts';
import { declareChanges } from './change-commands.ts';
import { beginProgram, type Running } from './declaring.ts';
import { declareFiles } from './file-commands.ts';
import { declareGenerations } from './generation-commands.ts';
import { declareLists } from './list-commands.ts';
import { declareMarking } from './marking-commands.ts';
import { declareNotes } from './note-commands.ts';
import { declarePapers } from './paper-commands.ts';
import { declareProgram } from './program-commands.ts';
import { safeLine } from './safe-text.ts';
import type { CommonOptions, ExitCode } from './session.ts';
import type { Terminal } from './terminal.ts';
import { clientOf, type OpenLibraryFor, openLibraryFor, papersBack } from './with-library.ts';

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
  const program = makeProgram({
    terminal,
    async inLibrary({ dataDir }, action, host) {
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
    setCode(ended) {
      code = ended;
    },
  });
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

/** Declares the commands, in the order in which they are listed. */
function makeProgram(running: Running): Command {
  const declaring = beginProgram(running);
  declareLists(declaring);
  declarePapers(declaring);
  declareMarking(declaring);
  declareNotes(declaring);
  declareGenerations(declaring);
  declareFiles(declaring);
  declareChanges(declaring);
  declareProgram(declaring);
  return declaring.program.showHelpAfterError(
    'Usage: offprint COMMAND [--data-dir DIR]; offprint --help lists the commands',
  );
}
