import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** Beginnings that are remembered. */
const mostKept = 100;
/** Words that are remembered to be there, or not. */
const mostKnown = 5000;

/**
 * The words of the full-text index of papers, as they stand in it. Looking for several whole words
 * is answered at once, while a beginning of four letters or more makes FTS5 put together first what
 * stands under all words that begin so: 50 milliseconds where that is a million papers.
 */
export class Vocabulary {
  readonly #next: StatementSync;
  readonly #one: StatementSync;
  readonly #known = new Map<string, boolean>();
  readonly #kept = new Map<string, readonly string[] | null>();

  /** @param database as `openTogether` gives it */
  constructor(database: DatabaseSync) {
    database.exec(
      "CREATE VIRTUAL TABLE IF NOT EXISTS temp.words_of_papers USING fts5vocab ('corpus', 'search', 'instance')",
    );
    this.#next = database.prepare('SELECT term FROM temp.words_of_papers WHERE term >= ? LIMIT 1');
    this.#next.setReturnArrays(true);
    this.#one = database.prepare('SELECT 1 FROM temp.words_of_papers WHERE term = ? LIMIT 1');
  }

  /**
   * All words that begin with some letters, or null when there are more than `most`.
   * @param beginning as the index writes it
   */
  beginningWith(beginning: string, most: number): readonly string[] | null {
    const kept = this.#kept.get(beginning);
    if (kept !== undefined) return kept;
    const words = this.#find(beginning, most);
    if (this.#kept.size >= mostKept) this.#kept.clear();
    this.#kept.set(beginning, words);
    return words;
  }

  #find(beginning: string, most: number): string[] | null {
    const words: string[] = [];
    for (let from = beginning; words.length <= most; ) {
      const [word] = (this.#next.get(from) ?? []) as unknown as [string?];
      if (!word?.startsWith(beginning)) return words;
      words.push(word);
      // The next one that there can be.
      from = `${word}\u0001`;
    }
    return null;
  }

  /** True when any paper has a word; as the index writes it. */
  has(word: string): boolean {
    const known = this.#known.get(word) ?? this.#one.get(word) !== undefined;
    if (this.#known.size >= mostKnown) this.#known.clear();
    this.#known.set(word, known);
    return known;
  }

  /** Forgets what it knows, because papers have changed. */
  forget(): void {
    this.#kept.clear();
    this.#known.clear();
  }
}
