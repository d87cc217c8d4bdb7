import { access, constants, mkdir, realpath, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { OffprintError } from '../shared/outcome.ts';
import { systemCode } from './store/durable-file.ts';

/** What the place of the data folder depends on; the running system's unless told otherwise. */
export interface Surroundings {
  platform: NodeJS.Platform;
  home: string;
  env: Record<string, string | undefined>;
  /** The folder that relative paths are meant from. */
  folder: string;
}

/**
 * Where the reader's data lives: the folder asked for, else `OFFPRINT_DATA_DIR`, else the
 * platform's usual place (XDG base directories, `Application Support`, `%APPDATA%`).
 * @param asked what `--data-dir` said, or null; relative paths are meant from `folder`
 * @returns an absolute path, of a folder that need not exist yet
 */
export function dataFolderPath(asked: string | null, surroundings: Partial<Surroundings> = {}): string {
  const { platform = process.platform, home = homedir(), env = process.env, folder = process.cwd() } = surroundings;
  const wanted = asked ?? env['OFFPRINT_DATA_DIR'] ?? '';
  if (wanted !== '') return resolve(folder, wanted);
  switch (platform) {
    case 'darwin':
      return join(home, 'Library', 'Application Support', 'Offprint');
    case 'win32':
      return join(env['APPDATA'] || join(home, 'AppData', 'Roaming'), 'Offprint');
    default: {
      // The XDG specification asks that a relative path be ignored.
      const base = env['XDG_DATA_HOME'] ?? '';
      return join(isAbsolute(base) ? base : join(home, '.local', 'share'), 'offprint');
    }
  }
}

/**
 * Longest path of a data folder, in bytes of UTF-8, but on Windows: SQLite takes a path of 512, and what
 * lies deepest in the folder has some sixty. Windows has its own, lower bounds.
 */
export const longestDataFolder = 440;

/** Makes a folder and those it lies in. Node's own way of doing so never ends where none can be made, as in `/proc`. */
async function makeFolder(path: string): Promise<void> {
  const make = async () => {
    try {
      await mkdir(path, { mode: 0o700 });
    } catch (error) {
      const isThere = await stat(path).then(
        (stats) => stats.isDirectory(),
        () => false,
      );
      if (!isThere) throw error;
    }
  };
  try {
    await make();
  } catch (error) {
    if (systemCode(error) !== 'ENOENT' || dirname(path) === path) throw error;
    await makeFolder(dirname(path));
    await make();
  }
}

/**
 * Makes the data folder if it is not there, readable by its owner only.
 * @returns its real path, symbolic links resolved, so that one folder has one name
 * @throws OffprintError `unreadable` when it cannot be made or read, is not a folder, or has too long a path
 */
export async function prepareDataFolder(path: string): Promise<string> {
  try {
    if (process.platform !== 'win32' && Buffer.byteLength(path) > longestDataFolder) throw tooLong(path);
    await makeFolder(path);
    const real = await realpath(path);
    if ((await stat(real)).isDirectory()) {
      await access(real, constants.R_OK | constants.X_OK);
      if (process.platform !== 'win32' && Buffer.byteLength(real) > longestDataFolder) throw tooLong(real);
      return real;
    }
  } catch (error) {
    const code = systemCode(error);
    if (code === null) throw error;
    if (code !== 'EEXIST' && code !== 'ENOTDIR') {
      const why = code === 'EACCES' || code === 'EPERM' ? ': permission was denied' : ` (${code})`;
      throw new OffprintError('unreadable', `The data folder ${path} cannot be used${why}.`, { cause: error });
    }
  }
  throw new OffprintError('unreadable', `The data folder ${path} cannot be used: it is not a folder.`);
}

function tooLong(path: string): OffprintError {
  const length = Buffer.byteLength(path);
  const message = `The data folder ${path} cannot be used: its path is too long (${length} bytes; up to ${longestDataFolder} can be used).`;
  return new OffprintError('unreadable', message);
}
