import { isPlaceholderTitle } from '../importers/placeholder-title.ts';
import type { PaperFacts } from './record-body.ts';

/** What a paper shows when several records speak of it. */
export interface Combined {
  shown: PaperFacts;
  /** Abstracts other than the one shown, the newest first, with the index of the first record that has it. */
  revisions: { abstract: string; record: number }[];
}

function folded(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

/** True when `text` is only the beginning of `other`, cut off with an ellipsis as lists of papers do. */
function isCutOf(text: string, other: string): boolean {
  const cut = /\s*(?:…|\.\.\.)$/.exec(text);
  return cut !== null && cut.index > 0 && text.length < other.length && other.startsWith(text.slice(0, cut.index));
}

/** The first that is there. */
function earliest<T>(values: readonly (T | null)[]): T | null {
  return values.find((value) => value !== null) ?? null;
}

/** The longest list, the first among equals. */
function longest<T>(lists: readonly T[][]): T[] {
  return lists.reduce((best, list) => (list.length > best.length ? list : best), lists[0] ?? []);
}

/** The first list, and what the others add to it. */
function union<T>(lists: readonly T[][], keyOf: (item: T) => string): T[] {
  const [first = [], ...others] = lists;
  if (others.length === 0) return first;
  const all = [...first];
  const seen = new Set(first.map(keyOf));
  for (const item of others.flat()) {
    if (seen.has(keyOf(item))) continue;
    seen.add(keyOf(item));
    all.push(item);
  }
  return all;
}

/**
 * The abstract that is shown: the one that replaced all others. A record replaces what came before
 * it when its text appeared no earlier, or when that cannot be told; but one that is merely cut off
 * replaces nothing.
 */
function abstractsOf(records: readonly PaperFacts[]): { shown: string | null; revisions: Combined['revisions'] } {
  let shown: { text: string; plain: string } | null = null;
  let newest: string | null = null;
  const first = new Map<string, { abstract: string; record: number }>();
  for (const [record, { abstract, updated }] of records.entries()) {
    if (abstract === null) continue;
    const plain = folded(abstract);
    if (!first.has(plain)) first.set(plain, { abstract, record });
    const older = updated !== null && newest !== null && updated < newest;
    if (updated !== null && !older) newest = updated;
    if (shown === null || isCutOf(shown.plain, plain)) shown = { text: abstract, plain };
    else if (!older && plain !== shown.plain && !isCutOf(plain, shown.plain)) shown = { text: abstract, plain };
  }
  if (shown === null) return { shown: null, revisions: [] };
  const { text, plain } = shown;
  const revisions = [...first].filter(([other]) => other !== plain && !isCutOf(other, plain)).map(([, found]) => found);
  return { shown: text, revisions: revisions.reverse() };
}

/** The most exact date that agrees with the earliest record's. */
function publishedOf(records: readonly PaperFacts[]): string | null {
  let exact: string | null = null;
  for (const { published } of records) {
    if (published !== null && (exact === null || published.startsWith(exact))) exact = published;
  }
  return exact;
}

/**
 * The title of the newest version of the text where that is known, else of the earliest record. An
 * id that stands for a title gives way to any.
 */
function titleOf(all: readonly PaperFacts[]): string {
  const titled = all.filter(({ title }) => !isPlaceholderTitle(title));
  const records = titled.length > 0 ? titled : all;
  const dated = records.filter(({ updated }) => updated !== null);
  const newest = dated.reduce<PaperFacts | undefined>(
    (best, record) => (best === undefined || (record.updated ?? '') > (best.updated ?? '') ? record : best),
    undefined,
  );
  return (newest ?? records[0])?.title ?? '';
}

/**
 * What a paper shows, made of everything that its records say. What a record leaves out never
 * takes anything away, so removing a record and combining anew leaves exactly what the others say.
 * @param records at least one, in the order in which they were imported, oldest first
 */
export function combineRecords(records: readonly PaperFacts[]): Combined {
  const newestFirst = records.toReversed();
  const abstracts = abstractsOf(records);
  const plainWord = (word: string) => word.toLowerCase();
  const shown: PaperFacts = {
    title: titleOf(records),
    abstract: abstracts.shown,
    authors: longest(records.map(({ authors }) => authors)),
    published: publishedOf(records),
    updated: records.reduce<string | null>(
      (greatest, { updated }) => (updated !== null && (greatest === null || updated > greatest) ? updated : greatest),
      null,
    ),
    arxivId: earliest(records.map(({ arxivId }) => arxivId)),
    // arXiv gives every preprint a DOI; the printed version's says more.
    doi:
      earliest(records.map(({ doi }) => (doi?.startsWith('10.48550/') ? null : doi))) ??
      earliest(records.map(({ doi }) => doi)),
    categories: union(
      records.map(({ categories }) => categories),
      plainWord,
    ),
    venue: earliest(records.map(({ venue }) => venue)),
    journalReference: earliest(records.map(({ journalReference }) => journalReference)),
    comment: earliest(records.map(({ comment }) => comment)),
    links: union(
      records.map(({ links }) => links),
      ({ url }) => url,
    ),
    votes: earliest(newestFirst.map(({ votes }) => votes)),
    comments: earliest(newestFirst.map(({ comments }) => comments)),
    keywords: union(
      records.map(({ keywords }) => keywords),
      plainWord,
    ),
    summary: earliest(newestFirst.map(({ summary }) => summary)),
    versions: longest(records.map(({ versions }) => versions)),
    citationKey: earliest(records.map(({ citationKey }) => citationKey)),
    kind: earliest(records.map(({ kind }) => kind)),
  };
  return { shown, revisions: abstracts.revisions };
}
