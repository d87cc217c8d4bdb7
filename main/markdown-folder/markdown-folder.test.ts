import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Paper, PaperId } from '../../shared/paper.ts';
import type { MarkdownFolder } from '../../shared/settings.ts';
import { type FileOperations, systemFiles } from '../store/durable-file.ts';
import { MarkdownFolderKeeper } from './markdown-folder.ts';
import { LibraryForFolder } from './markdown-folder-testing.ts';

let home: string;
let vault: string;
let setting: MarkdownFolder | null;
let library: LibraryForFolder;
let papers: Map<PaperId, Paper>;
let told: string[];
let waiting: { milliseconds: number; call: () => void } | null;
let files: FileOperations;
let read: PaperId[];
let keeper: MarkdownFolderKeeper;

function paper(id: PaperId, said: Partial<Paper> = {}): void {
  library.say(id, said);
}

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'offprint-markdown-'));
  vault = join(home, 'vault');
  mkdirSync(vault);
  setting = { folder: vault, papers: 'notes' };
  library = new LibraryForFolder();
  papers = library.papers;
  [told, read, waiting] = [[], [], null];
  files = { ...systemFiles };
  const parts = library.parts();
  keeper = new MarkdownFolderKeeper({
    ...parts,
    setting: () => setting,
    paper: async (id) => {
      read.push(id);
      return parts.paper(id);
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
    files: {
      ...systemFiles,
      open: ((...input: Parameters<FileOperations['open']>) => files.open(...input)) as FileOperations['open'],
    },
  });
});

afterEach(async () => {
  await keeper.close();
  rmSync(home, { recursive: true, force: true });
});

/** Lets come what was put off, and waits for it. */
async function wait(): Promise<void> {
  const call = waiting?.call;
  waiting = null;
  call?.();
  await keeper.settled();
}

const there = () => readdirSync(vault).toSorted();
const textOf = (name: string) => readFileSync(join(vault, name), 'utf8');

describe('the files', () => {
  test('are those of papers with a note, named by their keys; once written they are left alone', async () => {
    paper('arxiv:1', { note: 'Mine.' });
    paper('arxiv:2', { note: 'Yours.' });
    paper('arxiv:3');
    expect(await keeper.updateAll()).toEqual({ written: 2, trouble: null });
    expect(there()).toEqual(['keyLi.md', 'keyLia.md']);
    expect(textOf('keyLi.md')).toContain('Mine.');
    expect(await keeper.updateAll()).toEqual({ written: 0, trouble: null });
  });

  test('follow a change, which costs the papers that changed', async () => {
    for (const number of [1, 2, 3, 4]) paper(`arxiv:${number}`, { note: 'x' });
    await keeper.updateAll();
    read = [];
    paper('arxiv:3', { note: 'Changed.' });
    keeper.changed();
    keeper.changed();
    await wait();
    expect(read).toEqual(['arxiv:3']);
    expect(
      there()
        .map(textOf)
        .filter((text) => text.includes('Changed.')),
    ).toHaveLength(1);
  });

  test('stay as they are when their paper is to have none any more', async () => {
    paper('arxiv:1', { note: 'Mine.' });
    await keeper.updateAll();
    const before = textOf('keyLi.md');
    paper('arxiv:1', { note: '' });
    keeper.changed();
    await wait();
    expect(textOf('keyLi.md')).toBe(before);
    papers.delete('arxiv:1');
    expect(await keeper.updateAll()).toEqual({ written: 0, trouble: null });
    expect(textOf('keyLi.md')).toBe(before);
  });

  test('are found wherever the reader moves them within the folder, and what is written there stays', async () => {
    paper('arxiv:1', { note: 'Mine.' });
    await keeper.updateAll();
    mkdirSync(join(vault, 'Read/Deep'), { recursive: true });
    renameSync(join(vault, 'keyLi.md'), join(vault, 'Read/Deep/My name.md'));
    writeFileSync(join(vault, 'Read/Deep/My name.md'), `${textOf('Read/Deep/My name.md')}\nMy own line.`);
    paper('arxiv:1', { note: 'Changed.' });
    keeper.changed();
    await wait();
    expect(there()).toEqual(['Read']);
    expect(textOf('Read/Deep/My name.md')).toMatch(/Changed\.[\s\S]*\nMy own line\.$/);
  });

  test('never take the place of what is there, and no link is followed', async () => {
    const outside = join(home, 'outside');
    mkdirSync(outside);
    paper('arxiv:1', { note: 'Mine.' });
    paper('arxiv:2', { note: 'Second.' });
    await keeper.updateAll();
    renameSync(join(vault, 'keyLia.md'), join(outside, 'theirs.md'));
    const before = readFileSync(join(outside, 'theirs.md'), 'utf8');
    symlinkSync(outside, join(vault, 'linked'));
    symlinkSync(join(outside, 'theirs.md'), join(vault, 'keyLia.md'));
    paper('arxiv:2', { note: 'Changed.' });
    expect(await keeper.updateAll()).toEqual({ written: 1, trouble: null });
    expect(readFileSync(join(outside, 'theirs.md'), 'utf8')).toBe(before);
    expect(textOf('keyLia-2.md')).toContain('Changed.');
  });

  test('link to each other by name, also to one that comes later', async () => {
    paper('arxiv:1', { note: 'See [[arxiv:2|this]].' });
    paper('arxiv:2', { note: 'Second.' });
    await keeper.updateAll();
    expect(textOf('keyLi.md')).toContain('See [[keyLia|this]].');
  });

  test('are of all papers where that is wanted', async () => {
    setting = { folder: vault, papers: 'all' };
    for (let number = 1; number <= 120; number += 1) paper(`arxiv:${number}`);
    expect(await keeper.updateAll()).toEqual({ written: 120, trouble: null });
  });
});

