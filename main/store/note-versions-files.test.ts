import { readdirSync, readFileSync, statSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { versionName } from './note-versions-line.ts';
import { found, keepIn, now, openVersions, past, position } from './note-versions-testing.ts';
import { thinned } from './note-versions-thinning.ts';
import { faultyFiles } from './store-testing.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'offprint-notes-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A file that is longer is not added to, in bytes. */
const longest = 1024;
/** Versions of two notes, many of an hour of yesterday, and several of a day before. */
const old = Array.from({ length: 120 }, (_, at) => {
  const hours = at < 60 ? 24 + at * 0.15 : 200 + at * 2;
  return past(hours, `Text ${at} ${'x'.repeat(at % 50)}`, `arxiv:${at % 2}`);
});
const stay = Object.fromEntries(
  ['arxiv:0', 'arxiv:1'].flatMap((id) => {
    const own = old.filter((note) => note.id === id).map((note) => ({ ...note, version: versionName(note) }));
    return thinned(own, now).map(({ version, text }) => [version, text]);
  }),
);
const gone = old.filter((note) => !Object.hasOwn(stay, versionName(note)));

const logs = (place = folder) => readdirSync(join(place, 'notes')).toSorted();

async function fill(place: string): Promise<void> {
  const { versions } = openVersions(place, { longest });
  for (let at = 0; at < old.length; at += 7) {
    versions.add(old.slice(at, at + 7));
    await versions.keep(position);
  }
  await versions.close();
}

test('thinning leaves what the rule says, but in the last file, in as few files as hold it', async () => {
  await fill(folder);
  const before = logs();
  const last = readFileSync(join(folder, 'notes', before.at(-1) ?? ''), 'utf8');
  const { versions, notices } = openVersions(folder, { longest });
  await versions.thin();
  const texts = await found(versions);
  expect(texts).toMatchObject(stay);
  expect(gone.length).toBeGreaterThan(30);
  for (const note of gone) {
    if (!last.includes(`"${note.text}"`)) expect(texts).not.toHaveProperty([versionName(note)]);
  }
  const left = logs();
  expect(left.length).toBeLessThan(before.length);
  const size = (name = '') => statSync(join(folder, 'notes', name)).size;
  for (let at = 0; at < left.length - 2; at += 1) expect(size(left[at]) + size(left[at + 1])).toBeGreaterThan(longest);
  expect(await found(openVersions(folder).versions)).toEqual(texts);

  // Once more changes nothing, and texts are added as before.
  const sizes = left.map(size);
  await versions.thin();
  expect(logs().map(size)).toEqual(sizes);
  await keepIn(folder, [past(5000, 'More')], { versions, notices });
  expect(Object.values(await found(openVersions(folder).versions))).toContain('More');
  expect(notices).toEqual([]);
});

test('whichever file operation of thinning fails or is the last, nothing is lost that should stay', async () => {
  const before = join(folder, 'before');
  await fill(before);
  const { files, done } = faultyFiles(() => null);
  await cp(before, join(folder, 'whole'), { recursive: true });
  await openVersions(join(folder, 'whole'), { files, longest }).versions.thin();
  expect(done.filter((name) => name === 'rename').length).toBeGreaterThan(2);
  for (const more of [0, Number.POSITIVE_INFINITY]) {
    for (let at = more === 0 ? 0 : 1; at < done.length; at += 2) {
      const place = join(folder, `${at}-${more}`);
      await cp(before, place, { recursive: true });
      const faulty = faultyFiles(() => ({ at, more, code: 'EIO' })).files;
      const { versions } = openVersions(place, { files: faulty, longest });
      await versions.thin().catch((error: unknown) => expect(error).toMatchObject({ code: 'unreadable' }));
      if (more === 0) expect(await found(versions), `${at}`).toMatchObject(stay);
      await versions.close();
      const after = openVersions(place, { longest });
      expect(await found(after.versions), `${at}`).toMatchObject(stay);
      expect(await keepIn(place, [past(5000, 'More')], after)).toEqual([]);
      // Of what was cut off nothing is left over.
      expect(logs(place).filter((name) => !/^\d{8}\.log$/.test(name))).toEqual([]);
    }
  }
}, 60_000);

test('files are thinned by themselves when one is full, while texts are added and asked for', async () => {
  const { versions } = openVersions(folder, { longest });
  for (const [at, note] of old.entries()) {
    versions.add([note]);
    await versions.keep(position);
    if (at % 20 === 0) expect(Object.keys(await found(versions)).length).toBeGreaterThan(0);
  }
  await versions.close();
  expect(await found(openVersions(folder).versions)).toMatchObject(stay);
});

test('after thinning it is known still how far the log is with the journal', async () => {
  await fill(folder);
  await openVersions(folder, { longest }).versions.thin();
  const { versions } = openVersions(folder, { longest });
  await versions.begin();
  versions.add([past(1, 'Kept already')]);
  versions.reached({ ...position, line: 'ffffffff' });
  expect(Object.values(await found(versions))).toContain('Kept already');
  versions.reached(position);
  expect(Object.values(await found(versions))).not.toContain('Kept already');
});
