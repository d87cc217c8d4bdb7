import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { TextRange } from '../../shared/paper.ts';

// Control characters are taken out of texts on import, so these stand for nothing else.
const open = '\u0001';
const close = '\u0002';

/** The texts of a paper in which to mark; what is left out is empty. */
export interface MarkableText {
  title?: string;
  abstract?: string;
  note?: string;
}

/** Where words stand in the texts of a paper. */
export interface TextMarks {
  title: TextRange[];
  abstract: TextRange[];
  note: TextRange[];
}

function rangesOf(highlighted: string): TextRange[] {
  const ranges: TextRange[] = [];
  let removed = 0;
  let from = 0;
  for (let at = 0; at < highlighted.length; at += 1) {
    const character = highlighted[at];
    if (character === open) from = at - removed;
    if (character === close) ranges.push([from, at - removed]);
    if (character === open || character === close) removed += 1;
  }
  return ranges;
}

/**
 * Finds where the words of a query stand in texts: exactly what the full-text index would match,
 * stems and accents included, because the same tokenizer does it. Only the few texts to be shown
 * are looked at, so the cost does not depend on the library.
 */
export class TextMarker {
  readonly #database = new DatabaseSync(':memory:');
  readonly #insert: StatementSync;
  readonly #select: StatementSync;

  /** @param tokenizer FTS5's `tokenize` option of the index */
  constructor(tokenizer: string) {
    this.#database.exec(`CREATE VIRTUAL TABLE texts USING fts5 (title, abstract, note, tokenize = '${tokenizer}')`);
    this.#insert = this.#database.prepare('INSERT INTO texts (rowid, title, abstract, note) VALUES (?, ?, ?, ?)');
    const marked = [0, 1, 2].map((column) => `highlight(texts, ${column}, '${open}', '${close}')`);
    this.#select = this.#database.prepare(`SELECT rowid - 1, ${marked.join(', ')} FROM texts WHERE texts MATCH ?`);
    this.#select.setReturnArrays(true);
  }

  /**
   * Marks `expression` (see `markExpression`) in each text.
   * @returns one entry per text, in order; ranges are in UTF-16 units, ascending, not overlapping
   */
  mark(expression: string | null, texts: readonly MarkableText[]): TextMarks[] {
    const marks = texts.map((): TextMarks => ({ title: [], abstract: [], note: [] }));
    if (expression === null || texts.length === 0) return marks;
    const bare = (text = '') => text.replaceAll(open, ' ').replaceAll(close, ' ');
    this.#database.exec('BEGIN');
    try {
      for (const [index, { title, abstract, note }] of texts.entries())
        this.#insert.run(index + 1, bare(title), bare(abstract), bare(note));
      for (const row of this.#select.all(expression)) {
        const [index, title, abstract, note] = row as unknown as [number, string, string, string];
        marks[index] = { title: rangesOf(title), abstract: rangesOf(abstract), note: rangesOf(note) };
      }
    } finally {
      // Leaves the table empty for the next texts at no cost.
      this.#database.exec('ROLLBACK');
    }
    return marks;
  }

  close(): void {
    this.#database.close();
  }
}
