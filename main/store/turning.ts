import { isDeepStrictEqual } from 'node:util';
import type { PaperId } from '../../shared/paper.ts';
import type { SavedView } from '../../shared/views.ts';
import type { MarkTarget } from './combined.ts';
import { turnHighlights } from './highlighting.ts';
import type { PaperRecord, ReaderPairs, TagColours } from './library-data.ts';
import { type Direction, type Records, type TurnContext, turnMarks } from './marking.ts';
import { turnNote } from './noting.ts';
import { turnPairs } from './pairs-patch.ts';
import type { ColoursPatch, Step, ViewsPatch } from './step.ts';
import type { StoreChange } from './store-adapter.ts';

/** What the store has when a step is turned. */
export interface StoreState {
  record(id: PaperId): PaperRecord | undefined;
  readonly views: readonly SavedView[];
  readonly tagColours: TagColours;
  readonly pairs: ReaderPairs;
}

/** What a step does to the saved views that makes these ones of those. */
export function viewsPatch(before: readonly SavedView[], after: readonly SavedView[]): ViewsPatch | null {
  const [was, is] = [before, after].map((views) => new Map(views.map((view) => [view.id, view])));
  const ids = [...new Set([...before, ...after].map(({ id }) => id))];
  const changed = ids
    .map((id) => [id, was?.get(id) ?? null, is?.get(id) ?? null] as const)
    .filter(([, one, other]) => !isDeepStrictEqual(one, other));
  const order = { before: before.map(({ id }) => id), after: after.map(({ id }) => id) };
  return changed.length === 0 && isDeepStrictEqual(order.before, order.after) ? null : { changed, order };
}

/** What a step does to the colours of tags that makes these ones of those. */
export function coloursPatch(before: TagColours, after: TagColours): ColoursPatch | null {
  const tags = [...new Set([...before.keys(), ...after.keys()])];
  const changed = tags
    .map((tag) => [tag, before.get(tag) ?? null, after.get(tag) ?? null] as const)
    .filter(([, one, other]) => one !== other);
  return changed.length === 0 ? null : changed;
}

function turnViews(patch: ViewsPatch, direction: Direction, views: readonly SavedView[]): SavedView[] {
  const byId = new Map(views.map((view) => [view.id, view]));
  for (const [id, before, after] of patch.changed) {
    const view = direction === 'do' ? after : before;
    if (view) byId.set(id, view);
    else byId.delete(id);
  }
  const order = direction === 'do' ? patch.order.after : patch.order.before;
  const placed = order.flatMap((id) => byId.get(id) ?? []);
  return [...new Set([...placed, ...byId.values()])];
}

function turnColours(patch: ColoursPatch, direction: Direction, colours: TagColours): TagColours {
  const turned = new Map(colours);
  for (const [tag, before, after] of patch) {
    const colour = direction === 'do' ? after : before;
    if (colour) turned.set(tag, colour);
    else turned.delete(tag);
  }
  return turned;
}

/** The ids of all records that a step has written. */
export function idsOf({ marks = [], note, highlights, records = [] }: Step): PaperId[] {
  const ids = marks.flatMap((patch) => patch.ids);
  return [...ids, ...(note ? [note.id] : []), ...(highlights ? [highlights.id] : []), ...records.map(([id]) => id)];
}

/**
 * The change of the store that does a step again, or takes it back. Touches what the step changed
 * and nothing else.
 * @param targets the papers that its records are of today
 * @throws OffprintError `refused` when it cannot be turned any more
 */
export function turnStep(
  { marks = [], note, highlights, records: whole = [], views, tagColours, pairs }: Step,
  direction: Direction,
  state: StoreState,
  targets: ReadonlyMap<PaperId, MarkTarget>,
  now: number,
): StoreChange {
  const records: Records = new Map();
  const recordOf = (id: PaperId) => {
    const made = records.get(id);
    return made === undefined ? state.record(id) : (made ?? undefined);
  };
  const context: TurnContext = { recordOf, targetOf: (id) => targets.get(id) ?? { id, markedAs: [] }, now };
  for (const patch of marks) turnMarks(patch, direction, context, records);
  if (note) turnNote(note, direction, context, records);
  if (highlights) turnHighlights(highlights, direction, context, records);
  for (const [id, before, after] of whole) {
    const [from, to] = direction === 'do' ? [before, after] : [after, before];
    if (isDeepStrictEqual(recordOf(id) ?? null, from)) records.set(id, to);
  }
  return {
    ...(records.size > 0 && { papers: records }),
    ...(views && { views: turnViews(views, direction, state.views) }),
    ...(tagColours && { tagColours: turnColours(tagColours, direction, state.tagColours) }),
    ...(pairs && { pairs: turnPairs(pairs, direction, state.pairs) }),
  };
}
