import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keepImage, readImage } from '../kept-images.ts';
import { type FileOperations, systemFiles } from '../store/durable-file.ts';
import { MarkdownFolderKeeper } from './markdown-folder.ts';
import { LibraryForFolder } from './markdown-folder-testing.ts';

let home: string;
let vault: string;
let data: string;
let library: LibraryForFolder;
let files: FileOperations;
let told: string[];
let asked: string[];
let waiting: { milliseconds: number; call: () => void } | null;
let keeper: MarkdownFolderKeeper;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'offprint-note-pictures-'));
  [vault, data] = [join(home, 'vault'), join(home, 'data')];
  mkdirSync(vault);
  mkdirSync(data);
  library = new LibraryForFolder();
  files = { ...systemFiles };
  [told, asked, waiting] = [[], [], null];
  keeper = new MarkdownFolderKeeper({
    ...library.parts(),
    setting: () => ({ folder: vault, papers: 'notes' }),
    image: async (name) => {
      asked.push(name);
      return (await readImage(data, name))?.bytes ?? null;
    },
    tell: (sentence) => told.push(sentence),
    clock: {
      now: () => 0,
      later: (milliseconds, call) => {
        waiting = { milliseconds, call };
        return () => {
          waiting = null;
        };
      },
    },
    files,
  });
});

afterEach(async () => {
  await keeper.close();
  rmSync(home, { recursive: true, force: true });
});

const bytesOf = (words: string) => Buffer.from(`\x89PNG\r\n\x1a\n${words}`, 'latin1');
const keep = (words: string) => keepImage(data, 'image/png', bytesOf(words));
const shown = (name: string) => `![A plot](images/${name})`;
const textOf = (name: string) => readFileSync(join(vault, name), 'utf8');
const inImages = () => readdirSync(join(vault, 'images'));

/** The bytes that the only picture of a file leads to, as a program finds it that knows nothing but the file. */
function leadsTo(name: string): Buffer {
  const [, way = ''] = /!\[A plot\]\(([^)]*)\)/.exec(textOf(name)) ?? [];
  return readFileSync(resolve(dirname(join(vault, name)), way));
}

test('a picture that two notes show is beside their files, once, and the note says what it said', async () => {
  const name = await keep('one');
  library.say('arxiv:1', { note: `Before.\n\n${shown(name)}\n\nAfter.` });
  library.say('arxiv:2', { note: shown(name) });
  expect(await keeper.updateAll()).toEqual({ written: 2, trouble: null });
  expect(textOf('keyLi.md')).toContain(`Before.\n\n${shown(name)}\n\nAfter.`);
  expect([inImages(), asked]).toEqual([[name], [name]]);
  expect([leadsTo('keyLi.md'), leadsTo('keyLia.md')]).toEqual([bytesOf('one'), bytesOf('one')]);
});

test('a file that the reader moves deeper shows its picture still, and ours is told from theirs', async () => {
  const name = await keep('one');
  library.say('arxiv:1', { note: shown(name) });
  await keeper.updateAll();
  mkdirSync(join(vault, 'Read it/2026'), { recursive: true });
  const moved = 'Read it/2026/x.md';
  renameSync(join(vault, 'keyLi.md'), join(vault, moved));
  writeFileSync(join(vault, moved), `${textOf(moved)}\nMine: ${shown(name)}\n`);
  expect(await keeper.updateAll()).toEqual({ written: 1, trouble: null });
  expect(leadsTo(moved)).toEqual(bytesOf('one'));
  expect(textOf(moved).split(`../../images/${name}`)).toHaveLength(2);
  expect(textOf(moved)).toMatch(new RegExp(`\\nMine: !\\[A plot\\]\\(images/${name}\\)\\n$`));
  expect(await keeper.updateAll()).toEqual({ written: 0, trouble: null });
  // And back again, by an editor that has changed the way itself.
  writeFileSync(join(vault, 'x.md'), textOf(moved).replace('../../images', 'images'));
  rmSync(join(vault, moved));
  library.say('arxiv:1', { note: `${shown(name)} More.` });
  await keeper.updateAll();
  expect(textOf('x.md')).toContain(`${shown(name)} More.`);
  expect([leadsTo('x.md'), told]).toEqual([bytesOf('one'), []]);
});

