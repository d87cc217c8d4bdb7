import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { OffprintError } from '../../shared/outcome.ts';
import { systemFiles } from '../store/durable-file.ts';
import { backUp, filesIn, pack, patch, repack, smallDataFolder } from './backup-testing.ts';
import { manifestName } from './manifest.ts';
import { openBackup } from './open-backup.ts';
import { Progress } from './progress.ts';
import { unpackBackup } from './unpack-backup.ts';

const runs = Number(process.env['RUNS'] ?? 60);

let folder: string;
let good: string;
let broken: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'offprint-open-backup-'));
  await smallDataFolder(join(folder, 'data'));
  await mkdir(join(folder, 'target'));
  good = (await backUp(join(folder, 'data'), { path: join(folder, 'target/good.offprint') })).path;
  broken = join(folder, 'target/broken.offprint');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const nobody = new AbortController().signal;

/** Opens a file and reads all of it; null when that goes well. */
async function refusalOf(path: string): Promise<unknown> {
  try {
    const backup = await openBackup(path);
    try {
      await backup.check(() => {}, nobody);
    } finally {
      backup.close();
    }
    return null;
  } catch (error) {
    return error;
  }
}

test('a backup is opened and checked, and says what it is', async () => {
  const backup = await openBackup(good);
  let read = 0;
  await backup.check((bytes) => {
    read += bytes;
  }, nobody);
  expect(read).toBe(backup.unpackedBytes);
  expect(backup.manifest).toMatchObject({ appVersion: '1.2.3', counts: { papers: 0, marked: 1, notes: 1 } });
  backup.close();
});

test.each([
  ['an empty file', Buffer.alloc(0), 'damaged', 'it is empty'],
  ['a text', Buffer.from('@article{a}'), 'bad-input', 'is not a backup of Offprint'],
  ['the beginning of an archive and no more', Buffer.from('PK\x03\x04', 'latin1'), 'damaged', 'cut short'],
])('%s is none', async (_, bytes, code, message) => {
  await writeFile(broken, bytes);
  expect(await refusalOf(broken)).toMatchObject({ code, message: expect.stringContaining(message) });
});

test('what is not there, and what is no file, is said so', async () => {
  expect(await refusalOf(join(folder, 'nowhere'))).toMatchObject({ code: 'not-found' });
  expect(await refusalOf(folder)).toMatchObject({
    code: 'bad-input',
    message: expect.stringContaining('is a folder, not a file'),
  });
});

test.skipIf(process.platform === 'win32')('a pipe that nobody writes to is not waited for', async () => {
  const pipe = join(folder, 'pipe.offprint');
  execFileSync('mkfifo', [pipe]);
  expect(await refusalOf(pipe)).toMatchObject({ code: 'bad-input' });
});

test('an archive of another program is no backup', async () => {
  await pack(broken, [['readme.txt', Buffer.from('hello')]]);
  expect(await refusalOf(broken)).toMatchObject({ code: 'damaged', message: expect.stringContaining('readme.txt') });
  await pack(broken, [['library.json', Buffer.from('{}')]]);
  expect(await refusalOf(broken)).toMatchObject({ code: 'bad-input' });
  await pack(broken, [[manifestName, Buffer.from('{"format":"other"}')]]);
  expect(await refusalOf(broken)).toMatchObject({ code: 'bad-input' });
});

// biome-ignore lint/suspicious/noExplicitAny: a manifest is broken here in every way
type Break = (manifest: any, files: Map<string, Buffer>) => void;

test.each<[string, string, string, Break]>([
  ['of a newer kind', 'newer', '(9.9)', (manifest) => Object.assign(manifest, { schema: 2, appVersion: '9.9' })],
  ['of a newer library', 'newer', 'newer Offprint', ({ layouts }) => Object.assign(layouts, { library: 99 })],
  ['of newer papers', 'newer', 'newer Offprint', ({ layouts }) => Object.assign(layouts, { corpus: 99 })],
  ['without what it says it holds', 'damaged', 'library.json is missing', (_, files) => files.delete('library.json')],
  [
    'with more than it says',
    'damaged',
    'does not know journal/00000099.log',
    (_, files) => files.set('journal/00000099.log', Buffer.from('x')),
  ],
  [
    'with another text of the same length',
    'damaged',
    'notes/00000001.log in it is not what was put in',
    (_, files) => files.set('notes/00000001.log', Buffer.from('pasT')),
  ],
  [
    'with a longer text',
    'damaged',
    'another size',
    (_, files) => files.set('notes/00000001.log', Buffer.from('past and more')),
  ],
  [
    'that says a file were larger',
    'damaged',
    'another size',
    ({ entries }) => Object.assign(entries[0], { size: 10 ** 12 }),
  ],
  [
    'that says another sum',
    'damaged',
    'not what was put in',
    ({ entries }) => Object.assign(entries[0], { sha256: '0'.repeat(64) }),
  ],
  ['that names a file twice', 'damaged', 'twice', ({ entries }) => entries.push(entries[0])],
  ['of which nothing can be understood', 'damaged', 'garbled', (manifest) => Object.assign(manifest, { entries: 7 })],
])('a backup %s is refused', async (_, code, message, change) => {
  await repack(good, broken, change);
  expect(await refusalOf(broken)).toMatchObject({ code, message: expect.stringContaining(message) });
});

