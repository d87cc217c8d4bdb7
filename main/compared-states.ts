import { isDeepStrictEqual } from 'node:util';
import type { Said } from '../shared/generations.ts';
import type { PaperId } from '../shared/paper.ts';
import { scratchNoteId, scratchNoteTitle } from '../shared/scratch-note.ts';
import type { Corpus } from './corpus/corpus.ts';
import { combinedRecord, type RecordOf } from './store/combined.ts';
import type { PaperRecord } from './store/library-data.ts';
import { marksOf } from './store/records.ts';
import { inSlices } from './store/slices.ts';

/** The records of one state, by the ids they stand under. */
export type Records = ReadonlyMap<PaperId, PaperRecord>;

/** A paper of which two states say something else. */
export interface DifferentPaper {
  /** Its own id today; one of no paper stays as it is. */
  id: PaperId;
  /** All ids that records of it stand under, in one state or the other. */
  ids: readonly PaperId[];
  /** Null when the paper is not in the library. */
  title: string | null;
  sortKey: string;
  was: Said | null;
  now: Said | null;
}

/** What is different between two states. */
export interface ComparedStates {
  /** Every id under which the states have different records, be it that only a time is another. */
  ids: readonly PaperId[];
  /** By title, those without one last. */
  papers: readonly DifferentPaper[];
}

/** What stands in the place of a paper's title. */
const scratchNote = { title: scratchNoteTitle, sortKey: scratchNoteTitle.toLowerCase() };
/** Ids asked about in one message. */
const idsAtOnce = 5000;
/** Steps of work done without a pause in between. */
const atOnce = 200;

/** Whether two records say just the same, times included. */
export function isSameRecord(one: PaperRecord | undefined, other: PaperRecord | undefined): boolean {
  if (one === other) return true;
  if (one === undefined || other === undefined) return false;
  let fields = 0;
  for (const field in one) {
    fields += 1;
    const [a, b] = [one[field], other[field]];
    if (a !== b && (typeof a !== 'object' || !isDeepStrictEqual(a, b))) return false;
  }
  for (const _ in other) fields -= 1;
  return fields === 0;
}

/** Compares an earlier state with the one of now, a few milliseconds at a time. */
export async function compareStates(
  then: Records,
  now: Records,
  corpus: Pick<Corpus, 'resolve' | 'titles'>,
): Promise<ComparedStates> {
  const ids = await inSlices(differentIds(then, now));
  const groups = new Map<PaperId, Set<PaperId>>();
  for (let at = 0; at < ids.length; at += idsAtOnce) {
    const some = ids.slice(at, at + idsAtOnce);
    const targets = await corpus.resolve(some);
    for (const id of some) {
      const { id: own, markedAs } = targets.get(id) ?? { id, markedAs: [] };
      const group = groups.get(own) ?? new Set();
      groups.set(own, group);
      for (const each of [id, ...markedAs]) group.add(each);
    }
  }
  const papers = await inSlices(
    differentPapers(
      groups,
      (id) => then.get(id),
      (id) => now.get(id),
    ),
  );
  for (let at = 0; at < papers.length; at += idsAtOnce) {
    const some = papers.slice(at, at + idsAtOnce);
    const titles = await corpus.titles(some.map(({ id }) => id));
    for (const paper of some) Object.assign(paper, paper.id === scratchNoteId ? scratchNote : titles.get(paper.id));
  }
  return { ids, papers: papers.sort(byTitle) };
}

function* differentIds(then: Records, now: Records): Generator<void, PaperId[]> {
  const ids: PaperId[] = [];
  let looked = 0;
  for (const [id, record] of then) {
    if (!isSameRecord(record, now.get(id))) ids.push(id);
    looked += 1;
    if (looked % atOnce === 0) yield;
  }
  for (const id of now.keys()) {
    if (!then.has(id)) ids.push(id);
    looked += 1;
    if (looked % atOnce === 0) yield;
  }
  return ids;
}

function* differentPapers(
  groups: ReadonlyMap<PaperId, ReadonlySet<PaperId>>,
  then: RecordOf,
  now: RecordOf,
): Generator<void, DifferentPaper[]> {
  const papers: DifferentPaper[] = [];
  let looked = 0;
  for (const [id, group] of groups) {
    const ids = [...group];
    const [was, is] = [then, now].map((recordOf) => saidBy(combinedRecord({ id, markedAs: ids }, recordOf).record));
    if (was !== undefined && is !== undefined && !isSameSaid(was, is)) {
      papers.push({ id, ids, title: null, sortKey: '', was, now: is });
    }
    looked += 1;
    if (looked % atOnce === 0) yield;
  }
  return papers;
}

/** What a record says; null for nothing. */
function saidBy(record: PaperRecord | undefined): Said | null {
  const { status, starred, tags } = marksOf(record);
  const note = record?.note ?? '';
  const highlights = (record?.highlights ?? []).map(({ quote, colour }) => `${quote} (${colour})`);
  const isNothing = status === 'unread' && !starred && tags.length === 0 && note === '' && highlights.length === 0;
  return isNothing ? null : { status, starred, tags, note, ...(highlights.length > 0 && { highlights }) };
}

function isSameSaid(one: Said | null, other: Said | null): boolean {
  if (one === null || other === null) return one === other;
  const { tags, ...rest } = one;
  const { tags: otherTags, ...otherRest } = other;
  return isDeepStrictEqual(rest, otherRest) && isDeepStrictEqual(new Set(tags), new Set(otherTags));
}

function byTitle(one: DifferentPaper, other: DifferentPaper): number {
  if ((one.title === null) !== (other.title === null)) return one.title === null ? 1 : -1;
  const [a, b] = one.sortKey === other.sortKey ? [one.id, other.id] : [one.sortKey, other.sortKey];
  return a < b ? -1 : 1;
}

/** Those papers that have a text in their title or in a note on either side; capitals and accents do not count. */
export function papersWith(papers: readonly DifferentPaper[], text: string): Promise<DifferentPaper[]> {
  return inSlices(finding(papers, folded(text.trim())));
}

function* finding(papers: readonly DifferentPaper[], text: string): Generator<void, DifferentPaper[]> {
  const found: DifferentPaper[] = [];
  for (const [at, paper] of papers.entries()) {
    const { title, was, now } = paper;
    if ([title, was?.note, now?.note].some((each) => each && folded(each).includes(text))) found.push(paper);
    if (at % atOnce === 0) yield;
  }
  return found;
}

function folded(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}+/gu, '')
    .toLowerCase();
}
