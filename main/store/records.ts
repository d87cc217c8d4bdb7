import type { Marks } from '../../shared/paper.ts';
import type { PaperRecord } from './library-data.ts';

const times = new Set(['changedAt', 'noteChangedAt', 'readAt']);

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
 * A record with fields set. A status that becomes `read` is read from the moment of the change on,
 * unless the change says otherwise. Defaults are left out; a record of nothing but defaults is null, for
 * only papers that the reader has touched have one. One that has taken up others stays, or those
 * would be back.
 */
export function changeRecord(record: PaperRecord | undefined, change: RecordChange): PaperRecord | null {
  const changed: Record<string, unknown> = { ...record, ...change };
  if (changed['status'] !== 'read') delete changed['readAt'];
  else if (record?.status !== 'read' && !('readAt' in change)) changed['readAt'] = changed['changedAt'];
  if (changed['status'] === 'unread') delete changed['status'];
  if (changed['starred'] === false) delete changed['starred'];
  if (Array.isArray(changed['tags']) && changed['tags'].length === 0) delete changed['tags'];
  if (Array.isArray(changed['highlights']) && changed['highlights'].length === 0) delete changed['highlights'];
  if (changed['note'] === '') delete changed['note'];
  if (changed['note'] === undefined) delete changed['noteChangedAt'];
  if (Array.isArray(changed['noteTags'])) keepNoteTags(changed, changed['noteTags']);
  for (const [field, value] of Object.entries(changed)) if (value === undefined) delete changed[field];
  const says = Object.keys(changed).some((field) => !times.has(field));
  return says ? ({ changedAt: 0, ...changed } as PaperRecord) : null;
}

/** A note gives no tag that the record does not have, and none when there is no note. */
function keepNoteTags(changed: Record<string, unknown>, noteTags: readonly unknown[]): void {
  const { tags, note } = changed;
  const kept = Array.isArray(tags) && note !== undefined ? noteTags.filter((tag) => tags.includes(tag)) : [];
  if (kept.length === 0) delete changed['noteTags'];
  else if (kept.length < noteTags.length) changed['noteTags'] = kept;
}
