import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { PaperId } from '../../shared/paper.ts';
import type { PaperPair, ReaderPairs } from './corpus.ts';

type Kind = keyof ReaderPairs;

/** What the reader has decided about which papers are the same: the tables `same` and `different`. */
export class SamePapers {
  readonly #statements: Record<Kind, { all: StatementSync; add: StatementSync; remove: StatementSync }>;
  /** The pairs that each id is in. The reader has made them by hand: they are few. */
  #pairs = new Map<PaperId, PaperPair[]>();

  constructor(database: DatabaseSync) {
    const of = (kind: Kind) => ({
      all: database.prepare(`SELECT a, b FROM ${kind}`),
      add: database.prepare(`INSERT OR IGNORE INTO ${kind} VALUES (?, ?)`),
      remove: database.prepare(`DELETE FROM ${kind} WHERE a = ? AND b = ?`),
    });
    this.#statements = { same: of('same'), different: of('different') };
  }

  #read(kind: Kind): PaperPair[] {
    return this.#statements[kind].all.all().map(({ a, b }) => [String(a), String(b)] as const);
  }

  /** Reads the pairs again; for the beginning of a transaction. */
  reread(): void {
    this.#pairs = new Map();
    for (const pair of this.#read('same')) {
      for (const id of pair) this.#pairs.set(id, [...(this.#pairs.get(id) ?? []), pair]);
    }
  }

  get isEmpty(): boolean {
    return this.#pairs.size === 0;
  }

  /** The pairs that the reader has made one and that one of these ids is in. */
  pairsOf(ids: Iterable<PaperId>): PaperPair[] {
    const found = new Set<PaperPair>();
    for (const id of ids) for (const pair of this.#pairs.get(id) ?? []) found.add(pair);
    return [...found];
  }

  /**
   * Makes the tables say what `pairs` says.
   * @returns the `same` pairs that are new, and those that are gone; the `different` pairs that are either
   */
  replace(pairs: ReaderPairs): { added: PaperPair[]; removed: PaperPair[]; toldApart: PaperPair[] } {
    const change = (kind: Kind) => {
      const before = new Map(this.#read(kind).map((pair) => [pair.join(' '), pair]));
      const after = new Map(pairs[kind].map((pair) => [pair.join(' '), pair]));
      const added = [...after].filter(([name]) => !before.has(name)).map(([, pair]) => pair);
      const removed = [...before].filter(([name]) => !after.has(name)).map(([, pair]) => pair);
      for (const [a, b] of added) this.#statements[kind].add.run(a, b);
      for (const [a, b] of removed) this.#statements[kind].remove.run(a, b);
      return { added, removed };
    };
    const apart = change('different');
    const changed = change('same');
    this.reread();
    return { ...changed, toldApart: [...apart.added, ...apart.removed] };
  }
}
