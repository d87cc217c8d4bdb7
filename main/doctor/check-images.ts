import { join } from 'node:path';
import { imagesFolder, noteImages } from '../../shared/note-images.ts';
import { keptImages, readImage } from '../kept-images.ts';
import type { LibraryData } from '../store/library-data.ts';
import { amiss, counted, type Finding, fine, type Patient, some } from './finding.ts';

/**
 * Whether the pictures that notes show are there, whole. Those that no note shows any more are told of and stay: an
 * earlier text of a note may show them, and Undo may bring it back.
 */
export async function checkImages({ folder }: Patient, data: LibraryData | null): Promise<Finding> {
  const path = join(folder, imagesFolder);
  const kept = await keptImages(folder);
  const broken: string[] = [];
  for (const name of kept) if ((await readImage(folder, name)) === null) broken.push(name);
  const shown = shownIn(data);
  const missing = [...shown].filter((name) => !kept.includes(name));
  if (broken.length > 0) {
    const message = `${counted(broken.length, 'picture')} of notes in ${path} cannot be read as one: ${some(broken)}. Paste it into the note again.`;
    return amiss('images', 'problem', message);
  }
  if (missing.length > 0) {
    const message = `${counted(missing.length, 'picture')} that notes show ${missing.length === 1 ? 'is' : 'are'} not in ${path}: ${some(missing)}. A backup may have ${missing.length === 1 ? 'it' : 'them'}.`;
    return amiss('images', 'problem', message);
  }
  if (kept.length === 0) return fine('images', 'There are no pictures in notes.');
  const idle = kept.filter((name) => !shown.has(name));
  const there = `${counted(kept.length, 'picture')} of notes can be read (${path}).`;
  if (data === null || idle.length === 0) return fine('images', there);
  return fine(
    'images',
    `${there} ${counted(idle.length, 'of them is', 'of them are')} in no note now (${some(idle)}); earlier texts of notes may show ${idle.length === 1 ? 'it' : 'them'}.`,
  );
}

/** The names of the pictures that are shown in what is written now. */
function shownIn(data: LibraryData | null): Set<string> {
  const texts = [...(data?.papers.values() ?? [])].map(({ note }) => note ?? '');
  return new Set(texts.flatMap((text) => noteImages(text)));
}
