import { type Options, parse } from '@retorquere/bibtex-parser';
import type { BibtexPiece } from './bibtex-entries.ts';
import { keptString, withoutValues, withValues } from './bibtex-values.ts';
import { atMost, oneLine } from './clean-text.ts';

/** The text of one field, with its LaTeX, by the field's name in small letters. */
export type BibtexFields = ReadonlyMap<string, string>;

type Entry = Extract<BibtexPiece, { kind: 'entry' }>;

const options = {
  // LaTeX is read by `latexToText`, which leaves formulas alone; inheritance by `bibtex-inherit.ts`.
  verbatimFields: [/(?:)/],
  sentenceCase: false,
  caseProtection: false,
  applyCrossRef: false,
} satisfies Options;

/** Longest value of an `@string`, in UTF-16 units. */
const longestString = 10_000;
/** Most `@string`s of one file. */
const mostStrings = 50_000;

/**
 * Reads entries with @retorquere/bibtex-parser: which fields there are, what `@string`s and `#`
 * make of them. The parser is given entries without their values, which are put back afterwards:
 * it would turn formulas into characters, and reading the LaTeX of every value takes it some
 * twenty times as long as all that we do with an entry.
 */
export class BibtexReader {
  readonly #names = new Map<string, number>();
  readonly #strings: string[] = [];

  /** Takes an `@string{name = value}` into account from now on. */
  define({ fields, values }: Extract<BibtexPiece, { kind: 'string' }>): void {
    if (this.#strings.length >= mostStrings) return;
    const { strings } = parse(`@string{${fields}}`, { ...options, strings: this.#used(fields) });
    for (const [name, value] of Object.entries(strings)) {
      this.#names.set(name.toUpperCase(), this.#strings.length);
      // A copy: what is cut out of a file would keep all of it in memory.
      this.#strings.push(structuredClone(atMost(withValues(value, values, this.#strings), longestString)));
    }
  }

  /** The fields of each entry, or why it cannot be read. */
  read(entries: readonly Entry[]): (BibtexFields | string)[] {
    const read = this.#parse(entries);
    return entries.map((entry, index) => read.get(index) ?? this.#readAgain(entry));
  }

  /** Forgives a missing comma, and otherwise says what is wrong. */
  #readAgain(entry: Entry): BibtexFields | string {
    const commas = entry.fields.replaceAll(/(\ufdd1\}|=\s*\w+)(\s+[a-zA-Z][\w-]*\s*=)/g, '$1,$2');
    if (commas !== entry.fields) {
      const read = this.#parse([{ ...entry, fields: commas }]).get(0);
      if (read !== undefined) return read;
    }
    return this.#complaint(entry);
  }

  #complaint(entry: Entry): string {
    try {
      const [first] = parse(textOf([entry]), { ...options, strings: this.#used(entry.fields) }).errors;
      const near = /(?:found|missing:|value) ("(?:[^"\\]|\\.)*")/.exec(first?.error ?? '')?.[1];
      if (near !== undefined) {
        const text = oneLine(withoutValues(JSON.parse(near)));
        if (text !== '') return `its fields cannot be told apart near “${text}”`;
      }
    } catch {
      // Said below.
    }
    return 'its fields cannot be told apart';
  }

  #parse(entries: readonly Entry[]): Map<number, BibtexFields> {
    const found = new Map<number, BibtexFields>();
    try {
      const used = this.#used(entries.map(({ fields }) => fields).join('\n'));
      for (const { key, fields, input } of parse(textOf(entries), { ...options, strings: used }).entries) {
        const index = Number(key);
        const entry = entries[index];
        // The parser also gives what it read of an entry up to a mistake; that has no input.
        if (entry !== undefined && input !== '') found.set(index, this.#fieldsOf(fields, entry));
      }
    } catch (error) {
      // One entry that the parser chokes on must not take the others with it.
      if (entries.length === 1) return found;
      if (!(error instanceof Error)) throw error;
      for (const [index, entry] of entries.entries()) {
        const alone = this.#parse([entry]).get(0);
        if (alone !== undefined) found.set(index, alone);
      }
    }
    return found;
  }

  #fieldsOf(fields: object, { values }: Entry): BibtexFields {
    const found = new Map<string, string>();
    for (const [name, value] of Object.entries(fields)) {
      const text = Array.isArray(value) ? value.join(', ') : value;
      if (typeof text === 'string') found.set(name, withValues(text, values, this.#strings));
    }
    return found;
  }

  /** The `@string`s that a text may name: giving the parser all of them for every batch would take long. */
  #used(fields: string): Record<string, string> {
    const used: Record<string, string> = {};
    if (this.#names.size === 0) return used;
    for (const [, name = ''] of fields.matchAll(/[=#]\s*([^\s{}",#=%]+)/g)) {
      const index = this.#names.get(name.toUpperCase());
      if (index !== undefined) used[name.toUpperCase()] = keptString(index);
    }
    return used;
  }
}

/** Entries as the parser is given them: their keys may hold anything, so they get numbers. */
function textOf(entries: readonly Entry[]): string {
  return entries.map(({ fields }, index) => `@misc{${index},${fields.replace(/^\s*,/, '')}}`).join('\n');
}
