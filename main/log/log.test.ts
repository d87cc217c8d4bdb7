import type * as NodeFiles from 'node:fs';
import {
  chmodSync,
  existsSync,
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
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { entrySchemas, levels } from './entries.ts';
import { Log, largestLog } from './log.ts';

/** Bytes that the disk still takes; null for as many as there are. */
const disk = vi.hoisted(() => ({ room: null as number | null }));

vi.mock('node:fs', async (original) => {
  const files = await original<typeof NodeFiles>();
  const writeSync = (file: number, bytes: Buffer) => {
    const { room } = disk;
    if (room === null) return files.writeSync(file, bytes);
    if (room === 0) throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    disk.room = 0;
    return files.writeSync(file, bytes, 0, Math.min(room, bytes.length));
  };
  return { ...files, writeSync };
});

let folder: string;
let now: number;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'offprint-log-'));
  now = Date.UTC(2026, 10, 23, 8, 15);
  disk.room = null;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function logHere(level?: (typeof levels)[number]): Log {
  const log = new Log(level, () => now);
  log.openIn(folder);
  return log;
}

const path = (name = 'offprint.log') => join(folder, 'logs', name);
const linesOf = (name?: string) => readFileSync(path(name), 'utf8').trimEnd().split('\n');
const entries = (name?: string) => linesOf(name).map((line) => JSON.parse(line) as Record<string, unknown>);

test('an entry is a line that says when, how much it matters, and what', () => {
  logHere().info('closed', { ms: 12.6 });
  expect(entries()).toEqual([
    { at: '2026-11-23T08:15:00.000Z', level: 'info', event: 'closed', pid: process.pid, ms: 13 },
  ]);
});

test.each(levels)('the level %s leaves out what matters less', (level) => {
  const log = logHere(level);
  for (const each of levels) log[each]('quit', { code: 0 });
  expect(entries().map((entry) => entry['level'])).toEqual(levels.slice(0, levels.indexOf(level) + 1));
});

test('what is logged before it is known where to is not lost, up to a bound', () => {
  const log = new Log('info', () => now);
  for (let code = 0; code < 60; code += 1) log.info('quit', { code });
  log.openIn(folder);
  expect(entries().map((entry) => entry['code'])).toEqual(Array.from({ length: 50 }, (_, code) => code));
});

test.skipIf(process.platform === 'win32')('only its owner can read it', () => {
  const umask = process.umask(0);
  try {
    logHere().info('quit', { code: 0 });
    expect([path(''), path()].map((each) => statSync(each).mode & 0o777)).toEqual([0o700, 0o600]);
    chmodSync(path(), 0o666);
    logHere().info('quit', { code: 0 });
    expect(statSync(path()).mode & 0o777).toBe(0o600);
  } finally {
    process.umask(umask);
  }
});

test('three files take turns, none larger than a megabyte', () => {
  const log = logHere();
  const codes = new Map<number, true>();
  const full = `${JSON.stringify({ at: '', event: 'filler', text: 'x'.repeat(largestLog - 60) })}\n`;
  for (let code = 0; code < 5; code += 1) {
    log.info('quit', { code });
    codes.set(code, true);
    writeFileSync(path(), full, { flag: 'a' });
  }
  log.info('quit', { code: 5 });
  expect(readdirSync(path('')).toSorted()).toEqual(['offprint.1.log', 'offprint.2.log', 'offprint.log']);
  expect(entries().map((entry) => entry['code'])).toEqual([5]);
  expect(entries('offprint.1.log')[0]).toMatchObject({ code: 4 });
  expect(entries('offprint.2.log')[0]).toMatchObject({ code: 3 });
});

test('what happens again and again is counted, and does not fill the disk', () => {
  const log = logHere();
  for (let code = 0; code < 100_000; code += 1) log.error('quit', { code });
  expect(entries()).toHaveLength(200);
  now += 10_000;
  log.error('quit', { code: -1 });
  expect(entries().slice(200)).toMatchObject([{ event: 'dropped', entries: 99_800 }, { code: -1 }]);
});

