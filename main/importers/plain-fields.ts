import type { PaperLink } from '../../shared/paper.ts';
import { markupToLine } from './html-text.ts';
import { firstTextOf, isObject, type JsonObject, listOf, objectOf, textOf } from './json-values.ts';
import { linkOf } from './links.ts';
import { nameOf, namesOf } from './paper-fields.ts';
import { dateOf, readDate } from './read-date.ts';
import { nameAsRead, splitNames } from './read-names.ts';

const plainNames = new Map<string, string>();

/** A field's name without what it may be spelled with: `Paper_Title`, `paperTitle` and `paper title` are the same. */
function plainName(name: string): string {
  const known = plainNames.get(name);
  if (known !== undefined) return known;
  const plain = name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  if (plainNames.size < 5000 && name.length < 100) plainNames.set(name, plain);
  return plain;
}

/** The fields of a record by their plain names. */
export class PlainFields {
  readonly #values = new Map<string, unknown>();

  constructor(record: JsonObject) {
    for (const name of Object.keys(record)) {
      const value = record[name];
      const plain = plainName(name);
      if (value !== null && value !== '' && !this.#values.has(plain)) this.#values.set(plain, value);
    }
  }

  /** The first of these fields that has something. */
  get(...names: readonly string[]): unknown {
    for (const name of names) {
      const value = this.#values.get(name);
      if (value !== undefined) return value;
    }
    return undefined;
  }

  /** The first of these fields that is a text, or a list with one. */
  text(...names: readonly string[]): string | null {
    for (const name of names) {
      const text = firstTextOf(this.#values.get(name));
      if (text !== null) return text;
    }
    return null;
  }

  /** The fields of an object in a field. */
  inside(name: string): PlainFields {
    return new PlainFields(objectOf(this.#values.get(name)));
  }
}

/** A date however it is given: text, a year, seconds or milliseconds since 1970, or as CSL has it. */
export function plainDate(value: unknown): string | null {
  if (typeof value === 'string') return readDate(value);
  if (typeof value === 'number') {
    if (value < 1e8) return dateOf(value);
    const instant = new Date(value < 1e11 ? value * 1000 : value);
    return Number.isNaN(instant.getTime()) ? null : readDate(instant.toISOString());
  }
  const { year, month, day, 'date-parts': parts } = objectOf(value);
  const [first, second, third] = parts === undefined ? [year, month, day] : listOf(listOf(parts)[0]);
  const number = (part: unknown) => (part === undefined || part === null ? null : Number(part));
  return dateOf(number(first) ?? 0, number(second), number(third)) ?? dateOf(number(first) ?? 0);
}

/** Names however they are given: one text, texts, or objects with names or their parts. */
export function plainAuthors(value: unknown): string[] {
  if (typeof value === 'string') return namesOf(splitNames(value), markupToLine);
  const list = isObject(value) ? [value] : listOf(value);
  return namesOf(list.map(plainAuthor), markupToLine);
}

function plainAuthor(value: unknown): string | null {
  if (typeof value === 'string') return nameAsRead(value);
  if (!isObject(value)) return null;
  const fields = new PlainFields(value);
  const whole = fields.text('name', 'fullname', 'displayname', 'literal', 'authorname');
  if (whole !== null) return nameAsRead(whole);
  const parts = nameOf(
    fields.text('given', 'first', 'firstname', 'givenname', 'givennames', 'forename', 'initials'),
    fields.text('middle', 'middlename'),
    fields.text('family', 'last', 'lastname', 'familyname', 'surname'),
    fields.text('suffix'),
  );
  if (parts !== null) return parts;
  // OpenAlex has what it knows of an author one level down.
  return (
    textOf(objectOf(value['author'])['display_name']) ??
    textOf(value['raw_author_name']) ??
    textOf(objectOf(value['author'])['name'])
  );
}

/** Words however they are given: one text, texts, or objects with names. */
export function plainWords(value: unknown): (string | null)[] {
  if (typeof value === 'string') return value.split(value.includes(';') ? ';' : /[,\n]/);
  return listOf(value).map((each) => {
    if (typeof each === 'string') return each;
    const { display_name: displayName, name, term, keyword } = objectOf(each);
    return textOf(displayName) ?? textOf(name) ?? textOf(term) ?? textOf(keyword);
  });
}

/** Links however they are given: one address, addresses in a text or a list, or objects with addresses. */
export function plainLinks(value: unknown, kind?: PaperLink['kind']): (PaperLink | null)[] {
  if (typeof value === 'string')
    return value
      .trim()
      .split(/\s+/, 100)
      .map((address) => linkOf(address, kind));
  const list = isObject(value) ? [value] : listOf(value);
  return list.slice(0, 100).map((each) => {
    if (typeof each === 'string') return linkOf(each, kind);
    const { url, href, URL: upper } = objectOf(each);
    return linkOf(textOf(url) ?? textOf(href) ?? textOf(upper) ?? '', kind);
  });
}

/** Most words of an abstract that is given as an index. */
const mostIndexed = 50_000;

/** The abstract that OpenAlex gives as an index: each word, and where it stands. */
export function abstractOfIndex(value: unknown): string | null {
  if (!isObject(value)) return null;
  const words: string[] = [];
  for (const [word, places] of Object.entries(value)) {
    for (const place of listOf(places)) {
      if (typeof place === 'number' && Number.isInteger(place) && place >= 0 && place < mostIndexed)
        words[place] = word;
    }
  }
  return words.filter((word) => word !== undefined).join(' ') || null;
}
