import type { CallOutput, ParsedInput } from '../shared/contract.ts';
import { parseQuery, partsOf } from '../shared/query/parse.ts';
import { printQuery } from '../shared/query/print.ts';
import type { Clause, Query } from '../shared/query/query.ts';
import { tokensOf } from '../shared/query/tokens.ts';
import { mapClauses, wantedClauses } from '../shared/query/walk.ts';
import { looksLikeClause, nearClauses } from './near-clauses.ts';

/** What help is worked out with. */
export interface HelpParts {
  /** The query of a view. Throws `not-found` when there is no such view. */
  viewQuery(view: string): Query;
  /** How many papers meet all of these queries. */
  count(question: { queries: Query[]; now: number }): Promise<number>;
  /** Words of the library near to one that it does not have, the likeliest first. */
  nearWords(word: string, limit: number): Promise<string[]>;
}

type Help = CallOutput<'search.help'>;
type Spelling = Help['spelling'][number];

/** Counts asked for in one call: a search that finds nothing must not keep the next one waiting. */
const mostCounts = 12;
/** Of these, how many go into finding spellings. */
const mostSpellingCounts = 5;
/** Words whose spelling is looked up, and near words of each that are tried. */
const mostWords = 6;
const mostNearWords = 2;
/** Longest word that can be a slip; anything longer is an address or a formula. */
const longestWord = 40;

/** See `search.help` of the contract. */
export async function searchHelp(parts: HelpParts, { view, query: text }: ParsedInput<'search.help'>): Promise<Help> {
  const help = new SearchHelp(parts, parts.viewQuery(view), text);
  const spelling = await help.spelling();
  return { without: await help.without(), spelling };
}

/** Looks for what keeps one query from finding anything. */
class SearchHelp {
  readonly #parts: HelpParts;
  readonly #view: Query;
  readonly #text: string;
  readonly #query: Query;
  readonly #now = Date.now();
  #counts = 0;

  constructor(parts: HelpParts, view: Query, text: string) {
    this.#parts = parts;
    this.#view = view;
    this.#text = text;
    this.#query = parseQuery(text);
  }

  /** What is found without each part of the query, while there are counts left. */
  async without(): Promise<Help['without']> {
    const parts = partsOf(this.#text).filter(({ where }) => where !== null);
    const found: Help['without'] = [];
    // Without its only part, a query is no search any more.
    if (parts.length < 2) return found;
    for (const { from, to } of parts) {
      if (this.#counts >= mostCounts) break;
      const query = `${this.#text.slice(0, from)}${this.#text.slice(to).trimStart()}`;
      const total = await this.#count([this.#view, parseQuery(query)]);
      if (total > 0) found.push({ part: this.#text.slice(from, to).trim(), query, total });
    }
    return found.length > 0 ? found.toSorted((one, other) => other.total - one.total) : await this.#withoutSeveral();
  }

  /** What is found without all parts but those, from the first on, that find something together. */
  async #withoutSeveral(): Promise<Help['without']> {
    const kept: string[] = [];
    const left: string[] = [];
    let found: Help['without'] = [];
    for (const { from, to, where } of partsOf(this.#text)) {
      const part = this.#text.slice(from, to).trim();
      if (where !== null && this.#counts >= mostCounts) return [];
      // Its last word may still be typed.
      const query = [...kept, part].join(' ') + (to === this.#text.length ? '' : ' ');
      const total = where === null ? 0 : await this.#count([this.#view, parseQuery(query)]);
      if (where !== null && total === 0) {
        left.push(part);
        continue;
      }
      kept.push(part);
      const last = found[0]?.total ?? 0;
      found = [{ part: '', query, total: where === null ? last : total }];
    }
    return found.filter(({ total }) => total > 0).map((one) => ({ ...one, part: left.join(' ') }));
  }

  /** Words that the library does not have, or that are no clauses, and the query with each of them, or all at once, put right. */
  async spelling(): Promise<Spelling[]> {
    const clauses = await this.#nearClauses();
    if (clauses.length > 0) return clauses;
    const near = await this.#nearWords();
    const found: Spelling[] = [];
    for (const [word, suggestions] of near) {
      for (const suggestion of suggestions) {
        if (this.#counts >= mostSpellingCounts - Number(near.size > 1)) break;
        const corrected = await this.#corrected(new Map([[word, suggestion]]));
        if (!corrected) continue;
        found.push(corrected);
        break;
      }
    }
    if (found.length > 0 || near.size < 2) return found;
    const likeliest = new Map(Array.from(near, ([word, [first = word]]) => [word, first]));
    const together = await this.#corrected(likeliest);
    return together ? [together] : [];
  }

  /** The query with a word that was meant for a clause put right. */
  async #nearClauses(): Promise<Spelling[]> {
    for (const { from, to, role } of tokensOf(this.#text)) {
      const word = this.#text.slice(from, to);
      for (const suggestion of role === 'word' ? nearClauses(word).slice(0, mostNearWords) : []) {
        if (this.#counts >= mostSpellingCounts) return [];
        const query = `${this.#text.slice(0, from)}${suggestion}${this.#text.slice(to)}`;
        const total = await this.#count([this.#view, parseQuery(query)]);
        if (total > 0) return [{ word, suggestion, query, total }];
      }
    }
    return [];
  }

  /** The words of the query that are in no paper, each with those that it may have been meant for. */
  async #nearWords(): Promise<Map<string, string[]>> {
    const near = new Map<string, string[]>();
    const words = new Map<string, Clause>();
    for (const clause of wantedClauses(this.#query.where)) {
      if (clause.kind !== 'text' || (clause.field === 'any' && looksLikeClause(clause.text))) continue;
      for (const word of clause.text.split(betweenWords)) if (isWord(word) && !words.has(word)) words.set(word, clause);
    }
    for (const [word, clause] of [...words].slice(0, mostWords)) {
      // What is still being typed may be the beginning of a word that is there.
      const isBeginning = clause.kind === 'text' && clause.prefix && clause.text.endsWith(word);
      if (isBeginning && (await this.#count([{ where: clause, sort: null }])) > 0) continue;
      const suggestions = await this.#parts.nearWords(word, mostNearWords);
      if (suggestions.length > 0) near.set(word, suggestions);
    }
    return near;
  }

  /** The query with words replaced; null when that finds nothing either. */
  async #corrected(words: ReadonlyMap<string, string>): Promise<Spelling | null> {
    const where = mapClauses(this.#query.where, (clause) => correct(clause, words));
    const corrected = { ...this.#query, where };
    const total = await this.#count([this.#view, corrected]);
    if (total === 0) return null;
    const [word, suggestion] = [[...words.keys()].join(' '), [...words.values()].join(' ')];
    return { word, suggestion, query: printQuery(corrected), total };
  }

  #count(queries: Query[]): Promise<number> {
    this.#counts += 1;
    return this.#parts.count({ queries, now: this.#now });
  }
}

const betweenWords = /([^\p{L}\p{M}\p{N}]+)/u;

function isWord(text: string): boolean {
  return text.length > 2 && text.length <= longestWord && /\p{L}/u.test(text);
}

function correct(clause: Clause, words: ReadonlyMap<string, string>): Clause {
  if (clause.kind !== 'text') return clause;
  const text = clause.text
    .split(betweenWords)
    .map((word) => words.get(word) ?? word)
    .join('');
  return text === clause.text ? clause : { ...clause, text, prefix: false };
}
