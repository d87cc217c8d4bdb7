import { closeSync, existsSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { explainDatabaseError, explainSystemError, keepToOwner, transaction } from './database.ts';
import { pragmaOf } from './found-corpus.ts';
import { marksLayout, marksVersion } from './marks-layout.ts';
import type { CorpusPlaces } from './prepare-corpus.ts';

/** `Ofpm` in ASCII: tells our database from another program's. */
const applicationId = 0x4f66706d;

const endings = ['', '-wal', '-shm'];

function marksPath(folder: string): string {
  return join(folder, 'marks.db');
}

/** What stands in the place of `marks.db`: one that can be used, one of ours that cannot, or something else. */
function inspect(path: string): 'usable' | 'unusable' | 'foreign' {
  if (!statSync(path).isFile()) return 'foreign';
  try {
    // Read-only, so that nothing of another program's is touched.
    const database = new DatabaseSync(path, { readOnly: true });
    try {
      const application = pragmaOf(database, 'application_id');
      const version = pragmaOf(database, 'user_version');
      if (application === applicationId) return version === marksVersion ? 'usable' : 'unusable';
      return application === 0 && version === 0 ? 'unusable' : 'foreign';
    } finally {
      database.close();
    }
  } catch {
    return 'unusable';
  }
}

/** Takes `marks.db` away. It is made anew, from what it is a copy of, at the next opening. */
export function removeMarks(folder: string): void {
  for (const ending of endings) rmSync(marksPath(folder) + ending, { force: true });
}

function setAside(path: string): void {
  const aside = `${path}.not-ours-${Date.now()}`;
  for (const ending of endings) if (existsSync(path + ending)) renameSync(path + ending, aside + ending);
}

function make(path: string): void {
  closeSync(openSync(path, 'a', 0o600));
  const database = new DatabaseSync(path, { timeout: 5000 });
  try {
    database.exec('PRAGMA journal_mode = WAL');
    transaction(database, () => {
      database.exec(marksLayout);
      database.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${marksVersion};`);
    });
  } finally {
    database.close();
  }
}

/**
 * Sees to it that there is a `marks.db` that can be used: one that is damaged or of another layout
 * is made anew, one that is not ours is set aside first.
 * @throws OffprintError `unreadable` naming the path when the system refuses
 */
export function prepareMarks(folder: string): void {
  const path = marksPath(folder);
  try {
    const found = existsSync(path) ? inspect(path) : 'unusable';
    if (found === 'foreign') setAside(path);
    if (found === 'unusable') removeMarks(folder);
    if (found !== 'usable') make(path);
    for (const ending of endings) keepToOwner(path + ending);
  } catch (error) {
    const explained = explainDatabaseError(error, path);
    throw explained === error ? explainSystemError(error, path, 'could not be made') : explained;
  }
}

/**
 * Opens both databases as one connection, so that a query may join them: `corpus.db`, which it can
 * only read, as schema `corpus`, and `marks.db` as `marks`. Both must be there.
 * @param access what may be done with `marks.db`
 */
export function openTogether(places: Pick<CorpusPlaces, 'corpus' | 'marks'>, access: 'read' | 'write'): DatabaseSync {
  const database = new DatabaseSync(':memory:', { enableForeignKeyConstraints: true, timeout: 5000 });
  try {
    const attach = database.prepare('ATTACH ? AS ?');
    attach.run(places.corpus, 'corpus');
    attach.run(`${pathToFileURL(marksPath(places.marks)).href}?mode=${access === 'write' ? 'rw' : 'ro'}`, 'marks');
    const pages = access === 'write' ? 32_000 : 16_000;
    database.exec(`PRAGMA corpus.cache_size = -${pages}; PRAGMA marks.cache_size = -${pages / 4};`);
    // What a power cut takes is made up for from the store and from corpus.db.
    if (access === 'write') database.exec('PRAGMA marks.synchronous = NORMAL');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/**
 * Brings what stands in the logs of both databases into the databases themselves, so that two
 * files are the whole when they are copied. Does nothing where that is not possible: everything is
 * in the logs, which is as good.
 */
export function tidyUp(folder: string): void {
  for (const name of ['corpus.db', 'marks.db']) {
    try {
      const database = new DatabaseSync(join(folder, name), { timeout: 5000 });
      try {
        database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      } finally {
        database.close();
      }
    } catch {
      // A full disk, say.
    }
  }
}
