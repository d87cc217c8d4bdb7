import { beforeEach, describe, expect, test } from 'vitest';
import type { BackupSummary } from '../../shared/backup.ts';
import type { Client } from '../../shared/client.ts';
import { OffprintError } from '../../shared/outcome.ts';
import { isBackup } from './backing-up.ts';
import { Session } from './session.ts';
import { aLibrary, anOpenList } from './testing.ts';

const summary: BackupSummary = {
  madeAt: 1_795_420_800_000,
  appVersion: '0.1.0',
  papers: 1204,
  marked: 90,
  notes: 12,
  sources: 3,
  views: 2,
  bytes: 5_000_000,
};

let answers: Record<string, (input: never) => unknown>;
let calls: { name: string; input: unknown }[];
let progress: (payload: unknown) => void;
let session: Session;

beforeEach(async () => {
  calls = [];
  answers = {
    'library.state': () => aLibrary(),
    'list.open': () => anOpenList(3),
    'upload.open': () => ({ upload: 'upload 1' }),
    'backup.preview': () => summary,
    'backup.restore': () => ({ kept: '/data/backups/Offprint.offprint' }),
    'backup.write': () => ({ path: '/stick/Offprint.offprint', bytes: 5 }),
  };
  const client: Client = {
    async call(name, input) {
      calls.push({ name, input });
      return ((await answers[name]?.(input as never)) ?? {}) as never;
    },
    on(event, listener) {
      if (event === 'backup.progress') progress = listener as typeof progress;
      return () => {};
    },
  };
  session = new Session(client);
  session.listen();
  await session.start();
  calls = [];
});

const file = (name = 'Offprint.offprint') => ({ name, content: new Blob(['zip']) });
const names = () => calls.map(({ name }) => name).filter((name) => /^(?:upload|backup|import)/.test(name));
const restoring = () => session.store.get().restoring;
const toasts = () => session.store.get().toasts.map(({ kind, message }) => [kind, message]);
const fail = (code: 'damaged' | 'refused', message: string) => () => Promise.reject(new OffprintError(code, message));

test('a backup is known by its name', () => {
  expect(isBackup('Offprint 2026-11-23 08.15.offprint')).toBe(true);
  expect(isBackup('OFFPRINT.OFFPRINT')).toBe(true);
  expect(isBackup('library.json')).toBe(false);
});

describe('a backup that is restored', () => {
  test('is checked, confirmed and told of, with what is then in the window read anew', async () => {
    await session.backingUp.begin(file());
    expect(session.store.get().dialog).toEqual({ kind: 'restore' });
    expect(restoring()).toEqual({ phase: 'preview', file: 'Offprint.offprint', summary });
    expect(names()).toEqual(['upload.open', 'upload.append', 'backup.preview']);
    const { revision } = session.store.get();
    await session.backingUp.confirm();
    expect(restoring()).toMatchObject({ phase: 'done', kept: '/data/backups/Offprint.offprint' });
    expect(calls.slice(-2).map(({ name }) => name)).toEqual(['library.state', 'list.open']);
    expect(session.store.get().revision).toBe(revision + 1);
    session.backingUp.close();
    expect(session.store.get()).toMatchObject({ restoring: null, dialog: null });
    expect(names()).not.toContain('upload.discard');
  });

  test('shows how far each part of it is', async () => {
    const [checked, restored] = [Promise.withResolvers<unknown>(), Promise.withResolvers<unknown>()];
    answers['backup.preview'] = () => checked.promise;
    answers['backup.restore'] = () => restored.promise;
    const begun = session.backingUp.begin(file());
    await expect.poll(restoring).toMatchObject({ phase: 'checking', done: null });
    progress({ phase: 'writing', done: 0.9 });
    expect(restoring()).toMatchObject({ phase: 'checking', done: null });
    progress({ phase: 'checking', done: 0.5 });
    expect(restoring()).toMatchObject({ phase: 'checking', done: 0.5 });
    checked.resolve(summary);
    await begun;
    const confirmed = session.backingUp.confirm();
    expect(restoring()).toMatchObject({ phase: 'restoring', step: 'writing', done: null });
    progress({ phase: 'restoring', done: 0.25 });
    expect(restoring()).toMatchObject({ step: 'restoring', done: 0.25 });
    restored.resolve({ kept: '/kept' });
    await confirmed;
  });

  test('that is not confirmed changes nothing, and leaves nothing behind', async () => {
    await session.backingUp.begin(file());
    session.backingUp.close();
    expect(names()).toEqual(['upload.open', 'upload.append', 'backup.preview', 'upload.discard']);
    expect(session.store.get()).toMatchObject({ restoring: null, dialog: null });
    await session.backingUp.confirm();
    expect(names()).not.toContain('backup.restore');
  });

  test('is given up while it is checked', async () => {
    const checked = Promise.withResolvers<unknown>();
    answers['backup.preview'] = () => checked.promise;
    const begun = session.backingUp.begin(file());
    await expect.poll(() => restoring()?.phase).toBe('checking');
    session.backingUp.close();
    checked.reject(new OffprintError('refused', 'Stopped.'));
    await begun;
    expect(restoring()).toBeNull();
    expect(names().slice(-2)).toEqual(['backup.cancel', 'upload.discard']);
    expect(toasts()).toEqual([]);
  });

  test('is given up while it is restored, where that is still possible', async () => {
    const restored = Promise.withResolvers<unknown>();
    answers['backup.restore'] = () => restored.promise;
    await session.backingUp.begin(file());
    const confirmed = session.backingUp.confirm();
    await expect.poll(names).toContain('backup.restore');
    session.backingUp.close();
    expect(restoring()).toMatchObject({ phase: 'restoring' });
    expect(names().at(-1)).toBe('backup.cancel');
    restored.reject(new OffprintError('refused', 'Stopped.'));
    await confirmed;
    expect(session.store.get()).toMatchObject({ restoring: null, dialog: null });
  });

  test('that came too late to be given up is told of as done', async () => {
    const restored = Promise.withResolvers<unknown>();
    answers['backup.restore'] = () => restored.promise;
    await session.backingUp.begin(file());
    const confirmed = session.backingUp.confirm();
    session.backingUp.close();
    restored.resolve({ kept: '/kept' });
    await confirmed;
    expect(restoring()).toMatchObject({ phase: 'done', kept: '/kept' });
  });

  test('says why it cannot be used, and another can be tried then', async () => {
    answers['backup.preview'] = fail('damaged', 'notes/00000001.log in it is damaged.');
    await session.backingUp.begin(file());
    const reason = 'notes/00000001.log in it is damaged.';
    expect(restoring()).toEqual({ phase: 'failed', file: 'Offprint.offprint', reason });
    expect(names().at(-1)).toBe('upload.discard');
    session.backingUp.close();
    answers['backup.preview'] = () => summary;
    await session.backingUp.begin(file('other.offprint'));
    expect(restoring()).toMatchObject({ phase: 'preview', file: 'other.offprint' });
  });

  test('says why it could not be restored', async () => {
    answers['backup.restore'] = fail('refused', 'The disk is full.');
    await session.backingUp.begin(file());
    await session.backingUp.confirm();
    expect(restoring()).toMatchObject({ phase: 'failed', reason: 'The disk is full.' });
  });

  test('waits until what is being taken in is done', async () => {
    await session.backingUp.begin(file());
    await session.backingUp.begin(file('another.offprint'));
    expect(restoring()).toMatchObject({ file: 'Offprint.offprint' });
    expect(toasts()).toEqual([['notice', expect.stringContaining('when it is done')]]);
  });
});

