import { chmodSync, closeSync, existsSync, mkdirSync, openSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { OffprintError } from '../../shared/outcome.ts';
import { applicationId, corpusPath, findCorpus, isCorruption, pragmaOf, sqliteCode } from './found-corpus.ts';
import { migrations } from './migrations.ts';

const refusedBySystem = new Map([
  [3, 'permission was denied'],
  [5, 'another program is using it'],
  [8, 'it is read-only'],
  [10, 'the disk reported an error'],
  [13, 'the disk is full'],
  [14, 'it could not be opened'],
  [23, 'permission was denied'],
]);

/**
 * Says in the reader's words what SQLite reported of the database at `path`. Other errors are
 * returned as they are.
 */
export function explainDatabaseError(error: unknown, path: string): unknown {
  const primary = sqliteCode(error);
  if (primary === null) return error;
  if (isCorruption(error)) {
    return new OffprintError('damaged', `The paper database ${path} is damaged. Nothing was changed.`, {
      cause: error,
    });
  }
  const reason = refusedBySystem.get(primary);
  if (reason === undefined) return error;
  const message = `The paper database ${path} could not be used: ${reason}. Nothing was changed.`;
  return new OffprintError('unreadable', message, { cause: error });
}

const systemReasons = new Map<unknown, string>([
  ['EACCES', 'permission was denied'],
  ['EPERM', 'permission was denied'],
  ['EROFS', 'it is on a read-only disk'],
  ['ENOSPC', 'the disk is full'],
  ['EDQUOT', 'the disk is full'],
]);

/**
 * Says in the reader's words why the system refused a file. Other errors are returned as they are.
 * @param what what could not be done, after the path
 * @param so what follows from it, as a sentence
 */
export function explainSystemError(error: unknown, path: string, what: string, so = ''): unknown {
  if (error instanceof OffprintError || !(error instanceof Error) || !('code' in error)) return error;
  const reason = systemReasons.get(error.code) ?? String(error.code);
  return new OffprintError('unreadable', `${path} ${what}: ${reason}. ${so}`.trim(), { cause: error });
}

/** Runs `work` as one transaction of `database`: all of it or none of it. */
export function transaction<T>(database: DatabaseSync, work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  let result: T;
  try {
    result = work();
    database.exec('COMMIT');
  } catch (error) {
    // A full disk makes SQLite roll back by itself; then there is nothing left to roll back.
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
  return result;
}

/** Lets the owner read and write the file and nobody else, where the file system knows owners. */
export function keepToOwner(path: string): void {
  if (process.platform === 'win32' || !existsSync(path) || (statSync(path).mode & 0o777) === 0o600) return;
  try {
    chmodSync(path, 0o600);
  } catch {
    // FAT, say, where every file has the same mode. Whether it can be used is found out by using it.
  }
}

/** Refuses a file in the place of the database that is not to be written. Answers whether there is none yet. */
function refuseOthers(folder: string, path: string): boolean {
  const found = findCorpus(folder);
  switch (found.kind) {
    case 'none':
    case 'empty':
      return true;
    case 'usable':
      return false;
    case 'unreadable':
      throw found.error;
    case 'newer': {
      const message = `The paper database ${path} was written by a newer Offprint. Please update; nothing was changed.`;
      throw new OffprintError('newer', message);
    }
    default: {
      const message = `The paper database ${path} is not a database that Offprint can read. It was left as it is.`;
      throw new OffprintError('damaged', message);
    }
  }
}

function migrate(database: DatabaseSync): void {
  for (let version = pragmaOf(database, 'user_version'); version < migrations.length; version += 1) {
    transaction(database, () => {
      database.exec(migrations[version] ?? '');
      database.exec(`PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${version + 1};`);
    });
  }
}

/** An open corpus database. */
export interface OpenedDatabase {
  database: DatabaseSync;
  path: string;
  /** True when there was no database before. */
  created: boolean;
}

/**
 * Opens `corpus.db` in a folder for reading and writing, making both if they are not there
 * (readable by their owner only), and brings an older layout up to date.
 * @throws OffprintError `newer`, `damaged` or `unreadable`, naming the path; the file is untouched then
 */
export function openDatabase(folder: string): OpenedDatabase {
  const path = corpusPath(folder);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const created = refuseOthers(folder, path);
    if (created) closeSync(openSync(path, 'a', 0o600));
    // SQLite gives the files beside the database the mode that it had when they were made.
    for (const ending of ['', '-wal', '-shm']) keepToOwner(path + ending);
    const database = new DatabaseSync(path, { enableForeignKeyConstraints: true, timeout: 5000 });
    try {
      database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -32000;');
      migrate(database);
    } catch (error) {
      database.close();
      throw error;
    }
    return { database, path, created };
  } catch (error) {
    const explained = explainDatabaseError(error, path);
    throw explained === error ? explainSystemError(error, path, 'could not be opened') : explained;
  }
}
