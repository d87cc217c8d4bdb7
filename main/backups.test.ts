import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { backupName } from './backup/backup-name.ts';
import { repack } from './backup/backup-testing.ts';
import { everyTurn, everythingOf, fileOf, richLibrary, TestLibraries, upload } from './backups-testing.ts';
import { captureOf } from './capture-testing.ts';
import { call, importText, list, nextChange, previewImport } from './library-testing.ts';

let places: TestLibraries;

beforeEach(async () => {
  places = await TestLibraries.make();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await places.remove();
});

test('a backup that is restored elsewhere is the library, with everything that there was', async () => {
  const library = places.keep(await richLibrary(places.data));
  const taken = await call(library, 'generations.take', {});
  const { path } = await call(library, 'backup.write', { folder: places.target });
  const before = await everythingOf(library);
  expect(before.texts.length).toBeGreaterThan(1);
  const other = await places.open(places.other);
  const { kept } = await other.backups.restore(fileOf(path));
  expect(await everythingOf(other)).toEqual(before);
  await other.close();
  const again = await places.open(places.other);
  expect(await everythingOf(again)).toEqual(before);
  const { generations } = await call(again, 'generations.list', {});
  expect(generations.map(({ id }) => id)).toContain(taken.id);
  expect(await everyTurn(again)).toEqual(await everyTurn(library));
  expect(await readdir(join(places.other, 'backups'))).toEqual([basename(kept)]);
  expect((await readdir(places.other)).filter((name) => name.startsWith('restoring'))).toEqual([]);
});

test('what was there before a backup was restored can be brought back, with everything', async () => {
  const { path } = await places.small(places.other, 'theirs');
  const library = places.keep(await richLibrary(places.data));
  const before = await everythingOf(library);
  const { kept } = await library.backups.restore(fileOf(path));
  expect((await list(library)).total).toBe(1);
  await library.backups.restore(fileOf(kept));
  expect(await everythingOf(library)).toEqual(before);
});

test('what belongs to this machine stays when a backup of another is restored', async () => {
  const bounds = { x: 1, y: 2, width: 800, height: 600, maximized: false };
  const { library, path } = await places.small(places.data, 'mine');
  await call(library, 'settings.set', {
    window: bounds,
    theme: 'dark',
    copies: { folder: places.target, every: 'day', keep: 2 },
  });
  const later = await call(library, 'backup.write', { folder: places.target });
  const other = await places.open(places.other);
  await other.backups.restore(fileOf(later.path));
  const { settings } = await call(other, 'library.state', {});
  expect(settings).toMatchObject({ theme: 'dark', window: null, copies: null, copiesId: null });
  await library.backups.restore(fileOf(path));
  const { settings: mine } = await call(library, 'library.state', {});
  expect(mine).toMatchObject({
    theme: 'system',
    window: bounds,
    copies: { folder: places.target, every: 'day', keep: 2 },
  });
});

test('a backup is of one moment, however much is changed while it is written', async () => {
  const library = await places.open(places.data);
  await importText(library, captureOf('Ash of the Woods', 'Beech of the Woods'));
  const [one = '', other = ''] = (await list(library)).rows.map(({ id }) => id);
  let said = 0;
  let written = false;
  const writing = (async () => {
    // Each is written before the next, so that a moment has as many of the one as of the other, or one more.
    for (; !written; said += 1) {
      await call(library, 'note.set', { id: one, text: `${said}` });
      await call(library, 'note.set', { id: other, text: `${said}` });
    }
  })();
  const saidBefore = said;
  const { path } = await call(library, 'backup.write', { folder: places.target });
  const saidAfter = said;
  written = true;
  await writing;
  const copy = await places.open(places.other);
  await copy.backups.restore(fileOf(path));
  const notes = await Promise.all(
    [one, other].map(async (id) => Number((await call(copy, 'paper.get', { id, query: '' })).note || '-1')),
  );
  expect(notes[0]).toBeGreaterThanOrEqual(saidBefore - 1);
  expect(notes[0]).toBeLessThanOrEqual(saidAfter);
  expect([notes[0], (notes[0] ?? 0) - 1]).toContain(notes[1]);
});

test('papers come and go while a backup is written, and what it says of them agrees', async () => {
  const library = await places.open(places.data);
  await importText(library, captureOf('Ash of the Woods'), 'first.txt');
  let written = false;
  const importing = (async () => {
    for (let at = 0; !written; at += 1) {
      await importText(library, captureOf(`Tree number ${at} of the Woods`), `${at}.txt`);
      await call(library, 'history.undo', {});
      await call(library, 'history.redo', {});
    }
  })();
  const { path } = await call(library, 'backup.write', { folder: places.target });
  written = true;
  await importing;
  const copy = await places.open(places.other);
  await copy.backups.restore(fileOf(path));
  const { counts, sources, notices } = await call(copy, 'library.state', {});
  expect([notices, counts.all]).toEqual([[], sources.length]);
  // Every step of it can be taken back, the very first import included.
  for (let steps = 0; steps < 100; steps += 1) if ((await call(copy, 'history.undo', {})).done === null) break;
  expect((await list(copy)).total).toBe(0);
});

