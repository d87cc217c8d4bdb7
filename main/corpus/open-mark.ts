import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { removeQuietly, replaceDurably, syncFolder } from './durable-files.ts';

/** Why `corpus.db` is not used any more. See `CorpusTrouble`. */
export const unusableSchema = z.enum(['missing', 'damaged', 'foreign', 'behind']);

/** See {@link unusableSchema}. */
export type Unusable = z.infer<typeof unusableSchema>;

/**
 * `closed`: the papers were closed as they should be. `open`: a program that had them open ended
 * without closing them, or still has. Else why `corpus.db`, or what is left of it, is to be set aside.
 */
export type OpenMark = 'closed' | 'open' | Unusable;

function pathIn(folder: string): string {
  return join(folder, 'corpus.open');
}

/** What the mark in a data folder says. One that cannot be read says `open`. */
export function openMark(folder: string): OpenMark {
  try {
    const text = readFileSync(pathIn(folder), 'utf8').trim();
    return unusableSchema.safeParse(text).data ?? 'open';
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'closed' : 'open';
  }
}

/**
 * Marks a data folder, so that it outlasts a killed program and a power cut: a file that is there
 * from the opening of `corpus.db` to its closing.
 */
export function setOpenMark(folder: string, mark: OpenMark): void {
  const path = pathIn(folder);
  if (mark !== 'closed') {
    replaceDurably(path, [`${mark}\n`]);
    return;
  }
  removeQuietly(path);
  syncFolder(dirname(path));
}
