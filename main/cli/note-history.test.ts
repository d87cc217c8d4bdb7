import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { captureOf } from '../capture-testing.ts';
import { makeTestCommandLine, type TestCommandLine } from './cli-testing.ts';

let cli: TestCommandLine;
let id: string;

beforeEach(async () => {
  cli = makeTestCommandLine();
  writeFileSync(join(cli.folder, 'trees.txt'), captureOf('Counting Ash in Woods'));
  await cli.offprint(['import', 'trees.txt']);
  const { papers } = await cli.json<{ papers: { id: string }[] }>(['list', 'Ash', '--json']);
  id = papers[0]?.id ?? '';
});
afterEach(() => cli.remove());

interface Versions {
  versions: { version: string; text: string; length: number; writtenAt: number; replacedAt: number }[];
}

test('what a note said before is listed, printed and brought back, and undo takes that back', async () => {
  const first = 'The first thoughts,\nof which there are more than forty characters.\n';
  await cli.offprint(['note', id, '--set', first]);
  expect(await cli.offprint(['note', id, '--history'])).toEqual({
    code: 0,
    out: '',
    err: 'This note has no earlier versions.\n',
  });
  await cli.offprint(['note', id, '--set', 'Others']);
  const { versions } = await cli.json<Versions>(['note', id, '--history', '--json']);
  expect(versions.map(({ text, length }) => [text, length])).toEqual([[first, first.length]]);
  const [{ version, writtenAt, replacedAt } = { version: '', writtenAt: 0, replacedAt: 0 }] = versions;
  expect(replacedAt).toBeGreaterThanOrEqual(writtenAt);

  const listed = await cli.offprint(['note', id, '--history']);
  const date = String.raw`\d{4}-\d\d-\d\d \d\d:\d\d`;
  expect(listed.out).toMatch(
    new RegExp(`^${version}  ${date} – ${date}  67 characters  The first thoughts, of which .*\\n$`),
  );
  expect((await cli.offprint(['note', id, '--version', version])).out).toBe(first);
  expect((await cli.offprint(['note', id, '--restore', version])).out).toBe('Note brought back.\n');
  expect((await cli.offprint(['note', id])).out).toBe(first);
  expect((await cli.json<Versions>(['note', id, '--history', '--json'])).versions).toEqual([]);
  await cli.offprint(['undo']);
  expect((await cli.offprint(['note', id])).out).toBe('Others');
});

test('a deleted note is listed with its paper, and brought back', async () => {
  expect((await cli.offprint(['notes', '--deleted'])).err).toBe('No note has been deleted.\n');
  await cli.offprint(['note', id, '--set', 'Gone']);
  await cli.offprint(['note', id, '--set', '']);
  const { notes } = await cli.json<{ notes: { id: string; title: string; version: string; text: string }[] }>([
    'notes',
    '--deleted',
    '--json',
  ]);
  expect(notes).toMatchObject([{ id, title: 'Counting Ash in Woods', text: 'Gone' }]);
  const { out } = await cli.offprint(['notes', '--deleted'], { width: 200 });
  expect(out).toMatch(
    /^title:\S+ {2}Counting Ash in Woods\n {4}\S+ {2}deleted [-\d]+ [:\d]+ {2}4 characters {2}Gone\n$/,
  );
  await cli.offprint(['note', id, '--restore', notes[0]?.version ?? '']);
  expect((await cli.offprint(['note', id])).out).toBe('Gone');
  expect((await cli.json<{ notes: [] }>(['notes', '--deleted', '--json'])).notes).toEqual([]);
});

test('what is not there is said, and what cannot go together is wrong usage', async () => {
  const none = await cli.offprint(['note', id, '--version', 'none']);
  expect([none.code, none.err]).toEqual([1, expect.stringContaining('no note of this version')]);
  const unknown = await cli.offprint(['note', 'doi:10.1/none', '--history']);
  expect([unknown.code, unknown.err]).toEqual([1, expect.stringContaining('There is no paper with the id')]);
  expect((await cli.offprint(['note', id, '--set', 'a', '--history'])).code).toBe(2);
  expect((await cli.offprint(['note', id, '--version', 'a', '--restore', 'b'])).code).toBe(2);
  expect((await cli.offprint(['notes', 'x', '--deleted'])).code).toBe(1);
  expect((await cli.offprint(['note', id, '--version', 'a'])).code).toBe(1);
});

test('nothing in a note moves the cursor of a terminal', async () => {
  await cli.offprint(['note', id, '--set', '\u001b[2JClear']);
  await cli.offprint(['note', id, '--set', '']);
  for (const args of [
    ['note', id, '--history'],
    ['notes', '--deleted'],
  ]) {
    const { out } = await cli.offprint(args);
    expect(out).toContain('␛[2JClear');
    expect(out).not.toContain('\u001b');
  }
});

test('notes are listed, the last changed first, and found by their text and title', async () => {
  expect(await cli.offprint(['notes'])).toMatchObject({ code: 0, out: '', err: 'There are no notes.\n' });
  await cli.offprint(['note', id, '--set', '# Ash\nThe *second* line']);
  const { notes } = await cli.json<{ notes: unknown[] }>(['notes', '--json']);
  expect(notes).toMatchObject([{ id, title: 'Counting Ash in Woods', length: 23, text: '# Ash\nThe *second* line' }]);
  const { out } = await cli.offprint(['notes', 'SECOND'], { width: 200 });
  expect(out).toBe(`${id}  Counting Ash in Woods\n    # Ash The *second* line\n`);
  expect(await cli.offprint(['notes', 'beech'])).toMatchObject({ code: 0, err: 'No note has that.\n' });
});