describe('files that are dropped', () => {
  test('are restored when they are one backup, and imported else', async () => {
    session.takeFiles({ files: [file('a.bib')], passedOver: 0 });
    expect(session.store.get().dialog).toEqual({ kind: 'import' });
    await session.importing.cancel();
    session.takeFiles({ files: [file()], passedOver: 0 });
    expect(session.store.get().dialog).toEqual({ kind: 'restore' });
  });

  test('are left alone when a backup is among others', () => {
    session.takeFiles({ files: [file('a.bib'), file()], passedOver: 0 });
    expect(session.store.get().dialog).toBeNull();
    expect(toasts()).toEqual([['notice', expect.stringContaining('drop it alone')]]);
  });

  test('are refused with the reason where nothing can be changed', async () => {
    const readOnly = 'This library was written by a newer Offprint.';
    answers['library.state'] = () => aLibrary({ version: 2, readOnly });
    await session.readState();
    calls = [];
    session.takeFiles({ files: [file()], passedOver: 0 });
    session.takeFiles({ files: [file('a.bib')], passedOver: 0 });
    expect(calls).toEqual([]);
    expect(toasts()).toEqual([['error', readOnly]]);
  });
});

describe('a backup that is written', () => {
  test('says how far it is, and what it is called', async () => {
    const written = Promise.withResolvers<unknown>();
    answers['backup.write'] = () => written.promise;
    session.dialog({ kind: 'backups' });
    const answer = session.backingUp.write('/stick');
    await expect.poll(names).toContain('backup.write');
    progress({ phase: 'writing', done: 0.4 });
    expect(session.store.get().backingUp).toBe(0.4);
    expect(await session.backingUp.write('/stick')).toEqual({ problem: 'A backup is being written already.' });
    written.resolve({ path: '/stick/a.offprint', bytes: 7 });
    expect(await answer).toEqual({ path: '/stick/a.offprint', bytes: 7 });
    expect(session.store.get().backingUp).toBeNull();
    expect(session.backingUp.lastFolder).toBe('/stick');
    expect(toasts()).toEqual([]);
  });

  test('tells a reader who has gone on meanwhile', async () => {
    await session.backingUp.write('/stick');
    expect(toasts()).toEqual([['notice', 'The backup is written: /stick/Offprint.offprint']]);
    answers['backup.write'] = fail('refused', '/stick is full.');
    await session.backingUp.write('/stick');
    expect(toasts().at(-1)).toEqual(['error', 'No backup was written. /stick is full.']);
  });

  test('is stopped without a complaint', async () => {
    const written = Promise.withResolvers<unknown>();
    answers['backup.write'] = () => written.promise;
    const answer = session.backingUp.write('/stick');
    await expect.poll(names).toContain('backup.write');
    await session.backingUp.cancelWrite();
    written.reject(new OffprintError('refused', 'Stopped.'));
    expect(await answer).toEqual({ problem: null });
    expect(toasts()).toEqual([]);
    answers['backup.write'] = fail('refused', '/stick is full.');
    expect(await session.backingUp.write('/stick')).toEqual({ problem: '/stick is full.' });
  });
});
