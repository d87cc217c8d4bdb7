import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { type Marks, statuses } from '../../shared/paper.ts';
import { tagsKey } from './sort-keys.ts';
import { FamilyChanges } from './tag-families.ts';

/** What the list shows of the reader's data of a paper. */
export interface ListedMarks extends Marks {
  readAt: number | null;
}

const counted = [...statuses, 'starred', 'noted', 'tagged'] as const;

/**
 * Writes what the reader says into `list`, `paper_tags` and `counts`. Everything is done for many
 * papers at a time, and no column is written that stays as it is, for its indexes would be written
 * with it: that is what makes a change of 10,000 papers quick.
 */
export class ListRows {
  readonly #listed: StatementSync;
  readonly #count: StatementSync;
  readonly #addCounts: StatementSync;
  readonly #setStatus: StatementSync;
  readonly #setTimes: StatementSync;
  readonly #setFlags: StatementSync;
  readonly #tags: StatementSync;
  readonly #addTag: StatementSync;
  readonly #countTag: StatementSync;
  readonly #removeTag: StatementSync;
  readonly #addTotal: StatementSync;
  readonly #dropTotals: StatementSync;

  /** @param database as `openTogether` gives it, for writing */
  constructor(database: DatabaseSync) {
    const prepare = (sql: string) => database.prepare(sql);
    const given = 'json_each(?) given CROSS JOIN list l ON l.paper = given.value';
    const wanted = 'paper IN (SELECT value FROM json_each(?1))';
    this.#listed = prepare(`SELECT json_group_array(l.paper) AS papers FROM ${given}`);
    this.#count = prepare(`
      SELECT ${statuses.map((_, number) => `total(l.status = ${number})`).join(', ')}, total(l.starred), total(l.noted),
        total(l.tags_key IS NOT NULL) FROM ${given}`);
    this.#count.setReturnArrays(true);
    this.#addCounts = prepare(`UPDATE counts SET ${counted.map((name) => `${name} = ${name} + ?`).join(', ')}`);
    this.#setStatus = prepare(
      `UPDATE list SET status = ?2, changed_at = ?3, read_at = ?4 WHERE ${wanted} AND status <> ?2`,
    );
    this.#setTimes = prepare(
      `UPDATE list SET changed_at = ?2, read_at = ?3 WHERE ${wanted} AND (changed_at, read_at) IS NOT (?2, ?3)`,
    );
    this.#setFlags = prepare(`
      UPDATE list SET starred = ?2, noted = ?3, tags_key = ?4
      WHERE ${wanted} AND (starred, noted, tags_key) IS NOT (?2, ?3, ?4)`);
    this.#tags = prepare(`
      SELECT t.paper, t.tag FROM json_each(?) given CROSS JOIN paper_tags t ON t.paper = given.value`);
    this.#tags.setReturnArrays(true);
    this.#addTag = prepare('INSERT INTO paper_tags (tag, paper) SELECT ?2, value FROM json_each(?1)');
    this.#countTag = prepare('INSERT INTO tag_counts VALUES (?1, ?2) ON CONFLICT (tag) DO UPDATE SET n = n + ?2');
    this.#removeTag = prepare(`DELETE FROM paper_tags WHERE tag = ?2 AND ${wanted}`);
    this.#addTotal = prepare('INSERT INTO tag_totals VALUES (?1, ?2) ON CONFLICT (tag) DO UPDATE SET n = n + ?2');
    this.#dropTotals = prepare('DELETE FROM tag_totals WHERE n = 0');
  }

  /** Those of these papers that are in the list. */
  listed(papers: Iterable<number>): number[] {
    return JSON.parse(String(this.#listed.get(JSON.stringify([...papers]))?.['papers'])) as number[];
  }

  /** Makes the list say this of papers, each of which is in it and given once. */
  set(papers: readonly { paper: number; marks: ListedMarks }[]): void {
    const keys = JSON.stringify(papers.map(({ paper }) => paper));
    const before = this.#count.get(keys) as unknown as number[];
    const [wereFlagged, wereTagged] = [before.slice(-3).some((count) => count > 0), (before.at(-1) ?? 0) > 0];
    const counts = before.map((count) => -count);
    // Papers that say the same are written together.
    for (const alike of Map.groupBy(papers, ({ marks }) => saidBy(marks)).values()) {
      const [{ marks } = { marks: null }] = alike;
      if (!marks) continue;
      const { status, starred, hasNote, tags, changedAt, readAt } = marks;
      const alikeKeys = JSON.stringify(alike.map(({ paper }) => paper));
      const number = statuses.indexOf(status);
      const flags = [Number(starred), Number(hasNote)] as const;
      const { changes } = this.#setStatus.run(alikeKeys, number, changedAt, readAt);
      if (changes < alike.length) this.#setTimes.run(alikeKeys, changedAt, readAt);
      if (wereFlagged || starred || hasNote || tags.length > 0) this.#setFlags.run(alikeKeys, ...flags, tagsKey(tags));
      const now = [...statuses.map((one) => Number(one === status)), ...flags, Number(tags.length > 0)];
      for (const [at, one] of now.entries()) counts[at] = (counts[at] ?? 0) + one * alike.length;
    }
    this.#addCounts.run(...counts);
    const tagged = wereTagged ? papers : papers.filter(({ marks }) => marks.tags.length > 0);
    this.#setTags(
      tagged.map(({ paper, marks }) => ({ paper, tags: marks.tags })),
      wereTagged ? keys : '[]',
    );
  }

  /** Takes the tags of papers away that are about to leave the list. */
  untag(papers: readonly number[]): void {
    this.#setTags(
      papers.map((paper) => ({ paper, tags: [] })),
      JSON.stringify(papers),
    );
  }

  #setTags(papers: readonly { paper: number; tags: readonly string[] }[], keys: string): void {
    const before = new Map<number, Set<string>>();
    for (const [paper, tag] of this.#tags.all(keys) as unknown as [number, string][]) {
      const others = before.get(paper);
      if (others) others.add(tag);
      else before.set(paper, new Set([tag]));
    }
    const added = new Map<string, number[]>();
    const removed = new Map<string, number[]>();
    const families = new FamilyChanges();
    for (const { paper, tags: given } of papers) {
      const old = before.get(paper);
      if (!old && given.length === 0) continue;
      const tags = new Set(given);
      const gone = [...(old ?? [])].filter((tag) => !tags.has(tag));
      const come = [...tags].filter((tag) => !old?.has(tag));
      if (gone.length + come.length === 0) continue;
      for (const tag of gone) push(removed, tag, paper);
      for (const tag of come) push(added, tag, paper);
      families.add(old ?? [], tags);
    }
    for (const [tag, keys] of removed) this.#removeTag.run(JSON.stringify(keys), tag);
    for (const [tag, keys] of added) {
      this.#addTag.run(JSON.stringify(keys), tag);
      this.#countTag.run(tag, keys.length);
    }
    for (const [family, by] of families) this.#addTotal.run(family, by);
    if (removed.size > 0) this.#dropTotals.run();
  }
}

function saidBy({ status, starred, hasNote, tags, changedAt, readAt }: ListedMarks): string {
  return `${status} ${starred} ${hasNote} ${changedAt} ${readAt} ${tags.length > 0 ? JSON.stringify(tags) : ''}`;
}

function push<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
