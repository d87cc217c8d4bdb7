import { EventEmitter } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { FeedAddress } from '../updates/feed-address.ts';
import { longestAnswer, NoRelease } from '../updates/feed-answer.ts';
import type { UpdateEngine } from '../updates/updates.ts';
import { app, autoUpdater } from './electron-double.ts';
import { type EngineOptions, openUpdateEngine } from './update-engine.ts';
import { startFeed, type TestFeed } from './update-engine-testing.ts';

// electron-updater itself runs here, from the feed's answer to the file on the disk, against a server of this computer.
// Not run: Chromium's network, macOS's updater, and an installer.

vi.mock('electron', () => import('./electron-double.ts'));

let folder: string;
let feed: TestFeed;
const spawned = vi.hoisted(() => [] as unknown[][]);

beforeAll(() => {
  const require = createRequire(import.meta.url);
  // What electron-updater requires by itself. The package has no runtime here, and says so by throwing.
  const path = require.resolve('electron');
  const doubled = { app, autoUpdater, shell: {} };
  require.cache[path] = { id: path, filename: path, loaded: true, exports: doubled } as unknown as NodeJS.Module;
  const processes = require('node:child_process') as { spawn: unknown; execFileSync: unknown };
  // Whether this is a Mac that only makes believe to be an older one.
  processes.execFileSync = () => '';
  processes.spawn = (...given: unknown[]) => {
    spawned.push(given);
    return Object.assign(new EventEmitter(), { pid: 1, unref: () => {} });
  };
});

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'offprint-engine-'));
  writeFileSync(
    join(folder, 'app-update.yml'),
    'provider: generic\nurl: x\nupdaterCacheDirName: cache\npublisherName: Us\n',
  );
  feed = await startFeed();
  spawned.length = 0;
  autoUpdater.did.length = 0;
  app.exitCode = null;
});
afterEach(async () => {
  await feed.close();
  rmSync(folder, { recursive: true, force: true });
});

const address = (): FeedAddress => ({ url: feed.url, page: feed.url, hosts: ['127.0.0.1'], publishers: ['Us'] });

function open(platform: NodeJS.Platform, options: Partial<EngineOptions> = {}): Promise<UpdateEngine> {
  return openUpdateEngine({
    ...{ feed: address(), configFile: join(folder, 'app-update.yml'), cache: folder },
    ...{ platform, version: '1.0.0', executor: feed.executor, fetch: (url, init) => fetch(url, init) },
    isSigned: async () => true,
    whyUnsigned: async () => null,
    ...options,
  });
}

const installer = (arch: string, text = `installer for ${arch}`) => ({
  name: `offprint-2.0.0-win-${arch}.exe`,
  bytes: Buffer.from(text),
});
const archive = { name: 'offprint-2.0.0-mac-x64.zip', bytes: Buffer.from('a zip') };
const never = new AbortController().signal;
const fetched = () => readdirSync(join(folder, 'cache/pending')).filter((name) => name !== 'update-info.json');

describe('what is newer', () => {
  test.each([
    ['1.0.0', '1.0.1', '1.0.1'],
    ['1.0.0', '1.10.0', '1.10.0'],
    ['1.9.0', '1.10.0', '1.10.0'],
    ['1.0.0', '1.0.0', null],
    ['1.0.0', '0.9.9', null],
    ['2.0.0', '2.0.0-rc.1', null],
    ['1.0.0', '2.0.0-beta.1', null],
    ['2.0.0-beta.1', '2.0.0-beta.2', '2.0.0-beta.2'],
    ['2.0.0-beta.1', '2.0.0', '2.0.0'],
    ['2.0.0-beta.2', '2.0.0-beta.1', null],
  ])('than %s: of %s, %s', async (version, out, found) => {
    feed.release(out, [installer('x64')]);
    expect(await (await open('linux', { version })).look()).toEqual(found === null ? null : { version: found });
  });
});

test.each<[NodeJS.Platform, string]>([
  ['win32', 'latest.yml'],
  ['darwin', 'latest-mac.yml'],
  ['linux', process.arch === 'x64' ? 'latest-linux.yml' : `latest-linux-${process.arch}.yml`],
])('on %s one file is asked for, and nothing is said of the reader', async (platform, file) => {
  feed.release('2.0.0', [installer('x64')]);
  const before = readdirSync(folder);
  await (await open(platform)).look();
  expect(feed.asked.map(({ method, path }) => `${method} ${path}`)).toEqual([`GET ${file}`]);
  // What Node's fetch says of itself is Node's; there is no more of ours than that.
  expect(Object.keys(feed.asked[0]?.headers ?? {}).toSorted()).toEqual([
    'accept',
    'accept-encoding',
    'accept-language',
    'cache-control',
    'connection',
    'host',
    'pragma',
    'sec-fetch-mode',
    'user-agent',
  ]);
  expect(JSON.stringify(feed.asked)).not.toMatch(/staging|1\.0\.0|[0-9a-f]{8}-[0-9a-f]{4}-/);
  expect(readdirSync(folder)).toEqual(before);
});

