import type { BibtexFields } from './bibtex-parse.ts';

/** What a paper takes from the volume that it stands in. Not its DOI, its address or its abstract: those are the volume's. */
const inherited = [
  ...['year', 'month', 'date', 'publisher', 'organization', 'series', 'eventtitle'],
  ...['booktitle', 'journal', 'journaltitle', 'volume', 'number'],
];

/** Longest field that is kept for other entries, in UTF-16 units. */
const longestKept = 2000;
/** What keeping an entry takes besides its text, in UTF-16 units. */
const overhead = 500;
/** Most that is kept for other entries, in UTF-16 units. */
const mostKept = 6 * 1024 * 1024;
/** Kinds of entries that hold no others, which most are: kept only when another has asked for them. */
const holdNone =
  /^(?:article|conference|dataset|inbook|incollection|inproceedings|mastersthesis|misc|online|patent|phdthesis|software|techreport|thesis|unpublished)$/;
/** Most keys that are waited for. */
const mostAsked = 20_000;
/** Entries take over from entries that take over… up to this depth. */
const deepest = 4;

interface Parent {
  type: string;
  fields: BibtexFields;
  length: number;
}

/** Entries that others take fields from, as `crossref` and `xdata` have it; the oldest are forgotten. */
export class BibtexParents {
  readonly #parents = new Map<string, Parent>();
  readonly #asked = new Set<string>();
  #kept = 0;

  /** Keeps of an entry what others may take over. */
  add(key: string, type: string, fields: BibtexFields): void {
    if (holdNone.test(type) && !this.#asked.has(key.toLowerCase())) return;
    const kept = new Map<string, string>();
    for (const name of type === 'xdata' ? fields.keys() : [...inherited, 'title', 'crossref', 'xdata']) {
      const value = fields.get(name);
      if (value !== undefined && value.length <= longestKept) kept.set(name, value);
    }
    const length = [...kept].reduce((sum, [name, value]) => sum + name.length + value.length, overhead);
    this.#forget(key.toLowerCase());
    // A copy: what is cut out of a file would keep all of it in memory.
    this.#parents.set(key.toLowerCase(), structuredClone({ type, fields: kept, length }));
    this.#kept += length;
    for (const oldest of this.#parents.keys()) {
      if (this.#kept <= mostKept) break;
      this.#forget(oldest);
    }
  }

  #forget(key: string): void {
    this.#kept -= this.#parents.get(key)?.length ?? 0;
    this.#parents.delete(key);
  }

  /** The entries that an entry takes fields from and that are not known (yet). */
  missing(fields: BibtexFields): string[] {
    const missing = parentsOf(fields).filter((key) => !this.#parents.has(key));
    if (this.#asked.size < mostAsked) for (const key of missing) this.#asked.add(key);
    return missing;
  }

  /** An entry's fields and what it takes over. */
  complete(fields: BibtexFields, depth = 0): BibtexFields {
    const keys = parentsOf(fields);
    if (keys.length === 0 || depth > deepest) return fields;
    const whole = new Map(fields);
    for (const key of keys) {
      const parent = this.#parents.get(key);
      if (parent === undefined) continue;
      const given = this.complete(parent.fields, depth + 1);
      for (const name of parent.type === 'xdata' ? given.keys() : inherited) fill(whole, name, given.get(name));
      if (parent.type !== 'xdata') {
        fill(whole, parent.type === 'periodical' ? 'journaltitle' : 'booktitle', given.get('title'));
      }
    }
    return whole;
  }
}

function fill(fields: Map<string, string>, name: string, value: string | undefined): void {
  if (value !== undefined && !fields.has(name)) fields.set(name, value);
}

function parentsOf(fields: BibtexFields): string[] {
  const keys = `${fields.get('xdata') ?? ''},${fields.get('crossref') ?? ''}`.slice(0, longestKept).split(',');
  return keys.map((key) => key.trim().toLowerCase()).filter((key) => key !== '');
}