describe('trouble', () => {
  test('a folder that is not there is said once, with its path, and tried again', async () => {
    setting = { folder: join(home, 'gone'), papers: 'notes' };
    paper('arxiv:1', { note: 'Mine.' });
    const { trouble } = await keeper.updateAll();
    expect(trouble).toContain(`${join(home, 'gone')} could not be brought up to date: it is not there (ENOENT)`);
    await keeper.updateAll();
    expect(told).toEqual([trouble]);
    expect(waiting?.milliseconds).toBe(300_000);
    mkdirSync(join(home, 'gone'));
    await wait();
    expect(readdirSync(join(home, 'gone'))).toEqual(['keyLi.md']);
  });

  test('a full disk stops the writing and leaves nothing half', async () => {
    paper('arxiv:1', { note: 'Mine.' });
    paper('arxiv:2', { note: 'Second.' });
    files.open = async () => {
      throw Object.assign(new Error('full'), { code: 'ENOSPC', path: join(vault, '.offprint-x.tmp') });
    };
    const { written, trouble } = await keeper.updateAll();
    expect([written, trouble]).toEqual([0, expect.stringContaining(`The Markdown folder ${vault} could not`)]);
    expect(there()).toEqual([]);
    files.open = systemFiles.open;
    expect((await keeper.updateAll()).written).toBe(2);
  });

  test('what nobody thought of is said, tried again, and keeps nothing from closing', async () => {
    paper('arxiv:1', { note: 'Mine.' });
    Object.defineProperty(papers.get('arxiv:1'), 'title', {
      configurable: true,
      get: () => {
        throw new TypeError('unthought of');
      },
    });
    paper('arxiv:2', { note: 'Second.' });
    keeper.changed();
    await wait();
    expect(told).toEqual([expect.stringMatching(/could not be brought up to date: unthought of\. That will/)]);
    expect(waiting?.milliseconds).toBe(300_000);
    expect(there()).toEqual(['keyLia.md']);
    papers.delete('arxiv:1');
    expect(await keeper.updateAll()).toEqual({ written: 0, trouble: null });
  });

  test('one file that cannot be written does not keep the others from it', async () => {
    paper('arxiv:1', { note: 'Mine.' });
    paper('arxiv:2', { note: 'Second.' });
    let refusals = 1;
    files.open = async (...input) => {
      refusals -= 1;
      if (refusals === 0) throw Object.assign(new Error('no'), { code: 'EACCES', path: join(vault, 'a.md') });
      return systemFiles.open(...input);
    };
    const { written, trouble } = await keeper.updateAll();
    expect([written, trouble]).toEqual([1, expect.stringContaining('permission was denied')]);
  });
});

test('what was written between our marks is moved, and said', async () => {
  paper('arxiv:1', { note: 'Mine.' });
  await keeper.updateAll();
  writeFileSync(join(vault, 'keyLi.md'), textOf('keyLi.md').replace('Mine.\n', 'Mine.\n\nMy addition.\n'));
  await keeper.updateAll();
  expect(textOf('keyLi.md')).toMatch(/%% offprint:end[\s\S]*My addition\.\n/);
  expect(told).toEqual([expect.stringContaining(join(vault, 'keyLi.md'))]);
});

