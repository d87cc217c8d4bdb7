import * as z from 'zod';
import { type PaperId, paperIdSchema, statusSchema, tagColourSchema } from '../../shared/paper.ts';
import { savedViewSchema } from '../../shared/views.ts';
import { type HistoryEntry, type HistoryMove, moved, type Place } from './history-index.ts';
import {
  isPlainObject,
  type LibraryData,
  mergeSettings,
  type PaperRecord,
  paperRecordSchema,
  withKeys,
} from './library-data.ts';
import {
  readCitationKeys,
  readIds,
  readPairs,
  readRecord,
  readTagColours,
  readViews,
  type Understood,
} from './library-reading.ts';
import type { Step } from './step.ts';
import type { StoreChange } from './store-adapter.ts';

/** Papers whose records have become the same. */
interface RecordGroup {
  record: PaperRecord | null;
  ids: PaperId[];
}

function groupsOf(papers: ReadonlyMap<PaperId, PaperRecord | null>): RecordGroup[] {
  const groups = new Map<PaperRecord | null, RecordGroup>();
  for (const [id, record] of papers) {
    const group = groups.get(record);
    if (group) group.ids.push(id);
    else groups.set(record, { record, ids: [id] });
  }
  return [...groups.values()];
}

function isSame(one: readonly PaperId[], other: readonly PaperId[]): boolean {
  return one.length === other.length && one.every((id, at) => id === other[at]);
}

/** A step as it stands in a line: ids that stand in a group of the line's records are named by that group. */
function printStep(step: Step, groups: readonly RecordGroup[]): unknown {
  if (!step.marks) return step;
  const byFirst = new Map(groups.map(({ ids }, group) => [ids[0], group]));
  const marks = step.marks.map(({ ids, ...patch }) => {
    const group = byFirst.get(ids[0]);
    return group !== undefined && isSame(groups[group]?.ids ?? [], ids) ? { group, ...patch } : { ids, ...patch };
  });
  return { ...step, marks };
}

/** What a line of the journal says of a change, besides its number. */
export function printChange(change: StoreChange, stamp: string): Record<string, unknown> {
  const { papers, pairs, settings, views, tagColours, citationKeys, history, at } = change;
  const groups = papers && groupsOf(papers);
  const step = history?.kind === 'add' ? history.entry.step : null;
  return {
    stamp,
    ...(groups && at !== undefined && { at }),
    ...(groups && { papers: groups }),
    ...(pairs && { pairs: { same: pairs.same, different: pairs.different } }),
    ...(settings && { settings }),
    ...(views && { views }),
    ...(tagColours && { tagColours: Object.fromEntries(tagColours) }),
    ...(citationKeys && { citationKeys: Object.fromEntries(citationKeys) }),
    ...(step && { step: printStep(step, groups ?? []) }),
    ...(history?.kind === 'add' && history.instead && { instead: history.instead.sequence }),
    ...(history?.kind === 'heard' && { heard: history.papers }),
    ...(history && 'entry' in history && history.kind !== 'add' && { [history.kind]: history.entry.sequence }),
  };
}

/**
 * Is told of a change of a record before it is made.
 * @param after null when the record is taken away
 * @param records as they are before it
 * @param at when it was made, in milliseconds since 1970; null where nobody knows
 */
export type RecordChanging = (
  id: PaperId,
  after: PaperRecord | null,
  records: ReadonlyMap<PaperId, PaperRecord>,
  at: number | null,
) => void;

/**
 * Makes data say what a line of the journal says. What cannot be understood of it is left out.
 * @param changing told of what happens to records
 * @returns what could not be understood: ids of papers, names of other parts
 */
export function applyLine(
  data: LibraryData,
  json: unknown,
  sequence: number,
  place: Place,
  changing: RecordChanging = () => {},
): string[] {
  if (!isPlainObject(json)) return ['a change'];
  const { stamp, at, papers, pairs, settings, views, tagColours, citationKeys } = json;
  const unclear: string[] = [];
  const take = <T>(name: string, { value, whole }: Understood<T>): T => {
    if (!whole) unclear.push(name);
    return value;
  };
  if (papers !== undefined) {
    const moment = Number.isSafeInteger(at) ? (at as number) : null;
    const put = (id: PaperId, record: PaperRecord | null) => {
      changing(id, record, data.papers, moment);
      if (record === null) data.papers.delete(id);
      else data.papers.set(id, record);
    };
    applyPapers(put, papers, unclear);
  }
  if (isPlainObject(pairs)) data.pairs = take('“pairs”', readPairs(pairs));
  if (isPlainObject(settings)) data.settings = mergeSettings(data.settings, settings);
  if (Array.isArray(views)) data.views = take('“views”', readViews(views));
  if (isPlainObject(tagColours)) data.tagColours = take('“tagColours”', readTagColours(tagColours));
  if (isPlainObject(citationKeys)) {
    const given = take('“citationKeys”', readCitationKeys(citationKeys));
    data.citationKeys = withKeys(data.citationKeys, given);
  }
  if (typeof stamp === 'string' && stamp !== '') data.stamp = stamp;
  const move = readMove(data, json, sequence, place);
  if (move) data.history = moved(data.history, move);
  return unclear;
}

