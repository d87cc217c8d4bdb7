import type { PaperRecord, ReaderPairs } from './library-data.ts';
import type { StoreChange } from './store-adapter.ts';

/** So many papers that lose something make a change a large one. */
const manyPapers = 100;
/** So many notes that lose their text. */
const manyNotes = 2;
/** So many decisions on which papers are the same: ones made, or ones taken back. */
const manyPairs = 10;

/** What a change is judged by: the data before it. */
export interface BeforeChange {
  papers: { get(id: string): PaperRecord | undefined };
  pairs: ReaderPairs;
}

/**
 * Whether a change drops far more of what the reader has said than one usually does, so that the
 * state before it should be kept first: it takes the texts of two notes or more away, or a status, a
 * star, a tag or a text from 100 papers or more, or it makes ten papers or more one, or one paper several
 * again. What is only added to costs nothing, however many papers it is of.
 */
export function isLarge({ papers, pairs }: StoreChange, before: BeforeChange): boolean {
  if (pairs) {
    if (Math.abs(pairs.same.length - before.pairs.same.length) >= manyPairs) return true;
    if (before.pairs.different.length - pairs.different.length >= manyPairs) return true;
  }
  if (!papers || papers.size < Math.min(manyNotes, manyPapers)) return false;
  let losing = 0;
  let notes = 0;
  for (const [id, after] of papers) {
    const record = before.papers.get(id);
    if (!record || record === after) continue;
    const losesText = record.note !== undefined && !(after?.note ?? '').includes(record.note);
    if (losesText) notes += 1;
    if (losesText || losesMarks(record, after)) losing += 1;
    if (notes >= manyNotes || losing >= manyPapers) return true;
  }
  return false;
}

function losesMarks(before: PaperRecord, after: PaperRecord | null): boolean {
  if (before.status !== undefined && before.status !== after?.status) return true;
  if (before.starred && !after?.starred) return true;
  return before.tags?.some((tag) => !after?.tags?.includes(tag)) ?? false;
}
