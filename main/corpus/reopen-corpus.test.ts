import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseQuery } from '../../shared/query/parse.ts';
import { paperOf } from '../importers/importer.ts';
import { checkCorpus } from './check-corpus.ts';
import type { Corpus } from './corpus.ts';
import { openCorpus } from './open-corpus.ts';
import { openPapersWriter } from './open-papers-writer.ts';
import { rebuildCorpus } from './rebuild-corpus.ts';
import { marksOf, temporaryFolder } from './test-corpus.ts';

let folder: string;
let remove: () => void;
const opened: Corpus[] = [];
beforeEach(() => {
  ({ folder, remove } = temporaryFolder());
});
afterEach(async () => {
  for (const corpus of opened.splice(0)) await corpus.close();
  remove();
});

const everything = { queries: [parseQuery('')], sort: [], now: 0, limit: 500 };
const path = () => join(folder, 'corpus.db');

async function open(): Promise<Corpus> {
  const corpus = await openCorpus({ folder });
  opened.push(corpus);
  return corpus;
}

/** A library with papers from two files. */
async function fill(): Promise<void> {
  const corpus = await openCorpus({ folder });
  const writer = await openPapersWriter(folder);
  for (const name of ['one.jsonl', 'two.jsonl']) {
    const file = join(folder, name);
    const records = Array.from({ length: 30 }, (_, at) => ({
      ...paperOf(`Paper ${at} of ${name}`),
      abstract: 'Grey.',
    }));
    writeFileSync(file, records.map((record) => JSON.stringify(record)).join('\n'));
    await writer.preview({ files: [{ path: file, name }], format: null }, () => {});
    await corpus.publish((await writer.confirm(() => {})).papers);
    rmSync(file);
  }
  await writer.close();
  await corpus.close();
}

async function shown(): Promise<unknown> {
  const corpus = await open();
  const { rows } = await corpus.openList(everything);
  const { counts, sources } = await corpus.state();
  return { rows, counts, sources, changes: await corpus.changes(9) };
}

test('papers are made anew from the files they came from, by whoever holds the folder, telling how far that is', async () => {
  await fill();
  const before = await shown();
  await opened.pop()?.close();
  writeFileSync(path(), readFileSync(path()).fill(0, 0, 4096));
  expect(await checkCorpus(folder, { captures: true })).toMatchObject({ state: 'damaged', captures: [] });
  const told: [number, number][] = [];
  const { setAside, ...rebuilt } = await rebuildCorpus(folder, ({ done, papers }) => told.push([done, papers]));
  expect(rebuilt).toEqual({ papers: 60, lost: [], changesKnown: true });
  expect(readdirSync(folder).map((name) => join(folder, name))).toContain(setAside);
  expect(told.at(-1)).toEqual([1, 60]);
  expect(told).toEqual(told.toSorted(([a], [b]) => a - b));
  expect(await shown()).toEqual(before);
  await opened.pop()?.close();
  // One that is whole is left alone.
  const content = readFileSync(path());
  expect(await rebuildCorpus(folder, () => {})).toEqual({ papers: 60, setAside: null, lost: [], changesKnown: true });
  expect(readFileSync(path()).equals(content)).toBe(true);
});

test('papers that are opened anew: calls wait, lists of before are gone for good, watched counts stay watched', async () => {
  await fill();
  const corpus = await open();
  await corpus.watch([{ id: 'grey', query: parseQuery('grey') }]);
  const { result } = await corpus.openList(everything);
  const reopening = corpus.reopen(null);
  const meanwhile = corpus.applyMarks({ from: null, to: 'a' }, [marksOf('title:x', { starred: true, changedAt: 1 })]);
  const state = corpus.state();
  await reopening;
  await meanwhile;
  expect((await state).counts.all).toBe(60);
  await expect(corpus.rows(result, 0, 1)).rejects.toMatchObject({ code: 'not-found' });
  expect((await corpus.openList(everything)).result).toBeGreaterThan(result);
  await expect.poll(async () => (await corpus.state()).watched['grey'], { interval: 5 }).toBe(60);
  expect(corpus.trouble).toBeNull();
});

test('a database that is to be set aside is, and what finds damage is asked again once it is mended', async () => {
  await fill();
  const corpus = await open();
  writeFileSync(path(), readFileSync(path()).fill(0x5a, 4096));
  let mended = 0;
  corpus.onDamaged(async () => {
    mended += 1;
    await corpus.reopen('damaged');
  });
  const ids = Array.from({ length: 30 }, (_, at) => `title:${at}`);
  expect(await corpus.resolve(ids)).toEqual(new Map());
  expect(await corpus.paper('title:x', parseQuery(''))).toBeNull();
  expect(mended).toBe(1);
  expect(corpus.trouble).toMatchObject({ kind: 'rebuilt', why: 'damaged', isRebuilding: true });
});

test('where nobody mends it, damage is told to whoever asked', async () => {
  await fill();
  const corpus = await open();
  writeFileSync(path(), readFileSync(path()).fill(0x5a, 4096));
  await expect(corpus.resolve(['title:x'])).rejects.toMatchObject({ code: 'damaged' });
});
