import type { DatabaseSync, StatementSync } from 'node:sqlite';
import * as z from 'zod';
import type { LibraryPaperChange } from '../../shared/contract.ts';
import { OffprintError } from '../../shared/outcome.ts';
import type { PaperPair, ReaderPairs } from './corpus.ts';

const kindSchema = z.enum(['import', 'remove', 'merge']);
const detailSchema = z.object({
  /** Sources that an import brought. */
  sources: z.array(z.int()).catch([]),
  /** Pairs that a merge made one. */
  merged: z.array(z.tuple([z.string(), z.string()])).catch([]),
});

/** Reads what has changed which papers there are, and what removing a source would do. */
export class ChangeLog {
  readonly #changes: StatementSync;
  readonly #change: StatementSync;
  readonly #same: StatementSync;
  readonly #different: StatementSync;
  readonly #source: StatementSync;
  readonly #impact: StatementSync;

  /** @param database as `openTogether` gives it */
  constructor(database: DatabaseSync) {
    const columns = 'id, at, kind, label, undone, detail';
    this.#changes = database.prepare(`SELECT ${columns} FROM changes ORDER BY id DESC LIMIT ?`);
    this.#change = database.prepare(`SELECT ${columns} FROM changes WHERE id = ?`);
    this.#same = database.prepare('SELECT a, b FROM same ORDER BY a, b');
    this.#different = database.prepare('SELECT a, b FROM different ORDER BY a, b');
    this.#source = database.prepare('SELECT 1 FROM sources WHERE id = ? AND id > 0');
    this.#impact = database.prepare(`
      SELECT count(*) AS everything, total(shared) AS shared, total(NOT shared AND touched) AS kept FROM (
        SELECT EXISTS (SELECT 1 FROM appearances b WHERE b.paper = a.paper AND b.source NOT IN (0, ?1)) AS shared,
          EXISTS (SELECT 1 FROM appearances b WHERE b.paper = a.paper AND b.source = 0)
          OR EXISTS (SELECT 1 FROM marks m WHERE m.paper = a.paper) AS touched
        FROM appearances a WHERE a.source = ?1)`);
  }

  /** Imports, removals and merges, newest first. */
  changes(limit: number): LibraryPaperChange[] {
    return this.#changes
      .all(limit)
      .map(changeOf)
      .map(({ merged: _, ...change }) => change);
  }

  /** One of them; null when there is none of this number. */
  change(id: number): (LibraryPaperChange & { merged: PaperPair[] }) | null {
    const row = this.#change.get(id);
    return row === undefined ? null : changeOf(row);
  }

  /** What the reader's decisions are here, which papers are grouped by. */
  pairs(): ReaderPairs {
    const read = (statement: StatementSync) => statement.all().map(({ a, b }) => [String(a), String(b)] as const);
    return { same: read(this.#same), different: read(this.#different) };
  }

  /**
   * What removing a source would do.
   * @throws OffprintError `not-found` when there is no such source
   */
  impact(source: number): { papers: number; kept: number; shared: number } {
    if (this.#source.get(source) === undefined) {
      throw new OffprintError('not-found', `There is no source with the number ${source}.`);
    }
    const row = this.#impact.get(source) ?? {};
    const [shared, kept] = [Number(row['shared']), Number(row['kept'])];
    return { papers: Number(row['everything']) - shared - kept, kept, shared };
  }
}

function changeOf(row: Record<string, unknown>): LibraryPaperChange & { merged: PaperPair[] } {
  const { sources, merged } = detailSchema.parse(JSON.parse(String(row['detail'])));
  return {
    id: Number(row['id']),
    at: Number(row['at']),
    kind: kindSchema.parse(row['kind']),
    label: String(row['label']),
    undone: row['undone'] === 1,
    sources,
    merged,
  };
}
