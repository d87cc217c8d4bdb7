import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { everyTurn, everythingOf, openIn, placesIn, richLibrary } from './backups-testing.ts';
import type { Library } from './library.ts';
import { call } from './library-testing.ts';

let folder: string;
let places: ReturnType<typeof placesIn>;
const opened: Library[] = [];

const open = async (dataFolder: string) => {
  const library = await openIn(dataFolder);
  opened.push(library);
  return library;
};

beforeEach(async () => {
  folder = await mkdtemp(`${tmpdir()}/offprint-backups-`);
  places = placesIn(folder);
  await mkdir(places.target);
});
afterEach(async () => {
  for (const library of opened.splice(0)) await library.close();
  await rm(folder, { recursive: true, force: true });
});

test('a backup that is restored elsewhere is the library, with everything that there was', async () => {
  const library = await richLibrary(places.data);
  opened.push(library);
  const { path } = await call(library, 'backup.write', { folder: places.target });
  const before = await everythingOf(library);
  const other = await open(places.other);
  const { kept } = await other.backups.restore({ path, name: basename(path) });
  expect(await everythingOf(other)).toEqual(before);
  await other.close();
  const again = await open(places.other);
  expect(await everythingOf(again)).toEqual(before);
  expect(await everyTurn(again)).toEqual(await everyTurn(library));
  expect(await readdir(`${places.other}/backups`)).toEqual([basename(kept)]);
  expect(await readdir(places.other)).not.toContain('restoring');
});
