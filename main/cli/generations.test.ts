import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Difference, Generation } from '../../shared/generations.ts';
import { makeTestCommandLine, type TestCommandLine } from './cli-testing.ts';

let cli: TestCommandLine;
let ids: string[];
const done = (out: string) => ({ code: 0, out, err: '' });
const out = async (...args: string[]) => {
  const { code, out: said, err } = await cli.offprint(['generations', ...args]);
  expect({ code, err }).toEqual({ code: 0, err: '' });
  return said;
};
const listed = async () => (await cli.json<{ generations: Generation[] }>(['generations', '--json'])).generations;
const noteOf = async (id: string) => (await cli.offprint(['note', id])).out;

beforeAll(async () => {
  cli = makeTestCommandLine();
  ids = (await cli.json<{ papers: { id: string }[] }>(['list', '--json', '--limit', '3'])).papers.map(({ id }) => id);
});
afterAll(() => cli.remove());

test('earlier states are listed, kept, looked into and restored', async () => {
  const [a = '', b = '', c = ''] = ids;
  expect(await cli.offprint(['generations'])).toEqual({ code: 0, out: '', err: 'No earlier states are kept yet.\n' });
  await cli.offprint(['note', a, '--set', 'First\nline']);
  await cli.offprint(['star', b]);
  expect(await out('take')).toMatch(
    /^Kept: \S+-asked {2}\d{4}-\d\d-\d\d \d\d:\d\d {2}when asked, 2 papers, 1 note, 1 KB, as it is now\n$/,
  );
  const [taken] = await listed();
  const id = taken?.id ?? '';
  expect(await out()).toMatch(new RegExp(`^${id} .*\n$`));
  expect(await out('show', id)).toMatch(/\nDifferent from now: 0 papers\n$/);
  expect(await out('restore', id)).toBe('Nothing to change.\n');

  await cli.offprint(['note', a, '--set', 'Second']);
  await cli.offprint(['unstar', b]);
  await cli.offprint(['tag', 'x', c]);
  await cli.offprint(['view', 'save', 'Mine', 'tag:x']);
  const shown = await out('show', id);
  expect(shown).toContain('Different from now: 3 papers, 1 saved view\n');
  expect(shown).toMatch(/\n {2}then {2}Unread {2}“First line”\n {2}now {3}Unread {2}“Second”\n/);
  expect(shown).toMatch(/\n {2}then {2}Unread starred\n {2}now {3}nothing\n/);
  expect(shown).toMatch(/\n {2}then {2}nothing\n {2}now {3}Unread #x\n/);
  const json = await cli.json<{ total: number; views: number; papers: Difference[] }>([
    'generations',
    'show',
    id,
    '--json',
  ]);
  expect(json).toMatchObject({ total: 3, views: 1, tagColours: 0, merges: 0, generation: { id } });
  expect(json.papers.find((paper) => paper.id === a)?.was?.note).toBe('First\nline');
  const found = await cli.json<{ papers: Difference[] }>(['generations', 'show', id, '--find', 'second', '--json']);
  expect(found.papers.map((paper) => paper.id)).toEqual([a]);

  const dry = 'Nothing was written: this was a dry run.\n';
  expect(await out('restore', id, '--dry-run')).toBe(`It would change 3 papers, 1 saved view. ${dry}`);
  expect(await out('restore', id, '--paper', a, '--paper', 'arxiv:none', '--dry-run')).toBe(
    `It would change 1 paper. ${dry}`,
  );
  expect(await noteOf(a)).toBe('Second');

  expect(await out('restore', id, '--paper', a, '--paper', c)).toMatch(
    /^Restored 2 papers from [^:]*:\d\d: 2 papers changed\. `offprint undo` takes it back\.\n$/,
  );
  expect(await noteOf(a)).toBe('First\nline');
  await cli.offprint(['undo']);
  expect(await noteOf(a)).toBe('Second');
  expect(await out('restore', id)).toMatch(/^Restored everything from .*: 3 papers changed\./);
  expect(await cli.offprint(['note', a])).toEqual(done('First\nline'));
  expect((await listed()).map(({ reason }) => reason)).toContain('restore');
});

test('what is not there, and wrong usage, are said', async () => {
  expect(await cli.offprint(['generations', 'show', 'none'])).toMatchObject({
    code: 1,
    err: expect.stringContaining('not kept any more'),
  });
  expect(await cli.offprint(['generations', 'restore', '../library'])).toMatchObject({ code: 1 });
  for (const wrong of [['show'], ['restore'], ['restore', 'x', '--paper', ''], ['show', ''], ['lose']]) {
    expect(await cli.offprint(['generations', ...wrong])).toMatchObject({ code: 2 });
  }
});