test.each<[NodeJS.Platform, boolean, boolean]>([
  ['win32', true, true],
  ['darwin', true, true],
  ['win32', false, false],
  ['darwin', false, false],
  ['linux', true, false],
])('on %s, signed: %s, installs: %s', async (platform, isSigned, installs) => {
  const engine = await open(platform, { isSigned: async () => isSigned });
  expect(engine.installs).toBe(installs);
  if (installs) return;
  feed.release('2.0.0', [installer('x64'), archive]);
  await engine.look();
  await expect(engine.fetch(() => {}, never)).rejects.toThrow('could not be fetched');
  engine.install(true);
  expect([feed.asked.length, spawned.length, readdirSync(folder)]).toEqual([1, 0, ['app-update.yml']]);
});

test('a Windows build that names nobody who signed it is not signed', async () => {
  const { isSigned: _given, ...options } = { ...(await optionsOf()), feed: { ...address(), publishers: [] } };
  expect((await openUpdateEngine(options)).installs).toBe(false);
  expect((await openUpdateEngine({ ...options, feed: address() })).installs).toBe(true);
});

async function optionsOf(): Promise<EngineOptions> {
  return {
    ...{ feed: address(), configFile: join(folder, 'app-update.yml'), cache: folder, isSigned: async () => true },
    ...{ platform: 'win32', version: '1.0.0', executor: feed.executor, fetch: (url, init) => fetch(url, init) },
  };
}

describe('an answer that is no release is refused', () => {
  test.each<[string, Buffer | null]>([
    ['nothing there', null],
    ['a page', Buffer.from('<!doctype html><title>Sign in</title>')],
    ['a version with more in it', Buffer.from('version: "2.0.0 <script>"\n')],
    ['no text', Buffer.from([0xff, 0xfe, 0x00])],
    ['more than a release has', Buffer.alloc(longestAnswer + 1, 'a')],
  ])('%s', async (_what, bytes) => {
    if (bytes)
      for (const name of ['latest.yml', 'latest-linux.yml', 'latest-linux-arm64.yml']) feed.files.set(name, bytes);
    await expect((await open('linux')).look()).rejects.toThrow(NoRelease);
  });

  test('without an end', async () => {
    let sent = 0;
    feed.files.set('latest.yml', (response) => {
      const more = () => {
        sent += 16_384;
        if (!response.destroyed) response.write(Buffer.alloc(16_384, 'a'), more);
      };
      more();
    });
    await expect((await open('win32')).look()).rejects.toThrow(NoRelease);
    expect(sent).toBeLessThan(8 * 1024 * 1024);
  });
});

