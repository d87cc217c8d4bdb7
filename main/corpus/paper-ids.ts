import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { arxivIdOf, doiOf } from '../../shared/identifiers.ts';
import type { PaperId } from '../../shared/paper.ts';
import type { MarkTarget, PaperTitle } from './corpus.ts';
import { paperOfId } from './mark-rows.ts';

/** Finds papers by their ids, and ids by papers. */
export class PaperIds {
  readonly #key: StatementSync;
  readonly #ids: StatementSync;
  readonly #found: StatementSync;
  readonly #markedAs: StatementSync;
  readonly #identifiers: StatementSync;
  readonly #titles: StatementSync;

  /** @param database as `openTogether` gives it */
  constructor(database: DatabaseSync) {
    const prepare = (sql: string) => database.prepare(sql);
    this.#key = prepare(`SELECT ${paperOfId('?1')} AS paper`);
    // One text in and one out: a statement for each of 100,000 papers would take ten times as long.
    this.#ids = prepare(`
      SELECT json_group_array(id) AS ids
      FROM (SELECT p.id FROM json_each(?) wanted CROSS JOIN papers p ON p.key = wanted.value)`);
    this.#found = prepare(`
      SELECT json_group_array(json_array(key, id)) AS found FROM (
        SELECT p.key, p.id FROM (SELECT ${paperOfId('given.value')} AS paper FROM json_each(?) given) g
        LEFT JOIN papers p ON p.key = g.paper)`);
    this.#markedAs = prepare(`
      SELECT json_group_array(json_array(paper, id)) AS marked
      FROM (SELECT m.paper, m.id FROM json_each(?) given CROSS JOIN marks m ON m.paper = given.value)`);
    this.#titles = prepare(`
      SELECT json_group_array(json_array(title, title_key)) AS titles FROM (
        SELECT p.title, p.title_key FROM (SELECT ${paperOfId('given.value')} AS paper FROM json_each(?) given) g
        LEFT JOIN papers p ON p.key = g.paper)`);
    this.#identifiers = prepare('SELECT id FROM identifiers WHERE paper = ? ORDER BY id');
  }

  /** Key of the paper with this id or alias, or null. */
  keyOf(id: PaperId): number | null {
    const paper = this.#key.get(id)?.['paper'];
    return typeof paper === 'number' ? paper : null;
  }

  /** As {@link keyOf}, for what a reader types: any spelling of an arXiv number or DOI will do. */
  keyOfAnySpelling(text: string): number | null {
    const arxivId = arxivIdOf(text);
    const doi = doiOf(text);
    const ids = [text, arxivId && `arxiv:${arxivId}`, doi && `doi:${doi}`];
    for (const id of ids) {
      const key = id ? this.keyOf(id) : null;
      if (key !== null) return key;
    }
    return null;
  }

  /** The own ids of the papers with these keys, in their order. */
  idsOf(keys: readonly number[]): PaperId[] {
    return JSON.parse(String(this.#ids.get(JSON.stringify(keys))?.['ids'])) as PaperId[];
  }

  /** Every id that a paper can be found by, sorted. */
  identifiersOf(key: number): PaperId[] {
    return this.#identifiers.all(key).map(({ id }) => String(id));
  }

  /** The ids that the reader's records of papers stand under, by key; papers without are left out. */
  markedAs(keys: readonly number[]): Map<number, PaperId[]> {
    const marked = JSON.parse(String(this.#markedAs.get(JSON.stringify(keys))?.['marked'])) as [number, PaperId][];
    const byPaper = new Map<number, PaperId[]>();
    for (const [key, id] of marked) {
      const others = byPaper.get(key);
      if (others) others.push(id);
      else byPaper.set(key, [id]);
    }
    return byPaper;
  }

  /** The titles of the papers that ids or aliases are of; ids of no paper are left out. */
  titles(ids: readonly PaperId[]): Map<PaperId, PaperTitle> {
    const found = JSON.parse(String(this.#titles.get(JSON.stringify(ids))?.['titles'])) as (string | null)[][];
    const titles = new Map<PaperId, PaperTitle>();
    for (const [index, id] of ids.entries()) {
      const [title, sortKey] = found[index] ?? [];
      if (typeof title === 'string' && typeof sortKey === 'string') titles.set(id, { title, sortKey });
    }
    return titles;
  }

  /** The papers that ids or aliases are of, and where their marks stand; ids of no paper are left out. */
  targets(ids: readonly PaperId[]): Map<PaperId, MarkTarget> {
    const found = JSON.parse(String(this.#found.get(JSON.stringify(ids))?.['found'])) as [number, PaperId][];
    const markedAs = this.markedAs([...new Set(found.map(([key]) => key).filter((key) => key !== null))]);
    const targets = new Map<PaperId, MarkTarget>();
    for (const [index, id] of ids.entries()) {
      const [key, own] = found[index] ?? [];
      if (typeof key === 'number' && own !== undefined) targets.set(id, { id: own, markedAs: markedAs.get(key) ?? [] });
    }
    return targets;
  }
}
