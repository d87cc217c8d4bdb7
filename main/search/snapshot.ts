import type { DatabaseSync } from 'node:sqlite';
import type { Readers } from './readers.ts';

/**
 * The library as it is when this is made, whatever becomes of it. To be closed soon: as long as it
 * is there, SQLite's log of the databases grows with every change.
 */
export class Snapshot {
  readonly #readers: Readers;
  #database: DatabaseSync | null;

  constructor(readers: Readers) {
    this.#readers = readers;
    const database = readers.take();
    this.#database = database;
    try {
      database.exec('BEGIN');
      // It sees a database as it is at the first look into it, so both are looked into now.
      database.prepare('SELECT EXISTS (SELECT 1 FROM papers), EXISTS (SELECT 1 FROM list)').get();
    } catch (error) {
      this.close();
      throw error;
    }
  }

  get database(): DatabaseSync {
    if (this.#database === null) throw new Error('closed');
    return this.#database;
  }

  /** May be called again. */
  close(): void {
    const database = this.#database;
    if (database === null) return;
    this.#database = null;
    if (database.isTransaction) database.exec('COMMIT');
    this.#readers.giveBack(database);
  }
}
