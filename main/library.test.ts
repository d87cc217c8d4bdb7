import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { contract, type EventPayload, events } from '../shared/contract.ts';
import { OffprintError } from '../shared/outcome.ts';
import { captureOf } from './capture-testing.ts';
import { type Library, type LibraryOptions, openLibrary } from './library.ts';
import { call, importText, list, nextChange, previewImport } from './library-testing.ts';
import { JournalAdapter } from './store/journal-adapter.ts';

let folder: string;
let opened: Library[];

const capture = captureOf('Alpha of Graphs', 'Beta of Graphs', 'Gamma of Trees');

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'offprint-library-'));
  opened = [];
});
afterEach(async () => {
  for (const library of opened) await library.close();
  await rm(folder, { recursive: true, force: true });
});

async function open(options: Partial<LibraryOptions> = {}): Promise<Library> {
  const library = await openLibrary({ dataFolder: folder, bundledCapture: null, appVersion: '1.2.3', ...options });
  opened.push(library);
  return library;
}

/** A library of the three papers, and their ids in order. */
async function openThree() {
  const library = await open();
  await importText(library, capture);
  const ids = (await list(library)).rows.map(({ id }) => id) as [string, string, string];
  return { library, ids };
}

test('a new library opens with the bundled capture, once', async () => {
  const bundled = join(import.meta.dirname, '../resources/daily-papers.txt');
  const library = await open({ bundledCapture: bundled });
  const { total, rows } = await list(library);
  expect(total).toBe(55);
  expect(rows[0]?.title).toBe('Adversarial Imitation Learning via Boosting');
  expect(rows.every(({ status, starred, changedAt }) => status === 'unread' && !starred && changedAt === null)).toBe(
    true,
  );
  const state = await call(library, 'library.state', {});
  expect(state).toMatchObject({
    counts: { inbox: 55, all: 55 },
    appVersion: '1.2.3',
    dataFolder: library.dataFolder,
    notices: [],
  });
  await library.close();
  const again = await open({ bundledCapture: bundled });
  expect((await call(again, 'library.state', {})).sources).toHaveLength(1);
});

test('a bundled capture that cannot be read is a notice, not the end', async () => {
  const library = await open({ bundledCapture: join(folder, 'nowhere.txt') });
  const { notices, settings } = await call(library, 'library.state', {});
  expect(notices).toEqual([expect.stringContaining('nowhere.txt')]);
  expect(settings.bundledAt).toBeNull();
});

describe('marks', () => {
  test('by ids: rows, counts and views tell the same story, now and after opening again', async () => {
    const { library, ids } = await openThree();
    const answer = await call(library, 'papers.mark', {
      selection: { ids: [ids[0], ids[1]] },
      change: { status: 'read', addTags: ['graphs'] },
    });
    expect(answer).toEqual({ changed: 2, label: 'Changed 2 papers' });
    await call(library, 'papers.mark', { selection: { ids: [ids[2]] }, change: { starred: true } });
    const check = async (of: Library) => {
      const state = await call(of, 'library.state', {});
      expect(state.counts).toMatchObject({ inbox: 1, read: 2, starred: 1, all: 3 });
      expect(state.tags).toEqual([{ name: 'graphs', count: 2, total: 2, colour: null }]);
      expect((await list(of, 'read')).rows.map(({ id }) => id)).toEqual([ids[0], ids[1]]);
      expect((await list(of, 'tag:graphs')).total).toBe(2);
      expect((await list(of, 'all', 'is:starred')).rows[0]).toMatchObject({ id: ids[2], starred: true, tags: [] });
      expect(await call(of, 'paper.get', { id: ids[0], query: '' })).toMatchObject({
        status: 'read',
        tags: ['graphs'],
      });
    };
    await check(library);
    await library.close();
    await check(await open());
  });

  test('by ranges of a result set, whose rows then show the change', async () => {
    const { library, ids } = await openThree();
    const { result } = await list(library, 'inbox');
    const { changed } = await call(library, 'papers.mark', {
      selection: {
        result,
        ranges: [
          [0, 1],
          [2, 3],
        ],
      },
      change: { status: 'skipped' },
    });
    expect(changed).toBe(2);
    const { rows } = await call(library, 'list.rows', { result, offset: 0, limit: 10 });
    expect(rows.map(({ id, status }) => [id, status])).toEqual([
      [ids[0], 'skipped'],
      [ids[1], 'unread'],
      [ids[2], 'skipped'],
    ]);
    expect((await list(library, 'inbox')).total).toBe(1);
  });

  test('one unknown paper among known ones: named, and nothing changed', async () => {
    const { library, ids } = await openThree();
    const marking = call(library, 'papers.mark', {
      selection: { ids: [ids[0], 'arxiv:9999.99999'] },
      change: { starred: true },
    });
    await expect(marking).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('arxiv:9999.99999'),
    });
    expect((await call(library, 'library.state', {})).counts.starred).toBe(0);
  });

  test('undo and redo reach the store, the lists and the counts', async () => {
    const { library, ids } = await openThree();
    await call(library, 'papers.mark', { selection: { ids }, change: { status: 'read' } });
    expect(await call(library, 'history.undo', {})).toEqual({ done: 'Marked 3 papers read' });
    const undone = await call(library, 'library.state', {});
    expect(undone).toMatchObject({
      undo: 'Imported 3 papers from papers.txt',
      redo: 'Marked 3 papers read',
      counts: { inbox: 3, read: 0 },
    });
    expect((await list(library, 'read')).total).toBe(0);
    expect(JSON.parse(await readFile(join(folder, 'library.json'), 'utf8')).papers).toEqual({});
    expect(await call(library, 'history.redo', {})).toEqual({ done: 'Marked 3 papers read' });
    expect((await list(library, 'read')).total).toBe(3);
    expect(await call(library, 'history.redo', {})).toEqual({ done: null });
  });
});

