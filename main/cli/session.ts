import type { Client } from '../../shared/client.ts';
import type { Library } from '../library-interface.ts';
import type { Terminal } from './terminal.ts';

/** How the process ends: done, not done, wrongly used, interrupted. */
export type ExitCode = 0 | 1 | 2 | 130;

/** What a command needs: the library, a checked way into it, and somewhere to print. */
export interface Session {
  library: Library;
  client: Client;
  terminal: Terminal;
}

/** Options that every command has. */
export interface CommonOptions {
  dataDir?: string;
}

/** Options of commands that can print JSON. */
export interface JsonOptions extends CommonOptions {
  json?: true;
}
