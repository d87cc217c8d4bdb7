import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Status, statuses, type TagColour, tagColours } from '../../shared/paper.ts';
import type { SavedView } from '../../shared/views.ts';
import { copyFolder, faultyFiles, type OpenedReader, openReader, stateOf } from './store-testing.ts';

// The store held against a model that is as plain as can be: whole states, and a list of them for Undo.

interface ModelPaper {
  status: Status;
  starred: boolean;
  tags: string[];
  note: string;
  isDated: boolean;
}
interface Model {
  papers: Record<string, ModelPaper>;
  views: SavedView[];
  colours: Record<string, TagColour>;
  theme: string;
}

const untouched: ModelPaper = { status: 'unread', starred: false, tags: [], note: '', isDated: false };
const ids = ['arxiv:1', 'arxiv:2', 'arxiv:3', '__proto__'] as const;
const id = fc.constantFrom(...ids);
const tag = fc.constantFrom('a', 'b', '__proto__');
const change = fc.record(
  { status: fc.constantFrom(...statuses), starred: fc.boolean(), addTags: fc.uniqueArray(tag, { maxLength: 2 }) },
  { requiredKeys: [] },
);
const viewOf = (name: string, query: string): SavedView => {
  return { id: `view:${name}-00`, name, icon: 'star', query, sort: null, columns: null };
};
const view = fc.tuple(fc.constantFrom('one', 'two', 'three'), fc.constantFrom('x', 'y')).map(([a, b]) => viewOf(a, b));
const action = fc.oneof(
  fc.record({ kind: fc.constant('mark' as const), ids: fc.uniqueArray(id, { minLength: 1 }), change }),
  fc.record({ kind: fc.constant('note' as const), id, text: fc.string({ unit: 'binary', maxLength: 12 }) }),
  fc.record({
    kind: fc.constant('views' as const),
    views: fc.uniqueArray(view, { selector: ({ id }) => id, maxLength: 3 }),
  }),
  fc.record({ kind: fc.constant('colour' as const), tag, colour: fc.constantFrom(...tagColours) }),
  fc.record({ kind: fc.constant('theme' as const), theme: fc.constantFrom('light' as const, 'dark' as const) }),
  { weight: 3, arbitrary: fc.record({ kind: fc.constantFrom('undo' as const, 'redo' as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('reopen' as const, 'kill' as const) }) },
);

/** What a reader can see of it, in the model's words. */
function seen({ store, history }: OpenedReader) {
  const papers: Record<string, ModelPaper> = {};
  for (const [id, { status, starred, tags, note, readAt }] of store.records) {
    const paper = { status: status ?? 'unread', starred: starred ?? false, tags: [...(tags ?? [])], note: note ?? '' };
    Object.defineProperty(papers, id, { value: { ...paper, isDated: readAt !== undefined }, enumerable: true });
  }
  return {
    ...{ papers, views: [...store.views], colours: Object.fromEntries(store.tagColours), theme: store.settings.theme },
    ...{ undo: history.labels.undo !== null, redo: history.labels.redo !== null },
  };
}

class Run {
  readonly folder: string;
  model: Model = { papers: {}, views: [], colours: {}, theme: 'system' };
  /** The states before each step that can be taken back, and after each that can be done again. */
  undo: Model[] = [];
  redo: Model[] = [];
  reader: OpenedReader | null = null;
  #now = 0;
  #copies = 0;

  constructor(folder: string) {
    this.folder = folder;
  }

  get place(): string {
    return join(this.folder, String(this.#copies));
  }

  async open(): Promise<OpenedReader> {
    // Every save of a note is a step of its own, so long after the one before does it come.
    const now = () => {
      this.#now += 100_000;
      return this.#now;
    };
    this.reader = await openReader(this.place, faultyFiles(() => null).files, 700, now);
    return this.reader;
  }

  #step(change: (model: Model) => void): void {
    const before = structuredClone(this.model);
    change(this.model);
    if (isDeepStrictEqual([sorted(before), before.views], [sorted(this.model), this.model.views])) return;
    this.undo.push(before);
    this.redo = [];
  }

  #paper(id: string): ModelPaper {
    return Object.getOwnPropertyDescriptor(this.model.papers, id)?.value ?? structuredClone(untouched);
  }

  #put(id: string, paper: ModelPaper): void {
    delete this.model.papers[id];
    if (JSON.stringify(paper) === JSON.stringify(untouched)) return;
    Object.defineProperty(this.model.papers, id, { value: paper, enumerable: true, configurable: true });
  }

  async do(action: Action): Promise<void> {
    const reader = this.reader ?? (await this.open());
    switch (action.kind) {
      case 'mark': {
        await reader.marks.mark(
          action.ids.map((id) => ({ id, markedAs: [] })),
          action.change,
        );
        const { status, starred, addTags = [] } = action.change;
        return this.#step(() => {
          for (const id of action.ids) {
            const paper = this.#paper(id);
            const tags = [...paper.tags, ...addTags.filter((tag) => !paper.tags.includes(tag))];
            const now = { ...paper, status: status ?? paper.status, starred: starred ?? paper.starred, tags };
            this.#put(id, { ...now, isDated: now.status === 'read' });
          }
        });
      }
      case 'note':
        await reader.marks.setNote({ id: action.id, markedAs: [] }, action.text);
        return this.#step(() => this.#put(action.id, { ...this.#paper(action.id), note: action.text }));
      case 'views':
        await reader.history.do({ label: 'Views', views: action.views });
        return this.#step((model) => {
          model.views = action.views;
        });
      case 'colour':
        await reader.history.do({
          label: 'Colour',
          tagColours: new Map([...reader.store.tagColours, [action.tag, action.colour]]),
        });
        return this.#step((model) => {
          Object.defineProperty(model.colours, action.tag, {
            ...{ value: action.colour, enumerable: true, configurable: true },
          });
        });
      case 'theme':
        await reader.store.change({ settings: { theme: action.theme } });
        this.model.theme = action.theme;
        // Settings are nothing that Undo takes back.
        for (const each of [...this.undo, ...this.redo]) each.theme = action.theme;
        return;
      case 'undo':
      case 'redo': {
        const [from, to] = action.kind === 'undo' ? [this.undo, this.redo] : [this.redo, this.undo];
        const state = from.pop();
        expect((await reader.history[action.kind]()) !== null).toBe(state !== undefined);
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
        // What is on the disk this moment, whatever else is under way.
        copyFolder(before, this.place);
        const after = await this.open();
        expect(after.store.notices).toEqual([]);
        await reader.store.close();
      }
    }
  }
}

