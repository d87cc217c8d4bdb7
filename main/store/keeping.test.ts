import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemFiles } from './durable-file.ts';
import { Generations } from './generation-files.ts';
import { JournalAdapter } from './journal-adapter.ts';
import { scanSegment } from './journal-scan.ts';
import type { PaperRecord } from './library-data.ts';
import { Store } from './store.ts';
import { type Fault, faultyFiles, MemoryAdapter, openReader, stateOf } from './store-testing.ts';

// How the store has generations taken, and what it keeps for them.

let folder: string;
let generations: Generations;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'offprint-keeping-'));
  generations = new Generations(folder, systemFiles);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const noteOn = (at: number, note: string) => ({ papers: new Map([[`arxiv:${at}`, { note, changedAt: at }]]) });
const clearing = (count: number): Map<string, PaperRecord | null> =>
  new Map(Array.from({ length: count }, (_, at) => [`arxiv:${at}`, null]));
const notesIn = async (id: string) => {
  const read = await generations.read(id);
  return read.kind === 'good' ? [...read.data.papers.values()].map(({ note }) => note).toSorted() : read.kind;
};

test('a state is what is on the disk at that moment, whatever is being written', async () => {
  const writes: (() => void)[] = [];
  const adapter = new MemoryAdapter(() => new Promise<void>((resolve) => writes.push(resolve)));
  const store = await Store.open(adapter);
  const first = store.change(noteOn(1, 'one'));
  await Promise.resolve();
  const kept = store.keep('asked');
  const second = store.change(noteOn(1, 'two'));
  expect(adapter.kept).toEqual([]);
  writes[0]?.();
  await first;
  await kept;
  expect(adapter.kept.map(({ image }) => image.records)).toEqual([[{ note: 'one', changedAt: 1 }]]);
  writes[1]?.();
  await second;
  await store.keep('asked');
  expect(adapter.kept[1]?.image.records).toEqual([{ note: 'two', changedAt: 1 }]);
});

test('a write that fails leaves the state before it to be kept', async () => {
  const adapter = new MemoryAdapter(async (_, changes) => {
    if (changes.some(({ settings }) => settings)) throw new Error('no');
  });
  const store = await Store.open(adapter);
  await store.change(noteOn(1, 'one'));
  const refused = store.change({ ...noteOn(1, 'two'), settings: { theme: 'dark' } });
  const kept = store.keep('hour');
  await expect(refused).rejects.toThrow('no');
  await kept;
  expect(adapter.kept.map(({ image }) => image.records)).toEqual([[{ note: 'one', changedAt: 1 }]]);
});

test('before a large change the state is kept, on the disk before it and without it; others need not wait', async () => {
  const { store } = await openReader(folder);
  await store.change(noteOn(0, 'one'));
  await store.change(noteOn(1, 'two'));
  await store.change(noteOn(2, ''));
  expect((await generations.list()).generations).toEqual([]);
  const large = store.change({ papers: clearing(2) });
  // Made meanwhile: it shows at once, and is in the order in which it was asked for.
  const after = store.change(noteOn(0, 'three'));
  expect(store.record('arxiv:0')?.note).toBe('three');
  await Promise.all([large, after]);
  const [kept] = (await generations.list()).generations;
  expect(kept).toMatchObject({ reason: 'large-change', notes: 3 });
  expect(await notesIn(kept?.id ?? '')).toEqual(['', 'one', 'two']);
  await store.close();
  const again = await openReader(folder);
  expect(stateOf(again.store).records).toEqual(stateOf(store).records);
  await again.store.close();
});

test('where no state can be kept, a restore is refused, and a large change is made and told of', async () => {
  const { store } = await openReader(folder);
  await writeFile(join(folder, 'generations'), 'in the way');
  const told: unknown[] = [];
  store.onUnkept((error) => told.push(error));
  await store.change(noteOn(0, 'one'));
  await store.change(noteOn(1, 'two'));
  const restore = store.change({ papers: clearing(1), keepFirst: 'restore' });
  await expect(restore).rejects.toMatchObject({ code: 'unreadable', message: expect.stringContaining('generations') });
  expect(store.records.size).toBe(2);
  expect(told).toEqual([]);
  await store.change({ papers: clearing(2) });
  expect(store.records.size).toBe(0);
  expect(told).toMatchObject([{ code: 'unreadable' }]);
  await expect(store.keep('asked')).rejects.toMatchObject({ code: 'unreadable' });
  await rm(join(folder, 'generations'));
  await store.change({ ...noteOn(0, 'three') });
  await store.change({ papers: clearing(1), keepFirst: 'restore' });
  expect((await generations.list()).generations).toMatchObject([{ reason: 'restore', notes: 1 }]);
  await store.close();
  await expect(store.keep('asked')).rejects.toMatchObject({ code: 'refused' });
});

