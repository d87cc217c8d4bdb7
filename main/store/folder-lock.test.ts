import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FolderHeld, FolderNotLockable, lockFolder, sayAddress } from './folder-lock.ts';
import { readHolder } from './lock-holder.ts';
import { withSmallDisk } from './small-disk.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'offprint-lock-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('one process cannot hold a folder twice, and can again after letting go', async () => {
  const lock = await lockFolder(folder);
  await expect(lockFolder(folder)).rejects.toMatchObject({
    code: 'locked',
    message: expect.stringMatching(new RegExp(`process ${process.pid}, a command\\).*${folder}`)),
  });
  lock.release();
  lock.release();
  (await lockFolder(folder)).release();
  expect(await readdir(folder)).toEqual(['lock.db']);
});

test('another process is refused while the holder lives, and not after it was killed', async () => {
  const script = `import { lockFolder } from ${JSON.stringify(new URL('folder-lock.ts', import.meta.url).href)};
    await lockFolder(${JSON.stringify(folder)}); console.log('held'); setInterval(() => {}, 1000);`;
  const holder = spawn(
    process.execPath,
    ['--input-type=module', '--disable-warning=ExperimentalWarning', '-e', script],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  await once(holder.stdout, 'data');
  await expect(lockFolder(folder)).rejects.toMatchObject({
    code: 'locked',
    message: expect.stringContaining(`process ${holder.pid}`),
  });
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  (await lockFolder(folder)).release();
});

test('a lock file left with the id of a process that lives now does not hold the folder', async () => {
  await writeFile(join(folder, 'lock.json'), `{"pid":${process.ppid}}`);
  (await lockFolder(folder)).release();
});

test('who holds a folder, how and since when, and at which address, is for its owner to read', async () => {
  const before = Date.now();
  const lock = await lockFolder(folder, 'serve');
  expect(readHolder(folder)).toMatchObject({ pid: process.pid, host: 'serve', url: null });
  expect(readHolder(folder)?.startedAt).toBeGreaterThanOrEqual(before);
  sayAddress(folder, 'http://127.0.0.1:4000/?token=abc');
  if (process.platform !== 'win32') expect((await stat(join(folder, 'lock.json'))).mode & 0o777).toBe(0o600);
  const refusal = await lockFolder(folder).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(FolderHeld);
  expect(refusal).toMatchObject({ holder: { url: 'http://127.0.0.1:4000/?token=abc' } });
  expect(String(refusal)).not.toContain('abc');
  lock.release();
  expect(readHolder(folder)).toBeNull();
  // A library that is opened anew in the same process is at the same address.
  const again = await lockFolder(folder, 'serve');
  expect(readHolder(folder)?.url).toBe('http://127.0.0.1:4000/?token=abc');
  sayAddress(folder, null);
  expect(readHolder(folder)?.url).toBeNull();
  again.release();
});

test.each([
  ['garbage', '{'],
  ['zeros', '\0'.repeat(100)],
  ['a list', '[]'],
  ['of another program', '{"pid":"mine"}'],
  ['with an address that is elsewhere', `{"pid":${process.pid},"url":"http://example.org/"}`],
])('what names the holder may be %s', async (_, content) => {
  await writeFile(join(folder, 'lock.json'), content);
  expect(readHolder(folder)?.url ?? null).toBeNull();
  const lock = await lockFolder(folder);
  expect(readHolder(folder)?.pid).toBe(process.pid);
  lock.release();
});

test.each([
  ['garbage', (path: string) => writeFile(path, 'garbage'.repeat(999))],
  ['zeros', (path: string) => writeFile(path, Buffer.alloc(5000))],
  ['a folder', (path: string) => mkdir(path)],
  ['a link to itself', (path: string) => symlink(path, path)],
  ['a link to a folder that is not there', (path: string) => symlink(join(folder, 'no', 'where'), path)],
])('%s in the place of the lock is put aside, and the folder is held all the same', async (_, put) => {
  await put(join(folder, 'lock.db'));
  const lock = await lockFolder(folder);
  await expect(lockFolder(folder)).rejects.toMatchObject({ code: 'locked' });
  lock.release();
  const names = (await readdir(folder)).sort();
  expect(names).toEqual(['lock.db', expect.stringMatching(/^lock\.db\.damaged-/)]);
  (await lockFolder(folder)).release();
  expect((await readdir(folder)).sort()).toEqual(names);
});

test('a folder in the place of the file that names the holder costs only the name', async () => {
  await mkdir(join(folder, 'lock.json'));
  const lock = await lockFolder(folder);
  await expect(lockFolder(folder)).rejects.toMatchObject({ code: 'locked' });
  lock.release();
  (await lockFolder(folder)).release();
  expect((await readdir(folder)).sort()).toEqual(['lock.db', 'lock.json']);
});

test('a folder that is not there cannot be locked, and is named', async () => {
  const missing = join(folder, 'missing');
  await expect(lockFolder(missing)).rejects.toMatchObject({
    code: 'unreadable',
    message: expect.stringContaining(missing),
  });
});

test('a full disk does not keep a folder from being held', async (context) => {
  await withSmallDisk(folder, context, async (disk) => {
    await disk.fill();
    const lock = await lockFolder(disk.path);
    await expect(lockFolder(disk.path)).rejects.toMatchObject({ code: 'locked' });
    lock.release();
  });
});

test('a read-only disk cannot be locked, whether it has been before or not; the reason is told', async (context) => {
  await withSmallDisk(folder, context, async (disk) => {
    for (const before of [async () => {}, async () => (await lockFolder(disk.path)).release()]) {
      disk.writable(true);
      await before();
      disk.writable(false);
      const refusal = await lockFolder(disk.path).catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(FolderNotLockable);
      expect(refusal).toMatchObject({ reason: expect.stringMatching(/read/) });
    }
    disk.writable(true);
  });
});

test('a path with spaces, Unicode and 200 characters', async () => {
  const long = join(folder, `Größe  ${'長い'.repeat(20)}`, 'x'.repeat(120));
  await mkdir(long, { recursive: true });
  const lock = await lockFolder(long);
  await expect(lockFolder(long)).rejects.toMatchObject({ code: 'locked' });
  lock.release();
});
