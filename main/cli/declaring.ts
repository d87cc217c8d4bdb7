import { Command, Option } from 'commander';
import type { HostKind } from '../store/lock-holder.ts';
import type { CommandName } from './command-names.ts';
import { parseName } from './options.ts';
import type { CommonOptions, ExitCode, Session } from './session.ts';
import type { Terminal } from './terminal.ts';
import { appVersion } from './with-library.ts';

/** What a command does in an open library. */
export type Action = (session: Session) => Promise<ExitCode>;

/** How commands are run. */
export interface Running {
  terminal: Terminal;
  /** Opens the library, does something in it, and closes it after. */
  inLibrary(options: CommonOptions, action: Action, host?: HostKind): Promise<void>;
  /** Sets the exit code of a command that opens no library. */
  setCode(code: ExitCode): void;
}

/** How commands are declared and run. */
export interface Declaring extends Running {
  /** The whole command line. */
  program: Command;
  /** One more command of it, with the option that all have. `usage` is what follows its name. */
  command(name: CommandName | 'open', usage: string, description: string): Command;
  /** The same for a command within another; `path` is both of their names. */
  commandOf(parent: Command, path: string, usage: string, description: string): Command;
}

/** A command line of which no command is declared yet. It throws a `CommanderError` where others would end the process. */
export function beginProgram(running: Running): Declaring {
  const program = new Command('offprint')
    .description('A reading list for research papers.')
    .usage('COMMAND [--data-dir DIR]')
    .version(appVersion(), '--version')
    .enablePositionalOptions()
    .addOption(dataDirOption())
    .exitOverride()
    .configureOutput({
      writeOut: (text) => running.terminal.out(text),
      writeErr: (text) => running.terminal.err(text.trimEnd()),
      getOutHelpWidth: () => running.terminal.width ?? 100,
      getErrHelpWidth: () => running.terminal.width ?? 100,
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
  return { ...running, program, command, commandOf };
}

/** Ends with wrong usage when a word of a query looks like an option that there is not. */
export function refuseOptions(words: readonly string[], command: Command): void {
  const unknown = words.find((word) => word.startsWith('--'));
  if (unknown !== undefined) command.error(`error: unknown option '${unknown}'`);
}

function dataDirOption(): Option {
  return new Option('--data-dir <DIR>', "the data folder, instead of the platform's usual one").argParser(parseName);
}
