import { namedPaper } from './identifiers.ts';
import { paperIdSchema, tagSchema } from './paper.ts';

/** A link to a paper in a note: `[[arxiv:2306.12345]]` or `[[arxiv:2306.12345|words]]`. */
export interface NoteLink {
  /** The whole of it, brackets included: `[from, to)` in UTF-16 units of the note. */
  from: number;
  to: number;
  /** The paper's id; any usual spelling of an arXiv id or a DOI is understood. It may be none of the library’s. */
  id: string;
  /** What is to be shown instead of the paper's title; null for nothing. */
  words: string | null;
}

/** A tag in a note: `#tag` or `#nested/tag`. */
export interface NoteTag {
  /** The whole of it, `#` included: `[from, to)` in UTF-16 units of the note. */
  from: number;
  to: number;
  /** A valid tag, in Unicode's composed form (NFC) as tags are kept. */
  tag: string;
}

/** What a note is looked through for, as it comes. */
interface Finder {
  link?(link: NoteLink): void;
  tag?(tag: NoteTag): void;
}

/**
 * The links to papers in a note, in the order of the text. Not those in code, nor behind a backslash.
 * Takes time in proportion to the length of the text, whatever it is.
 */
export function noteLinks(text: string): NoteLink[] {
  const links: NoteLink[] = [];
  if (text.includes('[[')) lookThrough(text, { link: (link) => links.push(link) });
  return links;
}

/**
 * The tags in a note, in the order of the text, each as often as it stands there. A tag begins at a line's start or
 * after a space or an opening bracket, and has a letter: `# Heading`, `#12` and `C#` have none. Not those in
 * code, in addresses, in what a link leads to or in `[[ ]]`. Takes time in proportion to the length of the text.
 */
export function noteTags(text: string): NoteTag[] {
  const tags: NoteTag[] = [];
  if (text.includes('#')) lookThrough(text, { tag: (tag) => tags.push(tag) });
  return tags;
}

/** A stretch of text that is no code and that no span reaches out of: `[from, to)` in UTF-16 units. */
interface Prose {
  from: number;
  to: number;
}

function lookThrough(text: string, finder: Finder): void {
  // Where the next sign stands: what lies before it need not be looked through.
  let next = -1;
  for (const prose of proseOf(text)) if (next < prose.to) next = lookThroughProse(text, prose, finder);
}

// What may stand before the text of a line: quotation marks of Markdown, then bullets or numbers of a list.
const container = /^[\s>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*/;
const fence = /^(?:(`{3,})[^`]*|(~{3,}).*)$/;
const listItem = /^[\s>]*(?:[-*+]|\d{1,9}[.)])(?:\s|$)/;
const beginsAnew = /^[\s>]*(?:[-*+]\s|\d{1,9}[.)]\s|#{1,6}(?:\s|$))/;
// CommonMark 0.31, section 4.7: where a reference leads to.
const definition = /^ {0,3}\[[^\]]*\]:/;

/** The block structure of CommonMark as far as it matters: fenced and indented code is left out. */
function* proseOf(text: string): Generator<Prose> {
  let prose: Prose | null = null;
  let open: { mark: string; quoted: boolean; offset: number } | null = null;
  let isInList = false;
  let wasBlank = true;
  let wasQuoted = false;
  for (let from = 0; from < text.length; ) {
    const end = text.indexOf('\n', from);
    const to = end < 0 ? text.length : end;
    const line = text.slice(from, to);
    const next = to + 1;
    const before = container.exec(line)?.[0] ?? '';
    const rest = line.slice(before.length).trimEnd();
    const isBlank = line.trim() === '';
    const isQuoted = line.trimStart().startsWith('>');
    const indentation = line.length - line.trimStart().length;
    if (open) {
      const hasLeft = (open.quoted && !isQuoted) || (!isBlank && !open.quoted && indentation < open.offset);
      if (!hasLeft) {
        if (isClosing(rest, open.mark)) open = null;
        from = next;
        wasBlank = false;
        continue;
      }
      open = null;
    }
    const opened = fence.exec(rest);
    const mark = opened?.[1] ?? opened?.[2];
    const isList = listItem.test(line);
    if (isList) isInList = true;
    else if (!isBlank && indentation === 0 && wasBlank) isInList = false;
    // An indented line after an empty one is code, unless it goes on in a list.
    const isCode: boolean = !isBlank && wasBlank && !isInList && /^(?: {4}|\t)/.test(line);
    if (mark !== undefined || isBlank || isCode || definition.test(line)) {
      if (prose) yield prose;
      prose = null;
      if (mark !== undefined) open = { mark, quoted: isQuoted, offset: isList ? before.length : 0 };
    } else if (prose && !beginsAnew.test(line) && isQuoted === wasQuoted) prose.to = to;
    else {
      if (prose) yield prose;
      prose = { from, to };
    }
    wasBlank = isBlank || isCode;
    wasQuoted = isQuoted;
    from = next;
  }
  if (prose) yield prose;
}

