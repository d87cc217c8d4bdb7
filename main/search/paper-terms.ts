import { commonWords } from './common-words.ts';
import { fold } from './same-words.ts';

/** A word, or with its backslash a command of LaTeX, which says nothing of what a paper is about. */
const wordOrCommand = /\\?[\p{L}\p{N}\p{M}\p{Co}]+/gu;

/** What only case can tell from its folded form: nearly every word, and much quicker to fold. */
const plain = /^[A-Za-z0-9]+$/;

/** Words of a paper that are looked at; what an abstract says comes in its first few hundred. */
const mostWords = 2000;

/** A word in the text of a paper. */
export interface Token {
  /** As the full-text index has it; null for a word that says nothing of what a paper is about. */
  stem: string | null;
  /** Where it stands in {@link PaperTerms.text}, in UTF-16 units. */
  from: number;
  to: number;
}

/** How a paper says a word. */
export interface Count {
  /** How many times in the title and in the abstract. */
  title: number;
  abstract: number;
  /** The word as it stands there first, which the index finds it by: the stem of a stem may be another one. */
  written: string;
}

/** What a paper says, word by word. */
export interface PaperTerms {
  /** The title, a line end, and the abstract. */
  text: string;
  tokens: readonly Token[];
  /** How often each word that says something stands there, by its stem. */
  counts: ReadonlyMap<string, Count>;
}

/** Gives the stems of words as {@link fold} writes them, in their order; null for what the index cuts up. */
export type Stemmer = (words: readonly string[]) => readonly (string | null)[];

/**
 * Cuts the text of a paper into words.
 * @param among where it is given, only words are counted that may have a stem of this paper's
 */
export function termsOf(title: string, abstract: string, stem: Stemmer, among: PaperTerms | null = null): PaperTerms {
  const text = `${title}\n${abstract}`;
  const found: { written: string; from: number; to: number }[] = [];
  for (const match of text.matchAll(wordOrCommand)) {
    if (match[0].startsWith('\\')) continue;
    const written = plain.test(match[0]) ? match[0].toLowerCase() : fold(match[0]);
    found.push({ written, from: match.index, to: match.index + match[0].length });
    if (found.length === mostWords) break;
  }
  const beginnings = among && beginningsOf(among);
  const told = found.map(({ written }) => saysSomething(written) && (beginnings?.has(beginningOf(written)) ?? true));
  const stems = stem(found.map(({ written }, at) => (told[at] ? written : '')));
  const counts = new Map<string, Count>();
  const tokens = found.map(({ from, to }, at): Token => {
    const own = told[at] ? (stems[at] ?? null) : null;
    if (own !== null) {
      const count = counts.get(own) ?? { title: 0, abstract: 0, written: text.slice(from, to) };
      counts.set(own, count);
      count[from < title.length ? 'title' : 'abstract'] += 1;
    }
    return { stem: own, from, to };
  });
  return { text, tokens, counts };
}

/**
 * What a word begins with, as its stem does: stemming, which costs the most of all, changes only ends, and makes an `i` of
 * a `y` there.
 */
function beginningOf(text: string): string {
  return text.slice(0, 3).replaceAll('y', 'i');
}

function beginningsOf({ counts }: PaperTerms): Set<string> {
  return new Set([...counts].flatMap(([stem, { written }]) => [beginningOf(stem), beginningOf(fold(written))]));
}

/** One letter or a number alone is said of anything. */
function saysSomething(written: string): boolean {
  return written.length > 1 && !/^\p{N}+$/u.test(written) && !commonWords.has(written);
}
