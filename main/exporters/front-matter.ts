import { digestOfValue, type OwnValues } from './markdown-marks.ts';
import type { FrontMatterProperty } from './markdown-paper.ts';
import { yamlText } from './yaml-text.ts';

/** A property of a file's front matter, or what stands between two, as it is written, with its line ends. */
interface Entry {
  /** Null for comments and blank lines. */
  name: string | null;
  lines: string[];
}

const propertyLine = /^(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([^\s#'"[\]{},&*!|>%@`:-][^:#]*?))[ \t]*:(?=[ \t\r\n]|$)/;
const scalar =
  /^[ \t]*("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|(?:[^\s"'#[\]{}|>&*!%@`](?:[^#\n\r]|(?<=\S)#)*?)?)([ \t]+#.*)?[ \t]*$/;

/** The front matter that a file begins with, without the lines around it, and where it stands; null for none. */
export function frontMatterIn(text: string): { from: number; to: number } | null {
  const begin = /^\ufeff?---[ \t]*(?:\r\n|\n)/.exec(text);
  if (!begin) return null;
  const from = begin[0].length;
  const end = /^(?:---|\.\.\.)[ \t]*$/m.exec(text.slice(from).replaceAll('\r\n', ' \n'));
  return end ? { from, to: from + end.index } : null;
}

/** What a property of front matter says if it is a text or a number of one line; null otherwise. */
export function propertyIn(frontMatter: string, name: string): string | null {
  const entry = entriesOf(frontMatter).find((each) => each.name === name);
  return entry ? scalarOf(rest(entry)) : null;
}

/** The values of a list as front matter may have it, a line for each or in brackets; null where it is something else. */
export function listValues(yaml: string): string[] | null {
  return itemsOf(yaml)?.map(({ value }) => value) ?? null;
}

/**
 * Front matter with our properties as they are now. All others stay as they are written and where they are; so do
 * comments, what a list has that is not ours, and lists in a form that is not understood.
 * @param frontMatter without the lines around it
 * @param ours every property that we write now
 * @param names of every property that we may write: one that is not among `ours` goes
 * @param wasOurs whether a value of a list was written by us before, by its digest
 * @returns the text, and which values of lists are ours from now on
 */
export function mergedFrontMatter(
  frontMatter: string,
  ours: readonly FrontMatterProperty[],
  names: ReadonlySet<string>,
  wasOurs: (name: string, digest: string) => boolean,
): { text: string; own: OwnValues } {
  const lineEnd = frontMatter.includes('\r\n') ? '\r\n' : '\n';
  const entries = entriesOf(frontMatter);
  const wanted = new Map(ours.map(({ name, yaml }) => [name, yaml]));
  const own = new Map<string, readonly string[]>();
  const merged: Entry[] = [];
  const seen = new Set<string>();
  for (const entry of entries) {
    const { name } = entry;
    if (name === null || !names.has(name) || seen.has(name)) {
      merged.push(entry);
      continue;
    }
    seen.add(name);
    const changed = mergedEntry(entry, name, wanted.get(name) ?? null, lineEnd, own, (digest) => wasOurs(name, digest));
    if (changed) merged.push(changed);
  }
  const added = ours.filter(({ name }) => !seen.has(name));
  for (const { name, yaml } of added) own.set(name, (yaml === '' ? null : listValues(yaml)) ?? []);
  const after = merged.findLastIndex(({ name }) => name !== null && names.has(name)) + 1;
  const lines = added.map(({ name, yaml }) => ({ name, lines: [`${name}:${yaml}\n`.replaceAll('\n', lineEnd)] }));
  merged.splice(after === 0 ? merged.length : after, 0, ...lines);
  return { text: merged.map((entry) => entry.lines.join('')).join(''), own };
}

/** The values of our lists in a new file. */
export function ownValuesOf({ frontMatter }: { frontMatter: readonly FrontMatterProperty[] }): OwnValues {
  return new Map(
    frontMatter.flatMap(({ name, yaml }) => {
      const values = yaml.startsWith('\n') ? listValues(yaml) : null;
      return values ? [[name, values] as const] : [];
    }),
  );
}

function entriesOf(frontMatter: string): Entry[] {
  const entries: Entry[] = [];
  for (const line of frontMatter.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
    const found = propertyLine.exec(line);
    const last = entries.at(-1);
    if (found) entries.push({ name: found[1] ?? found[2] ?? found[3] ?? '', lines: [line] });
    else if (/^\s*$|^#/.test(line)) {
      // Blank lines and comments may stand within a value that goes on; then they are a part of it.
      entries.push({ name: null, lines: [line] });
    } else if (last) {
      const at = entries.findLastIndex(({ name }) => name !== null);
      const joined = at < 0 ? entries.length - 1 : at;
      const between = entries.splice(joined + 1);
      entries[joined]?.lines.push(...between.flatMap(({ lines }) => lines), line);
    } else entries.push({ name: null, lines: [line] });
  }
  return entries;
}

/** What stands behind the colon of a property. */
function rest({ lines }: Entry): string {
  const text = lines.join('');
  return text
    .slice(propertyLine.exec(text)?.[0].length ?? 0)
    .replaceAll('\r\n', '\n')
    .replace(/\n$/, '');
}

function scalarOf(yaml: string): string | null {
  const found = scalar.exec(yaml);
  return found ? plain(found[1] ?? '') : null;
}

function plain(written: string): string | null {
  if (written.startsWith("'")) return written.slice(1, -1).replaceAll("''", "'");
  if (!written.startsWith('"')) return written.trim();
  try {
    return String(JSON.parse(written));
  } catch {
    return null;
  }
}

interface Item {
  value: string;
  /** As it is written, without what makes it an item. */
  written: string;
  /** The whole line of a list with a line for each. */
  line: string | null;
}

function itemsOf(yaml: string): Item[] | null {
  if (/^[ \t]*(?:#.*)?$/.test(yaml)) return [];
  const inBrackets = /^[ \t]*\[(.*)\][ \t]*(?:#.*)?$/.exec(yaml);
  if (inBrackets) {
    const all = inBrackets[1] ?? '';
    const parts = all.match(/(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^,"'])+/g) ?? [];
    if (parts.join(',') !== all) return null;
    return items(parts.filter((part) => part.trim() !== '').map((part) => ({ written: part.trim(), line: null })));
  }
  const [first = '', ...lines] = yaml.split('\n');
  if (!/^[ \t]*(?:#.*)?$/.test(first)) return null;
  const found = lines.filter((line) => !/^[ \t]*(?:#.*)?$/.test(line));
  const parts = found.map((line) => ({ written: /^[ \t]*-(?:[ \t]+(.*))?$/.exec(line)?.[1] ?? null, line }));
  if (parts.some(({ written }) => written === null)) return null;
  return items(parts.map(({ written, line }) => ({ written: written ?? '', line })));
}

function items(parts: readonly { written: string; line: string | null }[]): Item[] | null {
  const found = parts.map(({ written, line }) => ({ value: scalarOf(written), written, line }));
  return found.every((item): item is Item => item.value !== null) ? found : null;
}

/** An entry of ours as it is now; null when it goes. */
function mergedEntry(
  entry: Entry,
  name: string,
  wanted: string | null,
  lineEnd: string,
  own: Map<string, readonly string[]>,
  wasOurs: (digest: string) => boolean,
): Entry | null {
  const written = rest(entry);
  const isList =
    wanted === null
      ? itemsOf(written) !== null && scalarOf(written) === null
      : listValues(wanted) !== null && scalarOf(wanted) === null;
  if (isList) return mergedList(entry, name, wanted, lineEnd, own, wasOurs);
  if (wanted === null) return null;
  if (scalarOf(written) === scalarOf(wanted)) return entry;
  const [head = ''] = propertyLine.exec(entry.lines.join('')) ?? [];
  const comment = scalar.exec(written)?.[2] ?? '';
  return { name, lines: [`${head}${wanted}${comment}${lineEnd}`] };
}

function mergedList(
  entry: Entry,
  name: string,
  wanted: string | null,
  lineEnd: string,
  own: Map<string, readonly string[]>,
  wasOurs: (digest: string) => boolean,
): Entry | null {
  const there = itemsOf(rest(entry));
  const ours = wanted === null ? [] : (listValues(wanted) ?? []);
  // In a form that is not understood it is the reader's.
  if (there === null) return entry;
  const isTheirs = ({ value }: Item) => !wasOurs(digestOfValue(value));
  own.set(
    name,
    ours.filter((value) => !there.some((item) => item.value === value && isTheirs(item))),
  );
  const stay = there.filter((item) => ours.includes(item.value) || isTheirs(item));
  const come = ours.filter((value) => !there.some((item) => item.value === value));
  if (stay.length === there.length && come.length === 0) return entry;
  if (wanted === null && stay.length === 0) return null;
  const [head = ''] = propertyLine.exec(entry.lines.join('')) ?? [];
  if (stay.length + come.length === 0) return { name, lines: [`${head} []${lineEnd}`] };
  const indent = /^([ \t]*)-/.exec(there[0]?.line ?? '')?.[1] ?? '  ';
  const comments = entry.lines.slice(1).filter((line) => /^[ \t]*#/.test(line));
  const lines = [
    ...comments.map((line) => line.trimEnd()),
    ...stay.map(({ line, written }) => line ?? `${indent}- ${written}`),
    ...come.map((value) => `${indent}- ${yamlText(value)}`),
  ];
  return { name, lines: [head, ...lines].map((line) => line + lineEnd) };
}
