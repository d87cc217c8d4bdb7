import { mkdtempSync, rmSync } from 'node:fs';
import { mkdir, readdir, rename, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Copies } from '../../shared/backup.ts';
import { type Settings, settingsSchema } from '../../shared/settings.ts';
import { backupName } from './backup-name.ts';
import { backUp, madeAt, smallDataFolder } from './backup-testing.ts';
import { type Clock, ScheduledCopies } from './scheduled-copies.ts';
import { checkTargetFolder } from './target-folder.ts';

const [minute, hour] = [60_000, 3_600_000];
const day = 24 * hour;

let folder: string;
let data: string;
let target: string;
let now: number;
/** What was put off, and until when. */
let later: { at: number; call: () => void }[];
let settings: Settings;
let copies: ScheduledCopies;
let written: string[];
let troubles: (string | null)[];
let busy: boolean;
/** What a copy waits for. */
let held: PromiseWithResolvers<void> | null;

const clock: Clock = {
  now: () => now,
  later: (milliseconds, call) => {
    const put = { at: now + milliseconds, call };
    later.push(put);
    return () => {
      later = later.filter((each) => each !== put);
    };
  },
};

/** Lets time go by, and waits for what that brings about. */
async function pass(milliseconds: number): Promise<void> {
  const end = now + milliseconds;
  for (;;) {
    const [next] = later.filter(({ at }) => at <= end).toSorted((one, other) => one.at - other.at);
    if (!next) break;
    now = Math.max(now, next.at);
    later = later.filter((each) => each !== next);
    const waiting = later.length;
    next.call();
    // It puts its next look off when it is done.
    while (later.length === waiting) await new Promise(setImmediate);
  }
  now = end;
}

function make(wanted: Partial<Copies> | null): void {
  settings = settingsSchema.parse({ copies: wanted && { folder: target, every: 'day', keep: 3, ...wanted } });
  copies = new ScheduledCopies({
    settings: () => settings,
    remember: async (change) => {
      settings = { ...settings, ...change };
    },
    write: async (to, copyOf) => {
      if (busy) return null;
      await held?.promise;
      await checkTargetFolder(to, data);
      const { path } = await backUp(data, { folder: to }, { reason: 'copy', copyOf, now: () => now });
      written.push(path);
      return path;
    },
    onTrouble: () => troubles.push(copies.trouble),
    clock,
  });
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'offprint-copies-'));
  [data, target] = [join(folder, 'data'), join(folder, 'target')];
  await smallDataFolder(data);
  await mkdir(target);
  now = madeAt;
  [later, written, troubles, busy, held] = [[], [], [], false, null];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const names = async () => (await readdir(target)).toSorted();

test('a copy is made soon after the start, and each day from then on', async () => {
  make({});
  copies.start();
  await pass(0);
  expect(written).toEqual([]);
  await pass(2 * minute);
  expect(written).toHaveLength(1);
  expect(settings.copiedAt).toBe(madeAt + minute);
  await pass(19 * hour);
  expect(written).toHaveLength(1);
  await pass(2 * hour);
  expect(written).toHaveLength(2);
  await pass(2 * day);
  expect(written).toHaveLength(4);
  expect(await names()).toEqual(
    written
      .slice(-3)
      .map((path) => path.slice(target.length + 1))
      .toSorted(),
  );
});

test('one that starts Offprint for ten minutes each morning has a copy each morning, or each week', async () => {
  for (const [every, made] of [
    ['day', 14],
    ['week', 2],
  ] as const) {
    written = [];
    make({ every, keep: 100 });
    for (let morning = 0; morning < 14; morning += 1) {
      // Not always at the same minute.
      now = madeAt + morning * day - (morning % 3) * 30 * minute;
      copies.start();
      await pass(10 * minute);
      await copies.stop();
      const kept = settings;
      make({ every, keep: 100 });
      settings = kept;
    }
    expect([every, written.length]).toEqual([every, made]);
  }
});

test('nothing is copied that nobody asked for, and what is asked for is made at once', async () => {
  make(null);
  copies.start();
  await pass(3 * day);
  expect(written).toEqual([]);
  settings = { ...settings, copies: { folder: target, every: 'week', keep: 1 } };
  copies.changed();
  await pass(0);
  expect(written).toHaveLength(1);
  await copies.stop();
  await pass(30 * day);
  expect(written).toHaveLength(1);
});

