import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { inputFolder } from './inputs-for-tests.ts';
import { listFiles } from './list-files.ts';

const temporary = inputFolder();
afterAll(() => temporary.remove());

let made = 0;

/** A folder with the given files in it. */
function folderOf(files: Record<string, string | Uint8Array>): string {
  made += 1;
  const folder = join(temporary.path, `folder-${made}`);
  mkdirSync(folder);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

async function listed(folder: string): Promise<{ names: string[]; notices: string[] }> {
  const { paths, unreadable, notices } = await listFiles(folder);
  return {
    names: paths.map((path) => relative(folder, path).replaceAll('\\', '/')),
    notices: [...unreadable, ...notices].map((notice) => notice.replaceAll(folder, 'FOLDER')),
  };
}

const picture = Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0]);

test('files in folders, as people sort them, without hidden ones', async () => {
  const folder = folderOf({
    'day 10.json': '[]',
    'day 9.json': '[]',
    'b/refs.bib': '@misc{a,}',
    'b/a/deep.ris': 'TY  - JOUR',
    '.hidden/x.bib': 'x',
    '.secret.bib': 'x',
    'a.txt': '',
    'library.bib.gz': gzipSync('@misc{a,}'),
    'wide.csv': Buffer.from('title;year\n', 'utf16le'),
  });
  expect(await listed(folder)).toEqual({
    names: ['a.txt', 'b/a/deep.ris', 'b/refs.bib', 'day 9.json', 'day 10.json', 'library.bib.gz', 'wide.csv'],
    notices: [],
  });
});

test('documents, pictures and archives are passed over and counted', async () => {
  const pdf = '%PDF-1.7\n\0\0\0';
  const folder = folderOf({
    'a.pdf': pdf,
    'b/b.pdf': pdf,
    'b/c.pdf': pdf,
    'd.png': picture,
    'e.docx': 'PK\u0003\u0004\0\0\0\0',
    'f.dat': Buffer.alloc(100),
    'g.bib': '@misc{a,}',
  });
  expect(await listed(folder)).toEqual({
    names: ['g.bib'],
    notices: [
      'FOLDER also holds 3 PDF documents, 1 picture, 1 archive or office document, 1 other file: ' +
        '6 files that are not libraries, passed over.',
    ],
  });
  expect(await listed(folderOf({ 'a.png': picture }))).toEqual({
    names: [],
    notices: [
      'FOLDER also holds 1 picture: 1 file that is not a library, passed over.',
      'FOLDER holds no file that could be imported.',
    ],
  });
});

test('an empty folder says so, a file or nothing is no folder', async () => {
  const folder = folderOf({ 'a.bib': 'x' });
  expect((await listed(folderOf({}))).notices).toEqual(['FOLDER holds no file that could be imported.']);
  await expect(listFiles(join(folder, 'missing'))).rejects.toThrow(/missing does not exist/);
  await expect(listFiles(join(folder, 'a.bib'))).rejects.toThrow(/a\.bib is not a folder/);
});

test.skipIf(process.platform === 'win32')('links in circles, pipes, dead links, and what may not be read', async () => {
  const folder = folderOf({ 'a/one.bib': 'x', 'b/two.bib': 'x', 'closed.bib': 'x' });
  symlinkSync('..', join(folder, 'a', 'up'));
  symlinkSync('../b', join(folder, 'a', 'other'));
  symlinkSync('nowhere', join(folder, 'dead.bib'));
  symlinkSync('a/one.bib', join(folder, 'linked.bib'));
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  chmodSync(join(folder, 'closed.bib'), 0);
  const { names, notices } = await listed(folder);
  // Who is everybody may read everything.
  const mayRead = process.getuid?.() === 0;
  expect(names).toEqual(['a/one.bib', 'a/other/two.bib', ...(mayRead ? ['closed.bib'] : []), 'linked.bib']);
  expect(notices).toContain('FOLDER/dead.bib does not exist. It was left out.');
  expect(notices).toContain('FOLDER also holds 1 other file: 1 file that is not a library, passed over.');
  if (!mayRead) expect(notices.join()).toContain('FOLDER/closed.bib could not be read: permission was denied.');
});

test('of too many files the first ones are taken', async () => {
  const folder = folderOf(Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`${index}.bib`, 'x'])));
  const { paths, notices } = await listFiles(folder, { most: 10 });
  expect(paths.map((path) => relative(folder, path))).toEqual(Array.from({ length: 10 }, (_, index) => `${index}.bib`));
  expect(notices).toEqual([`${folder} holds more than 10 files. The others were left out.`]);
});

test('can be stopped', async () => {
  const reason = new Error('enough');
  const folder = folderOf({ 'a.bib': 'x' });
  await expect(listFiles(folder, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
});
