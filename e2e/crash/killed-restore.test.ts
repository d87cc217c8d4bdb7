import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { everythingOf, TestLibraries } from '../../main/backups-testing.ts';
import { captureOf } from '../../main/capture-testing.ts';
import { call, importText } from '../../main/library-testing.ts';

/** Restores a backup, and ends before the so many-th time that something gets its plan or its place. */
const dying = `
  import fs from 'node:fs';
  import { syncBuiltinESMExports } from 'node:module';
  const [library, file, dataFolder, renames] = process.argv.slice(1);
  const { rename } = fs.promises;
  let left = Number(renames);
  fs.promises.rename = async (from, to) => {
    const [leaves, comes] = [from, to].map((path) => /restoring[^.]/.test(path));
    if ((leaves !== comes || to.endsWith('plan.json')) && left-- === 0) process.kill(process.pid, 'SIGKILL');
    return rename(from, to);
  };
  syncBuiltinESMExports();
  const { openReopenableLibrary } = await import(library);
  const opened = await openReopenableLibrary({ dataFolder, bundledCapture: null, appVersion: '1.2.3' });
  await opened.backups.restore({ path: file, name: file });
  await opened.close();
`;

let places: TestLibraries;

beforeEach(async () => {
  places = await TestLibraries.make();
});
afterEach(() => places.remove());

/** Restores a backup in a process of its own; answers with how that ended. */
async function restore(file: string, dataFolder: string, renames: number): Promise<unknown> {
  const library = pathToFileURL(join(import.meta.dirname, '../../main/reopenable-library.ts')).href;
  const flags = ['--disable-warning=ExperimentalWarning', '--eval', dying];
  const child = spawn(process.execPath, [...flags, library, file, dataFolder, String(renames)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [code, signal] = await once(child, 'exit');
  return signal ?? code;
}

test('a process that is killed while it restores a backup leaves the one library or the other, whole', async () => {
  const { library: theirs, path } = await places.small(places.other, 'theirs');
  const { library: mine } = await places.small(places.data, 'mine');
  await importText(mine, captureOf('Beech of the Woods'), 'other.txt');
  const libraries = { mine: await everythingOf(mine), theirs: await everythingOf(theirs) };
  await mine.close();
  const killed = join(places.folder, 'killed');
  const ends: unknown[] = [];
  for (const renames of [0, 1, 2, 5, 10, 1000]) {
    await rm(killed, { recursive: true, force: true });
    await cp(places.data, killed, { recursive: true });
    const how = await restore(path, killed, renames);
    const library = await places.open(killed);
    const { counts, notices } = await call(library, 'library.state', {});
    const isMine = counts.all === 2;
    ends.push([how, isMine ? 'mine' : 'theirs', notices.length]);
    expect(await everythingOf(library), `killed before rename ${renames}`).toEqual(
      isMine ? libraries.mine : libraries.theirs,
    );
    expect((await readdir(killed)).filter((name) => /^restoring|\.tmp$/.test(name))).toEqual([]);
    await library.close();
  }
  // Up to the plan nothing has been moved; from then on, all of it is to be.
  const killedAs = (library: string) => ['SIGKILL', library, 1];
  expect(ends).toEqual([killedAs('mine'), ...Array(4).fill(killedAs('theirs')), [0, 'theirs', 0]]);
});
