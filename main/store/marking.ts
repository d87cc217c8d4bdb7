import { isDeepStrictEqual } from 'node:util';
import type { MarkChange } from '../../shared/contract.ts';
import { type Marks, type PaperId, statusLabels } from '../../shared/paper.ts';
import { combinedRecord, isTakenUp, type MarkTarget, type RecordOf } from './combined.ts';
import type { PaperRecord } from './library-data.ts';
import { changeRecord, marksOf } from './records.ts';

/** The fields of one paper that a step changed, with their values on one side of it. */
export type MarkedFields = Partial<Pick<Marks, 'status' | 'starred' | 'tags'>> & Pick<Marks, 'changedAt'>;

/** What a step did to one paper. Plain data, so that it can be written down. */
export interface PaperPatch {
  /** The id of the record that it wrote. */
  id: PaperId;
  before: MarkedFields;
  after: MarkedFields;
  /** The whole record on both sides, where it has taken up other records of the paper. */
  whole?: { before: PaperRecord | null; after: PaperRecord | null };
}

/** One change of marks as the reader made it, to any number of papers; what Undo takes back whole. */
export interface Step {
  /** What was done, in words: "Marked 3 papers read". */
  label: string;
  patches: PaperPatch[];
}

function sameTags(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((tag, at) => tag === other[at]);
}

function withTags(tags: readonly string[], change: MarkChange): string[] {
  const removed = new Set(change.removeTags?.map((tag) => tag.normalize()));
  const added = change.addTags?.map((tag) => tag.normalize()) ?? [];
  return [...new Set([...tags.filter((tag) => !removed.has(tag)), ...added])];
}

function patchOf(target: MarkTarget, recordOf: RecordOf, change: MarkChange, now: number): PaperPatch | null {
  const { at: id, record, takesUp } = combinedRecord(target, recordOf);
  const marks = marksOf(record);
  const before: MarkedFields = { changedAt: marks.changedAt };
  const after: MarkedFields = { changedAt: now };
  if (change.status !== undefined && change.status !== marks.status) {
    before.status = marks.status;
    after.status = change.status;
  }
  if (change.starred !== undefined && change.starred !== marks.starred) {
    before.starred = marks.starred;
    after.starred = change.starred;
  }
  const tags = withTags(marks.tags, change);
  if (!sameTags(tags, marks.tags)) {
    before.tags = marks.tags;
    after.tags = tags;
  }
  if (Object.keys(after).length === 1) return null;
  const changed = changeRecord(record, { ...after, changedAt: now });
  // A record that returns to the defaults is taken away, and its time with it.
  if (changed === null) after.changedAt = null;
  return { id, before, after, ...(takesUp && { whole: { before: recordOf(id) ?? null, after: changed } }) };
}

function quoted(tags: readonly string[]): string {
  return tags.map((tag) => `“${tag}”`).join(', ');
}

function labelOf(change: MarkChange, count: number): string {
  const papers = count === 1 ? '1 paper' : `${count} papers`;
  const adds = (change.addTags?.length ?? 0) > 0;
  const removes = (change.removeTags?.length ?? 0) > 0;
  const kinds = [change.status !== undefined, change.starred !== undefined, adds, removes].filter(Boolean).length;
  if (count === 0) return 'Nothing to change';
  if (kinds > 1) return `Changed ${papers}`;
  if (change.status !== undefined) return `Marked ${papers} ${statusLabels[change.status].toLowerCase()}`;
  if (change.starred !== undefined) return `${change.starred ? 'Starred' : 'Removed the star of'} ${papers}`;
  if (adds) return `Tagged ${papers} ${quoted(change.addTags ?? [])}`;
  return `Removed ${quoted(change.removeTags ?? [])} from ${papers}`;
}

/**
 * Works out what a change does to papers. Only papers that it really changes are in the step.
 * @param now the time of the change, in milliseconds since 1970
 */
export function planStep(change: MarkChange, targets: Iterable<MarkTarget>, recordOf: RecordOf, now: number): Step {
  const patches: PaperPatch[] = [];
  for (const target of new Map(Array.from(targets, (target) => [target.id, target])).values()) {
    const patch = patchOf(target, recordOf, change, now);
    if (patch) patches.push(patch);
  }
  return { label: labelOf(change, patches.length), patches };
}

/** The tags after going from one side of a patch to the other; tags that came by another way stay. */
function moveTags(tags: readonly string[], from: readonly string[], to: readonly string[]): readonly string[] {
  if (sameTags(tags, from)) return to;
  return [
    ...new Set([
      ...tags.filter((tag) => !from.includes(tag) || to.includes(tag)),
      ...to.filter((tag) => !from.includes(tag)),
    ]),
  ];
}

/** What {@link stepRecords} looks things up in. */
export interface StepContext {
  recordOf: RecordOf;
  /** The paper that a record is of today. */
  targetOf(id: PaperId): MarkTarget;
  /** Becomes the time of change of papers that something else has changed since; in milliseconds since 1970. */
  now: number;
}

/**
 * The records that a step makes, going forward (doing it) or back (undoing it). Touches exactly
 * the fields that the step changed, of exactly its papers. A record that another one of its paper
 * has taken up since is left alone, and that one changed instead.
 */
export function stepRecords(
  step: Step,
  direction: 'do' | 'undo',
  { recordOf, targetOf, now }: StepContext,
): Map<PaperId, PaperRecord | null> {
  const records = new Map<PaperId, PaperRecord | null>();
  const current: RecordOf = (id) => {
    const pending = records.get(id);
    return pending === undefined ? recordOf(id) : (pending ?? undefined);
  };
  for (const { id, before, after, whole } of step.patches) {
    const [from, to] = direction === 'do' ? [before, after] : [after, before];
    const [wholeFrom, wholeTo] = direction === 'do' ? [whole?.before, whole?.after] : [whole?.after, whole?.before];
    if (wholeTo !== undefined && isDeepStrictEqual(current(id) ?? null, wholeFrom)) {
      records.set(id, wholeTo);
      continue;
    }
    const { at, record } = recordToPatch(id, direction, targetOf(id), current);
    const marks = marksOf(record);
    const { tags, changedAt, ...simple } = to;
    const untouchedSince = at === id && marks.changedAt === from.changedAt;
    records.set(
      at,
      changeRecord(record, {
        ...simple,
        ...(tags !== undefined && { tags: [...moveTags(marks.tags, from.tags ?? [], tags)] }),
        changedAt: untouchedSince ? (changedAt ?? now) : now,
      }),
    );
  }
  return records;
}

function recordToPatch(id: PaperId, direction: 'do' | 'undo', target: MarkTarget, recordOf: RecordOf) {
  const combined = combinedRecord(target, recordOf);
  // What is undone is undone where it was done, so that nothing else of the paper changes with it.
  const here = direction === 'undo' || !combined.takesUp;
  return here && !isTakenUp(id, target, recordOf) ? { at: id, record: recordOf(id) } : combined;
}
