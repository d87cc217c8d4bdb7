import { mkdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Status, statuses, type TagColour, tagColours } from '../shared/paper.ts';
import type { SavedView } from '../shared/views.ts';
import { EarlierStates } from './earlier-states.ts';
import { Generations } from './store/generation-files.ts';
import { copyFolder, faultyFiles, type OpenedReader, openReader } from './store/store-testing.ts';

// Earlier states held against a model that is as plain as can be: whole states, by the name of the generation,
// and two lists of them for Undo and Redo.

interface ModelPaper {
  status: Status;
  starred: boolean;
  note: string;
}
interface Model {
  papers: Record<string, ModelPaper>;
  views: SavedView[];
  colours: Record<string, TagColour>;
  same: [string, string][];
}

const ids = ['arxiv:1', 'arxiv:2', 'arxiv:3'] as const;
const id = fc.constantFrom(...ids);
const someIds = fc.uniqueArray(id, { minLength: 1 });
const view = fc.constantFrom('one', 'two').map((name): SavedView => {
  return { id: `view:${name}-00`, name, icon: 'star', query: name, sort: null, columns: null };
});
const pair = fc.constantFrom<[string, string]>(['arxiv:1', 'arxiv:2'], ['arxiv:2', 'arxiv:3'], ['arxiv:8', 'arxiv:9']);
const which = fc.nat({ max: 20 });
const action = fc.oneof(
  fc.record({
    kind: fc.constant('mark' as const),
    ids: someIds,
    change: fc.record({ status: fc.constantFrom(...statuses), starred: fc.boolean() }, { requiredKeys: [] }),
  }),
  fc.record({ kind: fc.constant('note' as const), id, text: fc.constantFrom('', 'a', 'b', 'some text') }),
  fc.record({ kind: fc.constant('views' as const), views: fc.uniqueArray(view, { selector: (each) => each.id }) }),
  fc.record({ kind: fc.constant('colour' as const), colour: fc.constantFrom(...tagColours) }),
  fc.record({ kind: fc.constant('pairs' as const), same: fc.uniqueArray(pair, { selector: ([one]) => one }) }),
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('take' as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('restore' as const), which }) },
  fc.record({ kind: fc.constant('restoreSome' as const), which, ids: someIds }),
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom('undo' as const, 'redo' as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('reopen' as const, 'kill' as const) }) },
);
type Action = typeof action extends fc.Arbitrary<infer T> ? T : never;

const nothing: ModelPaper = { status: 'unread', starred: false, note: '' };
const paperIn = (model: Model, paper: string) => model.papers[paper] ?? nothing;

function put(model: Model, paper: string, said: ModelPaper): void {
  delete model.papers[paper];
  if (!isDeepStrictEqual(said, nothing)) model.papers[paper] = said;
}

/** What a reader can see of it, in the model's words; pairs have no order. */
function seen({ store }: OpenedReader): Model {
  const papers = Object.fromEntries(
    [...store.records].map(([paper, { status = 'unread', starred = false, note = '' }]) => [
      paper,
      { status, starred, note },
    ]),
  );
  const same = store.pairs.same.map(([one, other]): [string, string] => [one, other]).toSorted();
  return { papers, views: [...store.views], colours: Object.fromEntries(store.tagColours), same };
}

class Run {
  readonly folder: string;
  model: Model = { papers: {}, views: [], colours: {}, same: [] };
  undo: Model[] = [];
  redo: Model[] = [];
  /** What every generation says that has been seen, by its id. */
  readonly kept = new Map<string, Model>();
  reader: OpenedReader | null = null;
  #states: EarlierStates | null = null;
  #now = 0;
  #copies = 0;

  constructor(folder: string) {
    this.folder = folder;
  }

  get place(): string {
    return join(this.folder, String(this.#copies));
  }

  async open(): Promise<OpenedReader> {
    const now = () => {
      this.#now += 100_000;
      return this.#now;
    };
    const { files } = faultyFiles(() => null);
    this.reader = await openReader(this.place, files, 700, now);
    const { store, history } = this.reader;
    this.#states?.close();
    this.#states = new EarlierStates({
      ...{ store, history, generations: new Generations(this.place, files) },
      corpus: { resolve: async () => new Map(), titles: async () => new Map() },
      followPairs: (change) => change(),
    });
    return this.reader;
  }

