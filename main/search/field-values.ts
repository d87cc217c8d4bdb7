import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { fold } from './same-words.ts';
import type { WordForms } from './word-forms.ts';

/** The newest papers whose authors are looked at. */
const mostPapers = 1000;

/** Venues that begin with a text, and papers of each, are counted up to these numbers. */
const mostVenues = 1000;
const mostCounted = 500;

const word = /[\p{L}\p{N}\p{M}\p{Co}]+/gu;

function wordsOf(text: string): string[] {
  return Array.from(text.matchAll(word), ([one]) => fold(one));
}

function mostFrequent(counts: ReadonlyMap<string, number>, limit: number): string[] {
  const ordered = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  return ordered.slice(0, limit).map(([value]) => value);
}

/** ASCII letters only, as SQLite's NOCASE does it. */
function nocase(text: string): string {
  return text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** Finds values that papers have in a field, for whoever types one. What it costs does not grow with the library. */
export class FieldValues {
  readonly #forms: WordForms;
  readonly #authors: StatementSync;
  readonly #newestAuthors: StatementSync;
  readonly #firstVenue: StatementSync;
  readonly #nextVenue: StatementSync;
  readonly #countVenue: StatementSync;

  /** @param database which has `search` and `papers` of `corpus.db` */
  constructor(database: DatabaseSync, forms: WordForms) {
    this.#forms = forms;
    this.#authors = database.prepare(`
      SELECT p.authors FROM (SELECT rowid AS key FROM search WHERE search MATCH ? LIMIT ${mostPapers}) found
      CROSS JOIN papers p ON p.key = found.key`);
    this.#newestAuthors = database.prepare(`SELECT authors FROM papers ORDER BY key LIMIT ${mostPapers}`);
    const venueThat = (compares: string) => `
      SELECT venue FROM papers INDEXED BY papers_venue WHERE venue COLLATE NOCASE ${compares} ?
      ORDER BY venue COLLATE NOCASE LIMIT 1`;
    this.#firstVenue = database.prepare(venueThat('>='));
    this.#nextVenue = database.prepare(venueThat('>'));
    this.#countVenue = database.prepare(`
      SELECT count(*) AS n FROM (
        SELECT 1 FROM papers INDEXED BY papers_venue WHERE venue COLLATE NOCASE = ? LIMIT ${mostCounted})`);
  }

  /**
   * @param beginning what a value begins with, without regard to case; of an author's name, each of
   * its words may begin with a word of it, accents do not matter, and a word before the last one is whole
   * @returns at most `limit` values, the most frequent first
   */
  values(field: 'author' | 'venue', beginning: string, limit: number): string[] {
    return field === 'author' ? this.#authorsLike(beginning, limit) : this.#venuesFrom(beginning, limit);
  }

  #authorsLike(beginning: string, limit: number): string[] {
    const words = wordsOf(beginning);
    const counts = new Map<string, number>();
    const rows = words.length === 0 ? this.#newestAuthors.all() : this.#authors.all(this.#expression(words));
    const [last = '', ...whole] = words.toReversed();
    for (const { authors } of rows) {
      for (const name of new Set(JSON.parse(String(authors)) as string[])) {
        const parts = wordsOf(name);
        const matches = parts.some((part) => part.startsWith(last)) && whole.every((one) => parts.includes(one));
        if (matches || words.length === 0) counts.set(name, (counts.get(name) ?? 0) + 1);
      }
    }
    return mostFrequent(counts, limit);
  }

  #expression(words: readonly string[]): string {
    const { whole, prefixes } = this.#forms.beginnings(words.at(-1) ?? '');
    const last = [...whole.map((one) => `"${one}"`), ...prefixes.map((one) => `"${one}"*`)].join(' OR ');
    return [...words.slice(0, -1).map((one) => `"${one}"`), `(${last})`]
      .map((part) => `authors : ${part}`)
      .join(' AND ');
  }

  #venuesFrom(beginning: string, limit: number): string[] {
    const start = nocase(beginning);
    const counts = new Map<string, number>();
    let found = this.#firstVenue.get(beginning)?.['venue'];
    while (counts.size < mostVenues && typeof found === 'string' && nocase(found).startsWith(start)) {
      counts.set(found, Number(this.#countVenue.get(found)?.['n']));
      found = this.#nextVenue.get(found)?.['venue'];
    }
    return mostFrequent(counts, limit);
  }
}