function applyPapers(put: (id: PaperId, record: PaperRecord | null) => void, stored: unknown, unclear: string[]): void {
  for (const group of Array.isArray(stored) ? stored : [null]) {
    const ids = isPlainObject(group) ? readIds(group['ids']) : null;
    if (ids === null) {
      unclear.push('a change');
      continue;
    }
    if (group.record === null) for (const id of ids) put(id, null);
    else {
      const { value: record, whole } = readRecord(group.record);
      if (record) for (const id of ids) put(id, record);
      if (!whole) unclear.push(...ids);
    }
  }
}

const moveSchema = z.object({
  step: z.looseObject({ label: z.string(), papers: z.int().optional() }).optional(),
  instead: z.int().optional(),
  undo: z.int().optional(),
  redo: z.int().optional(),
  drop: z.int().optional(),
  heard: z.int().nonnegative().optional(),
});

function readMove({ history }: LibraryData, json: unknown, sequence: number, place: Place): HistoryMove | null {
  const parsed = moveSchema.safeParse(json);
  if (!parsed.success) return null;
  const { step, instead, heard, ...turns } = parsed.data;
  if (heard !== undefined) return { kind: 'heard', papers: heard };
  const find = (entries: readonly HistoryEntry[], wanted: number | undefined) =>
    entries.findLast((entry) => entry.sequence === wanted) ?? null;
  if (step) {
    const entry = { label: step.label, papers: step.papers ?? null, step: null, sequence, place };
    return { kind: 'add', entry, instead: find(history.undo, instead) };
  }
  for (const kind of ['undo', 'redo', 'drop'] as const) {
    if (turns[kind] === undefined) continue;
    const entry = find([...history.undo, ...history.redo], turns[kind]);
    return entry && { kind, entry };
  }
  return null;
}

const idsSchema = z.array(z.string());
const record = paperRecordSchema.nullable();
const whole = { whole: z.object({ before: record, after: record }).exactOptional() };
const instant = z.int().nullable();
const highlightsSchema = paperRecordSchema.shape.highlights.unwrap();

const fieldsSchema = z.object({
  status: statusSchema.exactOptional(),
  starred: z.boolean().exactOptional(),
  tags: z.array(z.string()).exactOptional(),
  noteTags: z.array(z.string()).exactOptional(),
  readAt: instant.exactOptional(),
  changedAt: instant,
});
const tagListsSchema = z.object({ tags: z.array(z.string()), noteTags: z.array(z.string()) });
const timesSchema = z.object({ noteChangedAt: instant, changedAt: instant });
const viewSchema = savedViewSchema.nullable();
const colourSchema = tagColourSchema.nullable();

const pairListSchema = z.array(z.tuple([paperIdSchema, paperIdSchema]));
const pairsSchema = z.object({ added: pairListSchema, removed: pairListSchema });

const stepSchema = z.object({
  label: z.string(),
  marks: z
    .array(
      z.object({
        ids: idsSchema.exactOptional(),
        group: z.int().exactOptional(),
        ...{ before: fieldsSchema, after: fieldsSchema, ...whole },
      }),
    )
    .exactOptional(),
  note: z
    .object({
      ...{ id: z.string(), start: z.int(), removed: z.string(), added: z.string() },
      ...{ lengths: z.tuple([z.int(), z.int()]), before: timesSchema, after: timesSchema, ...whole },
      tags: z.object({ before: tagListsSchema, after: tagListsSchema }).exactOptional(),
    })
    .exactOptional(),
  highlights: z
    .object({
      ...{ id: z.string(), removed: highlightsSchema, added: highlightsSchema },
      ...{ before: instant, after: instant, ...whole },
    })
    .exactOptional(),
  records: z.array(z.tuple([z.string(), record, record])).exactOptional(),
  views: z
    .object({
      changed: z.array(z.tuple([z.string(), viewSchema, viewSchema])),
      order: z.object({ before: idsSchema, after: idsSchema }),
    })
    .exactOptional(),
  tagColours: z.array(z.tuple([z.string(), colourSchema, colourSchema])).exactOptional(),
  pairs: z.object({ same: pairsSchema, different: pairsSchema }).exactOptional(),
  different: pairListSchema.exactOptional(),
  papers: z.int().exactOptional(),
});

const lineSchema = z.object({
  papers: z.array(z.object({ ids: idsSchema })).default([]),
  step: stepSchema,
});

/** Reads the step of a line of the journal; null when there is none that can be understood. */
export function readStepOf(json: unknown): Step | null {
  const line = lineSchema.safeParse(json);
  if (!line.success) return null;
  const { papers, step } = line.data;
  if (!step.marks) return step as Step;
  const marks = step.marks.map(({ ids, group, ...patch }) => ({
    ids: ids ?? papers[group ?? -1]?.ids ?? [],
    ...patch,
  }));
  return { ...step, marks } as Step;
}
