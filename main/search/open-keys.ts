import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { KeyedRows, KeySet, Parameter, RowFilter } from './key-set.ts';
import {
  type Budget,
  CommonKeys,
  type KeyPiece,
  type Keys,
  KnownKeys,
  noKeys,
  PiecewiseKeys,
  RemainingKeys,
  UnitedKeys,
} from './keys.ts';

/** Up to this many rows of an index in another order are gathered and sorted: 10 milliseconds. */
const mostGathered = 60_000;

function pieceOf(row: Record<string, unknown> | undefined): number[] {
  return JSON.parse(String(row?.['offsets'])) as number[];
}

/** As 64 bits: SQLite takes a JavaScript number for a float, and FTS5 does not leap to one. */
const bound = (key: number) => BigInt(key);

/** Reads sets of papers on one connection. */
export class KeysOpener {
  readonly #database: DatabaseSync;
  readonly #budget: Budget;

  /** @param database as `openTogether` gives it, in a transaction */
  constructor(database: DatabaseSync, budget: Budget) {
    this.#database = database;
    this.#budget = budget;
  }

  /** Begins to read a set. */
  open(set: KeySet): Keys {
    switch (set.kind) {
      case 'none':
        return noKeys;
      case 'every':
        return this.#rows({ from: 'list l', key: 'l.paper', where: 'TRUE', parameters: [] });
      case 'words':
        return set.merged ? this.#fetched(set) : this.#rows(rowsOfWords(set));
      case 'rows':
        return this.#rows(set.rows);
      case 'gathered':
        return this.#gather(set.rows) ?? this.#allBut(set.others) ?? this.#looked(set.filter);
      case 'and':
        return new CommonKeys(
          this.#budget,
          set.of.map((part) => this.open(part)),
        );
      case 'or':
        return new UnitedKeys(set.of.map((part) => this.open(part)));
      case 'without':
        return new RemainingKeys(this.#budget, this.open(set.all), this.open(set.but));
    }
  }

  #rows({ from, key, where, parameters }: KeyedRows): Keys {
    // One JSON text is the quickest way out of SQLite, and offsets are shorter than keys.
    const statement = this.#database.prepare(`
      SELECT json_group_array(offset) AS offsets FROM (
        SELECT ${key} - :start AS offset FROM ${from} WHERE ${where} AND ${key} >= :start ORDER BY ${key} LIMIT :most)`);
    return new PiecewiseKeys(this.#budget, (start, most) => {
      const offsets = pieceOf(statement.get({ start: bound(start), most }, ...parameters));
      return { offsets, past: offsets.length < most ? Number.POSITIVE_INFINITY : start + (offsets.at(-1) ?? 0) + 1 };
    });
  }

  /** Reads from one open statement, because beginning anew would cost much. */
  #fetched(words: Extract<KeySet, { kind: 'words' }>): Keys {
    const { from, key, where, parameters } = rowsOfWords(words);
    const statement = this.#database.prepare(`SELECT ${key} FROM ${from} WHERE ${where} ORDER BY ${key}`);
    statement.setReturnArrays(true);
    let rows: Iterator<unknown> | null = null;
    const close = () => void rows?.return?.();
    const read = (start: number, most: number): KeyPiece => {
      rows ??= statement.iterate(...parameters);
      const offsets: number[] = [];
      for (let looked = 0; looked < most; looked += 1) {
        const next = rows.next();
        if (next.done) return { offsets, past: Number.POSITIVE_INFINITY };
        const [found = 0] = next.value as [number];
        if (found >= start) offsets.push(found - start);
      }
      return { offsets, past: start + (offsets.at(-1) ?? -1) + 1 };
    };
    return new PiecewiseKeys(this.#budget, read, close);
  }

  #gather({ from, key, where, parameters }: KeyedRows): Keys | null {
    const statement = this.#database.prepare(`
      SELECT json_group_array(key) AS offsets FROM (SELECT ${key} AS key FROM ${from} WHERE ${where} LIMIT ?)`);
    const keys = this.#budget.spend(() => Float64Array.from(pieceOf(statement.get(...parameters, mostGathered + 1))));
    return keys.length > mostGathered ? null : new KnownKeys(keys.sort());
  }

  /** All papers but a few. */
  #allBut(others: readonly KeyedRows[]): Keys | null {
    if (others.length === 0) return null;
    const gathered = others.map((rows) => this.#gather(rows));
    const few = gathered.filter((keys) => keys !== null);
    if (few.length < gathered.length) return null;
    return new RemainingKeys(this.#budget, this.open({ kind: 'every' }), new UnitedKeys(few));
  }

  /** Looks at every paper, a stretch of the list at a time. */
  #looked({ sql, parameters }: RowFilter): Keys {
    const stretch = this.#database.prepare(`
      SELECT max(paper) AS last, count(*) AS n FROM (SELECT paper FROM list WHERE paper >= ? ORDER BY paper LIMIT ?)`);
    const statement: StatementSync = this.#database.prepare(`
      SELECT json_group_array(offset) AS offsets FROM (
        SELECT l.paper - :start AS offset FROM list l
        WHERE l.paper >= :start AND l.paper <= :last AND (${sql}) ORDER BY l.paper)`);
    return new PiecewiseKeys(this.#budget, (start, most) => {
      const { last, n } = stretch.get(bound(start), most) ?? {};
      if (typeof last !== 'number') return { offsets: [], past: Number.POSITIVE_INFINITY };
      const offsets = pieceOf(statement.get({ start: bound(start), last: bound(last) }, ...parameters));
      return { offsets, past: Number(n) < most ? Number.POSITIVE_INFINITY : last + 1 };
    });
  }
}

/** The papers that words match, as rows. */
function rowsOfWords({ table, match }: Extract<KeySet, { kind: 'words' }>): KeyedRows {
  const parameters: Parameter[] = [match];
  return { from: table, key: `${table}.rowid`, where: `${table} MATCH ?`, parameters };
}
