import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FeedAddress } from './feed-address.ts';

/** What tells how this program came to be on the machine; the running process's unless told otherwise. */
export interface Origin {
  /** Installed, and not started from the folder of the project. */
  isPackaged: boolean;
  /** The folder of what lies beside the program's archive. */
  resources: string;
  env: Record<string, string | undefined>;
  /** It came from the Microsoft Store, or from Apple's. */
  store: 'microsoft' | 'apple' | null;
  feed: FeedAddress | null;
}

/** A file beside the program's archive by which a distribution says that it updates Offprint: in its first line, who. */
export const elsewhereFile = 'updates-elsewhere';

/** The file by which electron-builder's packages say what kind they are of. */
const packageTypeFile = 'package-type';

/**
 * Who sees to newer versions of this program, in words that complete "Offprint is updated by …"; null when it may do
 * so itself. `OFFPRINT_UPDATES=off` in the environment, or the file `updates-elsewhere` beside the archive, say that
 * somebody else does.
 */
export function updatedElsewhere({ isPackaged, resources, env, store, feed }: Origin): string | null {
  if (!isPackaged) return 'updating the folder that it was started from';
  const named = firstLine(join(resources, elsewhereFile));
  if (named !== null) return named === '' ? 'those who packed it' : named;
  if (env['OFFPRINT_UPDATES'] === 'off') return 'those who set up this machine';
  if (env['FLATPAK_ID'] !== undefined) return 'Flatpak';
  if (env['SNAP'] !== undefined) return 'Snap';
  if (store === 'microsoft') return 'the Microsoft Store';
  if (store === 'apple') return 'the App Store';
  if (firstLine(join(resources, packageTypeFile)) !== null) return 'the package manager of the system';
  return feed === null ? 'hand: this build knows no place where newer ones are' : null;
}

/** The first line of a small file, without what could not be shown; null when there is no such file. */
function firstLine(path: string): string | null {
  try {
    const [line = ''] = readFileSync(path, 'utf8').split('\n', 1);
    return line
      .replaceAll(/[\p{C}\p{Zl}\p{Zp}]/gu, '')
      .trim()
      .slice(0, 80);
  } catch {
    return null;
  }
}
