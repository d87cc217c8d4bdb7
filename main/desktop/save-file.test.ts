import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemFiles } from '../store/durable-file.ts';
import { saveFile } from './save-file.ts';

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'offprint-save-'));
  path = join(folder, 'paper.pdf');
});

afterEach(() => rmSync(folder, { recursive: true }));

const bytes = Buffer.from([0x25, 0x50, 0x44, 0x46, 0x00, 0xff]);

test('a file is written whole, and nothing is left beside it', async () => {
  await saveFile(path, bytes);
  expect(readFileSync(path)).toEqual(bytes);
  expect(readdirSync(folder)).toEqual(['paper.pdf']);
});

test('it is on the disk before it takes its name', async () => {
  const steps: string[] = [];
  await saveFile(path, bytes, {
    ...systemFiles,
    open: async (...args) => {
      const handle = await systemFiles.open(...args);
      const sync = handle.sync.bind(handle);
      handle.sync = async () => {
        steps.push('sync');
        await sync();
      };
      return handle;
    },
    rename: async (from, to) => {
      steps.push('rename');
      await systemFiles.rename(from, to);
    },
  });
  expect(steps.slice(0, 2)).toEqual(['sync', 'rename']);
});

test('a file that is there is replaced', async () => {
  writeFileSync(path, 'something longer than what comes');
  await saveFile(path, bytes);
  expect(readFileSync(path)).toEqual(bytes);
});

test.runIf(process.platform !== 'win32')('who may read it is for the system to say, as with any new file', async () => {
  const umask = process.umask(0o022);
  await saveFile(path, bytes);
  process.umask(umask);
  expect(statSync(path).mode & 0o777).toBe(0o644);
});

test.each([
  ['the disk is full', 'ENOSPC', 'open'],
  ['permission was denied', 'EACCES', 'open'],
  ['another program is using it', 'EBUSY', 'rename'],
] as const)('where %s, it is said, and what was there stands alone', async (reason, code, fails) => {
  writeFileSync(path, 'as it was');
  const error = Object.assign(new Error('the system’s own words'), { code });
  const files = { ...systemFiles, pause: async () => {}, [fails]: () => Promise.reject(error) };
  await expect(saveFile(path, bytes, files)).rejects.toMatchObject({
    code: 'unreadable',
    message: `${path} cannot be written: ${reason} (${code}). Nothing of it was changed.`,
  });
  expect(readFileSync(path, 'utf8')).toBe('as it was');
  expect(readdirSync(folder)).toEqual(['paper.pdf']);
});

test('a folder that is not there is said to be', async () => {
  await expect(saveFile(join(folder, 'gone', 'x.pdf'), bytes)).rejects.toThrow(/gone.*it is not there/);
});