test('what cannot be restored is refused in words, and nothing has changed', async () => {
  const { path } = await places.small(places.other, 'theirs');
  const { library } = await places.small(places.data, 'mine');
  const namesThere = async () => (await readdir(places.data)).filter((name) => name !== 'incoming').toSorted();
  const before = [await everythingOf(library), await namesThere()];
  const bytes = await readFile(path);
  bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 0xff;
  for (const [name, broken, code] of [
    ['short.offprint', bytes.subarray(0, 5000), 'damaged'],
    ['garbled.offprint', bytes, 'damaged'],
    ['paper.pdf', Buffer.from('%PDF-1.7'), 'bad-input'],
  ] as const) {
    const sent = await upload(library, broken, name);
    for (const wanted of ['backup.preview', 'backup.restore'] as const) {
      // Messages name the file as the reader knows it.
      const refusal = { code, message: expect.stringContaining(name) };
      await expect(call(library, wanted, { upload: sent })).rejects.toMatchObject(refusal);
    }
    await call(library, 'upload.discard', { upload: sent });
  }
  const { job } = await previewImport(library, { name: 'more.txt', text: captureOf('Beech of the Woods') });
  const nowhere = call(library, 'backup.restore', { upload: crypto.randomUUID() });
  await expect(nowhere).rejects.toMatchObject({ code: 'not-found' });
  await call(library, 'import.cancel', { job });
  expect([await everythingOf(library), await namesThere()]).toEqual(before);
});

test('one thing is done at a time, can be cancelled, and leaves nothing then', async () => {
  const { library, path } = await places.small(places.data, 'mine');
  const before = await everythingOf(library);
  const refusalOf = (doing: Promise<unknown>) => doing.catch((error: unknown) => error);
  const cancelled = { code: 'refused', message: 'The backup was cancelled. Nothing was changed.' };
  const writing = refusalOf(call(library, 'backup.write', { folder: places.target }));
  await expect(call(library, 'backup.write', { folder: places.target })).rejects.toMatchObject({ code: 'refused' });
  await call(library, 'backup.cancel', {});
  expect(await writing).toMatchObject(cancelled);
  const restoring = refusalOf(library.backups.restore(fileOf(path)));
  await call(library, 'backup.cancel', {});
  expect(await restoring).toMatchObject(cancelled);
  await call(library, 'backup.cancel', {});
  expect(await readdir(places.target)).toEqual([basename(path)]);
  expect((await readdir(places.data)).filter((name) => name.startsWith('restoring'))).toEqual([]);
  expect(await everythingOf(library)).toEqual(before);
  const closing = refusalOf(call(library, 'backup.write', { folder: places.target }));
  await library.close();
  expect(await closing).toMatchObject({ code: 'refused' });
  await expect(library.backups.write({ folder: places.target })).rejects.toMatchObject({ code: 'refused' });
  expect(await readdir(places.target)).toEqual([basename(path)]);
});

test('what was there before the last restores stays; what is older than all of them goes after a time', async () => {
  const { library, path } = await places.small(places.data, 'mine');
  const kept = join(places.data, 'backups');
  await mkdir(kept);
  const days = (count: number) => Date.now() - count * 24 * 60 * 60_000;
  const put = async (madeAt: number, reason: 'restore' | 'asked') => {
    const name = backupName(madeAt);
    await repack(path, join(kept, name), (manifest) => Object.assign(manifest, { madeAt, reason }));
    return name;
  };
  const stay = [await put(days(400), 'asked'), backupName(days(500))];
  await writeFile(join(kept, backupName(days(500))), 'no backup');
  for (const count of [1, 80, 89, 100]) stay.push(await put(days(count), 'restore'));
  for (const count of [101, 300]) await put(days(count), 'restore');
  const restored = await library.backups.restore(fileOf(path));
  expect((await readdir(kept)).toSorted()).toEqual([...stay, basename(restored.kept)].toSorted());
});

test('what a killed program left of a backup is gone after the next start', async () => {
  const { library } = await places.small(places.data, 'mine');
  await library.close();
  await mkdir(join(places.data, 'backups'));
  const database = `corpus.db.${crypto.randomUUID()}.tmp`;
  const left = [database, `${database}-journal`, `backups/${backupName(0)}.${crypto.randomUUID()}.tmp`];
  const others = ['notes.tmp', `thesis.${crypto.randomUUID()}.tmp`];
  for (const name of [...left, ...others]) await writeFile(join(places.data, name), '');
  await places.open(places.data);
  const there = await readdir(places.data);
  expect(there).toEqual(expect.arrayContaining(others));
  expect([there.filter((name) => left.includes(name)), await readdir(join(places.data, 'backups'))]).toEqual([[], []]);
});

test('a folder for copies is checked when it is named, and shown with its trouble', async () => {
  const library = await places.open(places.data);
  const set = (to: string) => call(library, 'settings.set', { copies: { folder: to, every: 'day', keep: 2 } });
  await expect(set(join(places.folder, 'nowhere'))).rejects.toMatchObject({ code: 'not-found' });
  await expect(set('relative')).rejects.toMatchObject({ code: 'bad-input' });
  await expect(set(places.data)).rejects.toMatchObject({ code: 'bad-input' });
  expect((await call(library, 'library.state', {})).copies).toEqual({ lastAt: null, trouble: null });
  const copied = nextChange(library, ({ state }) => state.copies.lastAt !== null);
  await set(places.target);
  expect((await copied).state.copies).toEqual({ lastAt: expect.any(Number), trouble: null });
  expect(await readdir(places.target)).toHaveLength(1);
  // The disk has been taken away: what else there is to set can be set.
  await rm(places.target, { recursive: true });
  await call(library, 'settings.set', { copies: { folder: places.target, every: 'week', keep: 5 } });
  expect(await call(library, 'settings.set', { copies: null })).toMatchObject({ copies: null });
});

test('the data folder is shown by the host that can', async () => {
  const library = await places.open(places.data);
  expect(await call(library, 'data.show', {})).toEqual({ shown: false });
});
