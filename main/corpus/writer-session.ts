import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { ChangesTable } from './changes-table.ts';
import type { PaperTables } from './component.ts';
import type { PublishedPapers } from './corpus.ts';
import { openDatabase } from './database.ts';
import { DuplicatesFinder } from './duplicates-finder.ts';
import { ImportedMarksTable } from './imported-marks.ts';
import { PaperRows } from './paper-rows.ts';
import { readRebuilding } from './rebuilding.ts';
import { RecordRows } from './record-rows.ts';
import { SamePapers } from './same-papers.ts';
import { writeSourceList } from './source-list.ts';
import { SourceRows } from './source-rows.ts';
import { WorkList } from './work-list.ts';

/** True for what SQLite reports: then the transaction as a whole is in question. */
export function isDatabaseError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_SQLITE_ERROR';
}

/**
 * The connection of whoever writes `corpus.db`, with everything that a change of the papers works
 * with. One transaction at a time: {@link begin}, then {@link commit} or {@link rollBack}.
 */
export class WriterSession {
  readonly folder: string;
  readonly path: string;
  readonly database: DatabaseSync;
  readonly tables: PaperTables;
  readonly work: WorkList;
  readonly marks: ImportedMarksTable;
  readonly changes: ChangesTable;
  readonly duplicates: DuplicatesFinder;
  readonly #revision: StatementSync;
  readonly #setRevision: StatementSync;

  /** @throws OffprintError `newer`, `damaged` or `unreadable`; see `openDatabase` */
  constructor(folder: string) {
    this.folder = folder;
    const { database, path } = openDatabase(folder);
    this.database = database;
    this.path = path;
    // What is said to have come in is on the disk, power cut or not. What refers to what is seen to
    // by the code that moves it: every reference has an index only where somebody asks for it.
    database.exec(`
      PRAGMA synchronous = FULL; PRAGMA foreign_keys = OFF; PRAGMA cache_size = -32000;
      PRAGMA wal_autocheckpoint = 0; PRAGMA journal_size_limit = 16777216;`);
    this.tables = {
      papers: new PaperRows(database),
      records: new RecordRows(database),
      sources: new SourceRows(database),
      same: new SamePapers(database),
    };
    this.work = new WorkList(database);
    this.marks = new ImportedMarksTable(database);
    this.changes = new ChangesTable(database);
    this.duplicates = new DuplicatesFinder(database);
    this.#revision = database.prepare("SELECT value FROM meta WHERE name = 'revision'");
    this.#setRevision = database.prepare("INSERT OR REPLACE INTO meta VALUES ('revision', ?)");
  }

  /** Begins a transaction. Nobody else writes `corpus.db` until it ends. */
  begin(): void {
    this.database.exec('BEGIN IMMEDIATE');
    this.work.clear();
    this.tables.sources.reread();
    this.tables.same.reread();
  }

  /** Writes the transaction to the disk and says what readers must be told. */
  commit(): PublishedPapers {
    this.tables.sources.recount();
    const revision = Number(this.#revision.get()?.['value'] ?? 0) + 1;
    this.#setRevision.run(revision);
    const published = this.work.published(revision);
    this.duplicates.note(published);
    this.work.clear();
    this.database.exec('COMMIT');
    return published;
  }

  /**
   * Writes down beside the captures what this database could be made anew from, as it is now; not
   * while it is made anew itself, which is what is written there. Where that fails it is tried again
   * with the next change, and at the latest at the next opening.
   */
  listSources(): void {
    const { folder, database, tables } = this;
    try {
      if (readRebuilding(database) !== null) return;
      writeSourceList(folder, database, !tables.records.isKeptChanged);
      tables.records.isKeptChanged = false;
    } catch {
      // A full disk, say. Nothing is lost but in case the database, too, is.
      tables.records.isKeptChanged = true;
    }
  }

  /** Undoes the transaction, if there is one. */
  rollBack(): void {
    // A full disk makes SQLite roll back by itself.
    if (this.database.isTransaction) this.database.exec('ROLLBACK');
  }

  /**
   * Brings what stands in the log into the database itself, as far as its readers let it, without
   * keeping any of them waiting.
   */
  tidyUp(): void {
    try {
      this.database.exec('PRAGMA busy_timeout = 0; PRAGMA wal_checkpoint(PASSIVE); PRAGMA wal_checkpoint(TRUNCATE);');
    } catch {
      // A full disk, say. Everything is in the log, which is as good.
    } finally {
      this.database.exec('PRAGMA busy_timeout = 5000');
    }
  }

  close(): void {
    this.rollBack();
    this.tidyUp();
    this.database.close();
  }
}