  /** Does something that is a step if it changes anything. */
  async #step(reader: OpenedReader, work: () => Promise<unknown>, change: (model: Model) => void): Promise<void> {
    const before = structuredClone(this.model);
    const last = reader.store.history.undo.at(-1);
    await work();
    change(this.model);
    // Where only a time has changed that the model does not know, there is a step too.
    const isStep = reader.store.history.undo.at(-1) !== last;
    if (!isDeepStrictEqual(before, this.model)) expect(isStep).toBe(true);
    if (!isStep) return;
    this.undo.push(before);
    this.redo = [];
  }

  async do(action: Action): Promise<void> {
    const reader = this.reader ?? (await this.open());
    const { marks, history } = reader;
    const states = this.#states;
    if (!states) throw new Error('it is open');
    switch (action.kind) {
      case 'mark': {
        const targets = action.ids.map((each) => ({ id: each, markedAs: [] }));
        return this.#step(
          reader,
          () => marks.mark(targets, action.change),
          (model) => {
            for (const each of action.ids) put(model, each, { ...paperIn(model, each), ...action.change });
          },
        );
      }
      case 'note':
        return this.#step(
          reader,
          () => marks.setNote({ id: action.id, markedAs: [] }, action.text),
          (model) => put(model, action.id, { ...paperIn(model, action.id), note: action.text }),
        );
      case 'views':
        return this.#step(
          reader,
          () => history.do({ label: 'Views', views: action.views }),
          (model) => Object.assign(model, { views: action.views }),
        );
      case 'colour':
        return this.#step(
          reader,
          () => history.do({ label: 'Colour', tagColours: new Map([['a', action.colour]]) }),
          (model) => Object.assign(model, { colours: { a: action.colour } }),
        );
      case 'pairs': {
        const pairs = { same: action.same, different: [] };
        return this.#step(
          reader,
          () => history.do({ label: 'Pairs', pairs }),
          (model) => Object.assign(model, { same: action.same.toSorted() }),
        );
      }
      case 'take': {
        const taken = await states.take();
        expect(taken.current).toBe(true);
        // The one before it, where nothing has changed since.
        this.kept.set(taken.id, structuredClone(this.model));
        return;
      }
      case 'restore': {
        const [generation, then] = [...this.kept][action.which % Math.max(1, this.kept.size)] ?? [];
        if (generation === undefined || !then) return;
        await this.#step(
          reader,
          () => states.restore(generation, null),
          (model) => Object.assign(model, structuredClone(then)),
        );
        const {
          total,
          views,
          tagColours: colours,
          merges,
        } = await states.compare({
          ...{ id: generation, find: '', offset: 0, limit: 10 },
        });
        expect({ total, views, colours, merges }).toEqual({ total: 0, views: 0, colours: 0, merges: 0 });
        return;
      }
      case 'restoreSome': {
        const [generation, then] = [...this.kept][action.which % Math.max(1, this.kept.size)] ?? [];
        if (generation === undefined || !then) return;
        const { differences } = await states.compare({ id: generation, find: '', offset: 0, limit: 10 });
        const different = ids.filter((each) => !isDeepStrictEqual(paperIn(then, each), paperIn(this.model, each)));
        expect(differences.map((difference) => difference.id).toSorted()).toEqual(different);
        return this.#step(
          reader,
          () => states.restore(generation, action.ids),
          (model) => {
            for (const each of action.ids) put(model, each, paperIn(then, each));
          },
        );
      }
      case 'undo':
      case 'redo': {
        const [from, to] = action.kind === 'undo' ? [this.undo, this.redo] : [this.redo, this.undo];
        const state = from.pop();
        expect((await history[action.kind]()) !== null).toBe(state !== undefined);
        if (!state) return;
        to.push(this.model);
        this.model = state;
        return;
      }
      case 'reopen':
        await reader.store.close();
        await this.open();
        return;
      case 'kill': {
        const before = this.place;
        this.#copies += 1;
        copyFolder(before, this.place);
        const after = await this.open();
        expect(after.store.notices).toEqual([]);
        await reader.store.close();
      }
    }
  }

  close(): void {
    this.#states?.close();
  }
}

test('after any changes, states kept and restored, undos, redos, closings and kills, everything is what a plain model says', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(action, { minLength: 1, maxLength: 30 }), async (actions) => {
      const run = new Run(await mkdtemp(join(tmpdir(), 'offprint-states-model-')));
      try {
        mkdirSync(run.place);
        // As every library has settings before a reader touches it.
        await (await run.open()).store.change({ settings: { theme: 'dark' } });
        for (const [at, action] of actions.entries()) {
          await run.do(action);
          if (!run.reader) throw new Error('it is open');
          expect([at, seen(run.reader)]).toEqual([at, run.model]);
          const { undo, redo } = run.reader.store.history;
          expect([at, undo.length, redo.length]).toEqual([at, run.undo.length, run.redo.length]);
        }
        // What is kept does not change, whatever came after it.
        const generations = new Generations(run.place, faultyFiles(() => null).files);
        const { generations: listed, damaged } = await generations.list();
        expect(damaged).toEqual([]);
        for (const id of run.kept.keys()) expect(listed.map((each) => each.id)).toContain(id);
        for (const [id, then] of run.kept) {
          const read = await generations.read(id);
          if (read.kind !== 'good') throw new Error(read.kind);
          const { papers: records, ...frame } = read.data;
          expect(seen({ store: { records, ...frame } } as unknown as OpenedReader)).toEqual(then);
        }
      } finally {
        run.close();
        await run.reader?.store.close();
        await rm(run.folder, { recursive: true, force: true });
      }
    }),
    { numRuns: Number(process.env['RUNS'] ?? 30) },
  );
}, 240_000);
