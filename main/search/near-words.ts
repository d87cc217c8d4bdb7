import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { editDistance, singleEdits } from './edits.ts';
import { fold } from './same-words.ts';

const word = /[\p{L}\p{N}\p{M}\p{Co}]+/gu;

/** Counting stops here: a word that so many papers have is common enough. */
const mostCounted = 1000;

/** Papers that are looked into for how a word is written. */
const mostLookedInto = 8;

/** The newest papers, whose words stand for those of all when two letters are wrong. */
const sampleSize = 5000;
const sampledAtFirst = 300;
const sampledAtOnce = 10;

/** With two letters wrong, a shorter word may be any other. */
const shortestTwiceWrong = 5;

/** Words of another first letter are this much less likely: it is seldom the one that is wrong. */
const otherFirstLetter = 0.05;

interface Candidate {
  /** Folded. */
  form: string;
  score: number;
}

interface Sampled {
  papers: number;
  letters: number;
}

/**
 * Finds words of the library's papers that are near to one that stands in none of them. Those that
 * are one slip away are all looked up in the full-text index; for two slips, the words of the
 * newest papers are compared, which are gathered the first time and a little at a time after that.
 */
export class NearWords {
  readonly #count: StatementSync;
  readonly #holders: StatementSync;
  readonly #sample: StatementSync;
  /** Words of the sample, folded. */
  readonly #words = new Map<string, Sampled>();
  /** The last paper gathered; null before the first. Papers are gathered by key, the newest first. */
  #last: number | null = null;
  #gathered = 0;

  /** @param database which has `search`, `papers` and `abstracts` of `corpus.db` */
  constructor(database: DatabaseSync) {
    this.#count = database.prepare(
      `SELECT count(*) AS n FROM (SELECT 1 FROM search WHERE search MATCH ? LIMIT ${mostCounted})`,
    );
    const texts = `p.title || ' ' || p.authors || ' ' || coalesce((SELECT text FROM abstracts WHERE paper = p.key), '')`;
    this.#holders = database.prepare(`
      SELECT ${texts} AS text FROM (SELECT rowid AS key FROM search WHERE search MATCH ? LIMIT ${mostLookedInto}) found
      CROSS JOIN papers p ON p.key = found.key`);
    this.#sample = database.prepare(`
      SELECT p.key, ${texts} AS text FROM papers p WHERE p.key > ? ORDER BY p.key LIMIT ?`);
  }

  /**
   * @param sought a word, or several with hyphens of which one is misspelt
   * @returns words as they are written in papers, the likeliest first; never `sought`, never more than `limit`
   */
  near(sought: string, limit: number): string[] {
    const parts = sought.match(word) ?? [];
    const [only] = parts;
    if (parts.length === 1 && only) return this.#nearWord(fold(only), limit);
    const unknown = parts.filter((part) => this.#countOf(part) === 0);
    const [wrong] = unknown;
    if (unknown.length !== 1 || !wrong) return [];
    const whole = this.#nearWord(fold(wrong), limit).map((right) => sought.replace(wrong, right));
    return whole.filter((text) => this.#countOf(text) > 0);
  }

  /** Gathers a little of the sample, once it has been needed. Returns whether more is left. */
  gather(): boolean {
    return this.#last !== null && this.#gatherSome(sampledAtOnce);
  }

  /** To be called when papers have come or gone. */
  forget(): void {
    this.#words.clear();
    this.#last = null;
    this.#gathered = 0;
  }

  #nearWord(sought: string, limit: number): string[] {
    if (sought.length < 3 || !/\p{L}/u.test(sought)) return [];
    const once = this.#best(singleEdits(sought), sought);
    const found = this.#written(once, sought, limit);
    if (found.length === limit || sought.length < shortestTwiceWrong) return found;
    if (this.#last === null) this.#gatherSome(sampledAtFirst);
    const twice = this.#written(this.#best(this.#sampledNear(sought), sought), sought, limit);
    return [...new Set([...found, ...twice])].slice(0, limit);
  }

  /** The forms that any paper has, the likeliest first. */
  #best(forms: readonly string[], sought: string): Candidate[] {
    const found: Candidate[] = [];
    for (const form of forms) {
      const count = this.#countOf(form);
      if (count > 0) found.push({ form, score: count * (form[0] === sought[0] ? 1 : otherFirstLetter) });
    }
    return found.sort((a, b) => b.score - a.score || (a.form < b.form ? -1 : 1));
  }

  #countOf(text: string): number {
    return Number(this.#count.get(quote(text))?.['n']);
  }

  /** How the likeliest are written in papers. The index has stems only, so some turn out to stand nowhere as they are. */
  #written(candidates: readonly Candidate[], sought: string, limit: number): string[] {
    const found = new Set<string>();
    for (const { form } of candidates.slice(0, 3 * limit)) {
      if (found.size >= limit) break;
      const written = this.#writtenAs(form);
      if (written !== null && fold(written) !== sought) found.add(written);
    }
    return [...found];
  }

  /** How a word that folds to `form` is mostly written in some papers; in lower case where that occurs. */
  #writtenAs(form: string): string | null {
    const counts = new Map<string, number>();
    for (const { text } of this.#holders.all(quote(form))) {
      for (const [written] of String(text).matchAll(word)) {
        if (fold(written) === form) counts.set(written, (counts.get(written) ?? 0) + 1);
      }
    }
    const [most] = [...counts].sort(([a, n], [b, m]) => Number(isLower(b)) - Number(isLower(a)) || m - n);
    return most?.[0] ?? null;
  }

  /** Words of the sample two slips away; fewer only for what is gathered without being counted. */
  #sampledNear(sought: string): string[] {
    const letters = lettersOf(sought);
    const near: [string, Sampled][] = [];
    for (const [form, sampled] of this.#words) {
      if (Math.abs(form.length - sought.length) > 2 || differing(letters, sampled.letters) > 4) continue;
      if (editDistance(form, sought, 2) === 2) near.push([form, sampled]);
    }
    near.sort(([, a], [, b]) => b.papers - a.papers);
    return near.slice(0, 20).map(([form]) => form);
  }

  #gatherSome(papers: number): boolean {
    const rows = this.#sample.all(this.#last ?? -1, Math.min(papers, sampleSize - this.#gathered));
    for (const { key, text } of rows) {
      this.#last = Number(key);
      const forms = new Set(Array.from(String(text).matchAll(word), ([written]) => fold(written)));
      for (const form of forms) {
        const known = this.#words.get(form);
        if (known) known.papers += 1;
        else if (form.length >= 3) this.#words.set(form, { papers: 1, letters: lettersOf(form) });
      }
    }
    this.#last ??= -1;
    this.#gathered += rows.length;
    if (rows.length < papers) this.#gathered = sampleSize;
    return this.#gathered < sampleSize;
  }
}

function quote(text: string): string {
  return `"${text.replaceAll('"', ' ').replaceAll('\0', ' ')}"`;
}

function isLower(text: string): boolean {
  return text === text.toLowerCase();
}

/** Which letters a word has, as bits: two words that share few of them cannot be near. */
function lettersOf(text: string): number {
  let bits = 0;
  for (let at = 0; at < text.length; at += 1) bits |= 1 << (text.charCodeAt(at) & 31);
  return bits;
}

/** How many bits differ: no more than two for each slip. */
function differing(one: number, other: number): number {
  let bits = one ^ other;
  let count = 0;
  for (; bits !== 0; count += 1) bits &= bits - 1;
  return count;
}
