import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The file in a data folder that holds the path of its page. */
export const pagePathFile = 'page-path.txt';

const form = /^[\w-]{22}$/;

/**
 * The path under which a library is served, of 128 random bits. Browsers give a cookie to every server
 * of this computer, whatever its port, so a cookie for all paths would be told to any other program that
 * the reader visits there, be it another user's; for a path that nobody else has, it is not.
 */
export function makePagePath(): string {
  return randomBytes(16).toString('base64url');
}

/**
 * The path of the library in a data folder, always the same, so that a page that was left open goes on
 * when Offprint is started again. Where it cannot be kept it is a new one each time.
 */
export function pagePathOf(dataFolder: string): string {
  const file = join(dataFolder, pagePathFile);
  try {
    const kept = readFileSync(file, 'utf8').trim();
    if (form.test(kept)) return kept;
  } catch {
    // It was never served before.
  }
  const path = makePagePath();
  try {
    writeFileSync(file, `${path}\n`, { mode: 0o600 });
  } catch {
    // A disk that can only be read.
  }
  return path;
}
