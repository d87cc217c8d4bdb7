import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { FileOperations } from '../store/durable-file.ts';
import { systemFiles } from '../store/durable-file.ts';
import { faultyFiles } from '../store/store-testing.ts';
import { libraryNames } from './entry-names.ts';
import { LibrarySwap } from './swap.ts';

let folder: string;
let data: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'offprint-swap-'));
  data = join(folder, 'data');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

type Tree = Record<string, string>;

function write(at: string, tree: Tree): void {
  for (const [name, text] of Object.entries(tree)) {
    mkdirSync(dirname(join(at, name)), { recursive: true });
    writeFileSync(join(at, name), text);
  }
}

function read(at: string, under = ''): Tree {
  return Object.assign(
    {},
    ...readdirSync(join(at, under)).map((name) => {
      const path = join(under, name);
      return statSync(join(at, path)).isDirectory() ? read(at, path) : { [path]: readFileSync(join(at, path), 'utf8') };
    }),
  );
}

/** No part of a library, so that it stays whatever comes. */
const others: Tree = { 'lock.db': 'lock', 'backups/one.offprint': 'kept', 'library.damaged-2026.json': 'aside' };
const before: Tree = {
  ...{ 'library.json': 'before', 'library.backup.json': 'earlier', 'journal/00000001.log': 'before' },
  ...{ 'corpus.db': 'before', 'corpus.db-wal': 'log', 'captures/a': 'a' },
};
const after: Tree = {
  ...{ 'library.json': 'after', 'journal/00000007.log': 'after', 'corpus.db': 'after' },
  ...{ 'captures/b': 'b', 'taken-marks/1.json': 'after' },
};
const moment = Date.UTC(2026, 10, 23, 8, 15);

/** Lays out a data folder with one library in it and another one made ready. */
function layOut(): void {
  rmSync(data, { recursive: true, force: true });
  write(data, { ...before, ...others });
  write(join(data, 'restoring/new'), after);
}

/** The names that the two libraries have, and some that neither has: fewer than there are, so that there is less to try. */
const names = libraryNames.filter((name) =>
  /^(?:library|journal|notes|captures|taken|corpus\.db(?:-wal)?$)/.test(name),
);
const swapWith = (files: FileOperations) => new LibrarySwap(data, files, names);

/** As a program does that has put the new one in: it opens it, or finds that it cannot, when it has written some of it. */
async function run(swap: LibrarySwap, opens: boolean): Promise<void> {
  await swap.putIn(moment, '/kept/one.offprint');
  if (opens) await swap.settle();
  else {
    write(data, { 'library.backup.json': 'made', 'notes/00000001.log': 'made', 'library.json': 'after, and changed' });
    await swap.putBack();
    await swap.clear();
  }
}

/** Operations that all fail from a certain one on, as for a program that has been killed. */
function killedAt(at: number): { files: FileOperations; done: string[] } {
  return faultyFiles(() => ({ at, more: 1_000_000, code: 'EIO' }));
}

test('a library takes the place of another, and nothing else is touched', async () => {
  layOut();
  await run(swapWith(systemFiles), true);
  expect(read(data)).toEqual({ ...after, ...others });
  expect(await swapWith(systemFiles).finish()).toBeNull();
});

test('a library that turns out not to open gives its place back', async () => {
  layOut();
  await run(swapWith(systemFiles), false);
  expect(read(data)).toEqual({ ...before, ...others });
});

test.each([
  true,
  false,
])('killed at any operation, the next opening has one of them whole (opens: %s)', async (opens) => {
  layOut();
  const all = faultyFiles(() => null);
  await run(swapWith(all.files), opens);
  expect(all.done.length).toBeGreaterThan(30);
  const seen = new Set<string>();
  for (let at = 0; at < all.done.length; at += 1) {
    layOut();
    await run(swapWith(killedAt(at).files), opens).catch(() => {});
    const notice = await swapWith(systemFiles).finish();
    const found = read(data);
    const isAfter = found['library.json']?.startsWith('after') ?? false;
    const made = ['after', undefined, undefined];
    const { 'library.json': library, 'notes/00000001.log': notes, 'library.backup.json': backup, ...rest } = found;
    const {
      'library.json': _,
      'library.backup.json': backupBefore,
      ...wanted
    } = { ...(isAfter ? after : before), ...others };
    expect(rest, `killed at ${at}, ${all.done[at]}`).toEqual(wanted);
    // What a library wrote that was in its place is its own.
    if (isAfter && library !== 'after') made.splice(0, 3, 'after, and changed', 'made', 'made');
    expect([library, notes, backup]).toEqual(isAfter ? made : ['before', undefined, backupBefore]);
    seen.add(`${isAfter} ${notice?.split('.')[0] ?? 'silent'}`);
  }
  // Whole, and the reader is told which of them it is, unless all was done.
  const told = [
    'false Offprint was cut off while a backup was being restored',
    'true Offprint was cut off while the backup of 2026-11-23 08:15 UTC was being restored',
    ...(opens ? ['true silent'] : ['false A backup could not be restored', 'false silent']),
  ];
  expect([...seen].toSorted()).toEqual(told.toSorted());
});

test('killed again while the rest is being done, the opening after that does it', async () => {
  layOut();
  const counted = faultyFiles(() => null);
  const halfWay = 25;
  await run(swapWith(killedAt(halfWay).files), true).catch(() => {});
  await swapWith(counted.files).finish();
  for (let at = 0; at < counted.done.length; at += 3) {
    layOut();
    await run(swapWith(killedAt(halfWay).files), true).catch(() => {});
    await swapWith(killedAt(at).files)
      .finish()
      .catch(() => {});
    await swapWith(systemFiles).finish();
    const found = read(data);
    expect(found, `killed at ${at}`).toEqual({ ...(found['library.json'] === 'after' ? after : before), ...others });
  }
});

test('one operation that is refused changes nothing, wherever it is', async () => {
  layOut();
  const all = faultyFiles(() => null);
  await swapWith(all.files).putIn(moment, 'kept');
  for (let at = 0; at < all.done.length; at += 1) {
    layOut();
    const swap = swapWith(faultyFiles(() => ({ at, code: 'EACCES' })).files);
    const refusal = await swap.putIn(moment, 'kept').then(
      () => null,
      (error: unknown) => error,
    );
    if (refusal === null) continue;
    expect(refusal, `refused at ${at}`).toMatchObject({ code: 'unreadable' });
    await swap.clear();
    expect(read(data), `refused at ${at}, ${all.done[at]}`).toEqual({ ...before, ...others });
  }
});

test('what can neither be finished nor taken back is said, and nothing of it is lost', async () => {
  layOut();
  await expect(swapWith(killedAt(25).files).putIn(moment, 'kept')).rejects.toMatchObject({
    code: 'unreadable',
    message: expect.stringContaining('Start Offprint again to go on.'),
  });
  await expect(swapWith(killedAt(3).files).finish()).rejects.toMatchObject({ code: 'unreadable' });
  expect(await swapWith(systemFiles).finish()).toContain('It has been restored now.');
  expect(read(data)).toEqual({ ...after, ...others });
});
