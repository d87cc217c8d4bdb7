import { constants } from 'node:fs';
import { access, readdir, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { temporaryName } from '../store/durable-file.ts';
import type { LibraryData } from '../store/library-data.ts';
import { readSettings } from '../store/library-data.ts';
import { plainMoment } from '../store/opening-words.ts';
import { amiss, counted, type Finding, fine, type Patient, some } from './finding.ts';

/** Folders in which a killed program may leave files that are half written; those of `captures/` are the papers' affair. */
const places = ['.', 'journal', 'generations', 'notes', 'images', 'taken-marks', 'backups'];

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}

/** Looks for what programs have left that were ended in the midst of something. */
export async function checkLeftovers({ folder, isHeld }: Patient): Promise<Finding> {
  if (isHeld) return fine('leftovers', 'Files that are half written belong to the Offprint that is running.');
  const left: string[] = [];
  for (const place of places) {
    const names = await namesIn(join(folder, place));
    left.push(...names.filter((name) => temporaryName.test(name)).map((name) => join(folder, place, name)));
    if (place === '.')
      left.push(...names.filter((name) => /^lock\.json\.\d+$/.test(name)).map((name) => join(folder, name)));
  }
  left.push(...(await namesIn(join(folder, 'incoming'))).map((name) => join(folder, 'incoming', name)));
  const captures = (await namesIn(join(folder, 'captures'))).filter((name) => temporaryName.test(name));
  if (left.length + captures.length === 0) return fine('leftovers', 'No program has left anything half done.');
  const names = [...left, ...captures.map((name) => join(folder, 'captures', name))].map((path) =>
    relative(folder, path),
  );
  return {
    ...{ name: 'leftovers', state: 'warning' },
    message: `${counted(names.length, 'file')} in ${folder} ${names.length === 1 ? 'was' : 'were'} left by a program that was ended in the midst of something: ${some(names)}.`,
    would:
      captures.length === 0
        ? 'Remove them.'
        : 'Remove them; imported files among them that papers came from get their names.',
    async repair(bench) {
      for (const path of left) await rm(path, { recursive: true, force: true });
      if (captures.length > 0) await bench.papers();
      return `${counted(names.length, 'file is', 'files are')} removed or in place.`;
    },
  };
}

/** Names what has been set aside earlier because it was damaged or not understood. */
export async function checkSetAside({ folder }: Patient): Promise<Finding> {
  const names = (await namesIn(folder)).filter((name) =>
    /\.(?:damaged|unclear|foreign|missing|behind|not-ours)-\d/.test(name),
  );
  if (names.length === 0) return fine('set-aside', 'Nothing damaged has been set aside.');
  const message = `${counted(names.length, 'file')} in ${folder} ${names.length === 1 ? 'was' : 'were'} damaged or not understood once, and kept: ${some(names)}. Look at what is in there, or remove it, as you like.`;
  return amiss('set-aside', 'warning', message);
}

/** Whether the folder that copies are to be made into is there. */
export async function checkCopies(_patient: Patient, data: LibraryData | null): Promise<Finding> {
  const { copies, copiedAt } = readSettings(data?.settings ?? {});
  if (copies === null) return fine('copies', 'No copies are made by themselves.');
  const last = copiedAt === null ? 'None has been made yet.' : `The last one was made ${plainMoment(copiedAt)}.`;
  try {
    await access(copies.folder, constants.W_OK | constants.X_OK);
    return fine('copies', `A copy is made every ${copies.every} into ${copies.folder}. ${last}`);
  } catch {
    const message = `Copies are to be made every ${copies.every} into ${copies.folder}, which is not there or cannot be written to. ${last}`;
    return amiss('copies', 'warning', message);
  }
}
