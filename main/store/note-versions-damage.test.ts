import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { printLine } from './journal-line.ts';
import { allOf, found, keepIn, openVersions, past, some } from './note-versions-testing.ts';
import { faultyFiles } from './store-testing.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'offprint-notes-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const asideIn = (place: string) => readdirSync(place).filter((name) => name.startsWith('notes.damaged'));

test('a log cut off at any byte gives what stands before, and takes more', async () => {
  await keepIn(folder, some.slice(0, 3));
  const path = join(folder, 'notes', '00000001.log');
  const { size } = statSync(path);
  for (let length = 0; length <= size; length += length < 200 ? 1 : 5) {
    const place = join(folder, String(length));
    const cut = join(place, 'notes', '00000001.log');
    await cp(join(folder, 'notes'), join(place, 'notes'), { recursive: true });
    await truncate(cut, length);
    const lines = readFileSync(cut, 'utf8').split('\n').length - 1;
    const whole = some.slice(0, Math.max(0, Math.min(3, lines - 1)));
    const told = await keepIn(place, [past(20)]);
    const { versions, notices } = openVersions(place);
    expect(await found(versions)).toEqual(allOf([...whole, past(20)]));
    // A process was cut off while it wrote; the texts of that moment stand in the journal.
    expect([...told, ...notices]).toEqual([]);
  }
});

test('a flipped bit anywhere costs its own line at most; the file is kept aside, and it is said once', async () => {
  await keepIn(folder, some.slice(0, 3));
  const whole = readFileSync(join(folder, 'notes', '00000001.log'));
  for (let at = 0; at < whole.length - 1; at += 5) {
    const place = join(folder, `flipped-${at}`);
    await mkdir(join(place, 'notes'), { recursive: true });
    const bytes = Buffer.from(whole);
    bytes[at] = (bytes[at] ?? 0) ^ (1 << (at % 8));
    writeFileSync(join(place, 'notes', '00000001.log'), bytes);
    const first = openVersions(place);
    const texts = await found(first.versions);
    // Without the line feed between them, two lines are one.
    expect(Object.keys(texts).length).toBeGreaterThanOrEqual(whole[at] === 0x0a ? 1 : 2);
    expect(allOf(some)).toMatchObject(texts);
    const [aside] = asideIn(place);
    expect(first.notices).toEqual([expect.stringContaining(aside ?? 'a copy')]);
    expect(readFileSync(join(place, aside ?? ''))).toEqual(bytes);

    const again = openVersions(place);
    expect(await found(again.versions)).toEqual(texts);
    expect(await keepIn(place, [past(20)], again)).toEqual([]);
    expect(Object.keys(await found(openVersions(place).versions)).length).toBe(Object.keys(texts).length + 1);
  }
});

test.each([
  ['nothing', '', 0],
  ['zero bytes', '\0'.repeat(5000), 0],
  ['another program’s lines', 'a\nb\n', 1],
  ['lines that say nothing of notes', printLine(1, '00000000', { id: '', text: 'x' }).bytes.toString(), 1],
])('a file that holds %s is no obstacle', async (_, content, told) => {
  await keepIn(folder, some);
  writeFileSync(join(folder, 'notes', '00000002.log'), content);
  await keepIn(folder, [past(20)]);
  const { versions, notices } = openVersions(folder);
  expect(await found(versions)).toEqual(allOf([...some, past(20)]));
  expect([notices.length, asideIn(folder).length]).toEqual([told, told]);
});

test('a damaged file is left as it is where nothing may be written', async () => {
  await keepIn(folder, some);
  const path = join(folder, 'notes', '00000002.log');
  writeFileSync(path, 'a\nb\n');
  const { versions } = openVersions(folder, { mayWrite: false });
  expect(await found(versions)).toEqual(allOf(some));
  await keepIn(folder, [past(20)], { versions, notices: [] });
  expect([readFileSync(path, 'utf8'), asideIn(folder)]).toEqual(['a\nb\n', []]);
  expect(readdirSync(join(folder, 'notes')).length).toBe(2);
});

test('a file that a newer Offprint wrote is left as it is, and another one is begun', async () => {
  await keepIn(folder, some);
  const path = join(folder, 'notes', '00000002.log');
  const newer = Buffer.concat([
    printLine(0, '00000000', { format: 'offprint-notes', schema: 2 }).bytes,
    Buffer.from('in another form\n'),
  ]);
  writeFileSync(path, newer);
  const opened = openVersions(folder);
  expect(await found(opened.versions)).toEqual(allOf(some));
  expect(await keepIn(folder, [past(20)], opened)).toEqual([expect.stringContaining('newer Offprint')]);
  await openVersions(folder).versions.thin();
  expect(readFileSync(path)).toEqual(newer);
  expect(readdirSync(join(folder, 'notes')).toSorted()).toEqual(['00000001.log', '00000002.log', '00000003.log']);
});

test('what cannot be kept aside is not touched', async () => {
  await keepIn(folder, some);
  const path = join(folder, 'notes', '00000001.log');
  const bytes = readFileSync(path);
  bytes.write('x', bytes.indexOf('Text 3'));
  writeFileSync(path, bytes);
  const copyFile = async () => {
    throw Object.assign(new Error('full'), { code: 'ENOSPC' });
  };
  const { versions, notices } = openVersions(folder, { files: { ...faultyFiles(() => null).files, copyFile } });
  const texts = await found(versions);
  expect(Object.keys(texts).length).toBe(11);
  expect(notices).toEqual([expect.stringContaining('No copy of it could be kept (ENOSPC)')]);
  expect(readFileSync(path)).toEqual(bytes);
});

test('half a line at the end, however long, is gone with the next text', async () => {
  await keepIn(folder, some);
  const path = join(folder, 'notes', '00000001.log');
  writeFileSync(path, readFileSync(path, 'utf8') + 'x'.repeat(5000));
  expect(await keepIn(folder, [past(20)])).toEqual([]);
  expect(readFileSync(path, 'utf8')).toMatch(/\n$/);
  const { versions, notices } = openVersions(folder);
  expect([await found(versions), notices]).toEqual([allOf([...some, past(20)]), []]);
});