describe('on Windows', () => {
  test('the installer for this machine is fetched, told as it comes, and run when Offprint has ended', async () => {
    feed.release('2.0.0', [installer('arm64'), installer('x64')]);
    const engine = await open('win32');
    expect(await engine.look()).toEqual({ version: '2.0.0' });
    expect(feed.asked).toHaveLength(1);
    const progress: number[] = [];
    await engine.fetch((done) => progress.push(done), never);
    const mine = installer(process.arch);
    expect(fetched()).toEqual([mine.name]);
    expect(readFileSync(join(folder, 'cache/pending', mine.name))).toEqual(mine.bytes);
    expect(progress.every((done) => done >= 0 && done <= 1)).toBe(true);
    expect(JSON.stringify(feed.asked[1])).not.toMatch(/staging|cookie/i);
    expect(spawned).toEqual([]);

    engine.install(true);
    expect(spawned.map(([file, args]) => [file, args])).toEqual([
      [join(folder, 'cache/pending', mine.name), ['--updated', '/S', '--force-run']],
    ]);
    await vi.waitUntil(() => app.exitCode !== null);
    expect(app.exitCode).toBe(0);
  });

  test('when the reader quits, it is installed without starting Offprint again', async () => {
    feed.release('2.0.0', [installer('x64'), installer('arm64')]);
    const engine = await open('win32');
    await engine.look();
    await engine.fetch(() => {}, never);
    engine.install(false);
    expect(spawned[0]?.[1]).toEqual(['--updated', '/S']);
  });

  test('nothing is installed by itself when Electron ends', async () => {
    feed.release('2.0.0', [installer('x64'), installer('arm64')]);
    const engine = await open('win32');
    await engine.look();
    await engine.fetch(() => {}, never);
    app.emit('quit', {}, 0);
    expect(spawned).toEqual([]);
  });

  test('an installer that is not signed as it should be is thrown away', async () => {
    feed.release('2.0.0', [installer('x64'), installer('arm64')]);
    const looked: unknown[] = [];
    const engine = await open('win32', {
      whyUnsigned: async (publishers, file) => {
        looked.push([publishers, readFileSync(file, 'utf8')]);
        return 'somebody else has signed it';
      },
    });
    await engine.look();
    await expect(engine.fetch(() => {}, never)).rejects.toThrow('thrown away');
    expect(looked).toEqual([[['Us'], `installer for ${process.arch}`]]);
    expect(fetched()).toEqual([]);
    engine.install(true);
    expect(spawned).toEqual([]);
  });

  test('one that an earlier start has left is looked at again', async () => {
    feed.release('2.0.0', [installer('x64'), installer('arm64')]);
    const first = await open('win32');
    await first.look();
    await first.fetch(() => {}, never);
    const second = await open('win32', { whyUnsigned: async () => 'the signature is not good' });
    await second.look();
    await expect(second.fetch(() => {}, never)).rejects.toThrow('thrown away');
  });

  test.each<[string, (name: string) => void]>([
    ['another file than the feed says', (name) => feed.files.set(name, Buffer.from('something else'))],
    ['more than the feed says', (name) => feed.files.set(name, Buffer.alloc(5_000_000, 'a'))],
    ['nothing', (name) => feed.files.delete(name)],
  ])('%s is thrown away', async (_what, change) => {
    feed.release('2.0.0', [installer('x64'), installer('arm64')]);
    const engine = await open('win32');
    await engine.look();
    change(installer(process.arch).name);
    await expect(engine.fetch(() => {}, never)).rejects.toThrow(/thrown away|could not be fetched/);
    expect(fetched()).toEqual([]);
  });

  test('fetching can be stopped', async () => {
    feed.release('2.0.0', [installer('x64'), installer('arm64')]);
    feed.files.set(installer(process.arch).name, (response) => {
      response.writeHead(200, { 'Content-Length': 1000 });
      response.write('a');
    });
    const engine = await open('win32');
    await engine.look();
    const stop = new AbortController();
    const fetching = engine.fetch(() => {}, stop.signal);
    await vi.waitUntil(() => feed.asked.length === 2);
    stop.abort();
    await expect(fetching).rejects.toThrow('could not be fetched');
    expect(fetched()).toEqual([]);
  });
});

describe('on macOS', () => {
  async function whenOffered(): Promise<{ engine: UpdateEngine; fetching: Promise<void> }> {
    feed.release('2.0.0', [archive, { ...archive, name: 'offprint-2.0.0-mac-arm64.zip' }]);
    const engine = await open('darwin');
    await engine.look();
    autoUpdater.feed = null;
    const fetching = engine.fetch(() => {}, never);
    fetching.catch(() => {});
    await vi.waitUntil(() => autoUpdater.did.includes('checkForUpdates'));
    return { engine, fetching };
  }

  /** What macOS does with the address it is given: it asks where the archive is, and takes it. */
  async function take(): Promise<string> {
    const { url = '', headers = {} } = autoUpdater.feed ?? {};
    const answer = (await (await fetch(url, { headers })).json()) as { url: string };
    return (await fetch(answer.url)).text();
  }

  test('the system takes what was fetched, looks at its signature, and puts it in place when Offprint has ended', async () => {
    const { engine, fetching } = await whenOffered();
    expect(new URL(autoUpdater.feed?.url ?? '').hostname).toBe('127.0.0.1');
    expect(await take()).toBe('a zip');
    // Not ready before the system says so.
    const early = await Promise.race([
      fetching.then(() => 'ready'),
      new Promise((done) => setImmediate(done, 'not yet')),
    ]);
    expect(early).toBe('not yet');
    autoUpdater.emit('update-downloaded');
    await fetching;
    engine.install(false);
    expect([autoUpdater.did, app.exitCode]).toEqual([['checkForUpdates'], 0]);
  });

  test('it starts again when the reader wants that', async () => {
    const { engine, fetching } = await whenOffered();
    await take();
    autoUpdater.emit('update-downloaded');
    await fetching;
    engine.install(true);
    expect(autoUpdater.did).toEqual(['checkForUpdates', 'quitAndInstall']);
  });

  test('what the system refuses is not ready', async () => {
    const { fetching } = await whenOffered();
    await take();
    autoUpdater.emit('error', new Error('Code signature did not pass validation'));
    await expect(fetching).rejects.toThrow('could not be fetched');
  });
});
