import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { OffprintError } from '../../shared/outcome.ts';
import { migrations } from './migrations.ts';

/** `Ofpr` in ASCII: tells our database from another program's. */
export const applicationId = 0x4f667072;

const sqliteHeader = Buffer.from('SQLite format 3\0', 'latin1');

/** The database of the papers in a data folder. */
export function corpusPath(folder: string): string {
  return join(folder, 'corpus.db');
}

/** The number that a pragma of SQLite's says. */
export function pragmaOf(database: DatabaseSync, pragma: string): number {
  return Number(Object.values(database.prepare(`PRAGMA ${pragma}`).get() ?? {})[0] ?? 0);
}

/**
 * What stands in the place of `corpus.db`, after a look at its header. `usable` says nothing of the
 * rest; `version` is its `user_version`. `damaged`: no database, or one that cannot be opened;
 * `foreign`: another program's; `newer`: of a newer Offprint.
 */
export type FoundCorpus =
  | { kind: 'none' | 'empty' | 'damaged' | 'foreign' | 'newer' }
  | { kind: 'usable'; version: number }
  | { kind: 'unreadable'; error: unknown };

// Primary result codes of SQLite, https://sqlite.org/rescode.html
const [busy, readOnly, corrupt, cannotOpen, notADatabase] = [5, 8, 11, 14, 26];

/** The primary result code of an error that SQLite reported; null for any other error. */
export function sqliteCode(error: unknown): number | null {
  if (!(error instanceof Error) || !('errcode' in error)) return null;
  return Number(error.errcode) & 0xff;
}

/** Whether SQLite found the file itself to be damaged, or to be no database. */
export function isCorruption(error: unknown): boolean {
  const code = sqliteCode(error);
  return code === corrupt || code === notADatabase;
}

/**
 * Whether what SQLite reports means that a database of ours cannot be used any more: one that lacks
 * a table is no better than one that cannot be read.
 */
export function isUnusable(error: unknown): boolean {
  if (error instanceof OffprintError) return error.code === 'damaged';
  return (
    isCorruption(error) ||
    (error instanceof Error && sqliteCode(error) !== null && /^no such (?:table|column)/.test(error.message))
  );
}

/** Whether another program was writing the database. */
export function isBusy(error: unknown): boolean {
  const cause = error instanceof OffprintError ? error.cause : error;
  return sqliteCode(cause) === busy;
}

/** Whether SQLite could not do without writing something beside the file, as a database with a log needs it. */
export function needsToWrite(error: unknown): boolean {
  const code = sqliteCode(error);
  return code === readOnly || code === cannotOpen;
}

/**
 * Opens a database to be read, leaving nothing beside it that was not there: where it has no log,
 * nobody is writing it.
 */
export function openToRead(path: string): DatabaseSync {
  const isThere = (file: string) => statSync(file, { throwIfNoEntry: false }) !== undefined;
  if (!isThere(`${path}-wal`) && !isThere(`${path}-shm`)) return openImmutable(path);
  return new DatabaseSync(path, { readOnly: true, timeout: 5000 });
}

/** Opens a database that nobody writes, without writing anything beside it. What stands in its log only is not seen. */
export function openImmutable(path: string): DatabaseSync {
  return new DatabaseSync(new URL(`${pathToFileURL(path).href}?immutable=1`), { readOnly: true });
}

function look<T>(path: string, see: (database: DatabaseSync) => T): T {
  const using = (open: () => DatabaseSync) => {
    const database = open();
    try {
      return see(database);
    } finally {
      database.close();
    }
  };
  try {
    // Read-only, because a connection that may write would tidy up the log of a newer program when closing.
    return using(() => openToRead(path));
  } catch (error) {
    if (!needsToWrite(error)) throw error;
    return using(() => openImmutable(path));
  }
}

/** Looks at what stands in the place of `corpus.db`, without changing it. Never throws. */
export function findCorpus(folder: string): FoundCorpus {
  const path = corpusPath(folder);
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats === undefined) return { kind: 'none' };
    if (!stats.isFile()) return { kind: 'foreign' };
    if (stats.size === 0) return { kind: 'empty' };
    const header = Buffer.alloc(sqliteHeader.length);
    const file = openSync(path, 'r');
    try {
      readSync(file, header, 0, header.length, 0);
    } finally {
      closeSync(file);
    }
    if (!header.equals(sqliteHeader)) return { kind: 'damaged' };
    return look(path, (database): FoundCorpus => {
      const version = pragmaOf(database, 'user_version');
      const application = pragmaOf(database, 'application_id');
      if (application !== applicationId && (application !== 0 || version !== 0)) return { kind: 'foreign' };
      return version > migrations.length ? { kind: 'newer' } : { kind: 'usable', version };
    });
  } catch (error) {
    return isCorruption(error) ? { kind: 'damaged' } : { kind: 'unreadable', error };
  }
}
