import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { scratchNoteId } from '../shared/scratch-note.ts';
import { captureOf } from './capture-testing.ts';
import { type Library, openLibrary } from './library.ts';
import { call, importText, list } from './library-testing.ts';

let folder: string;
let library: Library;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'offprint-notes-'));
  library = await open();
});
afterEach(async () => {
  await library.close();
  rmSync(folder, { recursive: true, force: true });
});

function open() {
  return openLibrary({ dataFolder: folder, bundledCapture: null, appVersion: '1' });
}

async function imported(...titles: string[]): Promise<Record<string, string>> {
  await importText(library, captureOf(...titles));
  const { rows } = await list(library);
  return Object.fromEntries(rows.map(({ id, title }) => [title, id]));
}

const note = (id: string | undefined, text: string) => call(library, 'note.set', { id: id ?? '', text });
const links = (id: string | undefined) => call(library, 'notes.links', { id: id ?? '' });
const notes = (find = '', offset = 0, limit = 200) => call(library, 'notes.list', { find, offset, limit });

test('a link is known at both ends, and gone at both with the note', async () => {
  const { Ash: ash, Beech: beech } = await imported('Ash', 'Beech');
  await note(ash, `First.\n  Builds on [[${beech}|beeches]], as said.\nAgain [[${beech}]] and [[arxiv:2301.99999]].`);
  const line = `Builds on [[${beech}|beeches]], as said.`;
  expect(await links(ash)).toEqual({
    to: [
      { id: beech, title: 'Beech', line },
      { id: 'arxiv:2301.99999', title: null, line: `Again [[${beech}]] and [[arxiv:2301.99999]].` },
    ],
    from: [],
  });
  expect(await links(beech)).toEqual({ to: [], from: [{ id: ash, title: 'Ash', line }] });
  expect((await links('arxiv:2301.99999')).from).toMatchObject([{ id: ash }]);
  await note(ash, 'Nothing.');
  expect(await links(beech)).toEqual({ to: [], from: [] });
  await call(library, 'history.undo', {});
  expect((await links(beech)).from).toMatchObject([{ id: ash }]);
});

test('of those who link to a paper the last changed comes first; a paper is never linked to itself', async () => {
  const { Ash: ash, Beech: beech, Cedar: cedar } = await imported('Ash', 'Beech', 'Cedar');
  await note(beech, `[[${ash}]] and itself: [[${beech}]]`);
  await note(cedar, `[[${ash}]]`);
  await call(library, 'scratch.set', { text: `Read [[${ash}]] again` });
  expect((await links(ash)).from.map(({ title }) => title)).toEqual(['Scratch note', 'Cedar', 'Beech']);
  expect((await links(beech)).from).toEqual([]);
});

test('a link by an id that a paper was known by before leads to it, and from it', async () => {
  const { 'Ash of the Old Woods': before, Beech: beech } = await imported('Ash of the Old Woods', 'Beech');
  await note(beech, `See [[${before}]].`);
  await note(before, `See [[${beech}]].`);
  await importText(
    library,
    `${JSON.stringify({ title: 'Ash of the Old Woods', arxiv_id: '2301.01000' })}\n`,
    'a.jsonl',
  );
  const now = 'arxiv:2301.01000';
  expect((await links(beech)).to).toMatchObject([{ id: now, title: 'Ash of the Old Woods' }]);
  expect((await links(now)).from).toMatchObject([{ id: beech }]);
  expect((await links(beech)).from).toMatchObject([{ id: now }]);
});

test('of a long line the part around the link is told', async () => {
  const { Ash: ash, Beech: beech } = await imported('Ash', 'Beech');
  await note(ash, `${'x '.repeat(400)}[[${beech}]]${' y'.repeat(400)}`);
  const [{ line = '' } = {}] = (await links(beech)).from;
  expect(line.length).toBeLessThanOrEqual(300);
  expect(line).toContain(`[[${beech}]]`);
});

test('notes are listed by when they were changed, in pages, and found by text and title', async () => {
  const { Ash: ash, Beech: beech, Cedar: cedar } = await imported('Ash', 'Beech', 'Cedar');
  for (const [id, text] of [
    [cedar, 'About Ash'],
    [ash, `${'x'.repeat(599)}\u{1F332}`],
    [beech, 'Ärger'],
  ] as const) {
    await note(id, text);
  }
  await call(library, 'scratch.set', { text: 'not among them' });
  const { total, notes: all } = await notes();
  expect([total, all.map(({ id }) => id)]).toEqual([3, [beech, ash, cedar]]);
  expect(all[1]).toMatchObject({ title: 'Ash', length: 601, excerpt: 'x'.repeat(599) });
  expect(await notes('', 1, 1)).toMatchObject({ total: 3, notes: [{ id: ash }] });
  expect((await notes('ash')).notes.map(({ id }) => id)).toEqual([ash, cedar]);
  expect((await notes('  ärger ')).notes.map(({ id }) => id)).toEqual([beech]);
  await note(beech, '');
  expect(await notes('', 1, 1)).toMatchObject({ total: 2, notes: [{ id: cedar }] });
});

test('the scratch note is a note: kept, taken back, remembered, and no paper', async () => {
  expect(await call(library, 'scratch.get', {})).toEqual({ text: '', changedAt: null });
  const { changedAt } = await call(library, 'scratch.set', { text: 'Ask Ada #later' });
  expect(await call(library, 'scratch.get', {})).toEqual({ text: 'Ask Ada #later', changedAt });
  const { counts, tags, undo } = await call(library, 'library.state', {});
  expect([counts.all, counts.notes, tags, undo]).toEqual([0, 0, [], 'Wrote in the scratch note']);
  await library.close();
  library = await open();
  expect(await call(library, 'scratch.get', {})).toMatchObject({ text: 'Ask Ada #later' });
  await call(library, 'scratch.set', { text: '', apart: true });
  const { notes: deleted } = await call(library, 'notes.deleted', { offset: 0, limit: 10 });
  expect(deleted).toMatchObject([{ id: scratchNoteId, title: 'Scratch note', excerpt: 'Ask Ada #later' }]);
  expect((await call(library, 'notes.versions', { id: scratchNoteId })).versions).toHaveLength(1);
  expect(await call(library, 'history.undo', {})).toEqual({ done: 'Emptied the scratch note' });
  expect(await call(library, 'scratch.get', {})).toMatchObject({ text: 'Ask Ada #later' });
});

test('an earlier state tells of the scratch note by its name, and brings it back', async () => {
  await call(library, 'scratch.set', { text: 'before' });
  const generation = await call(library, 'generations.take', {});
  await call(library, 'scratch.set', { text: 'after', apart: true });
  const compared = await call(library, 'generations.compare', { id: generation.id, find: '', offset: 0, limit: 10 });
  expect(compared.differences).toMatchObject([
    { title: 'Scratch note', was: { note: 'before' }, now: { note: 'after' } },
  ]);
  await call(library, 'generations.restore', { id: generation.id, ids: null });
  expect(await call(library, 'scratch.get', {})).toMatchObject({ text: 'before' });
});
