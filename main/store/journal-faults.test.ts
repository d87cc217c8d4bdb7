import { mkdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { OffprintError } from '../../shared/outcome.ts';
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
  ({ store }) => store.keep('hour').then(() => {}),
  ({ marks }) => marks.setNote(paper(2), ''),
  ({ store }) => store.change({ papers: new Map([['arxiv:3', null]]), keepFirst: 'restore' }),
  ({ history }) => history.did({ label: 'Imported 3 papers', papers: 4 }),
];

/** Short enough that the journal of the deeds is folded more than once. */
const shortest = 900;

type State = ReturnType<typeof stateOf>;
type Unstamped = Omit<State, 'stamp'>;

/** Goes the same way in every life. */
function clock(): () => number {
  let now = 0;
  return () => {
    now += 1;
    return now;
  };
}

/** What a reader may be told: that the system refuses, or that nothing can be changed. */
function expectWords(error: unknown): void {
  expect(error).toBeInstanceOf(OffprintError);
  const { code, message } = error as OffprintError;
  expect(['unreadable', 'refused'], message).toContain(code);
  expect(message).toMatch(/^(?:\/|[A-Z“]).*\.$/);
}

/** Waits for something that is done to a store. Answers with whether it was refused, and how the store was meanwhile. */
async function watched({ store }: OpenedReader, doing: Promise<unknown>) {
  const seen = [unstamped(stateOf(store))];
  let refusal: unknown = null;
  let isOver = false;
  const over = doing.then(
    () => {},
    (error: unknown) => {
      refusal = error;
    },
  );
  void over.finally(() => {
    isOver = true;
  });
  while (!isOver) {
    await setImmediate();
    if (!isOver) seen.push(unstamped(stateOf(store)));
  }
  if (refusal !== null) expectWords(refusal);
  return { isRefused: refusal !== null, seen };
}

/**
 * Does all of it on files with a fault. Answers with what there was after each deed, and in the end; and
 * with what a crash may leave: that, or a change as well that was refused and could not be taken out again.
 */
async function live(target: string, fault: () => Fault | null) {
  mkdirSync(target);
  const { files, done } = faultyFiles(fault);
  const reader = await openReader(target, files, shortest, clock());
  const states = [unstamped(stateOf(reader.store))];
  let refused: Unstamped[] = [];
  for (const deed of deeds) {
    const { isRefused, seen } = await watched(reader, deed(reader));
    const state = unstamped(stateOf(reader.store));
    if (isRefused) expect(state).toEqual(states.at(-1));
    if (isRefused) refused.push(...seen);
    // What has been written since takes the place of whatever was left.
    else if (!isDeepStrictEqual(state, states.at(-1))) refused = [];
    states.push(state);
  }
  // A copy of the folder is what a crash at this moment would leave.
  copyFolder(target, `${target}-crashed`);
  const { readOnly } = reader.store;
  return { reader, readOnly, states, refused, operations: [...done] };
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

const codes = ['ENOSPC', 'EIO', 'EACCES', 'EROFS', 'EMFILE', 'EBUSY'] as const;

test('whichever file operation fails, what was acknowledged is there, what was refused is not, and it works again', async () => {
  const first = await live(join(folder, 'none'), () => null);
  await first.reader.store.close();
  const { operations } = first;
  for (const name of ['rename', 'unlink', 'read', 'mkdir', 'link', 'truncate'] as const) {
    if (name !== 'truncate') expect([name, operations.includes(name)]).toEqual([name, true]);
  }
  const faults = operations.flatMap((name, at) => codes.map((code) => ({ name, at, code })));
  // Evenly over all of them, each code as often as the others.
  const step = Math.max(1, Math.floor(faults.length / Number(process.env['RUNS'] ?? 120)) | 1);
  for (let which = 0; which < faults.length; which += step) {
    const { name, at, code } = faults[which] ?? { name: '', at: 0, code: 'EIO' };
    const target = join(folder, `${code}-${at}`);
    let fault: Fault | null = { at, code, more: which % 4 };
    const { reader, readOnly, states, refused } = await live(target, () => fault);
    fault = null;
    const title = `${code} at ${name}, ${at}, and ${which % 4} more`;
    // One that could not be read at opening shows nothing, and nothing can be done to it.
    const shown = readOnly === null ? states.at(-1) : states[0];
    if (readOnly !== null) expect([title, shown, states.length]).toEqual([title, states.at(-1), deeds.length + 1]);
    const left = unstamped(await found(`${target}-crashed`));
    if (!refused.some((state) => isDeepStrictEqual(state, left))) expect([title, left]).toEqual([title, shown]);
    if (readOnly === null) {
      await reader.marks.setNote(paper(7), 'The fault is gone');
      const last = unstamped(stateOf(reader.store));
      await reader.store.close();
      expect([title, unstamped(await found(target))]).toEqual([title, last]);
    } else await reader.store.close();
    await rm(target, { recursive: true });
    await rm(`${target}-crashed`, { recursive: true });
  }
}, 600_000);

test('nor is anything lost while files can be neither read nor written for a while', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(400),
      fc.integer({ min: 1, max: 60 }),
      fc.constantFrom(...codes),
      async (at, more, code) => {
        const target = await mkdtemp(join(folder, 'while-'));
        await rm(target, { recursive: true });
        let fault: Fault | null = { at, more, code };
        const { reader, readOnly, states, refused } = await live(target, () => fault);
        const left = unstamped(await found(`${target}-crashed`));
        if (!refused.some((state) => isDeepStrictEqual(state, left))) expect(left).toEqual(states.at(-1));
        fault = null;
        if (readOnly === null) await reader.marks.setNote(paper(7), 'The fault is gone');
        const last = unstamped(stateOf(reader.store));
        await reader.store.close();
        expect(unstamped(await found(target))).toEqual(last);
      },
    ),
    { numRuns: Number(process.env['RUNS'] ?? 25) },
  );
}, 600_000);

test('a crash at any file operation loses nothing that was acknowledged, and brings at most what was being done', async () => {
  const { reader: first, states, operations } = await live(join(folder, 'none'), () => null);
  await first.store.close();
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
      expectWords(error);
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
