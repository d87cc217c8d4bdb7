import { cp, readdir, readFile, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { EventPayload } from '../shared/contract.ts';
import { OffprintError } from '../shared/outcome.ts';
import { libraryNames } from './backup/entry-names.ts';
import { LibrarySwap } from './backup/swap.ts';
import { everythingOf, fileOf, TestLibraries, upload } from './backups-testing.ts';
import { captureOf } from './capture-testing.ts';
import { Incoming } from './incoming.ts';
import { call, importText, list, nextChange } from './library-testing.ts';
import { PapersDesk } from './papers-desk.ts';
import { systemFiles } from './store/durable-file.ts';
import { faultyFiles } from './store/store-testing.ts';

let places: TestLibraries;

beforeEach(async () => {
  places = await TestLibraries.make();
});
afterEach(async () => {
  vi.restoreAllMocks();
  await places.remove();
});

test('a window that looks on sends a backup, sees what it holds, restores it, and sees everything change', async () => {
  const { path, id } = await places.small(places.other, 'theirs');
  const { library } = await places.small(places.data, 'mine');
  await importText(library, captureOf('Beech of the Woods'), 'other.txt');
  const old = await list(library);
  const window = crypto.randomUUID();
  await call(library, 'window.remember', { window, shown: { paper: id, query: 'beech' } });
  const before = await call(library, 'library.state', {});
  const progress: EventPayload<'backup.progress'>[] = [];
  library.on('backup.progress', (payload) => progress.push(payload));
  const sent = await upload(library, await readFile(path));
  expect(await call(library, 'backup.preview', { upload: sent })).toMatchObject({
    papers: 1,
    notes: 1,
    appVersion: '1.2.3',
  });
  const changed = nextChange(library, ({ state }) => state.counts.all === 1);
  const { kept } = await call(library, 'backup.restore', { upload: sent });
  const { state, rows } = await changed;
  expect(rows).toBe(true);
  expect(state.version).toBeGreaterThan(before.version);
  expect((await call(library, 'library.state', {})).version).toBeGreaterThan(state.version);
  expect(await call(library, 'paper.get', { id, query: '' })).toMatchObject({ note: 'theirs' });
  await expect(call(library, 'list.rows', { result: old.result, offset: 0, limit: 10 })).rejects.toMatchObject({
    code: 'not-found',
  });
  const now = await list(library);
  expect([now.total, now.result > old.result]).toEqual([1, true]);
  expect(await readdir(join(places.data, 'backups'))).toEqual([basename(kept)]);
  expect([...new Set(progress.map(({ phase }) => phase))]).toEqual(['checking', 'restoring']);
  expect(progress.at(-1)).toEqual({ phase: 'restoring', done: 1 });
  // What windows showed has not been forgotten.
  expect(await call(library, 'window.remembered', { window })).toEqual({ shown: { paper: id, query: 'beech' } });
  // Changed as any other from now on, and told of it.
  const next = nextChange(library, ({ state: after }) => after.counts.starred === 1);
  await call(library, 'papers.mark', { selection: { ids: [id] }, change: { starred: true } });
  expect((await next).state.counts.starred).toBe(1);
});

test('while what was there is set aside nothing can be changed, and all that is asked is answered', async () => {
  const { path } = await places.small(places.other, 'theirs');
  const { library, id } = await places.small(places.data, 'mine');
  const answers: Promise<unknown>[] = [];
  const refusals: unknown[] = [];
  const onProgress = (done: number) => {
    answers.push(call(library, 'library.state', {}), list(library));
    if (done < 0.5) return;
    const changing = call(library, 'note.set', { id, text: 'too late' });
    answers.push(changing.catch((error: unknown) => refusals.push(error)));
  };
  const restoring = library.backups.restore(fileOf(path), { onProgress });
  for (let done = false; !done; ) {
    answers.push(call(library, 'paper.get', { id, query: '' }));
    done = await Promise.race([
      restoring.then(() => true),
      new Promise<false>((resolve) => setImmediate(resolve, false)),
    ]);
  }
  await Promise.all(answers);
  expect(refusals.length).toBeGreaterThan(0);
  for (const refusal of refusals) {
    expect(refusal).toMatchObject({ code: 'refused', message: expect.stringContaining('A backup is being restored') });
  }
  expect(await call(library, 'paper.get', { id, query: '' })).toMatchObject({ note: 'theirs' });
});

test('a library that cannot be put in, or opened after all, gives its place back to the one before', async () => {
  const { path } = await places.small(places.other, 'theirs');
  const { library, id } = await places.small(places.data, 'mine');
  const before = await everythingOf(library);
  const trouble = new OffprintError('unreadable', 'The disk is gone.');
  vi.spyOn(LibrarySwap.prototype, 'putIn').mockRejectedValueOnce(trouble);
  await expect(library.backups.restore(fileOf(path))).rejects.toBe(trouble);
  expect(await everythingOf(library)).toEqual(before);
  // The one before is closed, then the other is opened.
  const clear = vi.spyOn(Incoming.prototype, 'clear').mockResolvedValueOnce().mockRejectedValueOnce(trouble);
  await expect(library.backups.restore(fileOf(path))).rejects.toBe(trouble);
  expect(clear).toHaveBeenCalledTimes(4);
  expect(await everythingOf(library)).toEqual(before);
  expect(await readdir(join(places.data, 'backups'))).toEqual([]);
  await call(library, 'note.set', { id, text: 'and goes on' });
  await library.close();
  expect((await call(await places.open(places.data), 'paper.get', { id, query: '' })).note).toBe('and goes on');
});

test('while papers are being imported nothing is restored', async () => {
  const { path } = await places.small(places.other, 'theirs');
  const { library } = await places.small(places.data, 'mine');
  vi.spyOn(PapersDesk.prototype, 'isImporting', 'get').mockReturnValue(true);
  const refusal = { code: 'refused', message: expect.stringContaining('An import is under way') };
  await expect(library.backups.restore(fileOf(path))).rejects.toMatchObject(refusal);
});

test('where neither library can be opened any more, every call is told why, and the next start has one of them', async () => {
  const { path } = await places.small(places.other, 'theirs');
  const { library, id } = await places.small(places.data, 'mine');
  const trouble = new OffprintError('unreadable', 'The disk is gone.');
  vi.spyOn(LibrarySwap.prototype, 'putIn').mockRejectedValueOnce(trouble);
  vi.spyOn(Incoming.prototype, 'clear').mockResolvedValueOnce().mockRejectedValueOnce(trouble);
  await expect(library.backups.restore(fileOf(path))).rejects.toBe(trouble);
  await expect(call(library, 'library.state', {})).rejects.toMatchObject({ message: 'The disk is gone.' });
  await library.close();
  expect((await call(await places.open(places.data), 'paper.get', { id, query: '' })).note).toBe('mine');
});

test('a disk that refuses half way, and to go back, too, keeps both libraries, and nothing is written over them', async () => {
  const { library: theirs, path } = await places.small(places.other, 'theirs');
  const { library, id } = await places.small(places.data, 'mine');
  const libraries = { mine: await everythingOf(library), theirs: await everythingOf(theirs) };
  const { rename } = systemFiles;
  let moves = 0;
  vi.spyOn(systemFiles, 'rename').mockImplementation(async (from, to) => {
    const isMove = [from, to].some((at) => /restoring\/(?:old|new)\//.test(String(at)));
    moves += isMove ? 1 : 0;
    if (isMove && moves > 5) throw Object.assign(new Error('EIO: the disk is gone'), { code: 'EIO' });
    return rename(from, to);
  });
  const stuck = expect.stringContaining('can neither be finished nor taken back now');
  await expect(library.backups.restore(fileOf(path))).rejects.toMatchObject({ code: 'unreadable', message: stuck });
  // What is half in its place is neither hidden nor written to.
  expect(await call(library, 'library.state', {})).toMatchObject({ readOnly: stuck });
  await expect(call(library, 'note.set', { id, text: 'lost' })).rejects.toMatchObject({ code: 'refused' });
  await library.close();
  vi.restoreAllMocks();
  const again = await places.open(places.data);
  const { notices, readOnly } = await call(again, 'library.state', {});
  expect([notices, readOnly]).toEqual([[expect.stringContaining('What was there before is in its place')], null]);
  expect(await everythingOf(again)).toEqual(libraries.mine);
});

test('killed at any moment of it, the next opening has the one library or the other, whole', async () => {
  const { library: theirs } = await places.small(places.other, 'theirs');
  await importText(theirs, captureOf('Beech of the Woods'), 'other.txt');
  const { library: mine } = await places.small(places.data, 'mine');
  const libraries = { mine: await everythingOf(mine), theirs: await everythingOf(theirs) };
  await mine.close();
  await theirs.close();
  const crashed = join(places.folder, 'crashed');
  const layOut = async () => {
    await rm(crashed, { recursive: true, force: true });
    await systemFiles.mkdir(join(crashed, 'restoring/new'), { recursive: true });
    for (const name of libraryNames) {
      await cp(join(places.data, name), join(crashed, name), { recursive: true }).catch(() => {});
      await cp(join(places.other, name), join(crashed, 'restoring/new', name), { recursive: true }).catch(() => {});
    }
  };
  await layOut();
  const { files, done } = faultyFiles(() => null);
  const all = new LibrarySwap(crashed, files);
  await all.putIn(0, 'kept');
  await all.settle();
  const moments = [0, 0.2, 0.4, 0.6, 0.8, 1].map((part) => Math.floor(part * (done.length - 1)));
  for (const at of moments) {
    await layOut();
    const killed = new LibrarySwap(crashed, faultyFiles(() => ({ at, more: 1_000_000, code: 'EIO' })).files);
    await killed
      .putIn(0, 'kept')
      .then(() => killed.settle())
      .catch(() => {});
    const library = await places.open(crashed);
    const { counts, notices } = await call(library, 'library.state', {});
    expect(await everythingOf(library)).toEqual(counts.all === 2 ? libraries.theirs : libraries.mine);
    if (at < done.length - 1) expect(notices).toEqual([expect.stringContaining('cut off while')]);
    await library.close();
  }
});
