import { chmodSync, closeSync, existsSync, mkdirSync, openSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { OffprintError } from '../../shared/outcome.ts';
import { migrations } from './migrations.ts';

/** `Ofpr` in ASCII: tells our database from another program's. */
const applicationId = 0x4f667072;

const sqliteHeader = Buffer.from('SQLite format 3\0', 'latin1');

// Primary result codes of SQLite, https://sqlite.org/rescode.html
const corrupt = 11;
const notADatabase = 26;
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
  if (error instanceof OffprintError || !(error instanceof Error) || !('errcode' in error)) return error;
  const primary = Number(error.errcode) & 0xff;
  if (primary === corrupt || primary === notADatabase) {
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

/** The number that a pragma of SQLite's says. */
export function pragmaOf(database: DatabaseSync, pragma: string): number {
  return Number(Object.values(database.prepare(`PRAGMA ${pragma}`).get() ?? {})[0] ?? 0);
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

/** Looks at an existing file without changing it. */
function inspect(path: string): void {
  const header = Buffer.alloc(sqliteHeader.length);
  const file = openSync(path, 'r');
  try {
    readSync(file, header, 0, header.length, 0);
  } finally {
    closeSync(file);
  }
  const damaged = `The paper database ${path} is not a database that Offprint can read. It was left as it is.`;
  if (!header.equals(sqliteHeader)) throw new OffprintError('damaged', damaged);
  // Read-only, because a connection that may write would tidy up the log of a newer program when closing.
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const version = pragmaOf(database, 'user_version');
    const application = pragmaOf(database, 'application_id');
    if (application !== applicationId && (application !== 0 || version !== 0))
      throw new OffprintError('damaged', damaged);
    if (version > migrations.length) {
      throw new OffprintError(
        'newer',
        `The paper database ${path} was written by a newer Offprint. Please update; nothing was changed.`,
      );
    }
  } finally {
    database.close();
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
  const path = join(folder, 'corpus.db');
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const created = !existsSync(path) || statSync(path).size === 0;
    if (created) closeSync(openSync(path, 'a', 0o600));
    else inspect(path);
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