describe('notes', () => {
  test('a note is on the disk when it is acknowledged, and is there after opening and importing again', async () => {
    const { library, ids } = await openThree();
    const text = '# Why\n\n<script>alert("x")</script> – “quotes”, \u2028 and 長い\n';
    const { changedAt } = await call(library, 'note.set', { id: ids[1], text });
    const journal = await readdir(join(folder, 'journal'));
    const written = await Promise.all(journal.map((file) => readFile(join(folder, 'journal', file), 'utf8')));
    expect(written.join('')).toContain(JSON.stringify(text));
    await library.close();
    expect(JSON.parse(await readFile(join(folder, 'library.json'), 'utf8')).papers[ids[1]].note).toBe(text);
    const again = await open();
    await importText(again, capture);
    expect(await call(again, 'paper.get', { id: ids[1], query: '' })).toMatchObject({
      note: text,
      noteChangedAt: changedAt,
      hasNote: true,
      status: 'unread',
    });
    expect((await list(again, 'notes')).rows.map(({ id }) => id)).toEqual([ids[1]]);
  });

  test('one asked for before closing is saved; one asked for after is refused', async () => {
    const { library, ids } = await openThree();
    const saving = call(library, 'note.set', { id: ids[0], text: 'in time' });
    const closing = library.close();
    await expect(call(library, 'note.set', { id: ids[1], text: 'too late' })).rejects.toMatchObject({
      code: 'refused',
    });
    await Promise.all([saving, closing]);
    const { papers } = JSON.parse(await readFile(join(folder, 'library.json'), 'utf8'));
    expect(Object.keys(papers)).toEqual([ids[0]]);
  });

  test('of a million characters, and of none that anybody would write, come back bit for bit', async () => {
    const { library, ids } = await openThree();
    const texts = ['\ud800 \udfff\0\u2029', '𝒳"\\\n'.repeat(200_000), '\ufeff \u0085'];
    for (const [at, text] of texts.entries()) await call(library, 'note.set', { id: ids[at] ?? '', text });
    await library.close();
    const again = await open();
    for (const [at, text] of texts.entries()) {
      expect((await call(again, 'paper.get', { id: ids[at] ?? '', query: '' })).note === text).toBe(true);
    }
  });

  test('an unknown paper has none', async () => {
    const { library } = await openThree();
    const id = 'title:0000000000000000';
    await expect(call(library, 'note.set', { id, text: 'x' })).rejects.toMatchObject({ code: 'not-found' });
    await expect(call(library, 'paper.get', { id, query: '' })).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('the mirror', () => {
  test('a corpus that is made anew shows the marks again once the papers are back', async () => {
    const { library, ids } = await openThree();
    await call(library, 'papers.mark', { selection: { ids: [ids[2]] }, change: { status: 'queued' } });
    await library.close();
    for (const name of ['corpus.db', 'captures']) await rm(join(folder, name), { recursive: true, force: true });
    const again = await open();
    await importText(again, capture);
    expect((await list(again, 'queued')).rows.map(({ id }) => id)).toEqual([ids[2]]);
    expect((await call(again, 'library.state', {})).counts.queued).toBe(1);
  });

  test('a store put back from elsewhere is what is shown', async () => {
    const { library, ids } = await openThree();
    await call(library, 'papers.mark', { selection: { ids: [ids[0]] }, change: { status: 'read' } });
    await library.close();
    await writeFile(join(folder, 'copy'), await readFile(join(folder, 'library.json')));
    const later = await open();
    await call(later, 'papers.mark', { selection: { ids }, change: { status: 'skipped' } });
    await later.close();
    await rename(join(folder, 'copy'), join(folder, 'library.json'));
    const restored = await open();
    expect((await call(restored, 'library.state', {})).counts).toMatchObject({ read: 1, skipped: 0, inbox: 2 });
    expect((await list(restored, 'skipped')).total).toBe(0);
  });
});

test('papers of which nothing is left: said, the bundled ones come back, and with them what was said of them', async () => {
  const bundledCapture = join(import.meta.dirname, '../resources/daily-papers.txt');
  const library = await open({ bundledCapture });
  await importText(library, capture);
  const bundled = (await list(library)).rows.at(-1)?.id ?? '';
  const other = (await list(library)).rows[0]?.id ?? '';
  for (const id of [bundled, other]) await call(library, 'note.set', { id, text: `note of ${id}` });
  await library.close();
  await rm(join(folder, 'corpus.db'));
  await rm(join(folder, 'captures'), { recursive: true });

  const again = await open({ bundledCapture });
  const { notices, counts } = await call(again, 'library.state', {});
  expect(notices).toEqual([expect.stringMatching(/2 papers is kept.*captures/)]);
  expect(counts).toMatchObject({ all: 55, notes: 1 });
  expect(await call(again, 'paper.get', { id: bundled, query: '' })).toMatchObject({ note: `note of ${bundled}` });
  await importText(again, capture);
  expect((await list(again, 'notes')).total).toBe(2);
  await again.close();
  expect((await call(await open({ bundledCapture }), 'library.state', {})).notices).toEqual([]);
});

test('a folder with 200 characters in its name, in several scripts, is as good as any', async () => {
  const name = `été 論文 ${'x'.repeat(200)}`.slice(0, 200);
  const dataFolder = join(folder, name);
  const library = await open({ dataFolder });
  await importText(library, capture);
  const id = (await list(library)).rows[0]?.id ?? '';
  await call(library, 'note.set', { id, text: 'here' });
  await library.close();
  expect((await list(await open({ dataFolder }), 'notes')).total).toBe(1);
});

describe('changes are announced', () => {
  test('to every listener, whatever another one does', async () => {
    const { library, ids } = await openThree();
    library.on('library.changed', () => {
      throw new Error('the window has gone');
    });
    for (const starred of [true, false]) {
      const told = nextChange(library, ({ state }) => state.counts.starred === Number(starred));
      await call(library, 'papers.mark', { selection: { ids: [ids[0]] }, change: { starred } });
      await told;
    }
  });

  test('with a growing version, and what they changed', async () => {
    const { library, ids } = await openThree();
    const seen: EventPayload<'library.changed'>[] = [];
    library.on('library.changed', (change) => seen.push(events['library.changed'].parse(change)));
    await call(library, 'papers.mark', { selection: { ids: [ids[0]] }, change: { starred: true } });
    await nextChange(library, ({ state }) => state.counts.starred === 1);
    const themed = nextChange(library, ({ state }) => state.settings.theme === 'dark');
    expect(await call(library, 'settings.set', { theme: 'dark' })).toMatchObject({ theme: 'dark' });
    expect((await themed).rows).toBe(false);
    const versions = seen.map(({ state }) => state.version);
    expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
    expect(seen[0]?.rows).toBe(true);
    expect((await call(library, 'library.state', {})).version).toBeGreaterThan(versions.at(-1) ?? 0);
  });

  test('a change that could not be saved is taken back and announced', async () => {
    const { library, ids } = await openThree();
    vi.spyOn(JournalAdapter.prototype, 'write').mockRejectedValueOnce(
      new OffprintError('unreadable', 'The journal could not be saved.'),
    );
    const announced = nextChange(library, ({ rows }) => rows);
    const marking = call(library, 'papers.mark', { selection: { ids: [ids[0]] }, change: { starred: true } });
    await expect(marking).rejects.toMatchObject({
      code: 'unreadable',
      message: 'The journal could not be saved.',
    });
    expect((await announced).state).toMatchObject({
      counts: { starred: 0 },
      undo: 'Imported 3 papers from papers.txt',
    });
    await call(library, 'papers.mark', { selection: { ids: [ids[0]] }, change: { starred: true } });
    expect((await list(library, 'starred')).rows[0]?.starred).toBe(true);
  });
});

test('settings are kept, and what cannot be set is not taken', async () => {
  const library = await open();
  const columns = { order: ['title' as const], widths: { title: 300 } };
  await call(library, 'settings.set', { columns, density: 'comfortable' });
  await expect(call(library, 'settings.set', { theme: 'sepia' as 'dark' })).rejects.toMatchObject({
    code: 'bad-input',
  });
  await library.close();
  const { settings } = await call(await open(), 'library.state', {});
  expect(settings).toMatchObject({ columns, density: 'comfortable', theme: 'system' });
});

test('a damaged store is said at opening', async () => {
  const { library, ids } = await openThree();
  await call(library, 'note.set', { id: ids[0], text: 'first' });
  await call(library, 'note.set', { id: ids[0], text: 'second' });
  await library.close();
  await writeFile(join(folder, 'library.json'), '');
  const again = await open();
  expect((await call(again, 'library.state', {})).notices).toEqual([expect.stringContaining('backup')]);
  expect(await call(again, 'paper.get', { id: ids[0], query: '' })).toMatchObject({ note: 'second' });
});

test('an unknown view, a closed result set and an import of nothing are clear errors', async () => {
  const { library } = await openThree();
  await expect(list(library, 'nonsense')).rejects.toMatchObject({ code: 'not-found' });
  const { result } = await list(library);
  await call(library, 'list.close', { result });
  await expect(call(library, 'list.rows', { result, offset: 0, limit: 5 })).rejects.toMatchObject({
    code: 'not-found',
  });
  const { failures, total } = (await previewImport(library, { name: 'empty.txt', text: '' })).preview;
  expect(failures).toEqual([{ path: 'empty.txt', reason: expect.stringContaining('empty.txt') }]);
  expect(total).toEqual({ new: 0, merged: 0, unchanged: 0, skipped: 0 });
});

test('one folder is opened once at a time, and closing lets it go', async () => {
  const library = await open();
  await expect(open()).rejects.toMatchObject({ code: 'locked', message: expect.stringContaining(String(process.pid)) });
  await Promise.all([library.close(), library.close()]);
  await open();
});

test('a library of a newer Offprint opens for reading only, and leaves everything as it is', async () => {
  const content = '{"format":"offprint-library","schema":9,"papers":{"arxiv:1":{"note":"Kept","changedAt":1}}}';
  await writeFile(join(folder, 'library.json'), content);
  const library = await open();
  const { readOnly } = await call(library, 'library.state', {});
  expect(readOnly).toMatch(/library\.json was written by a newer Offprint/);
  const refusal = { code: 'refused', message: readOnly };
  await expect(call(library, 'settings.set', { theme: 'dark' })).rejects.toMatchObject(refusal);
  await expect(library.importFiles([{ path: '/a/file', name: 'Papers' }])).rejects.toMatchObject(refusal);
  expect(await call(library, 'duplicates.list', { offset: 0, limit: 1 })).toEqual({ total: 0, groups: [] });
  await library.close();
  expect(await readFile(join(folder, 'library.json'), 'utf8')).toBe(content);
  await rm(join(folder, 'library.json'));
  const again = await open();
  expect((await call(again, 'library.state', {})).readOnly).toBeNull();
});

test('every call of the contract has a handler', async () => {
  const library = await open();
  expect(Object.keys(library.handlers).sort()).toEqual(Object.keys(contract).sort());
  expect(await call(library, 'session.flushed', { unsaved: 0 })).toEqual({});
});
