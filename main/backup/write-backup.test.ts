import { mkdtempSync, rmSync } from 'node:fs';
import { appendFile, mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { faultyFiles } from '../store/store-testing.ts';
import { backupName, isBackupName } from './backup-name.ts';
import { backUp, filesIn, madeAt, smallCounts, smallDataFolder } from './backup-testing.ts';
import { holdLibrary } from './hold-library.ts';
import { openBackup } from './open-backup.ts';
import { checkTargetFolder } from './target-folder.ts';

let folder: string;
let data: string;
let target: string;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'offprint-write-backup-'));
  data = join(folder, 'data');
  target = join(folder, 'target é');
  await smallDataFolder(data);
  await mkdir(target);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('everything that makes up a library is in it, as it is, and nothing else', async () => {
  const progress: number[] = [];
  const { path, bytes, manifest } = await backUp(
    data,
    { folder: target },
    { onProgress: (done) => progress.push(done) },
  );
  expect(path).toBe(join(target, backupName(madeAt)));
  expect((await stat(path)).size).toBe(bytes);
  if (process.platform !== 'win32') expect((await stat(path)).mode & 0o777).toBe(0o600);
  const files = await filesIn(path);
  expect([...files.keys()].toSorted()).toEqual([
    ...['captures/0123456789abcdef-a.bib', 'captures/sources.json', 'corpus.db'],
    ...['generations/20261123T081500Z-asked.json.gz', `images/${'0a'.repeat(16)}.png`],
    ...['journal/00000001.log', 'journal/00000002.log', 'library.json'],
    ...['manifest.json', 'notes/00000001.log', 'taken-marks/1.json'],
  ]);
  for (const { name } of manifest.entries) {
    if (name !== 'corpus.db') expect([name, files.get(name)]).toEqual([name, await readFile(join(data, name))]);
  }
  expect(progress.at(-1)).toBe(1);
  expect(progress).toEqual(progress.toSorted((a, b) => a - b));
  expect(await readdir(data)).not.toContain(expect.stringMatching(/tmp$/));
});

test('nothing is ever written over', async () => {
  const paths = [];
  for (let copy = 0; copy < 3; copy += 1) paths.push((await backUp(data, { folder: target })).path);
  expect(paths).toEqual([1, 2, 3].map((copy) => join(target, backupName(madeAt, copy))));
  const taken = join(target, 'taken.offprint');
  await writeFile(taken, 'mine');
  await expect(backUp(data, { path: taken })).rejects.toMatchObject({
    code: 'bad-input',
    message: expect.stringContaining('is there already'),
  });
  expect(await readFile(taken, 'utf8')).toBe('mine');
  expect(await readdir(target)).toHaveLength(4);
});

test('where there are no links, nothing is written over either', async () => {
  const { files } = faultyFiles(() => null);
  const link = () => Promise.reject(Object.assign(new Error('EPERM'), { code: 'EPERM' }));
  const without = { files: { ...files, link } };
  await backUp(data, { folder: target }, without);
  await backUp(data, { folder: target }, without);
  expect((await readdir(target)).toSorted()).toEqual([backupName(madeAt, 2), backupName(madeAt)].toSorted());
  for (const name of await readdir(target)) expect((await filesIn(join(target, name))).size).toBe(11);
});

test('a folder that is not there, or none, is said so', async () => {
  await expect(backUp(data, { folder: join(folder, 'nowhere') })).rejects.toMatchObject({
    code: 'not-found',
    message: `There is no folder ${join(folder, 'nowhere')}.`,
  });
  await writeFile(join(folder, 'file'), '');
  for (const path of ['file', 'file/deeper']) {
    await expect(backUp(data, { folder: join(folder, path) })).rejects.toMatchObject({ code: 'bad-input' });
  }
  expect(await readdir(folder)).not.toContain('nowhere');
});

test('backups go to a whole path outside of the data folder', async () => {
  await checkTargetFolder(target, data);
  // One that the data folder lies in.
  await checkTargetFolder(folder, data);
  await symlink(join(data, 'backups'), join(folder, 'link'));
  for (const inside of [data, join(data, 'backups'), join(folder, 'link')]) {
    await expect(checkTargetFolder(inside, data)).rejects.toMatchObject({ code: 'bad-input' });
  }
  await expect(checkTargetFolder('backups', data)).rejects.toMatchObject({ code: 'bad-input' });
  await mkdir(`${data} too`);
  await checkTargetFolder(`${data} too`, data);
  await mkdir(join(folder, '..data'));
  await checkTargetFolder(join(folder, '..data'), folder === '' ? data : data);
});

