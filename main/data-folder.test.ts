import { mkdir, mkdtemp, realpath, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { dataFolderPath, longestDataFolder, prepareDataFolder } from './data-folder.ts';

let folder: string;

beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'offprint-folder-')));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const home = resolve('/home/ada');

test.each([
  ['linux', {}, join(home, '.local', 'share', 'offprint')],
  ['linux', { XDG_DATA_HOME: resolve('/data') }, join(resolve('/data'), 'offprint')],
  ['linux', { XDG_DATA_HOME: 'relative' }, join(home, '.local', 'share', 'offprint')],
  ['darwin', {}, join(home, 'Library', 'Application Support', 'Offprint')],
  ['win32', { APPDATA: join(home, 'Roaming') }, join(home, 'Roaming', 'Offprint')],
  ['win32', {}, join(home, 'AppData', 'Roaming', 'Offprint')],
  ['darwin', { OFFPRINT_DATA_DIR: resolve('/mine') }, resolve('/mine')],
] as const)('on %s with %o', (platform, env, expected) => {
  expect(dataFolderPath(null, { platform, home, env })).toBe(expected);
});

test('a folder asked for comes first and is made absolute', () => {
  expect(dataFolderPath('here', { env: { OFFPRINT_DATA_DIR: '/mine' } })).toBe(resolve('here'));
});

test('relative paths are meant from the folder that is said', () => {
  const from = resolve('/where');
  expect(dataFolderPath('here', { env: {}, folder: from })).toBe(join(from, 'here'));
  expect(dataFolderPath(null, { env: { OFFPRINT_DATA_DIR: 'here' }, folder: from })).toBe(join(from, 'here'));
});

test('a new folder is made with its parents, for its owner only', async () => {
  const made = await prepareDataFolder(join(folder, 'a', 'b'));
  expect(made).toBe(join(folder, 'a', 'b'));
  if (process.platform !== 'win32') expect((await stat(made)).mode & 0o777).toBe(0o700);
});

test('a symbolic link stands for the folder it names', async () => {
  await mkdir(join(folder, 'real'));
  await symlink(join(folder, 'real'), join(folder, 'link'), 'dir');
  expect(await prepareDataFolder(join(folder, 'link'))).toBe(join(folder, 'real'));
});

test.each(['file', 'file/below'])('%s in the place of the folder is named in the error', async (path) => {
  await writeFile(join(folder, 'file'), '');
  await expect(prepareDataFolder(join(folder, path))).rejects.toMatchObject({
    code: 'unreadable',
    message: expect.stringContaining(join(folder, path)),
  });
});

test.runIf(process.platform === 'linux')(
  'where the system lets nobody make a folder, it says so and ends',
  async () => {
    await expect(prepareDataFolder('/proc/offprint/data')).rejects.toMatchObject({
      code: 'unreadable',
      message: expect.stringContaining('/proc/offprint/data'),
    });
  },
);

test.skipIf(process.platform === 'win32')(
  'a path that is too long for the papers to be kept there is refused, and said why',
  async () => {
    const long = (bytes: number) => {
      let path = folder;
      while (Buffer.byteLength(path) < bytes) {
        path = join(path, 'x'.repeat(Math.max(1, Math.min(200, bytes - Buffer.byteLength(path) - 1))));
      }
      return path;
    };
    const longest = long(longestDataFolder);
    expect(Buffer.byteLength(longest)).toBe(longestDataFolder);
    expect(await prepareDataFolder(longest)).toBe(longest);
    await expect(prepareDataFolder(long(longestDataFolder + 2))).rejects.toMatchObject({
      code: 'unreadable',
      message: expect.stringMatching(/path is too long \(442 bytes; up to 440/),
    });
  },
);
