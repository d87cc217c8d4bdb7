import type { Clause, Query, TextField } from '../../shared/query/query.ts';
import { wantedClauses } from '../../shared/query/walk.ts';
import { type KeySet, none } from './key-set.ts';
import type { Vocabulary } from './vocabulary.ts';
import type { WordForms } from './word-forms.ts';

/** A clause about words. */
export type TextClause = Extract<Clause, { kind: 'text' }>;

const letterOrDigit = /[\p{L}\p{N}]/u;

/** True for a clause that has words to look for; one that has none says nothing. */
export function hasText(clause: TextClause): boolean {
  return letterOrDigit.test(clause.text);
}

/** Quotes text for FTS5, in which everything inside quotation marks is words: never an operator. */
function quote(text: string): string {
  return `"${text.replaceAll('"', ' ').replaceAll('\0', ' ')}"`;
}

function columnFilter(field: TextField): string {
  if (field === 'any' || field === 'note') return '';
  return field === 'author' ? 'authors : ' : `${field} : `;
}

/**
 * One clause as an FTS5 expression without a column. Text of several words (a phrase,
 * `weak-to-strong`) matches where they follow each other.
 */
function alternativesOf({ text, prefix }: TextClause, forms: WordForms): string[] {
  const { whole, prefixes } = forms.alternatives(text, { prefix });
  return [...prefixes.map((beginning) => `${quote(beginning)}*`), ...whole.map(quote)];
}

/** Words that are looked for in place of a beginning, at most: more take longer than what they spare. */
const mostWords = 100;

/** So many letters after a word stand for any letter. */
const severalLetters = 15;

/** What a word that stands in the index may have been before the stemmer. */
const endings = ['', 'e', 's', 'es', 'y', 'ed', 'ing', 'al', 'ion', 'ate', 'ly', 'ies', 'ness', 'able', 'ism', 'ity'];

/** Answers that are remembered. */
const mostKept = 200;

/** What to look for in the index of papers: any of these texts. */
interface Sought {
  /** As they are. */
  whole: string[];
  /** What begins so. */
  begun: string[];
  /** See `KeySet`. */
  merged: boolean;
}

/** Knows how to look for clauses in the index of papers and in that of notes. */
export class TextSearch {
  readonly #forms: WordForms;
  readonly #vocabulary: Vocabulary;
  readonly #kept = new Map<string, { any: string[]; merged: boolean }>();

  constructor(forms: WordForms, vocabulary: Vocabulary) {
    this.#forms = forms;
    this.#vocabulary = vocabulary;
  }

  /** To be called when papers have come, gone or changed. */
  forget(): void {
    this.#kept.clear();
  }

  /** The papers themselves in which a clause's words stand, in one of `fields`. */
  inPapers(clause: TextClause, field = clause.field): KeySet {
    if (field === 'note') return none;
    const { any, merged } = this.#sought(clause);
    if (any.length === 0) return none;
    return { kind: 'words', table: 'search', match: `${columnFilter(field)}(${any.join(' OR ')})`, merged, depth: 3 };
  }

