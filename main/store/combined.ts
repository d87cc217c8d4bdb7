import { combinedMarks, standingRecords } from '../../shared/combined-marks.ts';
import type { PaperId } from '../../shared/paper.ts';
import { joinedHighlights } from './highlighting.ts';
import type { PaperRecord } from './library-data.ts';
import { changeRecord, marksOf, noteSeparator, type RecordChange } from './records.ts';
import { joinedNoteTags } from './tags-of-notes.ts';

/** A paper, for whoever writes of it: its own id, and all ids of it that records stand under. */
export interface MarkTarget {
  readonly id: PaperId;
  readonly markedAs: readonly PaperId[];
}

/** Finds the record that stands under an id. */
export type RecordOf = (id: PaperId) => PaperRecord | undefined;

/** What the records of one paper say together. */
export interface CombinedRecord {
  /** The id that a change of it is written under. */
  at: PaperId;
  /** A single record as it is; of several, what they say together; undefined when there is none. */
  record: PaperRecord | undefined;
  /** True when a change of it takes up other records, which stay where they are; `record` names them then. */
  takesUp: boolean;
}

/** Whether no record of the paper can stand under another id than its own. */
export function isAlone({ id, markedAs }: MarkTarget): boolean {
  return markedAs.length === 0 || (markedAs.length === 1 && markedAs[0] === id);
}

function standing({ id, markedAs }: MarkTarget, recordOf: RecordOf) {
  const records = [...new Set([id, ...markedAs])].flatMap((id) => {
    const record = recordOf(id);
    return record ? [{ id, record, changedAt: record.changedAt, absorbs: record.absorbs }] : [];
  });
  return standingRecords(records);
}

/**
 * Combines the records of a paper that has become known by several ids. Records never move: a
 * change of a paper with several is written under its own id, or else to the record changed last,
 * with all that they say together, and names those that it has taken up. So they are there as they
 * were when the ids turn out to be of different papers again.
 */
export function combinedRecord(target: MarkTarget, recordOf: RecordOf): CombinedRecord {
  if (isAlone(target)) return { at: target.id, record: recordOf(target.id), takesUp: false };
  const records = standing(target, recordOf);
  const primary = records.find(({ id }) => id === target.id) ?? records.at(-1);
  if (!primary) return { at: target.id, record: undefined, takesUp: false };
  if (records.length === 1) return { at: primary.id, record: primary.record, takesUp: false };

  const { status, starred, tags } = combinedMarks(records.map(({ record }) => marksOf(record)));
  const noted = records
    .filter(({ record }) => (record.note ?? '') !== '')
    .toSorted((one, other) => noteTime(one.record) - noteTime(other.record));
  const note = [...new Set(noted.map(({ record }) => record.note))].join(noteSeparator);
  const noteChangedAt = noted.at(-1)?.record.noteChangedAt;
  const readAt =
    status === 'read' ? records.findLast(({ record }) => record.status === 'read')?.record.readAt : undefined;
  const others = records.filter((record) => record !== primary);
  const absorbs: Record<PaperId, number> = {
    ...Object.assign({}, ...others.map(({ absorbs }) => absorbs)),
    ...primary.absorbs,
    ...Object.fromEntries(others.map(({ id, changedAt }) => [id, changedAt])),
  };
  const all: PaperRecord = Object.assign({}, ...records.map(({ record }) => record));
  const highlights = joinedHighlights(records.flatMap(({ record }) => record.highlights ?? []));
  const noteTags = joinedNoteTags(records.map(({ record }) => record));
  const said = { status, readAt, starred, tags, noteTags, note, noteChangedAt, highlights, absorbs };
  const record = changeRecord(all, said as RecordChange) ?? undefined;
  return { at: primary.id, record, takesUp: true };
}

/** Whether the record under this id has been taken up by another one of its paper. */
export function isTakenUp(id: PaperId, target: MarkTarget, recordOf: RecordOf): boolean {
  if (isAlone(target) && target.id === id) return false;
  return recordOf(id) !== undefined && !standing(target, recordOf).some((record) => record.id === id);
}

function noteTime({ noteChangedAt, changedAt }: PaperRecord): number {
  return noteChangedAt ?? changedAt;
}
