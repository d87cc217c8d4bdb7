import { closeSync, existsSync, openSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';
import { explainDatabaseError } from '../corpus/database.ts';
import { needsToWrite, openImmutable, pragmaOf } from '../corpus/found-corpus.ts';
import { explained, stopped } from './trouble.ts';

/** Pages copied in one go, on another thread: some milliseconds of work. */
const pagesAtOnce = 500;

/**
 * `corpus.db` as it was at one moment, whatever is written to it meanwhile: a read transaction that
 * is held open. Nobody waits for it; the log of the database only cannot shrink before it ends.
 */
export class HeldCorpus {
  /** The number of its layout. */
  readonly layout: number;
  /** Names of the files in `captures/` that its sources came from. */
  readonly captures: ReadonlySet<string>;
  /** Of the copy, in bytes. */
  readonly size: number;
  readonly #database: DatabaseSync;

  private constructor(database: DatabaseSync) {
    this.#database = database;
    this.layout = pragmaOf(database, 'user_version');
    const captures = database.prepare('SELECT capture FROM sources WHERE capture IS NOT NULL').all();
    this.captures = new Set(captures.map(({ capture }) => String(capture)));
    this.size = pragmaOf(database, 'page_count') * pragmaOf(database, 'page_size');
  }

  /**
   * Holds the papers of a data folder as they are when this returns; null when there are none.
   * @throws OffprintError `damaged` or `unreadable`
   */
  static hold(dataFolder: string): HeldCorpus | null {
    const path = join(dataFolder, 'corpus.db');
    if (!existsSync(path)) return null;
    try {
      return HeldCorpus.#begin(new DatabaseSync(path, { readOnly: true, timeout: 5000 }));
    } catch (error) {
      // Where nothing can be written, nobody else writes either; but a log could not be read then.
      const isWhole = needsToWrite(error) && (statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0) === 0;
      if (!isWhole) throw explainDatabaseError(error, path);
    }
    try {
      return HeldCorpus.#begin(openImmutable(path));
    } catch (error) {
      throw explainDatabaseError(error, path);
    }
  }

  static #begin(database: DatabaseSync): HeldCorpus {
    try {
      // The moment is that of the first read after it.
      database.exec('BEGIN');
      return new HeldCorpus(database);
    } catch (error) {
      database.close();
      throw error;
    }
  }

  /**
   * Copies it into a new file, on other threads.
   * @param folders where that may stand for a while; the first one that can be written to is taken
   * @param onBytes told how many bytes have been copied since the last time
   * @returns the path of the file, to be removed by the caller
   * @throws OffprintError `refused` when it is stopped, `unreadable` when the system refuses; no file is left then
   */
  async copy(folders: readonly string[], onBytes: (bytes: number) => void, signal: AbortSignal): Promise<string> {
    const to = makeEmpty(folders);
    const pageSize = pragmaOf(this.#database, 'page_size');
    let remaining = this.size / pageSize;
    try {
      await backup(this.#database, to, {
        rate: pagesAtOnce,
        progress: ({ remainingPages }) => {
          onBytes((remaining - remainingPages) * pageSize);
          remaining = remainingPages;
          if (signal.aborted) throw stopped();
        },
      });
      if (signal.aborted) throw stopped();
      onBytes(remaining * pageSize);
      return to;
    } catch (error) {
      rmSync(to, { force: true });
      throw signal.aborted ? stopped() : explainDatabaseError(error, to);
    }
  }

  /** Lets it go. May be called again. */
  release(): void {
    if (this.#database.isOpen) this.#database.close();
  }
}

/** Makes an empty file that nobody but its owner can ever read. Leftovers of its name go at the next opening. */
function makeEmpty(folders: readonly string[]): string {
  let refusal: unknown = null;
  for (const folder of folders) {
    const path = join(folder, `corpus.db.${crypto.randomUUID()}.tmp`);
    try {
      closeSync(openSync(path, 'wx', 0o600));
      return path;
    } catch (error) {
      refusal ??= explained(error, folder, 'cannot be written to', 'No backup was made.');
    }
  }
  throw refusal;
}