type Action = typeof action extends fc.Arbitrary<infer T> ? T : never;

function sorted(model: Pick<Model, 'papers' | 'colours'>) {
  const byKey = ([one]: [string, unknown], [other]: [string, unknown]) => (one < other ? -1 : 1);
  return {
    papers: Object.entries(model.papers).toSorted(byKey),
    colours: Object.entries(model.colours).toSorted(byKey),
  };
}

test('after any changes, undos, redos, closings and kills, everything is what a plain model says', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(action, { minLength: 1, maxLength: 40 }), async (actions) => {
      const run = new Run(await mkdtemp(join(tmpdir(), 'offprint-journal-model-')));
      try {
        mkdirSync(run.place);
        for (const [at, action] of actions.entries()) {
          await run.do(action);
          if (!run.reader) throw new Error('it is open');
          const { papers, colours, ...rest } = seen(run.reader);
          const { views, theme } = run.model;
          expect([at, sorted({ papers, colours })]).toEqual([at, sorted(run.model)]);
          expect(rest).toEqual({ views, theme, undo: run.undo.length > 0, redo: run.redo.length > 0 });
        }
        const state = run.reader ? stateOf(run.reader.store) : null;
        await run.reader?.store.close();
        const { store } = await run.open();
        if (state) expect(stateOf(store)).toEqual(state);
        await store.close();
        // However long it goes on, there are few files.
        expect(readdirSync(run.place).length).toBeLessThan(5);
        if (existsSync(join(run.place, 'journal'))) {
          expect(readdirSync(join(run.place, 'journal')).length).toBeLessThan(8);
        }
      } finally {
        await run.reader?.store.close();
        await rm(run.folder, { recursive: true, force: true });
      }
    }),
    { numRuns: Number(process.env['RUNS'] ?? 40) },
  );
}, 240_000);