test('a clock that was put back does not silence it', () => {
  const log = logHere();
  for (let code = 0; code < 300; code += 1) log.error('quit', { code });
  now -= 3_600_000;
  log.error('quit', { code: -1 });
  expect(entries().at(-1)).toMatchObject({ code: -1 });
});

describe('nothing comes to the caller when it cannot be written', () => {
  test('the disk is full; when it is not any more, the log goes on on a line of its own', () => {
    const log = logHere();
    log.info('quit', { code: 1 });
    disk.room = 20;
    log.info('quit', { code: 2 });
    log.info('quit', { code: 3 });
    disk.room = null;
    log.info('quit', { code: 4 });
    const lines = linesOf();
    expect(lines).toHaveLength(3);
    expect([lines[0], lines[2]].map((line) => JSON.parse(line ?? '').code)).toEqual([1, 4]);
  });

  test('there is no data folder, and none is made', () => {
    const log = new Log('info', () => now);
    log.openIn(join(folder, 'not', 'there'));
    log.info('quit', { code: 0 });
    expect(existsSync(join(folder, 'not'))).toBe(false);
    mkdirSync(join(folder, 'not', 'there'), { recursive: true });
    log.info('quit', { code: 1 });
    expect(existsSync(join(folder, 'not', 'there', 'logs', 'offprint.log'))).toBe(true);
  });

  test('a file stands in the place of the folder', () => {
    writeFileSync(join(folder, 'logs'), 'not a folder');
    logHere().error('quit', { code: 0 });
    expect(readFileSync(join(folder, 'logs'), 'utf8')).toBe('not a folder');
  });

  test.skipIf(process.platform === 'win32')('a link stands in the place of the file: it is not followed', () => {
    mkdirSync(path(''));
    writeFileSync(join(folder, 'elsewhere'), 'mine');
    symlinkSync(join(folder, 'elsewhere'), path());
    logHere().error('quit', { code: 0 });
    expect(readFileSync(join(folder, 'elsewhere'), 'utf8')).toBe('mine');
  });

  test('a folder stands in the place of the file', () => {
    mkdirSync(path(), { recursive: true });
    logHere().error('quit', { code: 0 });
    expect(readdirSync(path())).toEqual([]);
  });
});

describe('no text comes into it', () => {
  const secret = 'zanzibarquux';
  const names = Object.keys(entrySchemas);

  test('whatever is handed to it, by whatever name', () => {
    const said = fc.constantFrom(secret, `${secret} 1.2.3`, `1.2.3-${secret}`, `/home/${secret}/a.ts:1:2`);
    const value = fc.oneof(said, fc.array(said), fc.dictionary(said, said), fc.integer(), fc.boolean());
    const fields = fc.dictionary(
      fc.oneof(said, fc.constantFrom('code', 'ms', 'version', 'at', 'error', 'call')),
      value,
    );
    const name = fc.oneof(said, fc.constantFrom(...names, '__proto__', 'constructor'));
    const log = logHere('debug');
    fc.assert(
      fc.property(fc.constantFrom(...levels), name, fields, (level, event, given) => {
        now += 60_000;
        log[level](event as 'quit', given as { code: number });
      }),
      { numRuns: 300 },
    );
    expect(linesOf().length).toBe(300);
    expect(readFileSync(path(), 'utf8')).not.toContain(secret);
  });

  test('no field of any entry takes a free text', () => {
    const log = logHere();
    // What is right but for one word is left out as a whole.
    log.info('update', { state: 'available', version: `1.0.0 ${secret}` });
    log.info('start', { host: 'window', version: secret, platform: 'linux', arch: 'x64' });
    log.error('failed', { where: 'call', error: { kind: 'Error', code: secret, at: [] } });
    log.error('failed', { where: 'call', error: { kind: 'Error', code: null, at: [`${secret} a.ts:1:1`] } });
    expect(entries().map((entry) => entry['event'])).toEqual(Array(4).fill('malformed'));
  });
});
