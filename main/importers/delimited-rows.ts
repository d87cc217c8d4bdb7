import { CsvError, parse } from 'csv-parse/sync';

/** Rows that the parser is given at once: lines, and UTF-16 units. */
const block = { lines: 500, length: 256 * 1024 };

/** Longest text that is searched for the end of a quotation, in UTF-16 units. */
const longestRow = 2 * 1024 * 1024;

/** Most lines that one row may have where quotation marks are in disorder. */
const mostLines = 100;

/** The cells of a row. */
export type Row = string[];

/** Rows of a table whose text comes line by line. */
export class DelimitedRows {
  readonly #delimiter: string;
  #lines: string[] = [];
  #length = 0;
  #isQuoted = false;

  /** @param delimiter one character */
  constructor(delimiter: string) {
    this.#delimiter = delimiter;
  }

  /** Takes a line; gives rows that are complete, some at a time. */
  write(line: string): Row[] {
    this.#lines.push(line);
    this.#length += line.length + 1;
    // An even number of quotation marks: no cell goes on in the next line.
    if (hasOddQuotes(line)) this.#isQuoted = !this.#isQuoted;
    const enough = this.#lines.length >= block.lines || this.#length >= block.length;
    return (enough && !this.#isQuoted) || this.#length > longestRow ? this.end() : [];
  }

  /** Gives the rest, when no more lines come. */
  end(): Row[] {
    const lines = this.#lines;
    this.#lines = [];
    this.#length = 0;
    this.#isQuoted = false;
    return lines.length === 0 ? [] : (parseRows(lines.join('\n'), this.#delimiter, false) ?? this.#oneByOne(lines));
  }

  /**
   * Where quotation marks are in disorder, only rows that are in order may have several lines. Any
   * other line is a row of its own, and its quotation marks are taken as they are.
   */
  #oneByOne(lines: readonly string[]): Row[] {
    const delimiter = this.#delimiter;
    const rows: Row[] = [];
    for (let at = 0; at < lines.length; ) {
      const line = lines[at] ?? '';
      const end = endOfRow(lines, at);
      const whole = end === null ? null : parseRows(lines.slice(at, end).join('\n'), delimiter, false);
      rows.push(...(whole ?? parseRows(line, delimiter, true) ?? [line.split(delimiter)]));
      at = whole === null || end === null ? at + 1 : end;
    }
    return rows;
  }
}

function hasOddQuotes(line: string): boolean {
  let odd = false;
  for (let at = line.indexOf('"'); at !== -1; at = line.indexOf('"', at + 1)) odd = !odd;
  return odd;
}

/** The line behind a row that begins at a line; null when its quotation does not end soon. */
function endOfRow(lines: readonly string[], from: number): number | null {
  let open = false;
  for (let at = from; at < Math.min(lines.length, from + mostLines); at += 1) {
    if (hasOddQuotes(lines[at] ?? '')) open = !open;
    if (!open) return at + 1;
  }
  return null;
}

/**
 * @param relaxed quotation marks may stand anywhere in a cell
 * @returns null when they are in disorder
 */
function parseRows(text: string, delimiter: string, relaxed: boolean): Row[] | null {
  try {
    return parse(text, {
      delimiter,
      relax_quotes: relaxed,
      relax_column_count: true,
      skip_empty_lines: true,
      // Spaces before a quotation mark. In front of an empty cell they would swallow a tab.
      ltrim: delimiter !== '\t',
    });
  } catch (error) {
    if (error instanceof CsvError) return null;
    throw error;
  }
}

/**
 * The first rows of a text, for a look at what it is.
 * @param most rows
 */
export function firstRows(text: string, delimiter: string, most: number): Row[] {
  const reader = new DelimitedRows(delimiter);
  return [...text.split('\n', most * 20).flatMap((line) => reader.write(line)), ...reader.end()].slice(0, most);
}