function isClosing(rest: string, mark: string): boolean {
  return rest.startsWith(mark) && rest === (mark[0] ?? '').repeat(rest.length);
}

// Whatever is none of these means nothing here.
const sign = /[\\`:[\]#]/g;
const backticks = /`+/y;
const address = /:\/\/[^\s<>[\]]*/y;
const tagName = /#([\p{L}\p{N}_][\p{L}\p{M}\p{N}_-]*(?:\/[\p{L}\p{M}\p{N}_-]+)*)/uy;
const beforeTag = /[\s([{]/;

/** @returns where the next sign stands behind what was looked through, at the earliest */
function lookThroughProse(text: string, { from, to }: Prose, finder: Finder): number {
  let closings: Map<number, number> | null = null;
  // Up to here no `)` follows any more.
  let openTargets = from;
  for (let at = from; at < to; ) {
    sign.lastIndex = at;
    at = sign.exec(text)?.index ?? text.length;
    if (at >= to) return at;
    const character = text[at];
    if (character === '\\') at += 2;
    else if (character === '`') {
      closings ??= closingsOf(text, from, to);
      const run = matchAt(backticks, text, at);
      at = closings.get(at) ?? at + run.length;
    } else if (character === ':') at += Math.max(1, matchAt(address, text, at).length);
    else if (character === '[' && text[at + 1] === '[') {
      const link = linkAt(text, at, to);
      if (typeof link === 'number') at = link;
      else {
        if (link.id !== null) finder.link?.({ ...link, id: link.id });
        at = link.to;
      }
    } else if (character === ']' && text[at + 1] === '(' && at >= openTargets) {
      const close = closeOfTarget(text, at + 2, to);
      if (close.found) at = close.at + 1;
      else {
        openTargets = close.at;
        at += 2;
      }
    } else if (character === '#') {
      const found = at === 0 || beforeTag.test(text[at - 1] ?? '') ? tagAt(text, at) : null;
      if (found) finder.tag?.(found);
      at = found?.to ?? at + 1;
    } else at += 1;
  }
  return to;
}

function matchAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}

/** Where each code span ends, by where it begins; runs of backticks that close nothing are left out. */
function closingsOf(text: string, from: number, to: number): Map<number, number> {
  const runs: { at: number; length: number }[] = [];
  for (let at = text.indexOf('`', from); at >= 0 && at < to; ) {
    const { length } = matchAt(backticks, text, at);
    runs.push({ at, length });
    // Behind a backslash, what follows the first one is a run of its own where it opens a span.
    if (text[at - 1] === '\\' && length > 1) runs.push({ at: at + 1, length: length - 1 });
    at = text.indexOf('`', at + length);
  }
  const closings = new Map<number, number>();
  const nextOf = new Map<number, number>();
  for (const { at, length } of runs.toReversed()) {
    const close = nextOf.get(length);
    if (close !== undefined) closings.set(at, close + length);
    const isWhole = text[at - 1] !== '`';
    if (isWhole) nextOf.set(length, at);
  }
  return closings;
}

/** The link that begins here, with a null id where it leads to no paper; or where to go on looking. */
function linkAt(text: string, from: number, end: number): (Omit<NoteLink, 'id'> & { id: string | null }) | number {
  const start = from + 2;
  if (text[start] === '[') return from + 1;
  let at = start;
  while (at < end && text[at] !== '\n') {
    if (text[at] === '[' && text[at + 1] === '[') return at;
    if (text[at] === ']' && text[at + 1] === ']') {
      // A DOI, and words, may themselves end in a bracket.
      while (text[at + 2] === ']') at += 1;
      return { ...partsOf(text.slice(start, at)), from, to: at + 2 };
    }
    at += 1;
  }
  return start;
}

function partsOf(inside: string): { id: string | null; words: string | null } {
  const bar = inside.indexOf('|');
  const target = (bar < 0 ? inside : inside.slice(0, bar)).trim();
  const words = bar < 0 ? '' : inside.slice(bar + 1).trim();
  const id = namedPaper(target) ?? (paperIdSchema.safeParse(target).success ? target : null);
  return { id, words: words === '' ? null : words };
}

/** Where what a link leads to ends on its line; where it does not, the end of the line. */
function closeOfTarget(text: string, from: number, end: number): { found: boolean; at: number } {
  let at = from;
  while (at < end && text[at] !== '\n') {
    if (text[at] === ')') return { found: true, at };
    at += text[at] === '\\' ? 2 : 1;
  }
  return { found: false, at };
}

function tagAt(text: string, from: number): NoteTag | null {
  tagName.lastIndex = from;
  const name = tagName.exec(text)?.[1];
  if (name === undefined || !/\p{L}/u.test(name)) return null;
  const tag = name.normalize();
  return tagSchema.safeParse(tag).success ? { from, to: from + 1 + name.length, tag } : null;
}
