import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { captureOf } from './capture-testing.ts';
import { type Library, openLibrary } from './library.ts';
import { call, importText, list, nextChange } from './library-testing.ts';

let folder: string;
let library: Library;

const open = () => openLibrary({ dataFolder: folder, bundledCapture: null, appVersion: '1.2.3' });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'offprint-library-'));
  library = await open();
});
afterEach(async () => {
  await library.close();
  await rm(folder, { recursive: true, force: true });
});

const spelt = 'A Long Title About the Many Practical Uses of Graphs';
const misspelt = 'A Long Title About the Many Practical Usess of Graphs';
const groups = async () => (await call(library, 'duplicates.list', { offset: 0, limit: 10 })).groups;
const count = async () => (await call(library, 'library.state', {})).duplicates;

test('duplicates are found after an import, and the window is told', async () => {
  const told = nextChange(library, ({ state }) => state.duplicates === 1);
  await importText(library, captureOf(spelt, 'Beta of Graphs'));
  await importText(library, captureOf(misspelt), 'second.txt');
  await told;
  const [group] = await groups();
  expect(group?.papers.map(({ title }) => title)).toEqual([misspelt, spelt]);
  expect(group?.reason).toBe('Nearly the same title; neither gives an author');
});

test('told apart they are none any more, until that is taken back; merged neither', async () => {
  await importText(library, captureOf(spelt, misspelt));
  const [group] = await groups();
  const ids = group?.papers.map(({ id }) => id) ?? [];
  await call(library, 'duplicates.dismiss', { ids });
  expect(await groups()).toEqual([]);
  expect(await count()).toBe(0);
  await call(library, 'history.undo', {});
  expect(await groups()).toHaveLength(1);
  expect(await count()).toBe(1);

  const { change } = await call(library, 'papers.merge', { ids });
  expect(await count()).toBe(0);
  expect(await groups()).toEqual([]);
  await call(library, 'changes.undo', { id: change });
  expect(await groups()).toHaveLength(1);
  expect((await list(library)).total).toBe(2);
});

test('what was not looked at before the library closed is looked at when it opens', async () => {
  await importText(library, captureOf(spelt, misspelt));
  await library.close();
  library = await open();
  expect(await groups()).toHaveLength(1);
  await library.close();
  library = await open();
  expect(await count()).toBe(1);
});