test('another folder that is asked for while a copy is made has one of its own at once', async () => {
  make({});
  const other = join(folder, 'other');
  await mkdir(other);
  held = Promise.withResolvers<void>();
  copies.start();
  const passing = pass(minute);
  await new Promise(setImmediate);
  settings = { ...settings, copies: { folder: other, every: 'day', keep: 1 }, copiedAt: null };
  copies.changed();
  held.resolve();
  await passing;
  await pass(0);
  expect([(await readdir(target)).length, (await readdir(other)).length]).toEqual([1, 1]);
});

test('a folder that is away is said, never made, and tried again', async () => {
  make({});
  await rename(target, `${target} away`);
  copies.start();
  await pass(2 * hour);
  expect(troubles).toEqual([`There is no folder ${target}.`]);
  expect(await readdir(folder)).toEqual(['data', 'target away']);
  await rename(`${target} away`, target);
  await pass(hour);
  expect([written.length, troubles.at(-1), copies.trouble]).toEqual([1, null, null]);
  expect(settings.copiedAt).toBeGreaterThan(madeAt);
});

test('a copy that had to give way is made an hour later, and a clock that went wrong does no harm', async () => {
  make({});
  busy = true;
  copies.start();
  await pass(30 * minute);
  expect([written, settings.copiedAt, copies.trouble]).toEqual([[], null, null]);
  busy = false;
  await pass(hour);
  expect(written).toHaveLength(1);
  settings = { ...settings, copiedAt: now + 100 * day };
  await pass(hour);
  expect(written).toHaveLength(2);
});

test('copies of a clock that was ahead do not push out those that are made since it is right again', async () => {
  make({ keep: 2 });
  now = madeAt + 1000 * day;
  copies.start();
  await pass(3 * day);
  await copies.stop();
  now = madeAt;
  const ahead = await names();
  const { copiedAt, copiesId } = settings;
  make({ keep: 2 });
  settings = { ...settings, copiedAt, copiesId };
  copies.start();
  await pass(minute);
  expect(await names()).toEqual(expect.arrayContaining([backupName(madeAt + minute)]));
  await pass(2 * day);
  expect(ahead).toHaveLength(2);
  expect(await names()).toEqual(written.slice(-2).map((path) => basename(path)));
});

test('only copies of this library on this machine ever go', async () => {
  make({ keep: 1 });
  const others = [
    await backUp(data, { folder: target }, { reason: 'copy', copyOf: crypto.randomUUID() }),
    await backUp(data, { folder: target }, { reason: 'asked' }),
    await backUp(data, { folder: target }, { reason: 'copy', copyOf: null }),
  ];
  const foreign = [
    'Offprint 2020-01-01 00.00.offprint',
    'notes.txt',
    'Offprint 2020-01-01.offprint',
    `${backupName(0)}.zip`,
  ];
  for (const name of foreign) await writeFile(join(target, name), 'mine');
  copies.start();
  await pass(2 * minute);
  // Called otherwise by the reader, who means to keep it.
  const kept = join(target, 'before the move.offprint');
  await rename(written[0] ?? '', kept);
  await pass(5 * day);
  expect(await names()).toEqual(
    [
      ...[...others.map(({ path }) => path), written.at(-1) ?? ''].map((path) => path.slice(target.length + 1)),
      ...['before the move.offprint', ...foreign],
    ].toSorted(),
  );
});

test('what a killed program left of a copy goes after a day, and nothing else of that kind', async () => {
  make({});
  const leftover = `${backupName(madeAt)}.${crypto.randomUUID()}.tmp`;
  const young = `${backupName(madeAt, 2)}.${crypto.randomUUID()}.tmp`;
  const others = [`thesis.${crypto.randomUUID()}.tmp`, 'x.tmp'];
  for (const name of [leftover, young, ...others]) await writeFile(join(target, name), '');
  for (const name of [leftover, ...others]) await utimes(join(target, name), 0, 0);
  await utimes(join(target, young), new Date(now), new Date(now));
  copies.start();
  await pass(2 * minute);
  expect(await names()).toEqual([backupName(madeAt + minute), young, ...others].toSorted());
});