test('a change of one note looks at its pictures only', async () => {
  const names = await Promise.all(['one', 'two', 'three'].map(keep));
  for (const [index, name] of names.entries()) library.say(`arxiv:${index}`, { note: shown(name) });
  await keeper.updateAll();
  const looked: string[] = [];
  files.lstat = (async (path: string) => {
    looked.push(path);
    return systemFiles.lstat(path);
  }) as FileOperations['lstat'];
  library.say('arxiv:1', { note: `Changed. ${shown(names[1] ?? '')}` });
  keeper.changed();
  waiting?.call();
  await keeper.settled();
  expect(textOf('keyLia.md')).toContain('Changed.');
  expect(looked).toEqual([join(vault, 'images'), join(vault, 'images', names[1] ?? '')]);
});

test('a picture that is missing costs that picture, and is told once; nothing is tried again for it', async () => {
  const [here, gone] = [await keep('one'), await keep('two')];
  rmSync(join(data, 'images', gone));
  library.say('arxiv:1', { note: `${shown(gone)} ${shown(here)}` });
  library.say('arxiv:2', { note: shown('0'.repeat(32).concat('.gif')) });
  const { written, trouble } = await keeper.updateAll();
  expect([written, trouble, inImages()]).toEqual([
    2,
    `The picture ${gone} in the note on “Paper arxiv:1” is not in ${vault}: it is missing from the data folder, or ` +
      'cannot be read. Nor is 1 other.',
    [here],
  ]);
  expect(await keeper.updateAll()).toEqual({ written: 0, trouble });
  expect([told, waiting]).toEqual([[trouble], null]);
  await keep('two');
  await keeper.updateAll();
  expect(inImages().toSorted()).toEqual([here, gone].toSorted());
});

test('a picture whose place something else has costs that picture, and what is there stays', async () => {
  const name = await keep('one');
  library.say('arxiv:1', { note: shown(name) });
  await keeper.updateAll();
  rmSync(join(vault, 'images', name));
  mkdirSync(join(vault, 'images', name));
  library.say('arxiv:1', { note: `Changed. ${shown(name)}` });
  const { written, trouble } = await keeper.updateAll();
  expect([written, trouble, told]).toEqual([
    1,
    expect.stringContaining('something else has its name there, which stays as it is.'),
    [trouble],
  ]);
  expect(textOf('keyLi.md')).toContain('Changed.');
  expect(readdirSync(join(vault, 'images', name))).toEqual([]);
});

test('pictures that no note shows any more stay, and so does all else that is there', async () => {
  const name = await keep('one');
  library.say('arxiv:1', { note: shown(name) });
  await keeper.updateAll();
  writeFileSync(join(vault, 'images/theirs.png'), 'theirs');
  library.say('arxiv:1', { note: 'None.' });
  await keeper.updateAll();
  expect(inImages().toSorted()).toEqual([name, 'theirs.png'].toSorted());
});

test('a folder of pictures that may not be written costs no file, is said by its place and tried again', async () => {
  library.say('arxiv:1', { note: shown(await keep('one')) });
  files.mkdir = async () => {
    throw Object.assign(new Error('no'), { code: 'EACCES', path: join(vault, 'images') });
  };
  const { written, trouble } = await keeper.updateAll();
  expect([written, trouble, told, waiting?.milliseconds]).toEqual([
    1,
    `The folder of pictures ${join(vault, 'images')} could not be brought up to date: permission was denied (EACCES). ` +
      'That will be tried again.',
    [trouble],
    300_000,
  ]);
  files.mkdir = systemFiles.mkdir;
  waiting?.call();
  await keeper.settled();
  expect(leadsTo('keyLi.md')).toEqual(bytesOf('one'));
});

test('a full disk stops the writing and leaves nothing half', async () => {
  library.say('arxiv:1', { note: shown(await keep('one')) });
  library.say('arxiv:2', { note: 'Second.' });
  files.open = async (...input) => {
    const [path] = input;
    if (!String(path).includes('.offprint-')) return systemFiles.open(...input);
    throw Object.assign(new Error('full'), { code: 'ENOSPC', path });
  };
  const { written, trouble } = await keeper.updateAll();
  expect([written, trouble]).toEqual([0, expect.stringContaining('The folder of pictures')]);
  expect([readdirSync(vault), inImages()]).toEqual([['images'], []]);
});
