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

/**
 * What was kept of a removed source when its removal was taken back, by places in the page order:
 * records that were kept whole, and those of which only the ids were.
 */
const stayedSchema = z.object({ whole: z.array(z.int()), idsOnly: z.array(z.int()) });

/** What stands in `changes.detail` as JSON. */
const detailSchema = z.object({
  /** Sources that an import brought. */
  sources: z.array(z.int()).default([]),
  /** The source that a removal took away. */
  removed: removedSchema.nullable().default(null),
  /** What had stayed of it when the removal was taken back, for as long as that can be done again. */
  stayed: stayedSchema.nullable().default(null),
  /** The sources that taking an import back took away, for as long as it can be done again. */
  gone: z.array(removedSchema).default([]),
});

/** A source that is gone, with all that is needed to bring it back. */
export type RemovedSource = z.infer<typeof removedSchema>;

/** See {@link stayedSchema}. */
export type Stayed = z.infer<typeof stayedSchema>;

/** What must be known of a change in order to take it back or do it again. */
export interface StoredChange extends z.infer<typeof detailSchema> {
  id: number;
  kind: LibraryPaperChange['kind'];
  label: string;
  undone: boolean;
}

/** What is written down of a change. */
export interface ChangeDetail {
  sources?: number[];
  removed?: RemovedSource;
  merged?: readonly PaperPair[];
}

/**
 * Is this file of `captures/` (`?1`) needed by a removal that could be taken back, or an import that
 * could be done again?
 */
export const captureNeededByChange = `
  SELECT 1 FROM changes WHERE kind = 'remove' AND undone = 0 AND detail ->> '$.removed.capture' = ?1
  UNION ALL SELECT 1 FROM changes, json_each(detail, '$.gone') AS source
    WHERE kind = 'import' AND undone = 1 AND source.value ->> '$.capture' = ?1`;

/** Reads and writes the table `changes`. */
export class ChangesTable {
  readonly #add: StatementSync;
  readonly #get: StatementSync;
  readonly #setUndone: StatementSync;
  readonly #setGone: StatementSync;
  readonly #setStayed: StatementSync;
  readonly #allGone: StatementSync;
  readonly #needing: StatementSync;

  constructor(database: DatabaseSync) {
    this.#add = database.prepare('INSERT INTO changes (at, kind, label, detail) VALUES (?, ?, ?, ?)');
    this.#get = database.prepare('SELECT * FROM changes WHERE id = ?');
    this.#needing = database.prepare(captureNeededByChange);
    this.#setUndone = database.prepare('UPDATE changes SET undone = ? WHERE id = ?');
    this.#setGone = database.prepare("UPDATE changes SET detail = json_set(detail, '$.gone', json(?)) WHERE id = ?");
    this.#setStayed = database.prepare(
      "UPDATE changes SET detail = json_set(detail, '$.stayed', json(?)) WHERE id = ?",
    );
    this.#allGone = database.prepare(
      "SELECT id, detail FROM changes WHERE kind = 'import' AND json_array_length(detail, '$.gone') > 0",
    );
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
    const change = this.#read(id);
    if (change.undone) throw new OffprintError('refused', `“${change.label}” has been taken back already.`);
    return change;
  }

  /**
   * A change that has been taken back.
   * @throws OffprintError `not-found`, or `refused` when it has not been
   */
  toRedo(id: number): StoredChange {
    const change = this.#read(id);
    if (!change.undone) throw new OffprintError('refused', `“${change.label}” has not been taken back.`);
    return change;
  }

  #read(id: number): StoredChange {
    const row = this.#get.get(id);
    if (row === undefined) throw new OffprintError('not-found', `There is no change number ${id}.`);
    const detail = detailSchema.parse(JSON.parse(String(row['detail'])));
    const kind = row['kind'] as StoredChange['kind'];
    return { id, kind, label: String(row['label']), undone: row['undone'] !== 0, ...detail };
  }

  /** Could a change still be taken back or done again that needs this file of `captures/`? */
  needsCapture(capture: string): boolean {
    return this.#needing.get(capture) !== undefined;
  }

  /** Says whether a change has been taken back. */
  setUndone(id: number, undone: boolean): void {
    this.#setUndone.run(Number(undone), id);
  }

  /** Remembers the sources that taking an import back takes away; none when it cannot be done again any more. */
  setGone(id: number, gone: readonly RemovedSource[]): void {
    this.#setGone.run(JSON.stringify(gone), id);
  }

  /** Remembers what a removal that is taken back had left; null when it has been done again. */
  setStayed(id: number, stayed: Stayed | null): void {
    this.#setStayed.run(JSON.stringify(stayed), id);
  }

  /** The imports for which sources are remembered, and which. */
  allGone(): { id: number; gone: RemovedSource[] }[] {
    return this.#allGone.all().map(({ id, detail }) => {
      return { id: Number(id), gone: detailSchema.parse(JSON.parse(String(detail))).gone };
    });
  }
}
