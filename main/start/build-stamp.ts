import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Everything the build reads, relative to the project's folder. */
const sources = ['main', 'renderer', 'shared', 'vite.config.ts', 'package.json', 'package-lock.json'];

/** Where the stamp of the last complete build is kept, relative to the project's folder. */
export const stampFile = join('out', 'built');

/**
 * A hash over the names and contents of everything that is built. Contents rather than times, so
 * that a deleted file, a restored one or a clock set back is never mistaken for "nothing changed".
 * @param root the project's folder
 */
export function stampOfSources(root: string): string {
  const hash = createHash('sha256');
  for (const path of sources.flatMap((source) => filesUnder(root, source))) {
    const content = readFileSync(join(root, path));
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}

/** True when `out/` was built completely from the sources as they are now. */
export function isBuilt(root: string): boolean {
  try {
    return readFileSync(join(root, stampFile), 'utf8') === stampOfSources(root);
  } catch {
    return false;
  }
}

function filesUnder(root: string, path: string): string[] {
  let entries: ReturnType<typeof readFolder>;
  try {
    entries = readFolder(join(root, path));
  } catch {
    return [path];
  }
  return entries
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const inner = join(path, entry.name);
      if (entry.isDirectory()) return filesUnder(root, inner);
      return /\.test\.tsx?$/.test(entry.name) ? [] : [inner];
    });
}

function readFolder(path: string) {
  return readdirSync(path, { withFileTypes: true });
}
