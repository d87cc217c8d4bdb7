import { rmSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import { explainDatabaseError } from './database.ts';
import { isUnusable } from './found-corpus.ts';
import { openTogether, prepareMarks, removeMarks } from './marks-database.ts';
import { MarksMirror } from './mirror.ts';
import type { Unusable } from './open-mark.ts';
import {
  type CorpusPlaces,
  type PreparedCorpus,
  prepareCorpus,
  prepareReadOnly,
  prepareUnreadable,
} from './prepare-corpus.ts';

/** The papers and the copy of the marks, open as one connection. */
interface OpenedMirror {
  database: DatabaseSync;
  mirror: MarksMirror;
}

/**
 * Opens the papers of a data folder together with the copy of the marks, and brings the list up to
 * date with the papers. Whatever cannot be used of the two is made anew.
 * @throws OffprintError `unreadable` when not even that can be done
 */
export function openMirror(
  folder: string,
  readOnly: boolean,
  unusable: Unusable | null,
): PreparedCorpus & OpenedMirror {
  let prepared = prepareCorpus(folder, readOnly, unusable);
  for (const attempt of ['first', 'second', 'last'] as const) {
    try {
      return { ...prepared, ...openAt(prepared.places) };
    } catch (error) {
      const { scratch, path } = prepared.places;
      if (scratch !== null) rmSync(scratch, { recursive: true, force: true });
      if (attempt === 'last') throw explainDatabaseError(error, path);
      prepared = prepareOtherwise(folder, prepared, error, attempt === 'second');
    }
  }
  throw new Error('papers were neither opened nor refused');
}

/** What to open instead of what could not be. @param givesUp whatever can be opened will do, even without papers */
function prepareOtherwise(
  folder: string,
  { places }: PreparedCorpus,
  error: unknown,
  givesUp: boolean,
): PreparedCorpus {
  if (givesUp || (places.scratch !== null && isUnusable(error))) return prepareUnreadable(folder, error);
  return isUnusable(error) ? prepareCorpus(folder, false, 'damaged') : prepareReadOnly(folder, error);
}

/** It may be the copy of the marks that is damaged; that is made anew first. */
function openAt(places: CorpusPlaces): OpenedMirror {
  try {
    return tryOpening(places);
  } catch (error) {
    if (!isUnusable(error)) throw error;
    removeMarks(places.marks);
    return tryOpening(places);
  }
}

function tryOpening(places: CorpusPlaces): OpenedMirror {
  prepareMarks(places.marks);
  const database = openTogether(places, 'write');
  try {
    const mirror = new MarksMirror(database);
    mirror.catchUp();
    return { database, mirror };
  } catch (error) {
    database.close();
    throw error;
  }
}
