import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Highlight } from '../shared/highlights.ts';
import { exportPapers } from './exporters/offprint-json.ts';
import { gathered } from './importers/inputs-for-tests.ts';
import { type Library, openLibrary } from './library.ts';
import { call, importText, list } from './library-testing.ts';

const papers = `[{"title":"On convex losses","abstract":"We show that the loss is convex.","arxivId":"2306.00001"}]`;
const id = 'arxiv:2306.00001';
const highlight: Highlight = {
  ...{ id: crypto.randomUUID(), colour: 'green', quote: 'the loss is convex', before: 'We show that ', after: '.' },
  ...{ from: 13, at: 1_795_421_700_000 },
};

let folder: string;
let library: Library;

const open = (dataFolder: string) => openLibrary({ dataFolder, bundledCapture: null, appVersion: '0' });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'offprint-highlights-'));
  library = await open(join(folder, 'one'));
  await importText(library, papers, 'papers.json');
});

afterEach(async () => {
  await library.close();
  await rm(folder, { recursive: true });
});

test('highlights come with the paper, are there after a restart, and Undo takes them back', async () => {
  expect(await call(library, 'highlights.set', { id, highlights: [highlight] })).toEqual({
    label: 'Highlighted words',
  });
  await library.close();
  library = await open(join(folder, 'one'));
  expect((await call(library, 'paper.get', { id, query: '' })).highlights).toEqual([highlight]);
  expect(await call(library, 'highlights.get', { id })).toEqual({ highlights: [highlight] });
  expect(await call(library, 'history.undo', {})).toEqual({ done: 'Highlighted words' });
  expect(await call(library, 'highlights.get', { id })).toEqual({ highlights: [] });
});

test('what another window has highlighted since stays, unless it was known and is gone', async () => {
  const other = { ...highlight, id: crypto.randomUUID(), quote: 'We show', before: '', after: ' that', from: 0 };
  await call(library, 'highlights.set', { id, highlights: [highlight], known: [] });
  // This one has heard of nothing yet.
  expect(await call(library, 'highlights.set', { id, highlights: [other], known: [] })).toEqual({
    label: 'Highlighted words',
  });
  expect(await call(library, 'highlights.get', { id })).toEqual({ highlights: [other, highlight] });
  await call(library, 'highlights.set', { id, highlights: [other], known: [other.id, highlight.id] });
  expect(await call(library, 'highlights.get', { id })).toEqual({ highlights: [other] });
});

test('of a paper that is none of the library there are none', async () => {
  await expect(call(library, 'highlights.get', { id: 'arxiv:9999.99999' })).rejects.toMatchObject({
    code: 'not-found',
  });
  const set = call(library, 'highlights.set', { id: 'arxiv:9999.99999', highlights: [highlight] });
  await expect(set).rejects.toMatchObject({ code: 'not-found' });
});

test('a paper with nothing but highlights stays when its source goes', async () => {
  await call(library, 'highlights.set', { id, highlights: [highlight] });
  const { sources } = await call(library, 'library.state', {});
  await call(library, 'sources.remove', { source: sources[0]?.id ?? 0 });
  expect((await list(library)).rows.map((row) => row.id)).toEqual([id]);
});

test('they go with an export into another library', async () => {
  await call(library, 'highlights.set', { id, highlights: [highlight] });
  const shown = await call(library, 'paper.get', { id, query: '' });
  const pieces = await gathered(exportPapers([shown], 1));
  const other = await open(join(folder, 'other'));
  try {
    await importText(other, pieces.join(''), 'export.jsonl', true);
    expect(await call(other, 'highlights.get', { id })).toEqual({ highlights: [highlight] });
  } finally {
    await other.close();
  }
});

test('an earlier state says what was highlighted, and brings it back', async () => {
  await call(library, 'highlights.set', { id, highlights: [highlight] });
  const generation = await call(library, 'generations.take', {});
  await call(library, 'highlights.set', { id, highlights: [] });
  const { differences } = await call(library, 'generations.compare', {
    id: generation.id,
    find: '',
    offset: 0,
    limit: 10,
  });
  expect(differences).toMatchObject([{ was: { highlights: ['the loss is convex (green)'] }, now: null }]);
  await call(library, 'generations.restore', { id: generation.id, ids: [id] });
  expect(await call(library, 'highlights.get', { id })).toEqual({ highlights: [highlight] });
});
