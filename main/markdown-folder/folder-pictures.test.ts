import { createHash } from 'node:crypto';
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type FileOperations, systemFiles } from '../store/durable-file.ts';
import { FolderPictures } from './folder-pictures.ts';

const bytesOf = (words: string) => Buffer.from(`\x89PNG\r\n\x1a\n${words}`, 'latin1');
const nameOf = (bytes: Buffer) => `${createHash('sha256').update(bytes).digest('hex').slice(0, 32)}.png`;
const bytes = bytesOf('one');
const name = nameOf(bytes);

let home: string;
let folder: string;
let kept: Map<string, Buffer>;
let asked: string[];
let files: FileOperations;
let pictures: FolderPictures;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'offprint-pictures-'));
  folder = join(home, 'vault');
  mkdirSync(folder);
  kept = new Map([[name, bytes]]);
  [asked, files] = [[], { ...systemFiles }];
  const image = async (wanted: string) => {
    asked.push(wanted);
    return kept.get(wanted) ?? null;
  };
  pictures = new FolderPictures({ files, image, modes: { file: 0o644, folder: 0o755 } });
});

afterEach(() => rmSync(home, { recursive: true, force: true }));

const inImages = () => readdirSync(join(folder, 'images'));
const pathOf = (wanted: string) => join(folder, 'images', wanted);
const isRefusal = (code: string, path: string) => Object.assign(new Error('no'), { code, path });

describe('a picture', () => {
  test('is copied once, byte for byte, and nothing else is left', async () => {
    expect(await pictures.put(folder, name)).toBeNull();
    const before = statSync(pathOf(name));
    expect(readFileSync(pathOf(name)).equals(bytes)).toBe(true);
    expect(await pictures.put(folder, name)).toBeNull();
    expect(asked).toEqual([name]);
    expect([inImages(), statSync(pathOf(name)).ino]).toEqual([[name], before.ino]);
  });

  test('that the reader put there with the same bytes is left as it is, and is read once', async () => {
    mkdirSync(join(folder, 'images'));
    writeFileSync(pathOf(name), bytes);
    let opened = 0;
    files.open = async (...input) => {
      opened += 1;
      return systemFiles.open(...input);
    };
    for (let time = 0; time < 3; time += 1) expect(await pictures.put(folder, name)).toBeNull();
    expect([opened, asked]).toEqual([1, []]);
  });

  test('of which the name says other bytes, for it was damaged where it is kept, is compared with those', async () => {
    kept.set(name, bytesOf('damaged'));
    expect([await pictures.put(folder, name), await pictures.put(folder, name)]).toEqual([null, null]);
    kept.delete(name);
    // Looked at since, and the same still.
    expect(await pictures.put(folder, name)).toBeNull();
  });

  test('that is not kept any more is missing, and no folder is made for it', async () => {
    kept.clear();
    expect(await pictures.put(folder, name)).toBe('missing');
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('what the reader put there stays', () => {
  test('a file of the same name and size, also where it took its place after the picture was read', async () => {
    await pictures.put(folder, name);
    await pictures.put(folder, name);
    const theirs = bytesOf('two');
    rmSync(pathOf(name));
    writeFileSync(pathOf(name), theirs);
    expect(await pictures.put(folder, name)).toBe('taken');
    expect(readFileSync(pathOf(name)).equals(theirs)).toBe(true);
    expect(inImages()).toEqual([name]);
  });

  test('a folder of the same name', async () => {
    mkdirSync(pathOf(name), { recursive: true });
    writeFileSync(join(pathOf(name), 'theirs'), '');
    expect(await pictures.put(folder, name)).toBe('taken');
    expect(readdirSync(pathOf(name))).toEqual(['theirs']);
  });

  test('a link of the same name, wherever it leads', async () => {
    mkdirSync(join(folder, 'images'));
    for (const to of ['nowhere', 'theirs']) {
      if (to === 'theirs') writeFileSync(join(home, to), bytes);
      symlinkSync(join(home, to), pathOf(name));
      expect(await pictures.put(folder, name)).toBe('taken');
      expect(lstatSync(pathOf(name)).isSymbolicLink()).toBe(true);
      rmSync(pathOf(name));
    }
    expect(readdirSync(home).toSorted()).toEqual(['theirs', 'vault']);
  });

  test('a file and a link that are called “images”', async () => {
    const outside = join(home, 'outside');
    mkdirSync(outside);
    writeFileSync(join(folder, 'images'), 'mine');
    expect(await pictures.put(folder, name)).toBe('no-folder');
    expect(readFileSync(join(folder, 'images'), 'utf8')).toBe('mine');
    rmSync(join(folder, 'images'));
    symlinkSync(outside, join(folder, 'images'));
    expect(await pictures.put(folder, name)).toBe('no-folder');
    expect(readdirSync(outside)).toEqual([]);
  });

  test('what takes the name while the picture is written', async () => {
    const link = files.link;
    files.link = async (from, to) => {
      writeFileSync(to, 'theirs');
      return link(from, to);
    };
    expect(await pictures.put(folder, name)).toBe('taken');
    expect(inImages()).toEqual([name]);
    expect(readFileSync(pathOf(name), 'utf8')).toBe('theirs');
  });
});

describe('a folder that refuses', () => {
  test.each(['mkdir', 'open', 'link'] as const)('%s: says so and leaves nothing half', async (operation) => {
    if (operation !== 'mkdir') mkdirSync(join(folder, 'images'));
    const refuse = async () => {
      throw isRefusal('EROFS', folder);
    };
    files[operation] = refuse;
    // Without links the name is taken by a file first, which a disk that refuses refuses too.
    if (operation === 'link') {
      files.open = async (path, flags, mode) => {
        if (String(path) === pathOf(name)) await refuse();
        return systemFiles.open(path, flags, mode);
      };
    }
    await expect(pictures.put(folder, name)).rejects.toMatchObject({ code: 'EROFS' });
    expect(operation === 'mkdir' ? readdirSync(folder) : inImages()).toEqual([]);
  });

  test('links only: the picture is there all the same', async () => {
    files.link = async () => {
      throw isRefusal('EPERM', folder);
    };
    expect(await pictures.put(folder, name)).toBeNull();
    expect(inImages()).toEqual([name]);
    expect(readFileSync(pathOf(name)).equals(bytes)).toBe(true);
  });
});

describe('names from notes', () => {
  const hostile = [
    ['..', '../x.png', `../${name}`, `../../${name}`, `images/../../${name}`],
    ['/etc/passwd', `/${name}`, `C:\\${name}`, `..\\${name}`, `\\\\server\\${name}`],
    [`${name}\0.png`, `\0${name}`, `${name}/`, `${name}.`, `${name} `, `${name}:stream`],
    ['CON.png', 'nul.png', 'COM1.jpg', `${'a'.repeat(5000)}.png`, name.toUpperCase(), ''],
  ].flat();

  test.each(hostile)('%j is nobody’s: nothing is read or written', async (wanted) => {
    expect(await pictures.put(folder, wanted)).toBe('missing');
    expect([asked, readdirSync(home), readdirSync(folder)]).toEqual([[], ['vault'], []]);
  });
});
