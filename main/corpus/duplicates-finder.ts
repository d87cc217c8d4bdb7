import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { normalisedTitle } from '../importers/identity.ts';
import { isPlaceholderTitle } from '../importers/placeholder-title.ts';
import { type AlikePair, alikeByLikeness, alikeByTitle, type Candidate, type IsDifferent } from './alike-papers.ts';
import type { PaperPair, PublishedPapers } from './corpus.ts';
import { transaction } from './database.ts';
import { areDuplicatesDue } from './duplicates.ts';
import { peopleOf } from './family-name.ts';
import { pragmaOf } from './found-corpus.ts';
import { isShortTitle } from './record-identity.ts';
import { blockOfTitleId, blocksOfSketch, isTitleIdBlock } from './title-blocks.ts';
import { sketchOf } from './title-sketch.ts';

/** Most papers of one group: more than anybody compares side by side. */
const mostInGroup = 50;
/** Blocks with more papers are left alone: nobody can go through them, and each would take a second. */
const largestBlock = 20_000;

/**
 * Finds papers that may be the same and that merging was too careful to make one. Nothing of it
 * is done while papers come in: {@link note} writes down what has changed, {@link work} sees to it
 * piece by piece, each piece a transaction of its own. What is left when the program ends is done
 * the next time.
 *
 * Takes time in proportion to what has changed and to the blocks that it is in, not to the library.
 */