describe('what the reader or another program does meanwhile', () => {
  test('a box ticked while we write stays ticked, also where the file says the same size and time', async () => {
    paper('arxiv:1', { note: 'Mine.' });
    await keeper.updateAll();
    const path = join(vault, 'keyLi.md');
    const time = new Date(1e12);
    appendFileSync(path, '\n- [ ] Read\n');
    utimesSync(path, time, time);
    files.open = async (...input) => {
      const handle = await systemFiles.open(...input);
      files.open = systemFiles.open;
      writeFileSync(path, readFileSync(path, 'utf8').replace('[ ]', '[x]'));
      utimesSync(path, time, time);
      return handle;
    };
    paper('arxiv:1', { note: 'Changed.' });
    await keeper.updateAll();
    expect(textOf('keyLi.md')).toMatch(/Changed\.[\s\S]*- \[x\] Read\n$/);
    expect(there()).toEqual(['keyLi.md']);
  });

  test('a file that is no UTF-8 is left alone, and one new file stands for it, however often all is looked through', async () => {
    paper('arxiv:1', { note: 'Mine.' });
    await keeper.updateAll();
    appendFileSync(join(vault, 'keyLi.md'), Buffer.from([0xe4, 0x0a]));
    const before = readFileSync(join(vault, 'keyLi.md'));
    paper('arxiv:1', { note: 'Changed.' });
    for (let time = 0; time < 3; time += 1) await keeper.updateAll();
    expect(there()).toEqual(['keyLi-2.md', 'keyLi.md']);
    expect(readFileSync(join(vault, 'keyLi.md')).equals(before)).toBe(true);
    paper('arxiv:1', { note: 'Once more.' });
    await keeper.updateAll();
    expect(textOf('keyLi-2.md')).toContain('Once more.');
    expect(there()).toEqual(['keyLi-2.md', 'keyLi.md']);
  });

  test('of a file and its copies it is the file that follows the library', async () => {
    paper('arxiv:1', { note: 'Mine.' });
    await keeper.updateAll();
    for (const copy of ['keyLi 1.md', 'keyLi-2.md', 'keyLi copy.md'])
      copyFileSync(join(vault, 'keyLi.md'), join(vault, copy));
    paper('arxiv:1', { note: 'Changed.' });
    expect(await keeper.updateAll()).toEqual({ written: 1, trouble: null });
    expect(textOf('keyLi.md')).toContain('Changed.');
  });

  test('of a file and a copy in a folder within, an export say, it is the file', async () => {
    paper('arxiv:1', { note: 'Mine.' });
    await keeper.updateAll();
    mkdirSync(join(vault, 'Export'));
    copyFileSync(join(vault, 'keyLi.md'), join(vault, 'Export/keyLi.md'));
    paper('arxiv:1', { note: 'Changed.' });
    await keeper.updateAll();
    expect(textOf('keyLi.md')).toContain('Changed.');
  });

  test('a link that an editor has changed with the name of its file is ours still', async () => {
    paper('arxiv:1', { note: 'See [[arxiv:2|this]].' });
    paper('arxiv:2', { note: 'Second.' });
    await keeper.updateAll();
    renameSync(join(vault, 'keyLia.md'), join(vault, 'My name.md'));
    writeFileSync(join(vault, 'keyLi.md'), textOf('keyLi.md').replace('[[keyLia|', '[[My name|'));
    paper('arxiv:1', { note: 'See [[arxiv:2|this]].', status: 'read' });
    keeper.changed();
    await wait();
    expect(textOf('keyLi.md')).toContain('status: "read"');
    expect(textOf('keyLi.md').split('See [[My name|this]].')).toHaveLength(2);
    expect(textOf('keyLi.md')).not.toContain('keyLia');
    expect(told).toEqual([]);
  });

  test('once there is to be no folder any more, nothing more is written', async () => {
    for (const number of [1, 2, 3]) paper(`arxiv:${number}`, { note: 'x' });
    files.open = async (...input) => {
      setting = null;
      return systemFiles.open(...input);
    };
    expect(await keeper.updateAll()).toEqual({ written: 1, trouble: null });
    expect(there()).toEqual(['keyLi.md']);
  });
});