test('nothing is kept twice, and nothing at all of an empty library unless it is asked for', async () => {
  const { store } = await openReader(folder);
  expect(await store.keep('start')).toBeNull();
  await store.change(noteOn(0, 'one'));
  const [first, second] = await Promise.all([store.keep('start'), store.keep('hour')]);
  expect(second).toEqual(first);
  await store.change({ settings: { theme: 'dark' } });
  expect(await store.keep('import')).toEqual({ ...first, id: first?.id.replace('start', 'import'), reason: 'import' });
  await store.change({ tagColours: new Map([['a', 'red']]) });
  const coloured = await store.keep('hour');
  expect(coloured?.reason).toBe('hour');
  expect((await generations.list()).generations).toHaveLength(2);
  await store.close();
});

test('where nothing can be changed, nothing is kept', async () => {
  await (await openReader(folder)).store.close();
  const store = await Store.open(new JournalAdapter(folder, systemFiles, 1000, 'It is read-only.'));
  await expect(store.keep('asked')).rejects.toMatchObject({ code: 'refused', message: 'It is read-only.' });
  await store.close();
  expect(await readdir(folder)).not.toContain('generations');
});

test('the journal is kept back to the newest state, and no longer', async () => {
  const shortest = 500;
  const { store } = await openReader(folder, systemFiles, shortest);
  await store.change(noteOn(0, 'one'));
  const kept = await store.keep('asked');
  const fold = async () => {
    for (let at = 0; at < 40; at += 1) await store.change(noteOn(1, `${at} ${'x'.repeat(40)}`));
  };
  const firstLine = async () => {
    const names = (await readdir(join(folder, 'journal'))).filter((name) => /^\d+\.log$/.test(name));
    const heads = await Promise.all(
      names.map(async (name) => scanSegment(name, await readFile(join(folder, 'journal', name))).head?.from ?? 0),
    );
    return Math.min(...heads);
  };
  await fold();
  expect(await firstLine()).toBeLessThanOrEqual((kept?.position?.upTo ?? 0) + 1);
  const later = await store.keep('asked');
  await fold();
  await store.close();
  expect(await firstLine()).toBeGreaterThan((kept?.position?.upTo ?? 0) + 1);
  expect(await firstLine()).toBeLessThanOrEqual((later?.position?.upTo ?? 0) + 1);
});

test('a file of an older layout is kept as it was, before one of this layout takes its place', async () => {
  const old =
    '{"format":"offprint-library","schema":1,"stamp":"s","settings":{},"papers":{"arxiv:1":{"note":"n","changedAt":1}}}';
  await writeFile(join(folder, 'library.json'), old);
  const { store } = await openReader(folder);
  expect((await generations.list()).generations).toEqual([]);
  await store.change(noteOn(2, 'two'));
  const [kept, ...others] = (await generations.list()).generations;
  expect(others).toEqual([]);
  expect(kept).toMatchObject({ reason: 'migration', papers: 1, notes: 1 });
  const file = gunzipSync(await readFile(join(generations.folder, `${kept?.id}.json.gz`))).toString();
  expect(file).toMatch(/^\{"generation":\{[^}]*\},"format":"offprint-library","schema":1,/);
  await store.close();
});

test('whichever file operation fails while a state is kept, nothing acknowledged is lost and the store works on', async () => {
  const live = async (name: string, faultAt: number | null) => {
    const place = join(folder, name);
    await systemFiles.mkdir(place);
    let fault: Fault | null = null;
    const { files, done } = faultyFiles(() => fault);
    const store = await Store.open(new JournalAdapter(place, files));
    store.onUnkept(() => {});
    await store.change(noteOn(0, 'one'));
    await store.change(noteOn(1, 'two'));
    const before = done.length;
    if (faultAt !== null) fault = { at: before + faultAt, code: 'ENOSPC' };
    const outcomes = await Promise.allSettled([
      store.keep('hour'),
      store.change(noteOn(2, 'three')),
      store.change({ papers: clearing(1), keepFirst: 'restore' }),
    ]);
    const operations = done.length - before;
    fault = null;
    const [, , restored] = outcomes;
    const ids = [...store.records.keys()];
    expect(ids.includes('arxiv:0')).toBe(restored.status === 'rejected');
    await store.change(noteOn(3, 'four'));
    const last = await store.keep('asked');
    const state = stateOf(store);
    await store.close();
    const again = await openReader(place);
    expect(again.store.notices).toEqual([]);
    expect(stateOf(again.store)).toEqual(state);
    await again.store.close();
    const kept = new Generations(place, systemFiles);
    expect((await kept.list()).damaged).toEqual([]);
    expect(await kept.read(last?.id ?? '')).toMatchObject({ kind: 'good', data: { papers: state.records } });
    return operations;
  };
  const operations = await live('none', null);
  expect(operations).toBeGreaterThan(15);
  for (let at = 0; at < operations; at += 1) await live(`fault-${at}`, at);
}, 60_000);