test.each([
  ['EACCES', 'permission was denied'],
  ['ENOSPC', 'the disk is full'],
  ['EROFS', 'read-only disk'],
])('%s at any operation is said in words, and nothing is left', async (code, words) => {
  const all = faultyFiles(() => null);
  await rm((await backUp(data, { folder: target }, { files: all.files })).path);
  expect(all.done.filter((name) => name === 'write').length).toBeGreaterThan(5);
  for (let at = 0; at < all.done.length; at += 1) {
    const { files } = faultyFiles(() => ({ at, code }));
    const made = await backUp(data, { folder: target }, { files }).catch((error: unknown) => {
      expect(error, `${all.done[at]}`).toMatchObject({ code: 'unreadable', message: expect.stringContaining(words) });
      return null;
    });
    const names = await readdir(target);
    // What stands under its name is whole, even if not every last step of making it durable was done.
    for (const name of names) {
      expect(isBackupName(name), `${name} after ${all.done[at]} ${at}`).toBe(true);
      expect((await filesIn(join(target, name))).size).toBe(11);
    }
    if (made) expect(names).toHaveLength(1);
    for (const name of names) await rm(join(target, name));
  }
  expect(await readdir(data)).not.toContain(expect.stringMatching(/tmp$/));
});

test('one that is cancelled leaves nothing, wherever it is', async () => {
  const all = faultyFiles(() => null);
  await rm((await backUp(data, { folder: target }, { files: all.files })).path);
  for (let at = -1; at < all.done.length; at += 1) {
    const abort = new AbortController();
    if (at < 0) abort.abort();
    const { files, done } = faultyFiles(() => {
      if (done.length === at) abort.abort();
      return null;
    });
    const refusal = await backUp(data, { folder: target }, { files, signal: abort.signal }).then(
      () => null,
      (error: unknown) => error,
    );
    // How many pieces are written differs from one backup to the next, so it is this one's last that counts.
    if (at <= done.lastIndexOf('write') || refusal !== null) {
      expect(refusal, `cancelled at ${at}`).toMatchObject({
        code: 'refused',
        message: expect.stringContaining('cancelled'),
      });
      expect(await readdir(target)).toEqual([]);
    }
    for (const name of await readdir(target)) await rm(join(target, name));
  }
  expect((await readdir(data)).filter((name) => name.endsWith('tmp'))).toEqual([]);
});

test('a folder that goes away meanwhile, as with a disk that is pulled out, is said in words', async () => {
  const hold = async () => {
    await rm(target, { recursive: true });
    return holdLibrary(data, { atRest: async (look) => look(), counts: () => smallCounts });
  };
  await expect(backUp(data, { folder: target }, { hold })).rejects.toMatchObject({
    code: 'unreadable',
    message: `${target} could not be written to: it is not there (ENOENT). No backup was made.`,
  });
});

test('what changes meanwhile is in it as it was, and a file that goes away is noticed', async () => {
  const past = join(data, 'notes/00000001.log');
  let attempts = 0;
  const capture = join(data, 'captures/0123456789abcdef-a.bib');
  const hold = async () => {
    attempts += 1;
    const held = await holdLibrary(data, {
      atRest: async (look) => look(),
      counts: () => smallCounts,
    });
    await appendFile(past, ' and more');
    await rm(join(data, 'taken-marks/1.json'), { force: true });
    await rm(join(data, 'generations/20261123T081500Z-asked.json.gz'), { force: true });
    if (attempts === 1) await rm(capture);
    return held;
  };
  const { path } = await backUp(data, { folder: target }, { hold });
  const files = await filesIn(path);
  expect(attempts).toBe(2);
  expect(String(files.get('notes/00000001.log'))).toBe('past and more');
  expect([...files.keys()]).not.toContain('captures/0123456789abcdef-a.bib');
  expect([...files.keys()]).not.toContain('generations/20261123T081500Z-asked.json.gz');
});

test('a library of a newer Offprint is backed up as it is, and its backup says so', async () => {
  const path = join(data, 'library.json');
  await writeFile(path, String(await readFile(path)).replace('"schema":2', '"schema":9'));
  const backup = await backUp(data, { folder: target });
  expect(backup.manifest.layouts.library).toBe(9);
  await expect(openBackup(backup.path)).rejects.toMatchObject({ code: 'newer' });
});
