import { standingRecords } from '../../shared/combined-marks.ts';
import type { PaperId } from '../../shared/paper.ts';
import { combinedRecord, type RecordOf } from './combined.ts';
import type { PaperRecord } from './library-data.ts';
import { difference } from './noting.ts';

/** A text that a note had until another took its place. Times are in milliseconds since 1970. */
export interface PastNote {
  /** The id of the record that it stood in. */
  id: PaperId;
  text: string;
  writtenAt: number;
  replacedAt: number;
  /** Whether no text took its place: the note was deleted. */
  removed: boolean;
}

/** A text that stood so long was meant, in milliseconds. */
const longEnough = 60_000;
/** Taking away more than this in one go may be a mistake; in UTF-16 units. */
const mostTypedOver = 40;
/** While somebody writes without a pause, a text is kept this often, in milliseconds. */
const writingPause = 10 * 60_000;
/** Notes being written at the same time of which is remembered when a text of them was last kept. */
const mostWritten = 1000;

/**
 * Whether a text that another takes the place of is a past version worth keeping: it stood for a
 * minute (or the clock went back, so that nobody knows), or more than a few words of it were taken
 * away, or all of it, or nothing of this note has been kept for ten minutes.
 * @param after the text that takes its place; empty for none
 * @param since when a text of this note was last kept, or else the writing of it began
 */
export function isWorthKeeping(
  { text, writtenAt, replacedAt }: Pick<PastNote, 'text' | 'writtenAt' | 'replacedAt'>,
  after: string,
  since: number,
): boolean {
  if (text === '' || text === after) return false;
  const passed = (from: number, span: number) => replacedAt < from || replacedAt - from >= span;
  if (after === '' || passed(writtenAt, longEnough) || passed(since, writingPause)) return true;
  return difference(text, after).removed.length > mostTypedOver;
}

function noteTime({ noteChangedAt, changedAt }: PaperRecord): number {
  return noteChangedAt ?? changedAt;
}

/** Finds the texts of notes that changes of records take the place of, one change after another. */
export class ReplacedNotes {
  /** When a text of a note was last kept, or else the writing of it began. */
  readonly #since = new Map<PaperId, number>();

  /**
   * The texts worth keeping that are not there any more with a change of one record.
   * @param after null when it is taken away
   * @param recordOf the records before this change
   * @param at when it was made; null when nobody knows
   */
  by(
    id: PaperId,
    before: PaperRecord | undefined,
    after: PaperRecord | null,
    recordOf: RecordOf,
    at: number | null,
  ): PastNote[] {
    const now = after?.note ?? '';
    if ((before?.note ?? '') === now && after?.absorbs === before?.absorbs) return [];
    const stood = [...(before ? [{ id, record: before }] : []), ...takenUp(id, before, after, recordOf)];
    const texts = new Set<string>();
    return stood.flatMap(({ id: stoodAt, record }): PastNote[] => {
      const { note: text = '' } = record;
      if (texts.has(text)) return [];
      texts.add(text);
      const writtenAt = noteTime(record);
      const replacedAt = at ?? Math.max(writtenAt, after ? noteTime(after) : 0);
      const past = { id: stoodAt, text, writtenAt, replacedAt, removed: now === '' };
      return this.#isKept(past, now) ? [past] : [];
    });
  }

  #isKept(past: PastNote, after: string): boolean {
    if (past.text === '' || past.text === after) return false;
    const since = this.#since.get(past.id) ?? past.writtenAt;
    const isKept = isWorthKeeping(past, after, since);
    this.#since.delete(past.id);
    this.#since.set(past.id, isKept ? past.replacedAt : since);
    const [oldest] = this.#since.keys();
    if (this.#since.size > mostWritten && oldest !== undefined) this.#since.delete(oldest);
    return isKept;
  }
}

/**
 * What was shown besides a record's own note, where the record takes up others of its paper with a
 * change: the notes of these, and what all said together.
 */
function takenUp(
  id: PaperId,
  before: PaperRecord | undefined,
  after: PaperRecord | null,
  recordOf: RecordOf,
): { id: PaperId; record: PaperRecord }[] {
  const ids = Object.entries(after?.absorbs ?? {}).flatMap(([other, time]) => {
    const isNew =
      other !== id && !(before?.absorbs && Object.hasOwn(before.absorbs, other) && before.absorbs[other] === time);
    return isNew && recordOf(other)?.changedAt === time ? [other] : [];
  });
  if (ids.length === 0) return [];
  const recordThen = (other: PaperId) => (other === id ? before : recordOf(other));
  const records = [id, ...ids].flatMap((other) => {
    const record = recordThen(other);
    return record ? [{ id: other, record, changedAt: record.changedAt, absorbs: record.absorbs }] : [];
  });
  const { record: together } = combinedRecord({ id, markedAs: ids }, recordThen);
  const others = standingRecords(records).filter(({ id: other }) => other !== id);
  return [...others, ...(together ? [{ id, record: together }] : [])];
}
