import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { afterEach, expect, test } from 'vitest';
import { openPapersWriter, startPapersWorker } from './open-papers-writer.ts';
import type { OnProgress } from './papers-writer.ts';
import { temporaryFolder } from './test-corpus.ts';
import { allIds } from './writer-testing.ts';

let cleanUp = () => {};
afterEach(() => cleanUp());

function folderForTest(): string {
  const { folder, remove } = temporaryFolder();
  cleanUp = remove;
  return folder;
}

const quiet = () => {};

function page(folder: string, papers: number): { path: string; name: string } {
  const path = join(folder, 'page.txt');
  const entries = Array.from({ length: papers }, (_, at) => `A Note on Walls of Kind ${at}\n\nWe study walls ${at}.`);
  writeFileSync(path, `Daily Papers\n\n${entries.join('\n\n')}`);
  return { path, name: 'page.txt' };
}

test('a writer in its worker imports, tells how far it is, and takes back', async () => {
  const folder = folderForTest();
  const writer = await openPapersWriter(folder);
  const told: Parameters<OnProgress>[0][] = [];
  const preview = await writer.preview({ files: [page(folder, 3)], format: null }, (progress) => told.push(progress));
  expect(preview.total).toMatchObject({ new: 3 });
  const { change, papers } = await writer.confirm((progress) => told.push(progress));
  expect(papers.revision).toBe(1);
  expect(told.map(({ phase }) => phase)).toEqual(expect.arrayContaining(['reading', 'writing']));
  expect(await writer.importedMarks(0, 5)).toEqual([]);
  expect(await writer.findDuplicates()).toBe(false);
  expect(allIds(folder)).toHaveLength(3);
  await writer.undo(change ?? 0);
  await writer.setPairs({ same: [], different: [] }, null, null);
  expect(allIds(folder)).toEqual([]);
  await writer.close();
});

test('cancelling reaches a worker that is at work', async () => {
  const folder = folderForTest();
  const writer = await openPapersWriter(folder);
  const stop = () => void writer.cancel();
  const reading = writer.preview({ files: [page(folder, 5000)], format: null }, stop);
  await expect(reading).rejects.toMatchObject({ name: 'OffprintError', code: 'refused' });
  await expect(writer.confirm(quiet)).rejects.toMatchObject({ code: 'refused' });
  expect(allIds(folder)).toEqual([]);
  await writer.close();
});

test('what goes wrong is passed on, and the worker goes on', async () => {
  const folder = folderForTest();
  const writer = await openPapersWriter(folder);
  await expect(writer.removeSource(5)).rejects.toMatchObject({ name: 'OffprintError', code: 'not-found' });
  expect((await writer.preview({ files: [page(folder, 1)], format: null }, quiet)).total.new).toBe(1);
  await writer.close();
});

test('closing gives up what waits, refuses calls, and done twice is done', async () => {
  const folder = folderForTest();
  const writer = await openPapersWriter(folder);
  await writer.preview({ files: [page(folder, 1)], format: null }, quiet);
  await Promise.all([writer.close(), writer.close()]);
  await expect(writer.confirm(quiet)).rejects.toThrow('closed');
  const again = await openPapersWriter(folder);
  await expect(again.confirm(quiet)).rejects.toMatchObject({ code: 'refused' });
  await again.close();
});

test.each([
  ['has gone', async (worker: Worker) => void (await worker.terminate())],
  ['fails', async (worker: Worker) => worker.postMessage(null)],
])('every caller is told when the worker %s', async (_, stop) => {
  const folder = folderForTest();
  const worker = startPapersWorker(folder);
  const writer = await openPapersWriter(folder, worker);
  await stop(worker);
  const asked = await Promise.allSettled([writer.cancel(), writer.undo(1)]);
  const stopped = expect.objectContaining({ code: 'internal', message: expect.stringContaining('stopped working') });
  expect(asked).toEqual(asked.map(() => ({ status: 'rejected', reason: stopped })));
  await writer.close();
});

test('a database that cannot be used is named and left as it is', async () => {
  const folder = folderForTest();
  const path = join(folder, 'corpus.db');
  writeFileSync(path, 'This is not a database at all.');
  const before = readFileSync(path);
  await expect(openPapersWriter(folder)).rejects.toMatchObject({
    code: 'damaged',
    message: expect.stringContaining(path),
  });
  expect(readFileSync(path).equals(before)).toBe(true);
});
