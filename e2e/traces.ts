import { Buffer } from 'node:buffer';
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Every file and folder within a folder, by its path from there; links are not followed. */
export function everythingIn(folder: string): { path: string; isFile: boolean; mode: number }[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).flatMap((path) => {
    const stats = lstatSync(join(folder, path), { throwIfNoEntry: false });
    return stats ? [{ path, isFile: stats.isFile(), mode: stats.mode & 0o777 }] : [];
  });
}

/** How a program may have written a word: in UTF-8 or ASCII, in UTF-16, or as base64 at any place within a text. */
function spellings(word: string): Buffer[] {
  const utf8 = Buffer.from(word);
  const encoded = [0, 1, 2].map((before) => {
    const inside = Buffer.concat([Buffer.alloc(before), utf8]).toString('base64');
    // Only the signs that say nothing of what stands before or after the word.
    return Buffer.from(inside.slice(Math.ceil((before * 8) / 6), Math.floor(((before + utf8.length) * 8) / 6)));
  });
  return [utf8, Buffer.from(word, 'utf16le'), ...encoded];
}

/**
 * The files in a folder that hold a word in one of its spellings.
 * @param except folders and files within it that are passed over
 */
export function filesWith(folder: string, word: string, except: readonly string[] = []): string[] {
  const wanted = spellings(word);
  return everythingIn(folder)
    .filter(
      ({ path, isFile }) => isFile && !except.some((other) => !relative(other, join(folder, path)).startsWith('..')),
    )
    .map(({ path }) => path)
    .filter((path) => {
      const content = readFileSync(join(folder, path));
      return wanted.some((spelling) => content.includes(spelling));
    });
}
