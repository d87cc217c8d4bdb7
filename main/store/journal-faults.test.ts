import { mkdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SavedView } from '../../shared/views.ts';
import { copyFolder, type Fault, faultyFiles, type OpenedReader, openReader, stateOf } from './store-testing.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'offprint-faults-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const paper = (at: number) => ({ id: `arxiv:${at}`, markedAs: [] });
const view: SavedView = { id: 'view:0000', name: 'One', icon: 'star', query: 'one', sort: null, columns: null };

/** What a reader does, one thing after another: of every kind, and enough that the journal is folded on the way. */
const deeds: ((reader: OpenedReader) => Promise<unknown>)[] = [
  ({ marks }) => marks.mark([paper(1), paper(2)], { status: 'read' }),
  ({ marks }) => marks.setNote(paper(1), 'A note'),
  ({ store }) => store.change({ settings: { theme: 'dark' } }),
  ({ history }) => history.do({ label: 'Saved a view', views: [view], tagColours: new Map([['a', 'red']]) }),
  ({ history }) => history.undo(),
  ({ marks }) => marks.setNote(paper(2), 'Some text. '.repeat(20)),
  ({ store }) => store.change({ pairs: { same: [['arxiv:1', 'arxiv:2']], different: [] } }),
  ({ marks }) => marks.mark([paper(3)], { addTags: ['a'] }),
  ({ history }) => history.undo(),
  ({ history }) => history.undo(),
  ({ history }) => history.redo(),
  ({ marks }) => marks.mark([paper(1)], { status: 'unread', starred: true }),
  ({ history }) => history.did({ label: 'Imported 3 papers', papers: 4 }),
];

/** Short enough that the journal of the deeds is folded more than once. */
const shortest = 900;

type State = ReturnType<typeof stateOf>;

/** Goes the same way in every life. */
function clock(): () => number {
  let now = 0;
  return () => {
    now += 1;
    return now;
  };
}

/** Does all of it on files with a fault. Answers with what there was after each deed, and in the end. */
async function live(target: string, fault: () => Fault | null) {
  mkdirSync(target);
  const { files, done } = faultyFiles(fault);
  let reader: OpenedReader | null = null;
  let state: State | null = null;
  const states: Omit<State, 'stamp'>[] = [];
  try {
    reader = await openReader(target, files, shortest, clock());
    state = stateOf(reader.store);
    states.push(unstamped(state));
    for (const deed of deeds) {
      const before: State = state;
      const doing = deed(reader);
      const isDone = await doing.then(
        () => true,
        () => false,
      );
      state = stateOf(reader.store);
      states.push(unstamped(state));
      if (!isDone) expect(unstamped(state)).toEqual(unstamped(before));
    }
  } catch (error) {
    expect(error).toMatchObject({ code: 'unreadable' });
  }
  // A copy of the folder is what a crash at this moment would leave.
  copyFolder(target, `${target}-crashed`);
  await reader?.store.close();
  return { state, states, operations: done };
}

async function found(target: string): Promise<State> {
  mkdirSync(target, { recursive: true });
  const { store } = await openReader(target);
  const state = stateOf(store);
  await store.close();
  return state;
}

/** The state without the stamp, which is another one after every write. */
function unstamped<T extends { stamp: string }>({ stamp: _, ...state }: T): Omit<T, 'stamp'> {
  return state;
}

test('whichever file operation fails, what was acknowledged is there and what was refused is not', async () => {
  const { operations } = await live(join(folder, 'none'), () => null);
  expect(operations.filter((name) => name === 'rename').length).toBeGreaterThan(1);
  expect(operations.filter((name) => name === 'unlink').length).toBeGreaterThan(1);
  for (const [at, name] of operations.entries()) {
    const target = join(folder, `one-${at}`);
    const { state } = await live(target, () => ({ at, code: name.startsWith('read') ? 'EIO' : 'ENOSPC' }));
    for (const left of [`${target}-crashed`, target]) {
      // A library that could not be opened has nothing in it.
      expect([at, name, unstamped(await found(left))]).toEqual([
        at,
        name,
        unstamped(state ?? (await found(join(folder, 'nothing')))),
      ]);
    }
  }
}, 240_000);

test('a crash at any file operation loses nothing that was acknowledged, and brings at most what was being done', async () => {
  const { states, operations } = await live(join(folder, 'none'), () => null);
  for (const at of operations.keys()) {
    const target = join(folder, `all-${at}`);
    mkdirSync(target);
    // Everything fails from here on, as if there were no process any more.
    const { files } = faultyFiles(() => ({ at, more: Number.POSITIVE_INFINITY, code: 'EIO' }));
    let acknowledged = -1;
    let reader: OpenedReader | null = null;
    try {
      reader = await openReader(target, files, shortest, clock());
      acknowledged = 0;
      for (const deed of deeds) {
        await deed(reader);
        acknowledged += 1;
      }
    } catch (error) {
      expect(error).toMatchObject({ code: reader?.store.readOnly ? 'refused' : 'unreadable' });
    }
    await reader?.store.close();
    const left = unstamped(await found(target));
    const allowed = states.slice(Math.max(0, acknowledged), acknowledged + 2);
    expect(
      allowed.some((state) => isDeepStrictEqual(state, left)),
      `${at}, after ${acknowledged}`,
    ).toBe(true);
  }
}, 240_000);
