import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { captureOf } from '../capture-testing.ts';
import { makeTestCommandLine, type TestCommandLine } from './cli-testing.ts';

let cli: TestCommandLine;

beforeEach(() => {
  cli = makeTestCommandLine();
});
afterEach(() => cli.remove());

interface Listed {
  papers: { id: string; title: string; starred: boolean }[];
}

async function list(...query: string[]) {
  return (await cli.json<Listed>(['list', ...query, '--json'])).papers;
}

async function take(name: string, ...titles: string[]): Promise<void> {
  writeFileSync(join(cli.folder, name), captureOf(...titles));
  await cli.offprint(['import', name]);
}

test('sources are listed, and one goes with the papers that only it brought, but not those touched', async () => {
  await take('trees.txt', 'Counting Ash in Woods', 'Counting Beech in Woods');
  const { sources } = await cli.json<{ sources: { id: number; name: string; count: number }[] }>(['sources', '--json']);
  expect(sources).toMatchObject([
    { name: 'trees.txt', count: 2 },
    { name: 'Daily Papers', count: 55 },
  ]);
  const id = String(sources[0]?.id);
  expect((await cli.offprint(['sources'])).out).toMatch(
    new RegExp(`^${id}  \\d{4}-\\d\\d-\\d\\d  trees.txt \\(.*\\), 2 papers\n`),
  );
  const [ash] = await list('ash');
  await cli.offprint(['star', ash?.id ?? '']);
  const dry = await cli.offprint(['sources', 'remove', id, '--dry-run']);
  expect(dry.out).toMatch(/would remove 1 paper\. 1 paper .* touched/);
  expect(await list('woods')).toHaveLength(2);
  const removed = await cli.offprint(['sources', 'remove', id]);
  expect(removed).toEqual({
    code: 0,
    out: 'Removed trees.txt and 1 paper. 1 paper that you have touched stayed.\n',
    err: '',
  });
  expect(await list('woods')).toMatchObject([{ id: ash?.id, starred: true }]);
  expect(await cli.offprint(['sources', 'remove', id])).toMatchObject({
    code: 1,
    err: `offprint: There is no source with the number ${id}.\n`,
  });
  expect((await cli.offprint(['undo'])).out).toMatch(/^Taken back: .*trees\.txt/);
  expect(await list('woods')).toHaveLength(2);
});

test('the folder may be named before the word that removes', async () => {
  const elsewhere = makeTestCommandLine();
  try {
    const ran = await cli.offprint(['sources', '--data-dir', elsewhere.folder, 'remove', '1']);
    expect(ran.out).toBe('Removed Daily Papers and 55 papers.\n');
    expect(await list()).toHaveLength(55);
    expect((await cli.json<Listed>(['list', '--data-dir', elsewhere.folder, '--json'])).papers).toEqual([]);
  } finally {
    await elsewhere.remove();
  }
});

test('papers are merged by hand, and apart again', async () => {
  await take('trees.txt', 'Counting Ash in Woods', 'Counting Beech in Woods');
  const [ash = { id: '' }, beech = { id: '' }] = await list('woods');
  await cli.offprint(['note', ash.id, '--set', 'of ash']);
  await cli.offprint(['note', beech.id, '--set', 'of beech']);
  expect(await cli.offprint(['merge', beech.id, ash.id])).toEqual({
    code: 0,
    out: `Merged 2 papers into ${beech.id}.\n`,
    err: '',
  });
  expect((await list('woods')).map(({ id }) => id)).toEqual([beech.id]);
  expect((await cli.offprint(['note', ash.id])).out).toMatch(/^of ash\n[\s\S]*of beech$/);
  expect(await cli.offprint(['merge', beech.id, ash.id])).toMatchObject({
    code: 1,
    err: expect.stringContaining('one paper'),
  });
  await cli.offprint(['undo']);
  expect(await list('woods')).toHaveLength(2);
  expect((await cli.offprint(['note', ash.id])).out).toBe('of ash');
  expect((await cli.offprint(['note', beech.id])).out).toBe('of beech');
});

test('there are no duplicates among papers that differ', async () => {
  expect(await cli.json(['duplicates', '--json'])).toEqual({ groups: [], total: 0 });
  expect(await cli.offprint(['duplicates'])).toEqual({ code: 0, out: '', err: 'No papers look alike.\n' });
});

test('everything is exported, to a file or to standard output', async () => {
  const [first] = await list();
  await cli.offprint(['note', first?.id ?? '', '--set', 'kept with it']);
  const file = `${cli.folder} all.json`;
  expect(await cli.offprint(['export', file])).toEqual({
    code: 0,
    out: `Exported 55 papers to ${file}.\n`,
    err: '',
  });
  const { out } = await cli.offprint(['export', '-']);
  const lines = out.trimEnd().split('\n');
  expect(lines).toHaveLength(57);
  expect(JSON.parse(lines[1] ?? '')).toMatchObject({ id: first?.id, note: 'kept with it' });
  expect(readFileSync(file, 'utf8').split('\n').slice(1)).toEqual(out.split('\n').slice(1));
  rmSync(file);
  const nowhere = join('..', 'nowhere', 'all.json');
  expect(await cli.offprint(['export', nowhere])).toMatchObject({
    code: 1,
    err: expect.stringMatching(/^offprint: ...nowhere.all\.json could not be written: .*\. Nothing was exported\.\n$/),
  });
});
