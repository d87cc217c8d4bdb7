import type { Marks } from '../../shared/paper.ts';
import type { PaperRecord } from './library-data.ts';

const knownFields = new Set(['status', 'starred', 'tags', 'note', 'noteChangedAt', 'changedAt']);

/** What stands between two notes that became one. */
export const noteSeparator = '\n\n---\n\n';

/** What a record says in the words of the list; without a record, the defaults. */
export function marksOf(record: PaperRecord | undefined): Marks {
  return {
    status: record?.status ?? 'unread',
    starred: record?.starred ?? false,
    tags: [...(record?.tags ?? [])],
    hasNote: (record?.note ?? '') !== '',
    changedAt: record?.changedAt ?? null,
  };
}

/** Fields to set in a record; `undefined` takes the field out. */
export type RecordChange = { [F in keyof PaperRecord]?: PaperRecord[F] | undefined };

/**
 * A record with fields set. Defaults are left out; a record of nothing but defaults is null, for
 * only papers that the reader has touched have one.
 */
export function changeRecord(record: PaperRecord | undefined, change: RecordChange): PaperRecord | null {
  const changed: Record<string, unknown> = { ...record, ...change };
  if (changed['status'] === 'unread') delete changed['status'];
  if (changed['starred'] === false) delete changed['starred'];
  if (Array.isArray(changed['tags']) && changed['tags'].length === 0) delete changed['tags'];
  if (changed['note'] === '') delete changed['note'];
  if (changed['note'] === undefined) delete changed['noteChangedAt'];
  for (const [field, value] of Object.entries(changed)) if (value === undefined) delete changed[field];
  const fields = Object.keys(changed);
  const says = fields.some((field) => !knownFields.has(field) || !/changedAt$/i.test(field));
  return says ? ({ changedAt: 0, ...changed } as PaperRecord) : null;
}

function joinNotes(older: string, newer: string): string {
  if (older === '' || older === newer) return newer;
  return newer === '' ? older : older + noteSeparator + newer;
}

/**
 * One record of two, when two ids turn out to be one paper: status and star of the one changed
 * last, the tags of both, and both notes. Nothing of the reader's is dropped but a status.
 */
export function mergeRecords(one: PaperRecord, other: PaperRecord): PaperRecord {
  const [older, newer] = one.changedAt <= other.changedAt ? [one, other] : [other, one];
  const noteChangedAt = Math.max(older.noteChangedAt ?? 0, newer.noteChangedAt ?? 0);
  const { status: _status, starred: _starred, ...olderRest } = older;
  const tags = [...new Set([...(older.tags ?? []), ...(newer.tags ?? [])])];
  const note = joinNotes(older.note ?? '', newer.note ?? '');
  return {
    ...olderRest,
    ...newer,
    ...(tags.length > 0 && { tags }),
    ...(note !== '' && { note }),
    ...(noteChangedAt > 0 && { noteChangedAt }),
  };
}
