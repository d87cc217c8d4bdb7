import type { Handlers, Selection } from '../shared/contract.ts';
import type { PaperId } from '../shared/paper.ts';
import { scratchNoteId } from '../shared/scratch-note.ts';
import type { Corpus } from './corpus/corpus.ts';
import type { ReaderOrder } from './reader-order.ts';
import { ReaderTags, type TagHandlers } from './reader-tags.ts';
import { type ViewHandlers, viewHandlers } from './saved-views.ts';
import { type ShownPapers, unknownPaper } from './shown-papers.ts';
import type { MarkTarget } from './store/combined.ts';
import type { History } from './store/history.ts';
import type { ReaderMarks } from './store/marks.ts';
import type { Deed } from './store/step.ts';
import type { Store } from './store/store.ts';

/** The calls that change what the reader has said, but for which papers there are and which are the same. */
export type ReaderCalls = Pick<
  Handlers,
  'papers.mark' | 'note.set' | 'history.undo' | 'history.redo' | 'settings.set'
> &
  ViewHandlers &
  TagHandlers;

/** What the reader's data are kept in and reached through. */
export interface ReaderParts {
  store: Store;
  corpus: Corpus;
  papers: ShownPapers;
  marks: ReaderMarks;
  history: History;
  /** Whether a paper that is none of the library (any more, or for now) may have a note all the same. */
  hadNote(id: PaperId): Promise<boolean>;
  /** The order in which everything that Undo takes back is done. */
  order: ReaderOrder;
  /** Wraps what changes the library, so that it is waited for and announced; `rows` says that shown rows change. */
  change<T>(make: () => Promise<T>, rows?: boolean): Promise<T>;
}

/** Implements {@link ReaderCalls}. */
export function readerCalls(parts: ReaderParts): ReaderCalls {
  const { store, corpus, papers, marks, history, hadNote, order, change } = parts;
  const make = <T>(work: () => Promise<T>, rows?: boolean) => change(() => order.make(work), rows);
  const perform = (deed: Deed) => history.do(deed);
  const views = viewHandlers({ views: () => store.views, do: perform });
  const tags = new ReaderTags({
    records: () => store.records,
    tagColours: () => store.tagColours,
    views: () => store.views,
    resolve: (ids) => corpus.resolve(ids),
    do: perform,
  }).handlers;
  const selected = async (selection: Selection): Promise<MarkTarget[]> =>
    papers.targets('ids' in selection ? selection.ids : await corpus.ids(selection.result, selection.ranges));
  /** Where the note of a paper stands: also of one that is gone, so that what was deleted can be brought back. */
  const noteTarget = async (id: PaperId): Promise<MarkTarget> => {
    if (id === scratchNoteId) return { id, markedAs: [] };
    const target = (await corpus.resolve([id])).get(id);
    if (target) return target;
    const hasNote = (store.record(id)?.note ?? '') !== '';
    if (!hasNote && !(await hadNote(id))) throw unknownPaper(id);
    return { id, markedAs: [] };
  };

  return {
    'papers.mark': ({ selection, change: asked }) => make(async () => marks.mark(await selected(selection), asked)),
    'note.set': ({ id, text, apart, over, joins }) =>
      make(async () => {
        const target = await noteTarget(id);
        if (over !== undefined) return marks.setNoteOver(target, { text, over, joins: joins ?? false }, apart);
        return { changedAt: await marks.setNote(target, text, apart) };
      }),
    'views.save': (view) => make(() => views['views.save'](view), false),
    'views.remove': (view) => make(() => views['views.remove'](view), false),
    'views.order': (ids) => make(() => views['views.order'](ids), false),
    'tags.rename': (names) => make(() => tags['tags.rename'](names)),
    'tags.remove': (tag) => make(() => tags['tags.remove'](tag)),
    'tags.colour': (colour) => make(() => tags['tags.colour'](colour), false),
    'history.undo': () => change(async () => ({ done: await order.turn((release) => history.undo(release)) })),
    'history.redo': () => change(async () => ({ done: await order.turn((release) => history.redo(release)) })),
    'settings.set': (settings) =>
      change(async () => {
        await store.change({ settings });
        return store.settings;
      }, false),
  };
}
