import { asciiOf } from './ascii.ts';
import { familyOf } from './person-name.ts';

/** What a key is made of. A paper will do. */
export interface KeyedPaper {
  title: string;
  authors: readonly string[];
  /** `2024`, `2024-06` or `2024-06-12`; null where it is not known. */
  published: string | null;
}

/** A pattern that has been understood: makes the key of a paper, before it is made unique. */
export type KeyPattern = (paper: KeyedPaper) => string;

/** A pattern, or why it is none and at which character (counted from 0) that is seen. */
export type ParsedKeyPattern = { make: KeyPattern } | { error: string; at: number };

/** Longest key that is made, in characters. */
const longestKey = 80;

/** Words of a title that say nothing of the paper; those of JabRef and the forms of "to be". */
const fillers = new Set(
  (
    'a an the above about across against along among around at before behind below beneath beside between beyond but by ' +
    'can despite do does down during except for from how in inside into is are be it its like near nor of off on onto or ' +
    'out outside over since so than that their there this these those through to toward towards under until up upon via we ' +
    'what when where which why with within without and as not using'
  ).split(' '),
);

type Field = (paper: KeyedPaper, count: number | null) => string;

/** Every field, whether a number may or must follow its name, and what it stands for. */
const fields = {
  auth: { number: 'may', value: ({ authors }, count) => cut(familyAt(authors, 0), count) },
  authors: {
    number: 'may',
    value: ({ authors }, count) => {
      const families = authors.slice(0, count ?? undefined).map((_, at) => familyAt(authors, at));
      return families.join('') + (count !== null && authors.length > count ? 'EtAl' : '');
    },
  },
  year: { number: 'no', value: ({ published }) => published?.slice(0, 4) ?? '' },
  shortyear: { number: 'no', value: ({ published }) => published?.slice(2, 4) ?? '' },
  title: { number: 'must', value: ({ title }, count) => tellingWords(title, count ?? 1).join('') },
} as const satisfies Record<string, { number: 'no' | 'may' | 'must'; value: Field }>;

const modifiers = {
  lower: (text: string) => text.toLowerCase(),
  upper: (text: string) => text.toUpperCase(),
} as const;

const fieldNames = '[auth], [auth3], [authors], [authors3], [year], [shortyear], [title1]';

/**
 * Reads a pattern of citation keys: text with fields in brackets, a small part of what JabRef and Better BibTeX know.
 *
 * | field | stands for |
 * |---|---|
 * | `[auth]`, `[authN]` | the family name of the first author; its first N letters |
 * | `[authors]`, `[authorsN]` | those of all authors; of the first N, and `EtAl` where there are more |
 * | `[year]`, `[shortyear]` | `2024`; `24` |
 * | `[titleN]` | the first N words of the title that are no filler, each with a capital |
 *
 * After a field's name `:lower` or `:upper` may follow: `[auth:lower]`. Outside of brackets ASCII letters, digits and
 * `- _ : . + /` stand for themselves. Keys are ASCII, of just these, and neither begin nor end with a punctuation mark
 * or have two in a row: such keys BibTeX, LaTeX and Pandoc all take.
 */
export function parseKeyPattern(pattern: string): ParsedKeyPattern {
  const parts: KeyPattern[] = [];
  let at = 0;
  while (at < pattern.length) {
    if (pattern[at] === '[') {
      const end = pattern.indexOf(']', at);
      if (end < 0) return { error: 'This bracket is not closed.', at };
      const field = parseField(pattern.slice(at + 1, end));
      if (typeof field !== 'function') return { error: field.error, at: at + 1 + field.at };
      parts.push(field);
      at = end + 1;
      continue;
    }
    const [text = ''] = /^[A-Za-z0-9_:.+/-]+/.exec(pattern.slice(at)) ?? [];
    if (text === '') return { error: `A key cannot have “${[...pattern.slice(at)][0]}”.`, at };
    parts.push(() => text);
    at += text.length;
  }
  if (!pattern.includes('[')) return { error: `A pattern needs a field: ${fieldNames}.`, at: 0 };
  return { make: (paper) => tidyKey(parts.map((part) => part(paper)).join('')) };
}