  /** The papers in the notes of which a clause's words stand. */
  inNotes(clause: TextClause): KeySet {
    if (clause.field !== 'any' && clause.field !== 'note') return none;
    const match = alternativesOf(clause, this.#forms).join(' OR ');
    return { kind: 'words', table: 'notes', match, merged: false, depth: 2 };
  }

  #sought({ text, prefix }: TextClause): { any: string[]; merged: boolean } {
    const name = `${prefix} ${text}`;
    const kept = this.#kept.get(name);
    if (kept) return kept;
    const { whole, prefixes } = this.#forms.alternatives(text, { prefix });
    const sought = this.#beginnings(prefixes);
    const all = [...sought.begun.map((one) => `${quote(one)}*`), ...this.#different([...sought.whole, ...whole])];
    const { merged } = sought;
    if (this.#kept.size >= mostKept) this.#kept.clear();
    this.#kept.set(name, { any: all, merged });
    return { any: all, merged };
  }

  /** The same texts, without words that no paper has and those that are one to the index. */
  #different(texts: readonly string[]): string[] {
    const stems = this.#forms.stems(texts);
    const different = new Map<string, string>();
    for (const [index, text] of texts.entries()) {
      const stem = stems[index] ?? null;
      if (stem === null) different.set(text, quote(text));
      else if (!different.has(stem) && this.#vocabulary.has(stem)) different.set(stem, quote(text));
    }
    return [...different.values()];
  }

  /** Texts of which the last word is only begun. */
  #beginnings(texts: readonly string[]): Sought {
    const sought: Sought = { whole: [], begun: [], merged: false };
    const add = ({ whole, begun, merged }: Sought) => {
      sought.whole.push(...whole);
      sought.begun.push(...begun);
      sought.merged ||= merged;
    };
    const begun = texts.map((text) => ({ text, last: /[\p{L}\p{M}\p{N}\p{Co}]+$/u.exec(text)?.[0] ?? '' }));
    // One word with each letter after it is the same as the word begun.
    const families = Map.groupBy(begun, ({ text }) => text.slice(0, -1));
    for (const [shorter, family] of families) {
      const last = family[0]?.last.slice(0, -1) ?? '';
      const stems = this.#forms.stems(family.map((one) => one.last));
      const isWhole = family.length >= severalLetters && [...last].length >= 4;
      const words = isWhole ? this.#words(last, (term) => stems.some((stem) => stem && term.startsWith(stem))) : null;
      if (words) {
        const before = shorter.slice(0, -last.length);
        add({ whole: words.map((word) => before + word), begun: [], merged: false });
        continue;
      }
      for (const [index, { text, last: own }] of family.entries()) {
        add(this.#beginning(text, own, stems[index] ?? null));
      }
    }
    return sought;
  }

  #beginning(text: string, last: string, stem: string | null): Sought {
    const asBeginning = { whole: [], begun: [text] };
    // The index has what begins with two or three letters as it is.
    if ([...last.normalize('NFC')].length < 4) return { ...asBeginning, merged: false };
    if (stem === null) return { ...asBeginning, merged: true };
    if ([...stem].length < 4) return { ...asBeginning, merged: stem.length === 1 };
    const words = this.#words(stem, () => true);
    if (words === null) return { ...asBeginning, merged: true };
    const before = text.slice(0, text.length - last.length);
    return { whole: words.map((word) => before + word), begun: [], merged: false };
  }

  /** Words for what stands in the index and begins so; null when that is too much, or a word is not known. */
  #words(beginning: string, isSought: (stem: string) => boolean): string[] | null {
    const stems = this.#vocabulary.beginningWith(beginning, mostWords);
    return stems && this.#wordsOf(stems.filter(isSought));
  }

  /** Words that have these stems; null when one of them has none that is known. */
  #wordsOf(stems: readonly string[]): string[] | null {
    const words = new Map<string, string>();
    for (const ending of endings) {
      const left = stems.filter((stem) => !words.has(stem));
      if (left.length === 0) break;
      const tried = left.map((stem) => stem + ending);
      for (const [index, found] of this.#forms.stems(tried).entries()) {
        const [stem = '', word = ''] = [left[index], tried[index]];
        if (found === stem) words.set(stem, word);
      }
    }
    return words.size === stems.length ? [...words.values()] : null;
  }
}

function unique(parts: readonly string[]): string[] {
  return [...new Set(parts)].map((part) => `(${part})`);
}

function wantedTexts(queries: readonly Query[]): TextClause[] {
  return queries
    .flatMap(({ where }) => wantedClauses(where))
    .filter((clause): clause is TextClause => clause.kind === 'text' && hasText(clause));
}

/**
 * What to mark in a title and an abstract: every wanted word, whichever of them matched.
 * @returns an FTS5 expression over the columns `title` and `abstract`, or null when there is nothing to mark
 */
export function markExpression(queries: readonly Query[], forms: WordForms): string | null {
  const clauses = wantedTexts(queries).filter(({ field }) => field !== 'author' && field !== 'note');
  if (clauses.length === 0) return null;
  const expressions = clauses.map((clause) => {
    const filter = columnFilter(clause.field);
    return alternativesOf(clause, forms)
      .map((alternative) => filter + alternative)
      .join(' OR ');
  });
  return unique(expressions).join(' OR ');
}

/**
 * What to mark in a note.
 * @returns an FTS5 expression without columns, or null when there is nothing to mark
 */
export function noteMarkExpression(queries: readonly Query[], forms: WordForms): string | null {
  const clauses = wantedTexts(queries).filter(({ field }) => field === 'any' || field === 'note');
  if (clauses.length === 0) return null;
  return unique(clauses.map((clause) => alternativesOf(clause, forms).join(' OR '))).join(' OR ');
}
