import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { completionsOf } from './completions.ts';
import { fold, sameWords } from './same-words.ts';
import { spellings } from './spellings.ts';

/** What to look for in the index in place of a text: any of these. In each, the words follow each other. */
export interface Beginnings {
  /** Texts to look for as they are, by their stems. */
  whole: string[];
  /** Texts that words may begin with. */
  prefixes: string[];
}

const letters = [...'abcdefghijklmnopqrstuvwxyz'];

/** Second characters of nearly all words of papers. */
const secondCharacters = [...letters, ...'0123456789ßæøþðđħıłœŋ'];

/**
 * Knows how the full-text index writes words. The index holds stems, and FTS5 takes the stem of a
 * prefix, too: `using*` becomes `us*` and would find everything that `user`, `usual` or `US`
 * stands in, and `learnin*` would not find `learning`, which is `learn` there. While a word is
 * typed, what is found must narrow with each letter and hold what the finished word will find.
 */
export class WordForms {
  readonly #database = new DatabaseSync(':memory:');
  readonly #insert: StatementSync;
  readonly #terms: StatementSync;

  /** @param tokenizer FTS5's `tokenize` option of the index */
  constructor(tokenizer: string) {
    this.#database.exec(`
      CREATE VIRTUAL TABLE words USING fts5 (word, tokenize = '${tokenizer}');
      CREATE VIRTUAL TABLE terms USING fts5vocab (words, instance);`);
    this.#insert = this.#database.prepare('INSERT INTO words (rowid, word) VALUES (?, ?)');
    this.#terms = this.#database.prepare('SELECT doc - 1 AS place, term FROM terms');
  }

  /** The stem of each word, as it stands in the index. A word that the index would cut up has none. */
  stems(words: readonly string[]): (string | null)[] {
    const stems = words.map((): string | null => null);
    const several = new Set<number>();
    this.#database.exec('BEGIN');
    try {
      for (const [index, word] of words.entries()) this.#insert.run(index + 1, word);
      for (const { place, term } of this.#terms.all()) {
        const index = Number(place);
        if (stems[index] !== null) several.add(index);
        stems[index] = String(term);
      }
    } finally {
      this.#database.exec('ROLLBACK');
    }
    return stems.map((stem, index) => (several.has(index) ? null : stem));
  }

  /**
   * What to look for in place of a text: its own words, and whatever else is the same to a reader:
   * plurals, Greek letters and their names, words with a hyphen, without, or apart.
   * @param options `prefix`: the last word is still being typed
   */
  alternatives(text: string, { prefix }: { prefix: boolean }): Beginnings {
    const written = spellings(text, prefix);
    if (!prefix) return { whole: written, prefixes: [] };
    const last = sameWords(fold(lastWord(text)));
    // Of a typed word, what it may become is looked for; what is the same as it is whole already.
    const isWhole = (spelling: string) => last.includes(lastWord(spelling));
    const begun = written.filter((spelling) => !isWhole(spelling)).map((spelling) => this.beginnings(spelling));
    return {
      whole: [...new Set([...begun.flatMap(({ whole }) => whole), ...written.filter(isWhole)])],
      prefixes: [...new Set(begun.flatMap(({ prefixes }) => prefixes))],
    };
  }

  /** What to look for while the last word of `text` is being typed. */
  beginnings(text: string): Beginnings {
    const [only] = /(?<![\p{L}\p{M}\p{N}])[\p{L}\p{N}]$/u.exec(text.normalize('NFC')) ?? [];
    if (only !== undefined && /^[a-z0-9]$/.test(fold(only))) {
      // FTS5 gathers all words that begin with one letter before it answers; of those that begin
      // with two, it has an index.
      const before = text.normalize('NFC').slice(0, -only.length);
      return { whole: [text], prefixes: secondCharacters.map((second) => before + fold(only) + second) };
    }
    const last = /[\p{L}\p{M}]+$/u.exec(text)?.[0] ?? '';
    const word = fold(last);
    if (!/^[a-z]{3,}$/.test(word)) return { whole: [], prefixes: [text] };
    const before = text.slice(0, text.length - last.length);
    const { whole, prefixes } = this.#beginningsOfWord(word);
    return { whole: whole.map((form) => before + form), prefixes: prefixes.map((form) => before + form) };
  }

  #beginningsOfWord(word: string): Beginnings {
    const longer = completionsOf(word);
    const next = letters.map((letter) => word + letter);
    const [own = null, ...stems] = this.stems([word, ...next, ...longer]);
    // Only those of which the stem does not begin with what was typed: the prefix finds the others.
    const whole = longer.filter((_, index) => !stems[next.length + index]?.startsWith(word));
    if (reaches(word, own)) return { whole, prefixes: [word] };
    // The word cannot be a prefix, as its stem would be taken: longer ones stand in for it.
    const { kept, changed } = separate(next, stems);
    const further = changed.flatMap((form) => letters.map((letter) => form + letter));
    const deeper = separate(further, this.stems(further));
    return { whole: [word, ...changed, ...whole], prefixes: [...kept, ...deeper.kept] };
  }

  close(): void {
    this.#database.close();
  }
}

function lastWord(text: string): string {
  return /[\p{L}\p{M}\p{N}]+$/u.exec(text)?.[0] ?? '';
}

/**
 * True when the prefix `word*` finds about what begins with `word`: when its stem is itself, or
 * lacks no more than the last letter of a long word.
 */
function reaches(word: string, stem: string | null): boolean {
  return stem === word || (word.length >= 6 && stem === word.slice(0, -1));
}

function separate(words: readonly string[], stems: readonly (string | null)[]): { kept: string[]; changed: string[] } {
  const kept: string[] = [];
  const changed: string[] = [];
  for (const [index, word] of words.entries()) (reaches(word, stems[index] ?? null) ? kept : changed).push(word);
  return { kept, changed };
}
