import type { DatabaseSync, StatementSync } from 'node:sqlite';
import * as z from 'zod';
import type { LibraryPaperChange } from '../../shared/contract.ts';
import { OffprintError } from '../../shared/outcome.ts';
import type { PaperPair } from './corpus.ts';

/** A removed source, with all that is needed to bring it back. */
const removedSchema = z.object({
  id: z.int(),
  name: z.string(),
  format: z.string(),
  importedAt: z.int(),
  digest: z.string().nullable(),
  capture: z.string().nullable(),
  firstKey: z.int(),
  /** Places in the page order that were set aside for it. */
  size: z.int(),
});

/** What stands in `changes.detail` as JSON. */
const detailSchema = z.object({
  /** Sources that an import brought. */
  sources: z.array(z.int()).default([]),
  /** The source that a removal took away. */
  removed: removedSchema.nullable().default(null),
});

/** What must be known of a change in order to take it back. */
export interface StoredChange extends z.infer<typeof detailSchema> {
  id: number;
  kind: LibraryPaperChange['kind'];
  label: string;
  undone: boolean;
}

/** What is written down of a change. */
export interface ChangeDetail {
  sources?: number[];
  removed?: z.infer<typeof removedSchema>;
  merged?: readonly PaperPair[];
}

/** Reads and writes the table `changes`. */
export class ChangesTable {
  readonly #add: StatementSync;
  readonly #get: StatementSync;
  readonly #setUndone: StatementSync;
  readonly #needing: StatementSync;

  constructor(database: DatabaseSync) {
    this.#add = database.prepare('INSERT INTO changes (at, kind, label, detail) VALUES (?, ?, ?, ?)');
    this.#get = database.prepare('SELECT * FROM changes WHERE id = ?');
    this.#needing = database.prepare(
      "SELECT 1 FROM changes WHERE kind = 'remove' AND undone = 0 AND detail ->> '$.removed.capture' = ?",
    );
    this.#setUndone = database.prepare('UPDATE changes SET undone = 1 WHERE id = ?');
  }

  /** Writes a change down and returns its number. */
  add(kind: LibraryPaperChange['kind'], label: string, detail: ChangeDetail): number {
    return Number(this.#add.run(Date.now(), kind, label, JSON.stringify(detail)).lastInsertRowid);
  }

  /**
   * A change that has not been taken back.
   * @throws OffprintError `not-found`, or `refused` when it has been
   */
  toUndo(id: number): StoredChange {
    const row = this.#get.get(id);
    if (row === undefined) throw new OffprintError('not-found', `There is no change number ${id}.`);
    const label = String(row['label']);
    if (row['undone'] !== 0) throw new OffprintError('refused', `“${label}” has been taken back already.`);
    const detail = detailSchema.parse(JSON.parse(String(row['detail'])));
    return { id, kind: row['kind'] as StoredChange['kind'], label, undone: false, ...detail };
  }

  /** Could a removal still be taken back that needs this file of `captures/`? */
  needsCapture(capture: string): boolean {
    return this.#needing.get(capture) !== undefined;
  }

  /** Says that a change has been taken back. */
  setUndone(id: number): void {
    this.#setUndone.run(id);
  }
}
