import { digestOfValue, type OwnValues } from './markdown-marks.ts';
import type { FrontMatterProperty } from './markdown-paper.ts';
import { yamlText } from './yaml-text.ts';

/** A property of a file's front matter, or what stands between two, as it is written, with its line ends. */
interface Entry {
  /** Null for comments and blank lines. */
  name: string | null;
  lines: string[];
}

// Files may be anybody's: none of these looks at a letter more than a few times.
const propertyLine =
  /^(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([^\s#'"[\]{},&*!|>%@`:-](?:[^:#\n\r]*[^:#\s])?))[ \t]*:(?=[ \t\r\n]|$)/;
const scalar =
  /^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|(?:[^\s"'#[\]{}|>&*!%@`](?:[^# \t\n\r]|(?<=[^ \t])#|[ \t]+(?![# \t\n\r]|$))*)?)(?:([ \t]+#.*)|[ \t]*)$/;

/** Properties that a paper may have or not. One of these is the reader's where we have not written it. */
const mayBeNone: ReadonlySet<string> = new Set('year published venue arxiv doi url'.split(' '));

/** What of a file's front matter we wrote when we last did. */
export interface WrittenBefore {
  /** Whether a property is ours; true of all where that is not known. */
  has(name: string): boolean;
  /** Whether a value of a property was written by us, by its digest. */
  hasValue(name: string, digest: string): boolean;
}

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
 * comments, what a list has that is not ours, lists in a form that is not understood, and properties that we may
 * write where the reader has before we did.
 * @param frontMatter without the lines around it
 * @param ours every property that we write now
 * @param names of every property that we may write: one that is not among `ours` goes
 * @returns the text, and which values are ours from now on
 */
export function mergedFrontMatter(
  frontMatter: string,
  ours: readonly FrontMatterProperty[],
  names: ReadonlySet<string>,
  before: WrittenBefore,
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
    const isTheirs = mayBeNone.has(name) && !before.has(name);
    if (isTheirs) merged.push(entry);
    if (isTheirs) continue;
    const wasOurs = (digest: string) => before.hasValue(name, digest);
    const changed = mergedEntry(entry, name, wanted.get(name) ?? null, lineEnd, own, wasOurs);
    if (changed) merged.push(changed);
  }
  const added = ours.filter(({ name }) => !seen.has(name));
  for (const { name, yaml } of added) own.set(name, ownValues(name, yaml));
  const after = merged.findLastIndex(({ name }) => name !== null && names.has(name)) + 1;
  const lines = added.map(({ name, yaml }) => ({ name, lines: [`${name}:${yaml}\n`.replaceAll('\n', lineEnd)] }));
  merged.splice(after === 0 ? merged.length : after, 0, ...lines);
  return { text: merged.map((entry) => entry.lines.join('')).join(''), own };
}

/** The values that are ours in a new file. */
export function ownValuesOf({ frontMatter }: { frontMatter: readonly FrontMatterProperty[] }): OwnValues {
  return new Map(frontMatter.map(({ name, yaml }) => [name, ownValues(name, yaml)]));
}

function ownValues(name: string, yaml: string): readonly string[] {
  const value = mayBeNone.has(name) ? scalarOf(yaml) : null;
  return value === null ? (listValues(yaml) ?? []) : [value];
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
    } else if (last && /^(?:[ \t]|-(?:\s|$)|[\]}])/.test(line)) {
      const at = entries.findLastIndex(({ name }) => name !== null);
      const joined = at < 0 ? entries.length - 1 : at;
      const between = entries.splice(joined + 1);
      entries[joined]?.lines.push(...between.flatMap(({ lines }) => lines), line);
      // What is no property, or not yet, is not what goes on from the one before it either. No property has its name.
    } else entries.push({ name: `\n${line}`, lines: [line] });
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

/** A scalar of one line as it is written, and the comment behind it, with what is before it; null for anything else. */
function scalarIn(yaml: string): { written: string; comment: string } | null {
  const text = yaml.replace(/^[ \t]+/, '');
  if (text.startsWith('#')) return text.includes('\n') ? null : { written: '', comment: ` ${text}` };
  const found = scalar.exec(text);
  return found ? { written: found[1] ?? '', comment: found[2] ?? '' } : null;
}

function scalarOf(yaml: string): string | null {
  const found = scalarIn(yaml);
  return found ? plain(found.written) : null;
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
  const inBrackets = yaml.includes('\n') ? null : /^[ \t]*\[(.*)\][ \t]*(?:#.*)?$/.exec(yaml);
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
  const value = scalarOf(written);
  const comment = scalarIn(written)?.comment ?? '';
  if (wanted === null) {
    const isOurs = value !== null && wasOurs(digestOfValue(value));
    if (!isOurs) return entry;
    return comment === '' ? null : { name: null, lines: [comment.trimStart() + lineEnd] };
  }
  // Something else in the file may lead to an anchor.
  if (/^[ \t]*[&*!]/.test(written)) return entry;
  own.set(name, ownValues(name, wanted));
  if (value === scalarOf(wanted)) return entry;
  const [head = ''] = propertyLine.exec(entry.lines.join('')) ?? [];
  return { name, lines: [`${head}${wanted}${comment}${lineEnd}`, ...commentsWithin(entry, lineEnd)] };
}

/** Comments that stand between the lines of a value. */
function commentsWithin({ lines }: Entry, lineEnd: string): string[] {
  return lines
    .slice(1)
    .filter((line) => /^[ \t]*#/.test(line))
    .map((line) => line.trimEnd() + lineEnd);
}

/** The comment on the line that a list begins with, with a space before it. */
function commentOfList(yaml: string): string {
  const [first = ''] = yaml.split('\n');
  const comment = (/^[ \t]*\[/.test(first) ? first.slice(first.lastIndexOf(']') + 1) : first).trim();
  return comment === '' ? '' : ` ${comment}`;
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
  const go = there.filter((item) => !stay.includes(item));
  const said = go.map(({ written }) => scalarIn(written)?.comment.trim() ?? '').filter((comment) => comment !== '');
  const indent = /^([ \t]*)-/.exec(there[0]?.line ?? '')?.[1] ?? '  ';
  const comments = [...commentsWithin(entry, lineEnd), ...said.map((comment) => indent + comment + lineEnd)];
  const comment = commentOfList(rest(entry));
  if (wanted === null && stay.length === 0 && comment === '' && comments.length === 0) return null;
  const [head = ''] = propertyLine.exec(entry.lines.join('')) ?? [];
  if (stay.length + come.length === 0) return { name, lines: [`${head} []${comment}${lineEnd}`, ...comments] };
  const lines = [
    ...stay.map(({ line, written }) => line ?? `${indent}- ${written}`),
    ...come.map((value) => `${indent}- ${yamlText(value)}`),
  ];
  return { name, lines: [head + comment + lineEnd, ...comments, ...lines.map((line) => line + lineEnd)] };
}
