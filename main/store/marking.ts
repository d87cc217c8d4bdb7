import { isDeepStrictEqual } from 'node:util';
import type { MarkChange } from '../../shared/contract.ts';
import { type Marks, type PaperId, statusLabels } from '../../shared/paper.ts';
import { combinedRecord, isAlone, isTakenUp, type MarkTarget, type RecordOf } from './combined.ts';
import type { PaperRecord } from './library-data.ts';
import { changeRecord, marksOf, type RecordChange } from './records.ts';
import type { MarkedFields, MarksPatch } from './step.ts';

/** Records to write; null takes one away. */
export type Records = Map<PaperId, PaperRecord | null>;

/** Which way a step goes: doing it (again), or taking it back. */
export type Direction = 'do' | 'undo';

/** What a change of marks comes to. */
export interface MarksPlan {
  patches: MarksPatch[];
  records: Records;
}

/** What a change makes of one record. */
interface Outcome extends Omit<MarksPatch, 'ids'> {
  record: PaperRecord | null;
}

function sameTags(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((tag, at) => tag === other[at]);
}

function withTags(tags: readonly string[], change: MarkChange): string[] {
  const removed = new Set(change.removeTags?.map((tag) => tag.normalize()));
  const added = change.addTags?.map((tag) => tag.normalize()) ?? [];
  return [...new Set([...tags.filter((tag) => !removed.has(tag)), ...added])];
}

/** Null when the change changes nothing. */
function outcomeOf(record: PaperRecord | undefined, change: MarkChange, now: number): Outcome | null {
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
    const fromNote = record?.noteTags ?? [];
    const kept = fromNote.filter((tag) => tags.includes(tag));
    if (kept.length < fromNote.length) {
      before.noteTags = fromNote;
      after.noteTags = kept;
    }
  }
  if (Object.keys(after).length === 1) return null;
  const changed = changeRecord(record, after as RecordChange);
  if (after.status === 'read' || before.status === 'read') {
    before.readAt = record?.readAt ?? null;
    after.readAt = changed?.readAt ?? null;
  }
  // A record that returns to the defaults is taken away, and its time with it.
  if (changed === null) after.changedAt = null;
  return { before, after, record: changed };
}

function quoted(tags: readonly string[]): string {
  return tags.map((tag) => `“${tag}”`).join(', ');
}

/** What a change of marks is called that has changed so many papers. */
export function labelOf(change: MarkChange, count: number): string {
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
 * Works out what a change does to papers. Only papers that it really changes are in the plan. Papers
 * with one and the same record get one and the same record, so that marking many costs no memory.
 * @param change for all of them, or for what each has
 * @param now the time of the change, in milliseconds since 1970
 */
export function planMarks(
  change: MarkChange | ((marks: Marks) => MarkChange),
  targets: Iterable<MarkTarget>,
  recordOf: RecordOf,
  now: number,
): MarksPlan {
  const records: Records = new Map();
  const outcomes = new Map<PaperRecord | undefined, Outcome | null>();
  const groups = new Map<Outcome, PaperId[]>();
  const seen = new Set<PaperId>();
  const outcomeFor = (record: PaperRecord | undefined) =>
    outcomeOf(record, typeof change === 'function' ? change(marksOf(record)) : change, now);
  for (const target of targets) {
    if (seen.has(target.id)) continue;
    seen.add(target.id);
    const { at, record, takesUp } = combinedRecord(target, recordOf);
    let outcome = takesUp ? undefined : outcomes.get(record);
    if (outcome === undefined) {
      outcome = outcomeFor(record);
      if (!takesUp) outcomes.set(record, outcome);
      else if (outcome) outcome.whole = { before: recordOf(at) ?? null, after: outcome.record };
    }
    if (!outcome) continue;
    records.set(at, outcome.record);
    const group = groups.get(outcome);
    if (group) group.push(at);
    else groups.set(outcome, [at]);
  }
  const patches = Array.from(groups, ([{ record: _, ...patch }, ids]) => ({ ids, ...patch }));
  return { patches, records };
}

/** The tags after going from one side of a patch to the other; tags that came by another way stay. */
export function moveTags(tags: readonly string[], from: readonly string[], to: readonly string[]): readonly string[] {
  if (sameTags(tags, from)) return to;
  return [
    ...new Set([
      ...tags.filter((tag) => !from.includes(tag) || to.includes(tag)),
      ...to.filter((tag) => !from.includes(tag)),
    ]),
  ];
}

/** What a turn looks things up in. */
export interface TurnContext {
  /** The record that stands under an id, as the turn has made it so far. */
  recordOf: RecordOf;
  /** The paper that a record is of today. */
  targetOf(id: PaperId): MarkTarget;
  /** Becomes the time of change of papers that something else has changed since; in milliseconds since 1970. */
  now: number;
}

/**
 * The records that a patch makes. Touches exactly the fields that the step changed, of exactly its
 * papers. A record that another one of its paper has taken up since is left alone, and that one
 * changed instead.
 */
export function turnMarks(
  patch: MarksPatch,
  direction: Direction,
  { recordOf, targetOf, now }: TurnContext,
  records: Records,
): void {
  const [from, to] = direction === 'do' ? [patch.before, patch.after] : [patch.after, patch.before];
  const made = new Map<PaperRecord | undefined, PaperRecord | null>();
  for (const id of patch.ids) {
    if (turnWhole(id, patch.whole, direction, recordOf, records)) continue;
    const target = targetOf(id);
    const { at, record } = recordToTurn(id, direction, target, recordOf);
    const isPlain = at === id && isAlone(target);
    let changed = isPlain ? made.get(record) : undefined;
    if (changed === undefined) {
      changed = turnRecord(record, from, to, at === id, now);
      if (isPlain) made.set(record, changed);
    }
    records.set(at, changed);
  }
}

function turnRecord(
  record: PaperRecord | undefined,
  from: MarkedFields,
  to: MarkedFields,
  isHere: boolean,
  now: number,
): PaperRecord | null {
  const marks = marksOf(record);
  const { tags, noteTags, changedAt, readAt, ...simple } = to;
  const untouchedSince = isHere && marks.changedAt === from.changedAt;
  return changeRecord(record, {
    ...simple,
    ...(readAt !== undefined && { readAt: readAt ?? undefined }),
    ...(tags !== undefined && { tags: [...moveTags(marks.tags, from.tags ?? [], tags)] }),
    ...(noteTags !== undefined && { noteTags: [...moveTags(record?.noteTags ?? [], from.noteTags ?? [], noteTags)] }),
    changedAt: untouchedSince ? (changedAt ?? now) : now,
  });
}

/** Where a record was written that took up others, and nothing has come since, all of it is turned. False otherwise. */
export function turnWhole(
  id: PaperId,
  whole: MarksPatch['whole'],
  direction: Direction,
  recordOf: RecordOf,
  records: Records,
): boolean {
  if (!whole) return false;
  const [from, to] = direction === 'do' ? [whole.before, whole.after] : [whole.after, whole.before];
  if (!isDeepStrictEqual(recordOf(id) ?? null, from)) return false;
  records.set(id, to);
  return true;
}

/** The record in which a step is turned that wrote the one under `id`. */
export function recordToTurn(id: PaperId, direction: Direction, target: MarkTarget, recordOf: RecordOf) {
  const combined = combinedRecord(target, recordOf);
  // What is undone is undone where it was done, so that nothing else of the paper changes with it.
  const here = direction === 'undo' || !combined.takesUp;
  return here && !isTakenUp(id, target, recordOf) ? { at: id, record: recordOf(id) } : combined;
}
