import { cpSync } from 'node:fs';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { OffprintError } from '../shared/outcome.ts';
import { captureOf } from './capture-testing.ts';
import type { PapersWriter } from './corpus/papers-writer.ts';
import { exportPapers } from './exporters/offprint-json.ts';
import { type Library, openLibrary } from './library.ts';
import { call, importText, list } from './library-testing.ts';
import { PapersDesk } from './papers-desk.ts';
import { History } from './store/history.ts';
import { JournalAdapter } from './store/journal-adapter.ts';

// Papers are written to one database and the reader's steps to another place. A crash may come
// between the two; here it is a write that fails, or a copy of the folder at that moment.

let folder: string;
let library: Library;

async function open(bundledCapture: string | null = null, dataFolder = join(folder, 'data')): Promise<void> {
  library = await openLibrary({ dataFolder, bundledCapture, appVersion: '1' });
}
async function reopen(bundledCapture: string | null = null): Promise<void> {
  vi.restoreAllMocks();
  await library.close();
  await open(bundledCapture);
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'offprint-crash-'));
  await open();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await library.close();
  await rm(folder, { recursive: true, force: true });
});

const undo = async () => (await call(library, 'history.undo', {})).done;
const redo = async () => (await call(library, 'history.redo', {})).done;
const papers = async () => {
  const { rows } = await list(library);
  return Promise.all(rows.map(({ id }) => call(library, 'paper.get', { id, query: '' })));
};
const labels = async () => {
  const { undo, redo } = await call(library, 'library.state', {});
  return { undo, redo };
};
const cutOff = () => Promise.reject(new OffprintError('unreadable', 'cut off'));

test('what was done to the papers and not noted any more is a step of Undo all the same', async () => {
  await importText(library, captureOf('Ash of the Woods', 'Beech of the Woods'));
  const ids = (await list(library)).rows.map(({ id }) => id);
  await call(library, 'papers.mark', { selection: { ids }, change: { starred: true } });
  vi.spyOn(History.prototype, 'did').mockImplementation(cutOff);
  await expect(importText(library, captureOf('Cedar of the Woods'), 'cedar.txt')).rejects.toThrow('cut off');
  await expect(call(library, 'papers.merge', { ids })).rejects.toThrow('cut off');
  await expect(call(library, 'sources.remove', { source: 1 })).rejects.toThrow('cut off');
  await reopen();
  const after = await papers();
  const steps = [
    'Removed the source “papers.txt”',
    'Merged 2 papers into “Ash of the Woods”',
    'Imported 1 paper from cedar.txt',
    'Starred 2 papers',
    'Imported 2 papers from papers.txt',
  ];
  for (const step of steps) expect(await undo()).toBe(step);
  expect([await undo(), await papers()]).toEqual([null, []]);
  await reopen();
  for (const step of steps.toReversed()) expect(await redo()).toBe(step);
  expect(await papers()).toEqual(after);
});

test('what was taken back or done again and not noted any more stands where it belongs', async () => {
  await importText(library, captureOf('Ash of the Woods'));
  for (const [turn, there] of [
    [undo, { undo: null, redo: 'Imported 1 paper from papers.txt' }],
    [redo, { undo: 'Imported 1 paper from papers.txt', redo: null }],
  ] as const) {
    vi.spyOn(JournalAdapter.prototype, 'write').mockImplementation(cutOff);
    await expect(turn()).rejects.toThrow('cut off');
    await reopen();
    expect(await labels()).toEqual(there);
    expect((await list(library)).total).toBe(there.undo === null ? 0 : 1);
  }
});

test('the papers that come with Offprint are no step, even if the first opening was cut off', async () => {
  const bundled = join(folder, 'bundled.txt');
  await writeFile(bundled, captureOf('Ash of the Woods'));
  await library.close();
  await rm(join(folder, 'data'), { recursive: true });
  const refusing = vi.spyOn(JournalAdapter.prototype, 'write').mockImplementation(cutOff);
  await open(bundled);
  expect(refusing).toHaveBeenCalled();
  expect((await list(library)).total).toBe(1);
  await reopen(bundled);
  expect([(await list(library)).total, await labels()]).toEqual([1, { undo: null, redo: null }]);
});

test('a step of a database that is gone takes nothing of the next one back', async () => {
  await importText(library, captureOf('Ash of the Woods'));
  await library.close();
  const names = await readdir(join(folder, 'data'));
  // With the files that papers could be read again from.
  const gone = names.filter((name) => name.startsWith('corpus.db') || name === 'captures');
  for (const name of gone) await rm(join(folder, 'data', name), { recursive: true });
  await open();
  expect((await labels()).undo).toBeNull();
  await importText(library, captureOf('Ash of the Woods'));
  expect([await undo(), await undo()]).toEqual(['Imported 1 paper from papers.txt', null]);
});

test('marks that came with an import are there as long as its papers are, wherever undoing it is cut off', async () => {
  await importText(library, captureOf('Ash of the Woods'));
  const [ash] = await papers();
  let text = '';
  const marked = ash ? [{ ...ash, note: 'theirs', tags: ['theirs'] }] : [];
  for await (const piece of exportPapers(marked, 0)) text += piece;
  await undo();
  await importText(library, text, 'theirs.json', true);
  const before = await papers();
  expect(before).toMatchObject([{ note: 'theirs', tags: ['theirs'] }]);

  const crashed = join(folder, 'crashed');
  const alone = PapersDesk.prototype.alone;
  vi.spyOn(PapersDesk.prototype, 'alone').mockImplementation(function (this: PapersDesk, work) {
    const undo = () => {
      cpSync(join(folder, 'data'), crashed, { recursive: true });
      return cutOff();
    };
    const writer = { forgetUndone: async () => {}, undo } as unknown as PapersWriter;
    return alone.call(this, () => work(writer)) as never;
  });
  await expect(undo()).rejects.toThrow('cut off');
  vi.restoreAllMocks();
  expect(await papers()).toEqual(before);
  await library.close();

  await rm(join(crashed, 'lock.db'), { force: true });
  await open(null, crashed);
  expect(await papers()).toEqual(before);
  expect(await undo()).toBe('Imported 1 paper from theirs.json');
  expect((await list(library)).total).toBe(0);
  expect(await redo()).toBe('Imported 1 paper from theirs.json');
  expect(await papers()).toEqual(before);
});
