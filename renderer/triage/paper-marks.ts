import type { MarkChange } from '../../shared/contract.ts';
import type { Marks } from '../../shared/paper.ts';
import { applyChange } from '../state/marks.ts';

/** What of a paper's marks is decided on while going through a view. */
export type PaperMarks = Pick<Marks, 'status' | 'starred' | 'tags'>;

/** The marks alone. */
export function marksOf({ status, starred, tags }: PaperMarks): PaperMarks {
  return { status, starred, tags };
}

/** The change that brings a paper from some marks to others; a field that is the same is left out. */
export function changeBetween(from: PaperMarks, to: PaperMarks): MarkChange {
  const added = to.tags.filter((tag) => !from.tags.includes(tag));
  const removed = from.tags.filter((tag) => !to.tags.includes(tag));
  return {
    ...(from.status !== to.status && { status: to.status }),
    ...(from.starred !== to.starred && { starred: to.starred }),
    ...(added.length > 0 && { addTags: added }),
    ...(removed.length > 0 && { removeTags: removed }),
  };
}

/** The marks after a change. */
export function changedMarks(marks: PaperMarks, change: MarkChange): PaperMarks {
  return applyChange(marks, change);
}
