import type { MarkChange } from '../../shared/contract.ts';
import type { Row } from '../../shared/paper.ts';

/** The row as it will be after a change; the same object when nothing changes. */
export function applyChange<T extends Pick<Row, 'status' | 'starred' | 'tags'>>(row: T, change: MarkChange): T {
  const removed = new Set(change.removeTags);
  const kept = row.tags.filter((tag) => !removed.has(tag));
  const tags = [...kept, ...(change.addTags ?? []).filter((tag) => !kept.includes(tag))];
  const status = change.status ?? row.status;
  const starred = change.starred ?? row.starred;
  const sameTags = tags.length === row.tags.length && tags.every((tag, at) => tag === row.tags[at]);
  if (sameTags && status === row.status && starred === row.starred) return row;
  return { ...row, status, starred, tags: sameTags ? row.tags : tags };
}
