import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keepImage, readImage } from '../kept-images.ts';
import { MarkdownFolderKeeper } from '../markdown-folder/markdown-folder.ts';
import { LibraryForFolder } from '../markdown-folder/markdown-folder-testing.ts';
import { type FileOperations, systemFiles } from '../store/durable-file.ts';
import { type MarkdownFolderParts, writeMarkdownFolder } from './write-folder.ts';

let home: string;
let data: string;
let library: LibraryForFolder;
let files: FileOperations;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'offprint-write-folder-'));
  data = join(home, 'data');
  mkdirSync(data);
  mkdirSync(join(home, 'out'));
  library = new LibraryForFolder();
  files = { ...systemFiles };
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const bytesOf = (words: string) => Buffer.from(`\x89PNG\r\n\x1a\n${words}`, 'latin1');
const keep = (words: string) => keepImage(data, 'image/png', bytesOf(words));
const image = async (name: string) => (await readImage(data, name))?.bytes ?? null;

async function write(change: Partial<MarkdownFolderParts> = {}): Promise<{ path: string; trouble: string | null }> {
  const giving = library.parts().keys.begin();
  const papers = (async function* () {
    yield* library.papers.values();
  })();
  const parts = { papers, keys: giving.keyOf, notes: true, linked: async () => null, image, ...change };
  return writeMarkdownFolder(files, join(home, 'out'), ['Export'], parts, async () => {});
}

/** All files of a folder, by their paths in it. */
function allIn(folder: string): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted();
  const found = paths.filter((path) => statSync(join(folder, path)).isFile());
  return Object.fromEntries(found.map((path) => [path, readFileSync(join(folder, path), 'latin1')]));
}

test('pictures are beside the files, just as in a folder that is kept up to date', async () => {
  const [one, two] = [await keep('one'), await keep('two')];
  library.say('arxiv:1', { note: `![a](images/${one}) ![b](images/${two})` });
  library.say('arxiv:2', { note: `![a](images/${one})` });
  const { path, trouble } = await write();
  expect(trouble).toBeNull();
  const vault = join(home, 'vault');
  mkdirSync(vault);
  const setting = () => ({ folder: vault, papers: 'notes' }) as const;
  const keeper = new MarkdownFolderKeeper({ ...library.parts(), setting, image });
  await keeper.updateAll();
  await keeper.close();
  expect(allIn(path)).toEqual(allIn(vault));
  expect(Object.keys(allIn(path))).toEqual(
    [`images/${one}`, `images/${two}`].toSorted().concat('keyLi.md', 'keyLia.md'),
  );
  expect(readFileSync(join(path, 'keyLi.md'), 'utf8')).toContain(`![a](images/${one}) ![b](images/${two})`);
});

test('a missing picture costs that picture, and is said; without notes there are none', async () => {
  const [here, gone] = [await keep('one'), await keep('two')];
  rmSync(join(data, 'images', gone));
  library.say('arxiv:1', { note: `![a](images/${gone}) ![b](images/${here}) ![c](images/../../${here})` });
  expect(await write({ notes: false })).toMatchObject({ trouble: null });
  expect(Object.keys(allIn(join(home, 'out/Export')))).toEqual(['keyLi.md']);
  rmSync(join(home, 'out/Export'), { recursive: true });
  const { path, trouble } = await write();
  expect(trouble).toMatch(
    new RegExp(`^The picture ${gone} in the note on “Paper arxiv:1” is not in .*Export: it is missing`),
  );
  expect(Object.keys(allIn(path))).toEqual([`images/${here}`, 'keyLi.md']);
});

test('a disk that refuses a picture refuses the export, and nothing is left', async () => {
  library.say('arxiv:1', { note: `![a](images/${await keep('one')})` });
  files.mkdir = (async (path: string, options: { mode: number }) => {
    if (!path.endsWith('images')) return systemFiles.mkdir(path, options);
    throw Object.assign(new Error('full'), { code: 'ENOSPC', path });
  }) as FileOperations['mkdir'];
  await expect(write()).rejects.toMatchObject({ code: 'unreadable', message: expect.stringMatching(/disk is full/) });
  expect(readdirSync(join(home, 'out'))).toEqual([]);
});