export class DuplicatesFinder {
  readonly #database: DatabaseSync;
  readonly #sql: ReturnType<typeof prepareStatements>;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#sql = prepareStatements(database);
  }

  /**
   * Writes down that papers have come, changed or gone, inside the transaction that does it. Groups
   * that a removed paper is in go at once.
   */
  note({ added, changed, removed }: Pick<PublishedPapers, 'added' | 'changed' | 'removed'>): void {
    for (const [from, to] of [...added, ...runsOf(changed), ...runsOf(removed)]) this.#sql.paperIsDue.run(from, to);
    for (const key of removed) this.#dissolve(key);
  }

  /**
   * Writes down that the reader has told papers apart, or no longer does, inside the transaction
   * that does it. Groups that they are in go at once, and come back as far as there is reason.
   */
  notePairs(pairs: readonly PaperPair[]): void {
    for (const key of pairs.flat().flatMap((id) => this.#keyOf(id) ?? [])) {
      this.#sql.paperIsDue.run(key, key + 1);
      this.#dissolve(key);
    }
  }

  /**
   * Does the next piece of what is due.
   * @param most papers, or blocks of papers, to look at: some milliseconds for a hundred
   * @returns whether something is left, and whether groups have changed
   */
  work(most: number): { left: boolean; changed: boolean } {
    if (!areDuplicatesDue(this.#database)) return { left: false, changed: false };
    const before = pragmaOf(this.#database, 'synchronous');
    // What a power cut takes is found again: no piece needs to wait for the disk.
    this.#database.exec('PRAGMA synchronous = NORMAL');
    try {
      return transaction(this.#database, () => {
        const range = this.#sql.firstDue.get();
        const changed = range === undefined ? this.#lookAtBlocks(most) : false;
        if (range !== undefined) this.#lookAtPapers(Number(range['first']), Number(range['past']), most);
        return { left: areDuplicatesDue(this.#database), changed };
      });
    } finally {
      this.#database.exec(`PRAGMA synchronous = ${before}`);
    }
  }

  /** Brings the blocks of papers up to date, for keys `[first, past)`, and makes these blocks due. */
  #lookAtPapers(first: number, past: number, most: number): void {
    const sql = this.#sql;
    const rows = sql.papers.all(first, past, most);
    const end = rows.length < most ? past : Number(rows.at(-1)?.['key']) + 1;
    const due = new Set<number>();
    for (const { paper } of sql.goneWithin.all(first, end)) {
      for (const block of this.#blocksOf(Number(paper))) due.add(block);
      sql.removePaper.run(Number(paper));
    }
    for (const row of rows) {
      const key = Number(row['key']);
      const before = this.#blocksOf(key);
      const now = new Set(blocksOfRow(row));
      for (const block of before) {
        due.add(block);
        if (!now.has(block)) sql.removeBlock.run(key, block);
      }
      for (const block of now) {
        due.add(block);
        if (!before.has(block)) sql.addBlock.run(key, block);
      }
    }
    for (const block of due) sql.blockIsDue.run(block);
    sql.rangeIsDone.run(first);
    if (end < past) sql.paperIsDue.run(end, past);
  }

  /** Compares the papers of blocks that are due. Returns whether that has changed any group. */
  #lookAtBlocks(most: number): boolean {
    const sql = this.#sql;
    const touched = new Set<number>();
    const isDifferent = this.#differentPairs();
    const known = new Map<number, Candidate>();
    let papers = 0;
    for (const { block: value } of sql.blocksDue.all(most)) {
      const block = Number(value);
      const rows = sql.papersOfBlock.all(block, largestBlock + 1);
      const candidates = rows.length > largestBlock ? [] : rows.map((row) => candidateOf(row, known));
      const find = isTitleIdBlock(block) ? alikeByTitle : alikeByLikeness;
      this.#replacePairs(block, candidates.length < 2 ? [] : find(candidates, isDifferent), touched);
      sql.blockIsDone.run(block);
      papers += candidates.length;
      if (papers > 10 * most) break;
    }
    return this.#regroup(touched);
  }

  #replacePairs(block: number, pairs: readonly AlikePair[], touched: Set<number>): void {
    const sql = this.#sql;
    const before = sql.pairsOfBlock.all(block);
    const had = new Set(before.map((row) => `${row['a']} ${row['b']} ${row['reason']}`));
    const same = had.size === pairs.length && pairs.every(({ a, b, reason }) => had.has(`${a} ${b} ${reason}`));
    for (const { a, b } of [...pairs, ...before]) touched.add(Number(a)).add(Number(b));
    if (same) return;
    sql.removePairs.run(block);
    for (const { a, b, reason, score } of pairs) sql.addPair.run(block, a, b, reason, score);
  }

  /** Makes the groups anew that any of these papers is or was in. */
  #regroup(touched: ReadonlySet<number>): boolean {
    const sql = this.#sql;
    const seen = new Set<number>();
    let changed = false;
    for (const seed of touched) {
      if (seen.has(seed)) continue;
      const group: number[] = [];
      let best: { reason: string; score: number } | null = null;
      const old = new Set<number>();
      const waiting = [seed];
      for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
        if (seen.has(key)) continue;
        seen.add(key);
        group.push(key);
        const before = sql.groupOf.get(key);
        if (before !== undefined) old.add(Number(before['id']));
        for (const { other, reason, score } of sql.pairsOfPaper.all(key, key)) {
          waiting.push(Number(other));
          if (best === null || Number(score) > best.score) best = { reason: String(reason), score: Number(score) };
        }
      }
      changed = this.#replaceGroups(old, group, best) || changed;
    }
    return changed;
  }

  /** Puts the connected papers `group` in the place of the groups that they were in. */
  #replaceGroups(old: ReadonlySet<number>, group: number[], best: { reason: string; score: number } | null): boolean {
    const sql = this.#sql;
    const pieces: number[][] = [];
    for (let from = 0; best !== null && from < group.length; from += mostInGroup) {
      const piece = group.slice(from, from + mostInGroup);
      if (piece.length > 1) pieces.push(piece);
    }
    const [piece, another] = pieces;
    const [id, otherId] = old;
    if (piece !== undefined && another === undefined && id !== undefined && otherId === undefined) {
      const is = sql.group.get(id);
      const sameKeys = is?.['keys'] === JSON.stringify(piece.toSorted((a, b) => a - b));
      if (sameKeys && is['reason'] === best?.reason && is['score'] === best?.score) return false;
    }
    for (const each of old) {
      sql.removeMembers.run(each);
      sql.removeGroup.run(each);
    }
    for (const keys of pieces) {
      const added = sql.addGroup.run(best?.reason ?? '', best?.score ?? 0).lastInsertRowid;
      for (const key of keys) sql.addMember.run(key, added);
    }
    return old.size > 0 || pieces.length > 0;
  }

  /** Ends the group that a paper is in; its papers become due. */
  #dissolve(key: number): void {
    const group = this.#sql.groupOf.get(key);
    if (group === undefined) return;
    const id = Number(group['id']);
    for (const { paper } of this.#sql.members.all(id)) this.#sql.paperIsDue.run(Number(paper), Number(paper) + 1);
    this.#sql.removeMembers.run(id);
    this.#sql.removeGroup.run(id);
  }

  #blocksOf(key: number): Set<number> {
    return new Set(this.#sql.blocksOfPaper.all(key).map(({ block }) => Number(block)));
  }

  /** The paper whose own id this is, else the only one that has it. */
  #keyOf(id: string): number | null {
    const found = this.#sql.papersWithId.all(id);
    const own = found.find((row) => row['id'] === id) ?? (found.length === 1 ? found[0] : undefined);
    return own === undefined ? null : Number(own['key']);
  }

  #differentPairs(): IsDifferent {
    const different = new Set<string>();
    for (const { a, b } of this.#sql.different.all()) {
      const [x, y] = [this.#keyOf(String(a)), this.#keyOf(String(b))];
      if (x !== null && y !== null) different.add(`${x} ${y}`).add(`${y} ${x}`);
    }
    return (x, y) => different.size > 0 && different.has(`${x} ${y}`);
  }
}

/** Keys as ranges `[from, to)`: those that follow each other are one. */
function runsOf(keys: readonly number[]): [number, number][] {
  const runs: [number, number][] = [];
  for (const key of keys.toSorted((a, b) => a - b)) {
    const last = runs.at(-1);
    if (last?.[1] === key) last[1] = key + 1;
    else runs.push([key, key + 1]);
  }
  return runs;
}