function parseField(text: string): KeyPattern | { error: string; at: number } {
  const [, name = '', digits = ''] = /^([A-Za-z]*)(\d*)/.exec(text) ?? [];
  if (!Object.hasOwn(fields, name)) return { error: `There is no field “${text}”. There are ${fieldNames}.`, at: 0 };
  const { number, value } = fields[name as keyof typeof fields];
  const count = digits === '' ? null : Number(digits);
  if (count !== null && number === 'no') return { error: `[${name}] takes no number.`, at: name.length };
  if (count === null && number === 'must') return { error: `[${name}] takes a number: [${name}1].`, at: 0 };
  if (count !== null && (count < 1 || count > 20))
    return { error: 'The number must be from 1 to 20.', at: name.length };
  const changes: ((text: string) => string)[] = [];
  let at = name.length + digits.length;
  for (const modifier of text.slice(at).split(':').slice(1)) {
    if (!Object.hasOwn(modifiers, modifier))
      return { error: `There is no “:${modifier}”, only :lower and :upper.`, at };
    changes.push(modifiers[modifier as keyof typeof modifiers]);
    at += 1 + modifier.length;
  }
  if (at !== text.length) return { error: `“${text.slice(at)}” is not understood.`, at };
  return (paper) => changes.reduce((text, change) => change(text), value(paper, count));
}

/**
 * A key that has nothing in it but what BibTeX, LaTeX and Pandoc take in one, as near to a text as that is possible.
 * @returns at most 80 characters; empty where nothing is left
 */
export function tidyKey(text: string): string {
  const clean = asciiOf(text).replaceAll(/[^A-Za-z0-9_:.+/-]+/g, '');
  return clean
    .replaceAll(/([_:.+/-])[_:.+/-]+/g, '$1')
    .slice(0, longestKey)
    .replaceAll(/^[_:.+/-]+|[_:.+/-]+$/g, '');
}

/** The key that a paper came with, as it is where every program takes it; else tidied. */
export function keyThatCame(key: string): string {
  return /^[A-Za-z0-9_][!$&*+./0-9:;<>?@A-Z[\]^_`a-z|-]{0,199}$/.test(key) ? key : tidyKey(key);
}

/** What is put behind the key of a paper whose key others have: nothing, a … z, aa … */
export function keySuffix(number: number): string {
  let letters = '';
  for (let rest = number; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(97 + ((rest - 1) % 26)) + letters;
  }
  return letters;
}

/** The family name of an author in letters of ASCII, with a capital: `VanDerBerg`, `OpenAI`. */
function familyAt(authors: readonly string[], at: number): string {
  return capitalised(asciiOf(familyOf(authors[at] ?? '')).split(/[^A-Za-z0-9]+/));
}

function capitalised(words: readonly string[]): string {
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

function cut(text: string, length: number | null): string {
  return length === null ? text : text.slice(0, length);
}

/** LaTeX is no word: commands go, and so do dollar signs and braces. */
function tellingWords(title: string, count: number): string[] {
  const plain = asciiOf(title.slice(0, 1000).replaceAll(/\\[A-Za-z]+|[\\${}^]/g, ' '));
  // What a hyphen or an apostrophe joins is one word.
  const words = plain.split(/[^A-Za-z0-9'’-]+/).map((word) => word.replaceAll(/[^A-Za-z0-9]/g, ''));
  const named = words.filter((word) => word !== '');
  const telling = named.filter((word) => word.length > 1 && !fillers.has(word.toLowerCase()));
  return (telling.length > 0 ? telling : named).slice(0, count).map((word) => capitalised([word]));
}
