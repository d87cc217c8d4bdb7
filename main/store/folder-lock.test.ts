import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { lockFolder } from './folder-lock.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'offprint-lock-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('one process cannot hold a folder twice, and can again after letting go', async () => {
  const lock = await lockFolder(folder);
  await expect(lockFolder(folder)).rejects.toMatchObject({
    code: 'locked',
    message: expect.stringMatching(new RegExp(`process ${process.pid}\\).*${folder}`)),
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

test('a folder that is not there cannot be locked, and is named', async () => {
  const missing = join(folder, 'missing');
  await expect(lockFolder(missing)).rejects.toMatchObject({
    code: 'unreadable',
    message: expect.stringContaining(missing),
  });
});

test('a path with spaces, Unicode and 200 characters', async () => {
  const long = join(folder, `Größe  ${'長い'.repeat(20)}`, 'x'.repeat(120));
  await mkdir(long, { recursive: true });
  const lock = await lockFolder(long);
  await expect(lockFolder(long)).rejects.toMatchObject({ code: 'locked' });
  lock.release();
});
