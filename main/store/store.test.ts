import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { OffprintError } from '../../shared/outcome.ts';
import { JournalAdapter } from './journal-adapter.ts';
import type { PaperRecord } from './library-data.ts';
import { type Commit, Store } from './store.ts';
import type { StoreChange } from './store-adapter.ts';
import { MemoryAdapter } from './store-testing.ts';

let folder: string;
let opened: Store[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'offprint-store-'));
  opened = [];
});
afterEach(async () => {
  for (const store of opened) await store.close();
  await rm(folder, { recursive: true, force: true });
});

async function open(): Promise<Store> {
  const store = await Store.open(new JournalAdapter(folder));
  opened.push(store);
  return store;
}

function one(id: string, record: PaperRecord | null): StoreChange {
  return { papers: new Map([[id, record]]) };
}

/** An adapter whose writes end when the test says so. */
class HeldAdapter extends MemoryAdapter {
  readonly writes: Map<string, PaperRecord>[];
  readonly staged: (readonly StoreChange[])[];
  readonly #turns: PromiseWithResolvers<void>[] = [];
  readonly #arrivals: (() => void)[] = [];

  constructor() {
    const writes: Map<string, PaperRecord>[] = [];
    const staged: (readonly StoreChange[])[] = [];
    super(async (data, changes) => {
      writes.push(new Map(data.papers));
      staged.push(changes);
      const turn = Promise.withResolvers<void>();
      this.#turns.push(turn);
      this.#arrivals.shift()?.();
      await turn.promise;
    });
    this.writes = writes;
    this.staged = staged;
  }
  /** Resolves when a write has begun that nobody has ended yet. */
  async begun(): Promise<void> {
    if (this.#turns.length > 0) return;
    await new Promise<void>((resolve) => this.#arrivals.push(resolve));
  }
  async end(error?: Error): Promise<void> {
    await this.begun();
    const turn = this.#turns.shift();
    if (error) turn?.reject(error);
    else turn?.resolve();
  }
}

test('changes are there after opening again', async () => {
  const store = await open();
  await store.change(one('arxiv:1', { status: 'read', changedAt: 1 }));
  await store.change({ settings: { theme: 'dark' } });
  await store.change(one('arxiv:2', { note: 'n', noteChangedAt: 2, changedAt: 2 }));
  await store.change(one('arxiv:1', null));
  await store.close();
  const again = await open();
  expect([...again.records]).toEqual([['arxiv:2', { note: 'n', noteChangedAt: 2, changedAt: 2 }]]);
  expect(again.settings.theme).toBe('dark');
  expect(again.stamp).toBe(store.stamp);
});

test('which papers are the same is there after opening again, and taken back when it cannot be written', async () => {
  const store = await open();
  const pairs = { same: [['arxiv:1', 'arxiv:2']], different: [] } as const;
  await store.change({ pairs });
  await store.close();
  expect((await open()).pairs).toEqual(pairs);

  const adapter = new HeldAdapter();
  const held = await Store.open(adapter);
  const changing = held.change({ pairs });
  expect(held.pairs).toEqual(pairs);
  await Promise.all([expect(changing).rejects.toThrow(), adapter.end(new OffprintError('unreadable', 'full'))]);
  expect(held.pairs).toEqual({ same: [], different: [] });
});

test('the stamp changes with the papers, not with the settings', async () => {
  const store = await open();
  const stamps = [store.stamp];
  await store.change(one('arxiv:1', { starred: true, changedAt: 1 }));
  stamps.push(store.stamp);
  await store.change({ settings: { theme: 'dark' } });
  expect(store.stamp).toBe(stamps[1]);
  expect(stamps[0]).not.toBe(stamps[1]);
});

test('a closed store takes no change', async () => {
  const store = await open();
  const last = store.change(one('arxiv:1', { starred: true, changedAt: 1 }));
  await store.close();
  await last;
  await expect(store.change(one('arxiv:2', { starred: true, changedAt: 1 }))).rejects.toThrow(OffprintError);
});

describe('group commit', () => {
  test('changes made during a write share the next one and resolve only with it', async () => {
    const adapter = new HeldAdapter();
    const commits: Commit[] = [];
    const store = await Store.open(adapter, (commit) => commits.push(commit));
    const settled: string[] = [];
    const change = (id: string, at: number) =>
      store.change(one(id, { starred: true, changedAt: at })).then(() => settled.push(id));

    const all = [change('arxiv:1', 1)];
    await adapter.begun();
    all.push(change('arxiv:2', 2), change('arxiv:3', 3), change('arxiv:2', 4));
    expect(store.record('arxiv:2')?.changedAt).toBe(4);
    expect(settled).toEqual([]);
    await adapter.end();
    await adapter.begun();
    expect(settled).toEqual(['arxiv:1']);
    await adapter.end();
    await Promise.all(all);
    expect(settled).toEqual(['arxiv:1', 'arxiv:2', 'arxiv:3', 'arxiv:2']);
    expect(adapter.writes.map((papers) => [...papers.keys()])).toEqual([
      ['arxiv:1'],
      ['arxiv:1', 'arxiv:2', 'arxiv:3'],
    ]);
    expect(adapter.staged.map((changes) => changes.length)).toEqual([1, 3]);
    expect(commits.map(({ papers }) => [...papers.keys()])).toEqual([['arxiv:1'], ['arxiv:2', 'arxiv:3']]);
    expect(new Set(commits.map(({ stamp }) => stamp)).size).toBe(2);
  });

  test('a failed write takes back its changes and those made since, newest first', async () => {
    const adapter = new HeldAdapter();
    const commits: Commit[] = [];
    const store = await Store.open(adapter, (commit) => commits.push(commit));
    const safe = store.change(one('arxiv:1', { note: 'safe', changedAt: 1 }));
    await adapter.end();
    await safe;
    const { stamp } = store;

    const told: string[] = [];
    const refused = new OffprintError('unreadable', 'ENOSPC');
    const first = store.change(one('arxiv:1', { note: 'lost', changedAt: 2 }), () => told.push('first'));
    await adapter.begun();
    const second = store.change(one('arxiv:1', { note: 'lost too', changedAt: 3 }), () => told.push('second'));
    const third = store.change({ settings: { theme: 'dark' } }, () => told.push('third'));
    const outcomes = Promise.allSettled([first, second, third]);
    await adapter.end(refused);
    expect((await outcomes).map((outcome) => outcome.status)).toEqual(['rejected', 'rejected', 'rejected']);
    await expect(second).rejects.toBe(refused);
    expect(told).toEqual(['third', 'second', 'first']);
    expect(store.record('arxiv:1')).toEqual({ note: 'safe', changedAt: 1 });
    expect(store.settings.theme).toBe('system');
    expect(store.stamp).toBe(stamp);
    expect(commits).toHaveLength(1);

    const after = store.change(one('arxiv:2', { starred: true, changedAt: 4 }));
    await adapter.end();
    await after;
    expect([...(adapter.writes.at(-1) ?? [])]).toEqual([
      ['arxiv:1', { note: 'safe', changedAt: 1 }],
      ['arxiv:2', { starred: true, changedAt: 4 }],
    ]);
  });

  test('for any sequence of changes and failures, memory is what the acknowledged changes make it', async () => {
    const step = fc.record({
      id: fc.constantFrom('arxiv:1', 'arxiv:2', 'arxiv:3'),
      remove: fc.boolean(),
      fails: fc.boolean(),
      waits: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const failures: boolean[] = [];
        const adapter = new MemoryAdapter(async () => {
          await Promise.resolve();
          if (failures.shift()) throw new OffprintError('unreadable', 'EIO');
        });
        const store = await Store.open(adapter);
        const expected = new Map<string, PaperRecord>();
        const acknowledged: Promise<void>[] = [];
        for (const [at, { id, remove, fails, waits }] of steps.entries()) {
          failures.push(fails);
          const record = remove ? null : { starred: true, changedAt: at };
          const done = store.change(one(id, record)).then(
            () => void (record ? expected.set(id, record) : expected.delete(id)),
            () => {},
          );
          acknowledged.push(done);
          if (waits) await done;
        }
        await Promise.all(acknowledged);
        expect(new Map(store.records)).toEqual(expected);
        const image = adapter.images.at(-1);
        const written = image?.ids.map((id, at) => [id, image.records[at]] as const) ?? [];
        expect(new Map(written.filter(([, record]) => record !== undefined))).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });
});
