import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { settingsSchema } from '../../shared/settings.ts';
import {
  dictionaryHosts,
  followNetworkSettings,
  keepNetworkUse,
  limitNetwork,
  mayAskFeed,
  noNetwork,
  readNetworkUse,
  wantedNetwork,
} from './allowed-network.ts';
import { app } from './electron-double.ts';

vi.mock('electron', () => import('./electron-double.ts'));

const feed = ['releases.example.org', 'files.example.org'];
let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'offprint-network-'));
  path = join(folder, 'network.json');
  app.switches.clear();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function switches(): Record<string, string> {
  return Object.fromEntries(app.switches);
}

test('at first no host resolves and no proxy is looked for', () => {
  expect(limitNetwork(folder, feed)).toEqual(noNetwork);
  expect(switches()).toEqual({ 'host-resolver-rules': 'MAP * ~NOTFOUND', 'no-proxy-server': '' });
});

test('what the reader has turned on resolves at the next start, and nothing else', () => {
  expect(keepNetworkUse(folder, { updates: true, spelling: false })).toBe(true);
  expect(limitNetwork(folder, feed)).toEqual({ updates: true, spelling: false });
  expect(switches()).toEqual({
    'host-resolver-rules': 'MAP * ~NOTFOUND, EXCLUDE releases.example.org, EXCLUDE files.example.org',
    'no-proxy-server': '',
  });
  keepNetworkUse(folder, { updates: false, spelling: true });
  expect(limitNetwork(folder, feed)).toEqual({ updates: false, spelling: true });
  expect(switches()['host-resolver-rules']).toBe('MAP * ~NOTFOUND, EXCLUDE *.gvt1.com');
  expect(dictionaryHosts).toEqual(['*.gvt1.com']);
});

test('a program that has no feed asks none, whatever was kept', () => {
  keepNetworkUse(folder, { updates: true, spelling: false });
  expect(limitNetwork(folder, [])).toEqual(noNetwork);
  expect(switches()['host-resolver-rules']).toBe('MAP * ~NOTFOUND');
});

test('what is turned off leaves no file, and one that is kept is its owner’s alone', () => {
  keepNetworkUse(folder, { updates: true, spelling: true });
  if (process.platform !== 'win32') expect(statSync(path).mode & 0o777).toBe(0o600);
  keepNetworkUse(folder, noNetwork);
  expect(existsSync(path)).toBe(false);
});

test('it follows the settings, and writes only what has changed', () => {
  const failed = vi.fn();
  const off = settingsSchema.parse({});
  const on = settingsSchema.parse({ updates: true });
  const follow = followNetworkSettings(folder, failed);
  follow(off);
  expect(existsSync(path)).toBe(false);
  follow(on);
  expect(readNetworkUse(folder)).toEqual({ updates: true, spelling: false });
  rmSync(path);
  follow(on);
  expect(existsSync(path)).toBe(false);
  follow(off);
  expect(failed).not.toHaveBeenCalled();
  followNetworkSettings(join(folder, 'gone'), failed)(on);
  expect(failed).toHaveBeenCalledOnce();
});

test('spelling needs the network but on macOS', () => {
  const spelling = settingsSchema.parse({ spelling: ['en-GB'] });
  expect(wantedNetwork(spelling, 'linux')).toEqual({ updates: false, spelling: true });
  expect(wantedNetwork(spelling, 'win32')).toEqual({ updates: false, spelling: true });
  expect(wantedNetwork(spelling, 'darwin')).toEqual(noNetwork);
});

describe('no network at all by a file that is not as it is written here', () => {
  const written = '{"format":1,"updates":true,"spelling":true}';

  test.each([
    '',
    '\0'.repeat(40),
    'null',
    '[]',
    '{}',
    written.slice(0, -1),
    written.replace('1', '2'),
    written.replace('true', '"yes"'),
    written.replace('}', ',"hosts":["evil.example"]}'),
    `${written}${' '.repeat(200)}`,
  ])('%j', (text) => {
    writeFileSync(path, text, { mode: 0o600 });
    expect(readNetworkUse(folder)).toEqual(noNetwork);
  });

  test('whatever is in it', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), fc.uint8Array({ maxLength: 60 })), (content) => {
        writeFileSync(path, content, { mode: 0o600 });
        expect(readNetworkUse(folder)).toEqual(noNetwork);
      }),
      { numRuns: 100 },
    );
  });

  test('a folder, a link, or a file that others may write', () => {
    mkdirSync(path);
    expect(readNetworkUse(folder)).toEqual(noNetwork);
    rmSync(path, { recursive: true });
    writeFileSync(join(folder, 'elsewhere'), written, { mode: 0o600 });
    if (process.platform !== 'win32') {
      symlinkSync(join(folder, 'elsewhere'), path);
      expect(readNetworkUse(folder)).toEqual(noNetwork);
      rmSync(path);
      writeFileSync(path, written);
      chmodSync(path, 0o660);
      expect(readNetworkUse(folder)).toEqual(noNetwork);
      chmodSync(path, 0o600);
    } else writeFileSync(path, written);
    // It was right but for that.
    expect(readNetworkUse(folder)).toEqual({ updates: true, spelling: true });
    expect(readFileSync(path, 'utf8')).toBe(written);
  });
});

describe('the updater', () => {
  const get = (url: string, method = 'GET') => mayAskFeed({ url, method }, feed);

  test('reads from the hosts of the feed', () => {
    expect(get('https://releases.example.org/latest.yml?noCache=1')).toBe(true);
    expect(get('https://files.example.org/a.exe', 'HEAD')).toBe(true);
    expect(get('https://RELEASES.example.org:443/latest.yml')).toBe(true);
  });

  test.each([
    ['GET', 'http://releases.example.org/latest.yml'],
    ['GET', 'https://releases.example.org:8443/latest.yml'],
    ['GET', 'https://reader:secret@releases.example.org/latest.yml'],
    ['GET', 'https://www.releases.example.org/latest.yml'],
    ['GET', 'https://releases.example.org.evil.example/latest.yml'],
    ['GET', 'https://releases.example.org./latest.yml'],
    ['GET', 'https://evil.example/https://releases.example.org/'],
    ['GET', 'https://127.0.0.1/'],
    ['GET', 'wss://releases.example.org/'],
    ['GET', 'file:///etc/passwd'],
    ['GET', 'app://offprint/index.html'],
    ['GET', 'not an address'],
    ['POST', 'https://releases.example.org/latest.yml'],
    ['PUT', 'https://releases.example.org/latest.yml'],
    ['get', 'https://releases.example.org/latest.yml'],
  ])('may not %s %s', (method, url) => {
    expect(get(url, method)).toBe(false);
  });

  test('asks nobody where there is no feed', () => {
    fc.assert(
      fc.property(fc.webUrl({ validSchemes: ['https'] }), (url) => !mayAskFeed({ url, method: 'GET' }, [])),
      {
        numRuns: 20,
      },
    );
  });
});

test('when Chromium runs, names are asked of the system’s own server alone', async () => {
  limitNetwork(folder, feed);
  expect(app.hostResolver).toBeNull();
  app.becomeReady();
  await app.whenReady();
  expect(app.hostResolver).toEqual({ secureDnsMode: 'off' });
});