test.each([
  ...[
    '../evil.json',
    'captures/../../evil',
    '/etc/passwd',
    'C:/evil',
    'captures\\..\\evil',
    'lock.db',
    'journal/x.log',
  ],
  ...[
    'captures/evil',
    'captures/0123456789abcdef-a/b',
    'generations/..',
    'electron/Cookies',
    'LIBRARY.JSON',
    '__proto__/a',
  ],
])('an archive that holds %s is refused, whatever its manifest says', async (name) => {
  const bytes = Buffer.from('evil');
  // The archive's writer would not take such a name; so another of the same length is replaced in the bytes.
  const stand = 'Z'.repeat(Buffer.byteLength(name));
  await repack(good, broken, (manifest, files) => {
    files.set(stand, bytes);
    manifest.entries.push({ name: stand, size: bytes.length, sha256: '0'.repeat(64) });
  });
  await patch(broken, broken, (whole) => Buffer.from(whole.toString('latin1').replaceAll(stand, name), 'latin1'));
  const refusal = await refusalOf(broken);
  expect(refusal).toMatchObject({ code: 'damaged' });
  const { message, cause } = refusal as Error;
  // The archive's reader refuses some of them itself.
  const why = cause instanceof Error ? cause.message : message;
  expect(why).toMatch(/invalid (?:relative path|characters in fileName)|absolute path|which no backup does/);
  expect(why).toContain(cause ? name.slice(0, 3) : JSON.stringify(name));
});

test('two names that a file system takes as one are refused', async () => {
  const [one, other] = ['captures/0123456789abcdef-A.bib', 'captures/0123456789abcdef-a.bib'];
  await repack(good, broken, (_, files) => files.set(one, files.get(other) ?? Buffer.alloc(0)));
  expect(await refusalOf(broken)).toMatchObject({ code: 'damaged', message: expect.stringContaining('twice') });
});

test('an archive that claims to be small and is not gives no more than it claimed', async () => {
  const bomb = Buffer.alloc(5_000_000);
  await repack(good, broken, (manifest, files) => {
    const entry = manifest.entries.find(({ name }: { name: string }) => name === 'notes/00000001.log');
    entry.size = 1000;
    files.set('notes/00000001.log', bomb);
  });
  // Where the archive says it as well.
  const size = Buffer.alloc(4);
  size.writeUInt32LE(bomb.length);
  const small = Buffer.alloc(4);
  small.writeUInt32LE(1000);
  await patch(broken, broken, (whole) =>
    Buffer.from(whole.toString('latin1').replaceAll(size.toString('latin1'), small.toString('latin1')), 'latin1'),
  );
  const backup = await openBackup(broken);
  let read = 0;
  const reading = backup.check((bytes) => {
    read += bytes;
  }, nobody);
  await expect(reading).rejects.toMatchObject({ code: 'damaged' });
  expect(read).toBeLessThan(1_000_000);
  backup.close();
});

test('a file that is cut short anywhere is refused', async () => {
  const whole = (await systemFiles.readFile(good)).length;
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: whole - 1 }), async (length) => {
      await patch(good, broken, (bytes) => bytes.subarray(0, length));
      const refusal = await refusalOf(broken);
      expect(refusal).toBeInstanceOf(OffprintError);
      expect(['damaged', 'bad-input']).toContain((refusal as OffprintError).code);
    }),
    { numRuns: runs, examples: [[whole - 1], [whole - 22], [1], [4], [30]] },
  );
});

test('a file in which a byte is another either is refused or still gives the very bytes that were put in', async () => {
  const whole = (await systemFiles.readFile(good)).length;
  const files = await filesIn(good);
  files.delete(manifestName);
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: whole - 1 }), fc.integer({ min: 1, max: 255 }), async (at, by) => {
      await patch(good, broken, (bytes) => {
        bytes[at] = (bytes[at] ?? 0) ^ by;
        return bytes;
      });
      const to = join(folder, 'unpacked');
      rmSync(to, { recursive: true, force: true });
      try {
        const backup = await openBackup(broken);
        const progress = new Progress(1, () => {});
        await unpackBackup(backup, to, {
          files: systemFiles,
          progress,
          signal: nobody,
          room: async () => null,
        }).finally(() => backup.close());
      } catch (error) {
        expect(error).toBeInstanceOf(OffprintError);
        return;
      }
      for (const [name, bytes] of files) expect((await systemFiles.readFile(join(to, name))).equals(bytes)).toBe(true);
    }),
    { numRuns: runs },
  );
});

test('a backup that there is no room for is refused before anything is written', async () => {
  const backup = await openBackup(good);
  const to = join(folder, 'no-room');
  const unpacking = unpackBackup(backup, to, {
    ...{ files: systemFiles, progress: new Progress(1, () => {}), signal: nobody, room: async () => 1_000_000 },
  });
  await expect(unpacking).rejects.toMatchObject({
    code: 'unreadable',
    message: expect.stringContaining('too little room'),
  });
  await expect(systemFiles.stat(to)).rejects.toMatchObject({ code: 'ENOENT' });
  backup.close();
});
