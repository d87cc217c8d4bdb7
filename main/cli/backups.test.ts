import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { repack } from '../backup/backup-testing.ts';
import { captureOf } from '../capture-testing.ts';
import { makeTestCommandLine, type TestCommandLine } from './cli-testing.ts';

let line: TestCommandLine;
let target: string;

beforeEach(() => {
  line = makeTestCommandLine();
  // Outside of the data folder, which is the one of the command line here.
  target = `${line.folder} backups`;
  mkdirSync(target);
});
afterEach(async () => {
  await line.remove();
  rmSync(target, { recursive: true });
});

const idOf = async (title: string) => {
  const { papers } = await line.json<{ papers: { id: string }[] }>(['list', `"${title}"`, '--json']);
  return papers[0]?.id ?? '';
};

test('everything is backed up into a folder, or to a path, and nothing is written over', async () => {
  const into = await line.offprint(['backup', target]);
  expect(into).toMatchObject({ code: 0, err: '' });
  const [name = ''] = readdirSync(target);
  expect(name).toMatch(/^Offprint \d{4}-\d\d-\d\d \d\d\.\d\d\.offprint$/);
  expect(into.out).toContain(`Backed up 55 papers and 0 notes to ${join(target, name)} (`);
  const path = join(target, 'mine.offprint');
  expect(await line.offprint(['backup', path])).toMatchObject({ code: 0 });
  const before = readFileSync(path);
  expect(await line.offprint(['backup', path])).toMatchObject({
    ...{ code: 1, out: '' },
    err: `offprint: ${path} is there already, and nothing is written over. No backup was made.\n`,
  });
  expect(readFileSync(path).equals(before)).toBe(true);
  expect(await line.offprint(['backup', join(target, 'nowhere/mine.offprint')])).toMatchObject({
    ...{ code: 1, out: '' },
    err: `offprint: There is no folder ${join(target, 'nowhere')}.\n`,
  });
  expect((await line.offprint(['backup', '.'])).err).toContain('lies in the data folder');
  expect((await line.offprint(['backup'])).code).toBe(2);
});

test('what a backup would bring, take and change is said without changing anything, and then done', async () => {
  const path = join(target, 'mine.offprint');
  const [paper, other] = ['Adversarial Imitation Learning via Boosting', 'Small LLMs Are Weak Tool Learners'];
  await line.offprint(['note', await idOf(paper), '--set', 'first']);
  await line.offprint(['note', await idOf(other), '--set', 'stays']);
  await line.offprint(['view', 'save', 'Weak', 'weak']);
  await line.offprint(['backup', path]);
  writeFileSync(join(line.folder, 'more.txt'), captureOf('Ash of the Woods', 'Beech of the Woods'));
  await line.offprint(['import', 'more.txt']);
  await line.offprint(['note', await idOf(paper), '--set', 'second']);
  await line.offprint(['star', await idOf('Ash of the Woods')]);
  await line.offprint(['view', 'remove', 'Weak']);

  const dry = await line.offprint(['restore', path, '--dry-run']);
  expect(dry).toMatchObject({ code: 0, err: '' });
  expect(dry.out.split('\n').slice(1)).toEqual([
    'Papers: 0 come, 2 go, 55 stay',
    'Sources: 0 come, 1 go',
    'Papers you said something of: 0 come, 1 go, 1 change',
    'Notes: 0 come, 0 go, 1 change',
    'Saved views: 1 come, 0 go, 0 change',
    'Colours of tags: 0 come, 0 go, 0 change',
    'Settings: none changes',
    'Undo, past versions of notes and earlier states would be those of the backup.',
    'Nothing was written: this was a dry run.',
    '',
  ]);
  expect((await line.offprint(['note', await idOf(paper)])).out).toBe('second');
  expect(readdirSync(line.folder).filter((name) => name.startsWith('restoring'))).toEqual([]);

  const done = await line.offprint(['restore', path]);
  expect(done).toMatchObject({ code: 0, err: '' });
  const kept = /What was there before is kept in (.*); restoring that brings it back\./.exec(done.out)?.[1] ?? '';
  expect(done.out).toContain('Restored mine.offprint: 55 papers and 2 notes.\n');
  expect((await line.offprint(['note', await idOf(paper)])).out).toBe('first');
  expect((await line.offprint(['list', 'ash woods'])).out).toBe('');
  expect(await line.offprint(['restore', kept])).toMatchObject({ code: 0 });
  expect((await line.offprint(['note', await idOf(paper)])).out).toBe('second');
});

test('a backup of papers that were damaged already is restored with all of them, and says so', async () => {
  const [path, damaged] = [join(target, 'mine.offprint'), join(target, 'damaged.offprint')];
  await line.offprint(['note', await idOf('Small LLMs Are Weak Tool Learners'), '--set', 'mine']);
  await line.offprint(['backup', path]);
  await repack(path, damaged, (manifest, files) => {
    const papers = files.get('corpus.db') ?? Buffer.alloc(0);
    papers.fill(0x5a, 40_000, 400_000);
    const sha256 = createHash('sha256').update(papers).digest('hex');
    Object.assign(
      manifest.entries.find(({ name }: { name: string }) => name === 'corpus.db'),
      { sha256 },
    );
  });
  const done = await line.offprint(['restore', damaged]);
  expect(done).toMatchObject({ code: 0, err: expect.stringContaining('Everything is back') });
  expect(done.out).toContain('Restored damaged.offprint: 55 papers and 1 note.\n');
});

test('what is no backup, or broken, is refused in one line', async () => {
  const path = join(target, 'mine.offprint');
  await line.offprint(['backup', path]);
  writeFileSync(join(target, 'short.offprint'), readFileSync(path).subarray(0, 10_000));
  writeFileSync(join(target, 'paper.bib'), '@article{a}');
  for (const option of [[], ['--dry-run']]) {
    const short = await line.offprint(['restore', join(target, 'short.offprint'), ...option]);
    expect(short).toMatchObject({ code: 1, out: '' });
    expect(short.err).toMatch(
      /^offprint: .*short\.offprint cannot be used: its end is missing, so it is cut short\. .*\n$/,
    );
    const other = await line.offprint(['restore', join(target, 'paper.bib'), ...option]);
    expect(other.err).toBe(`offprint: ${join(target, 'paper.bib')} is not a backup of Offprint.\n`);
    expect((await line.offprint(['restore', 'nowhere', ...option])).err).toBe('offprint: There is no file nowhere.\n');
  }
  expect(readdirSync(line.folder)).not.toContain('backups');
});

test('Ctrl+C cancels, and leaves nothing', async () => {
  const path = join(target, 'mine.offprint');
  const cancelled = { code: 130, err: 'offprint: The backup was cancelled. Nothing was changed.\n' };
  /** Ctrl+C as soon as something is done. */
  const cancelling = () => {
    const pressed = Promise.withResolvers<void>();
    return { stopped: pressed.promise, progress: () => pressed.resolve() };
  };
  expect(await line.offprint(['backup', path], cancelling())).toMatchObject(cancelled);
  expect(readdirSync(target)).toEqual([]);
  await line.offprint(['backup', path]);
  expect(await line.offprint(['restore', path], cancelling())).toMatchObject(cancelled);
  expect(readdirSync(line.folder).filter((name) => /^(?:restoring|backups)/.test(name))).toEqual([]);
  const seen: (string | null)[] = [];
  await line.offprint(['restore', path], { progress: (shown) => seen.push(shown) });
  expect(seen).toContainEqual(expect.stringMatching(/^Restoring: \d+ %\. Ctrl\+C cancels\.$/));
  expect(seen.at(-1)).toBeNull();
});