type Row = Record<string, unknown>;

/** The blocks that a row of `papers`, with its title ids as a JSON list, belongs in. */
function blocksOfRow(row: Row): number[] {
  const title = String(row['title']);
  if (isPlaceholderTitle(title)) return [];
  return [...(JSON.parse(String(row['ids'])) as string[]).map(blockOfTitleId), ...blocksOfSketch(sketchOf(title))];
}

function candidateOf(row: Row, known: Map<number, Candidate>): Candidate {
  const key = Number(row['key']);
  const before = known.get(key);
  if (before) return before;
  const text = (name: string) => (row[name] === null ? null : String(row[name]));
  const title = String(row['title']);
  const candidate: Candidate = {
    key,
    shortTitle: isShortTitle(normalisedTitle(title)),
    sketch: sketchOf(title),
    people: peopleOf(JSON.parse(String(row['authors'])) as string[]),
    year: row['published'] === null ? null : Number(String(row['published']).slice(0, 4)),
    arxivId: text('arxiv_id'),
    doi: text('doi'),
  };
  known.set(key, candidate);
  return candidate;
}

function prepareStatements(database: DatabaseSync) {
  const prepare = (sql: string): StatementSync => database.prepare(sql);
  return {
    paperIsDue: prepare(
      'INSERT INTO papers_due VALUES (?, ?) ON CONFLICT (first) DO UPDATE SET past = max(past, excluded.past)',
    ),
    firstDue: prepare('SELECT first, past FROM papers_due ORDER BY first LIMIT 1'),
    rangeIsDone: prepare('DELETE FROM papers_due WHERE first = ?'),
    papers: prepare(`
      SELECT p.key, p.title, (SELECT json_group_array(i.id) FROM identifiers i
        WHERE i.paper = p.key AND i.id >= 'title:' AND i.id < 'title;') AS ids
      FROM papers p WHERE p.key >= ? AND p.key < ? ORDER BY p.key LIMIT ?`),
    goneWithin: prepare(`
      SELECT DISTINCT t.paper FROM title_blocks t WHERE t.paper >= ? AND t.paper < ?
      AND NOT EXISTS (SELECT 1 FROM papers p WHERE p.key = t.paper)`),
    blocksOfPaper: prepare('SELECT block FROM title_blocks WHERE paper = ?'),
    addBlock: prepare('INSERT OR IGNORE INTO title_blocks VALUES (?, ?)'),
    removeBlock: prepare('DELETE FROM title_blocks WHERE paper = ? AND block = ?'),
    removePaper: prepare('DELETE FROM title_blocks WHERE paper = ?'),
    blockIsDue: prepare(`
      INSERT OR IGNORE INTO blocks_due SELECT ?1
      WHERE (SELECT count(*) FROM (SELECT 1 FROM title_blocks WHERE block = ?1 LIMIT 2)) > 1
      OR EXISTS (SELECT 1 FROM alike WHERE block = ?1)`),
    blocksDue: prepare('SELECT block FROM blocks_due LIMIT ?'),
    blockIsDone: prepare('DELETE FROM blocks_due WHERE block = ?'),
    papersOfBlock: prepare(`
      SELECT p.key, p.title, p.authors, p.published, p.arxiv_id, p.doi
      FROM title_blocks t JOIN papers p ON p.key = t.paper WHERE t.block = ? LIMIT ?`),
    pairsOfBlock: prepare('SELECT a, b, reason FROM alike WHERE block = ?'),
    removePairs: prepare('DELETE FROM alike WHERE block = ?'),
    addPair: prepare('INSERT OR REPLACE INTO alike VALUES (?, ?, ?, ?, ?)'),
    pairsOfPaper: prepare(`
      SELECT b AS other, reason, score FROM alike WHERE a = ? UNION ALL SELECT a, reason, score FROM alike WHERE b = ?`),
    groupOf: prepare('SELECT group_id AS id FROM duplicates WHERE paper = ?'),
    group: prepare(`
      SELECT reason, score, (SELECT json_group_array(paper) FROM
        (SELECT paper FROM duplicates WHERE group_id = g.id ORDER BY paper)) AS keys
      FROM duplicate_groups g WHERE id = ?`),
    members: prepare('SELECT paper FROM duplicates WHERE group_id = ?'),
    removeMembers: prepare('DELETE FROM duplicates WHERE group_id = ?'),
    removeGroup: prepare('DELETE FROM duplicate_groups WHERE id = ?'),
    addGroup: prepare('INSERT INTO duplicate_groups (reason, score) VALUES (?, ?)'),
    addMember: prepare('INSERT OR REPLACE INTO duplicates VALUES (?, ?)'),
    papersWithId: prepare('SELECT p.key, p.id FROM identifiers i JOIN papers p ON p.key = i.paper WHERE i.id = ?'),
    different: prepare('SELECT a, b FROM different'),
  };
}
