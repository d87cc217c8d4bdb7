import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { OffprintError } from '../../shared/outcome.ts';
import { type FileOperations, systemFiles } from './durable-file.ts';
import { emptyLibrary, type LibraryData, type PaperRecord, printLibrary } from './library-data.ts';
import { SnapshotAdapter } from './snapshot-adapter.ts';

let folder: string;
let library: string;
let backup: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'offprint-store-'));
  library = join(folder, 'library.json');
  backup = join(folder, 'library.backup.json');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function libraryOf(papers: Record<string, PaperRecord>): LibraryData {
  return { ...emptyLibrary(), papers: new Map(Object.entries(papers)) };
}

const noted = libraryOf({ 'arxiv:2306.12345': { note: 'read again', noteChangedAt: 5, changedAt: 5 } });
const starred = libraryOf({ 'title:abc': { starred: true, changedAt: 6 } });

async function read(): Promise<{ data: LibraryData | null; notices: readonly string[] }> {
  const adapter = new SnapshotAdapter(folder);
  return { data: await adapter.read(), notices: adapter.notices };
}

async function names(): Promise<string[]> {
  return (await readdir(folder)).sort();
}

function failing(code: string): NodeJS.ErrnoException {
  return Object.assign(new Error(code), { code });
}

describe('a round trip', () => {
  test('a missing file means a new reader', async () => {
    expect(await read()).toEqual({ data: null, notices: [] });
    expect(await names()).toEqual([]);
  });

  test('what was written is read back, and the file before it is the backup', async () => {
    const adapter = new SnapshotAdapter(folder);
    await adapter.write(noted);
    await adapter.write(starred);
    expect((await read()).data).toEqual(starred);
    expect(await readFile(backup, 'utf8')).toBe(printLibrary(noted));
    expect(await names()).toEqual(['library.backup.json', 'library.json']);
  });

  test.skipIf(process.platform === 'win32')('files are readable by their owner only', async () => {
    const adapter = new SnapshotAdapter(folder);
    await adapter.write(noted);
    await adapter.write(starred);
    for (const path of [library, backup]) expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  test('temporary files of a killed process are removed at reading, other files are left', async () => {
    await writeFile(`${library}.0f8fad5b-d9cb-469f-a165-70867728950e.tmp`, 'half');
    await writeFile(join(folder, 'library.json.old'), 'mine');
    await read();
    expect(await names()).toEqual(['library.json.old']);
  });

  test('fields of a newer minor version survive', async () => {
    const file = {
      format: 'offprint-library',
      schema: 1,
      stamp: 's',
      generations: { kept: 3 },
      papers: { 'arxiv:2306.12345': { changedAt: 1, status: 'read', rating: 5 } },
      settings: { theme: 'dark', panes: { views: 220, minimap: true }, font: 'serif' },
    };
    await writeFile(library, JSON.stringify(file));
    const { data, notices } = await read();
    await new SnapshotAdapter(folder).write(data ?? emptyLibrary());
    expect(JSON.parse(await readFile(library, 'utf8'))).toEqual(file);
    expect(notices).toEqual([]);
  });
});

describe('a damaged library', () => {
  const good = printLibrary(noted);
  const damages: [string, string | Buffer][] = [
    ['empty', ''],
    ['NUL-filled', Buffer.alloc(4096)],
    ['truncated', good.slice(0, good.length / 2)],
    ['not UTF-8', Buffer.concat([Buffer.from(good.slice(0, 90)), Buffer.from([0xff]), Buffer.from(good.slice(90))])],
    ['a list', '[]'],
    ['null', 'null'],
    ['a string', '"x"'],
    ['foreign', '{"posts": []}'],
    ['without papers', '{"format":"offprint-library","schema":1,"stamp":"s","settings":{}}'],
    ['with a list of papers', '{"format":"offprint-library","schema":1,"stamp":"s","settings":{},"papers":[]}'],
  ];

  test.each(damages)('%s: set aside, and the backup takes its place', async (_name, content) => {
    await writeFile(backup, good);
    await writeFile(library, content);
    const { data, notices } = await read();
    expect(data).toEqual(noted);
    expect(notices).toHaveLength(1);
    const aside = (await names()).find((name) => name.startsWith('library.damaged-')) ?? '';
    expect(notices[0]).toContain(aside);
    expect(await readFile(join(folder, aside))).toEqual(Buffer.from(content));
    expect(await readFile(library, 'utf8')).toBe(good);
    expect(await read()).toEqual({ data: noted, notices: [] });
  });

  test.each(damages)('%s, and so is the backup: both set aside, an empty start', async (_name, content) => {
    await writeFile(backup, content);
    await writeFile(library, content);
    const { data, notices } = await read();
    expect(data).toBeNull();
    const kept = await names();
    expect(kept.filter((name) => /^library\.(backup\.)?damaged-/.test(name))).toEqual(kept);
    for (const name of kept) expect(notices.join()).toContain(name);
    expect(kept).toHaveLength(2);
    expect(await read()).toEqual({ data: null, notices: [] });
  });

  test('two damaged files in one second are both kept', async () => {
    for (let round = 0; round < 3; round += 1) {
      await writeFile(library, `broken ${round}`);
      await read();
    }
    expect((await names()).filter((name) => name.startsWith('library.damaged-'))).toHaveLength(3);
  });

  test('a library that is gone while its backup is there comes back', async () => {
    await writeFile(backup, good);
    const { data, notices } = await read();
    expect(data).toEqual(noted);
    expect(notices[0]).toContain('was missing');
    expect(await readFile(library, 'utf8')).toBe(good);
  });

  test('a record that is not clear is salvaged field by field, and the file as it was is kept', async () => {
    const content = JSON.stringify({
      format: 'offprint-library',
      schema: 1,
      stamp: 's',
      settings: {},
      papers: {
        'arxiv:1': { changedAt: 1, status: 'devoured', note: 'kept' },
        'arxiv:2': 7,
        'arxiv:3': { changedAt: 2 },
      },
    });
    await writeFile(library, content);
    const { data, notices } = await read();
    expect(data?.papers.get('arxiv:1')).toEqual({ changedAt: 1, note: 'kept' });
    expect(data?.papers.has('arxiv:3')).toBe(true);
    expect(notices[0]).toContain('2 papers');
    const copy = (await names()).find((name) => name.startsWith('library.unclear-')) ?? '';
    expect(await readFile(join(folder, copy), 'utf8')).toBe(content);
  });
});

describe('what must not be touched', () => {
  test('a newer schema is refused', async () => {
    const content = '{"format":"offprint-library","schema":2,"anything":[]}';
    await writeFile(library, content);
    await writeFile(backup, 'broken');
    await expect(read()).rejects.toMatchObject({ code: 'newer', message: expect.stringContaining(library) });
    expect(await readFile(library, 'utf8')).toBe(content);
    expect(await names()).toEqual(['library.backup.json', 'library.json']);
  });

  test('a newer backup of a damaged library is refused too', async () => {
    await writeFile(library, 'broken');
    await writeFile(backup, '{"format":"offprint-library","schema":2}');
    await expect(read()).rejects.toMatchObject({ code: 'newer' });
    expect(await readFile(library, 'utf8')).toBe('broken');
  });

  test.each(['EACCES', 'EIO', 'EMFILE'])('a library that answers %s is not called damaged', async (code) => {
    await writeFile(library, printLibrary(noted));
    await writeFile(backup, printLibrary(starred));
    const files: FileOperations = { ...systemFiles, readFile: () => Promise.reject(failing(code)) };
    const reading = new SnapshotAdapter(folder, files).read();
    await expect(reading).rejects.toMatchObject({ code: 'unreadable', message: expect.stringContaining(`${library}`) });
    await expect(reading).rejects.toMatchObject({ message: expect.stringContaining(code) });
    expect(await readFile(library, 'utf8')).toBe(printLibrary(noted));
  });

  test('a folder in the place of the library is unreadable, not damaged', async () => {
    await mkdir(library);
    await expect(read()).rejects.toMatchObject({ code: 'unreadable' });
  });
});

describe('a write that fails', () => {
  type Step = [string, string, (files: FileOperations) => Partial<FileOperations>];

  const openFails = (code: string) => (): Partial<FileOperations> => ({ open: () => Promise.reject(failing(code)) });
  /** Lets files be opened, but makes one method of the temporary file's handle fail. */
  const handleFails =
    (method: 'writeFile' | 'sync' | 'close', code: string) =>
    (files: FileOperations): Partial<FileOperations> => ({
      open: async (path, flags, mode) => {
        const handle = await files.open(path, flags, mode);
        if (flags !== 'wx') return handle;
        return new Proxy(handle, {
          get(target, name) {
            if (name !== method) {
              const value: unknown = Reflect.get(target, name, target);
              return typeof value === 'function' ? value.bind(target) : value;
            }
            return async () => {
              if (method === 'close') await target.close();
              throw failing(code);
            };
          },
        });
      },
    });

  const steps: Step[] = [
    ['open', 'EMFILE', openFails('EMFILE')],
    ['open', 'EROFS', openFails('EROFS')],
    ['write', 'ENOSPC', handleFails('writeFile', 'ENOSPC')],
    ['fsync', 'EIO', handleFails('sync', 'EIO')],
    ['close', 'EIO', handleFails('close', 'EIO')],
    ['unlink of the backup', 'EACCES', () => ({ unlink: () => Promise.reject(failing('EACCES')) })],
    ['rename', 'EBUSY', () => ({ rename: () => Promise.reject(failing('EBUSY')) })],
    ['rename', 'EXDEV', () => ({ rename: () => Promise.reject(failing('EXDEV')) })],
    [
      'link and copy',
      'ENOSPC',
      () => ({ link: () => Promise.reject(failing('EPERM')), copyFile: () => Promise.reject(failing('ENOSPC')) }),
    ],
  ];

  test.each(
    steps,
  )('%s answering %s: the old library stands, the error is told, the next write works', async (_step, code, fault) => {
    const healthy = { ...systemFiles, pause: async () => {} };
    await new SnapshotAdapter(folder, healthy).write(noted);
    const broken = new SnapshotAdapter(folder, { ...healthy, ...fault(healthy) });
    await expect(broken.write(starred)).rejects.toThrow(OffprintError);
    await expect(broken.write(starred)).rejects.toMatchObject({
      code: 'unreadable',
      message: expect.stringMatching(new RegExp(`${library}.*${code}`)),
    });
    expect((await read()).data).toEqual(noted);
    await new SnapshotAdapter(folder, healthy).write(starred);
    expect((await read()).data).toEqual(starred);
    expect((await names()).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  test('a rename that is refused for a moment is tried again', async () => {
    let refusals = 3;
    const pauses: number[] = [];
    const adapter = new SnapshotAdapter(folder, {
      ...systemFiles,
      pause: async (milliseconds) => pauses.push(milliseconds),
      rename: (from, to) => (refusals-- > 0 ? Promise.reject(failing('EPERM')) : systemFiles.rename(from, to)),
    });
    await adapter.write(noted);
    expect((await read()).data).toEqual(noted);
    expect(pauses).toEqual([10, 30, 90]);
  });

  test('a file system without hard links gets a copy as its backup', async () => {
    const adapter = new SnapshotAdapter(folder, { ...systemFiles, link: () => Promise.reject(failing('ENOTSUP')) });
    await adapter.write(noted);
    await adapter.write(starred);
    expect(await readFile(backup, 'utf8')).toBe(printLibrary(noted));
  });

  test.skipIf(process.getuid?.() === 0 || process.platform === 'win32')(
    'a folder that may not be written',
    async () => {
      await new SnapshotAdapter(folder).write(noted);
      await chmod(folder, 0o500);
      await expect(new SnapshotAdapter(folder).write(starred)).rejects.toMatchObject({ code: 'unreadable' });
      await chmod(folder, 0o700);
    },
  );
});
