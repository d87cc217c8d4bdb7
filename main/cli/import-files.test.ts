import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { captureOf } from '../capture-testing.ts';
import { makeTestCommandLine, type TestCommandLine } from './cli-testing.ts';

let cli: TestCommandLine;

beforeEach(() => {
  cli = makeTestCommandLine();
});
afterEach(() => cli.remove());

async function titles(...query: string[]): Promise<string[]> {
  const { papers } = await cli.json<{ papers: { title: string }[] }>(['list', ...query, '--json']);
  return papers.map(({ title }) => title);
}

function write(name: string, ...subjects: string[]): string {
  const file = join(cli.folder, name);
  writeFileSync(file, captureOf(...subjects.map((subject) => `Learning to Count ${subject}`)));
  return file;
}

const counts = { merged: 0, unchanged: 0, skipped: 0 };
const format = 'daily-papers-text';

test('files and standard input, with the promised JSON', async () => {
  const file = write('two.txt', 'Ants', 'Bees');
  const { code, out, err } = await cli.offprint(['import', file, '-', '--json'], {
    input: captureOf('Learning to Count Bees', 'Learning to Count Wasps'),
  });
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(JSON.parse(out)).toEqual({
    files: [
      { path: file, format, ...counts, new: 2, skipped: [] },
      { path: '-', format, ...counts, new: 1, unchanged: 1, skipped: [] },
    ],
    total: { ...counts, new: 3, unchanged: 1 },
  });
  expect(await titles('wasps')).toHaveLength(1);
  expect((await cli.offprint(['import', file])).out).toBe(`${file}: 0 new, 0 merged, 2 unchanged, 0 skipped\n`);
  expect((await cli.offprint(['import', file, file])).out).toMatch(
    /\nTotal: 0 new, 0 merged, \d unchanged, 0 skipped\n$/,
  );
});

test('several files are one change, which one undo takes back', async () => {
  await cli.offprint(['import', write('a.txt', 'Ants'), write('b.txt', 'Bees')]);
  expect(await titles('"learning to count"')).toHaveLength(2);
  expect(await cli.offprint(['undo'])).toMatchObject({ code: 0, out: expect.stringMatching(/^Taken back: .*2/) });
  expect(await titles('"learning to count"')).toEqual([]);
  // The import of the papers that come with Offprint is not the reader's to take back.
  const nothing = (what: string) => ({ code: 1, out: '', err: `offprint: There is nothing to ${what}.\n` });
  expect(await cli.offprint(['undo'])).toEqual(nothing('take back'));
  expect(await cli.offprint(['redo'])).toMatchObject({ code: 0, out: expect.stringMatching(/^Done again: .*2/) });
  expect(await titles('"learning to count"')).toHaveLength(2);
  expect(await cli.offprint(['redo'])).toEqual(nothing('do again'));
});

test('a dry run says the same and writes nothing', async () => {
  const file = write('a.txt', 'Ants');
  const { code, out } = await cli.offprint(['import', file, '--dry-run']);
  expect([code, out]).toEqual([
    0,
    `${file}: 1 new, 0 merged, 0 unchanged, 0 skipped\nNothing was written: this was a dry run.\n`,
  ]);
  const { total } = await cli.json<{ total: unknown }>(['import', file, '--dry-run', '--json']);
  expect(total).toEqual({ ...counts, new: 1 });
  expect(await titles('ants')).toEqual([]);
  expect((await cli.json<{ sources: unknown[] }>(['sources', '--json'])).sources).toHaveLength(1);
});

test('a folder is all that is in it, and says what it passes over', async () => {
  const folder = join(cli.folder, 'papers');
  mkdirSync(join(folder, 'deeper'), { recursive: true });
  write('papers/a.txt', 'Ants');
  write('papers/deeper/b.txt', 'Bees');
  writeFileSync(join(folder, 'paper.pdf'), `%PDF-1.7\n${'\0'.repeat(100)}`);
  const { code, out, err } = await cli.offprint(['import', 'papers', '--json']);
  expect(code).toBe(0);
  expect(JSON.parse(out).files.map(({ path }: { path: string }) => path)).toEqual([
    join('papers', 'a.txt'),
    join('papers', 'deeper', 'b.txt'),
  ]);
  expect(err).toMatch(/^offprint: .*papers.* PDF document.*\n$/);
});

test('one that fails is named and does not stop the others', async () => {
  const good = write('good.txt', 'Ants');
  const missing = join(cli.folder, 'missing.txt');
  const folder = join(cli.folder, 'a folder');
  const empty = join(cli.folder, 'empty.txt');
  const binary = join(cli.folder, 'binary.txt');
  mkdirSync(folder);
  writeFileSync(empty, '');
  writeFileSync(binary, readFileSync(process.execPath).subarray(0, 100_000));
  const failing = [folder, missing, empty, binary];
  const { code, out, err } = await cli.offprint(['import', ...failing, good, '--json']);
  expect(code).toBe(1);
  expect(JSON.parse(out)).toMatchObject({
    files: [{ path: good }],
    failures: [{ path: missing }, { path: empty }, { path: binary }],
    total: { ...counts, new: 1 },
  });
  const lines = err.trimEnd().split('\n');
  expect(lines).toHaveLength(failing.length);
  for (const [at, path] of failing.entries()) expect(lines[at]).toContain(path);
  expect(await titles()).toHaveLength(56);
});

test('a file is called as the reader called it, and once', async () => {
  mkdirSync(join(cli.folder, 'a'));
  for (const path of ['a/missing', './a/missing', 'a/../a/missing', join(cli.folder, 'a/missing')]) {
    const { err } = await cli.offprint(['import', path]);
    expect(err).toBe(`offprint: ${path} does not exist. Nothing was imported.\n`);
  }
  const { err } = await cli.offprint(['import', '-']);
  expect(err).toBe('offprint: standard input is empty. Nothing was imported.\n');
});

describe('Ctrl+C', () => {
  test('while standard input keeps silent: nothing is written, and the exit code says so', async () => {
    const stop = Promise.withResolvers<void>();
    async function* silent() {
      yield new TextEncoder().encode('Daily Papers');
      stop.resolve();
      await new Promise(() => {});
    }
    const file = write('a.txt', 'Ants');
    const ran = await cli.offprint(['import', file, '-'], { input: silent(), stopped: stop.promise });
    expect(ran).toEqual({ code: 130, out: '', err: 'offprint: The import was cancelled. Nothing was imported.\n' });
    expect(await titles('ants')).toEqual([]);
    expect(readdirSync(join(cli.folder, 'incoming'))).toEqual([]);
  });

  test('while a file is read', async () => {
    const stop = Promise.withResolvers<void>();
    const shown: (string | null)[] = [];
    const progress = (line: string | null) => {
      shown.push(line);
      stop.resolve();
    };
    const file = write('many.txt', ...Array.from({ length: 3000 }, (_, at) => `Ants ${at}`));
    const ran = await cli.offprint(['import', file], { stopped: stop.promise, progress });
    expect(ran).toMatchObject({ code: 130, out: '' });
    expect(shown[0]).toMatch(/^Reading .*many\.txt: \d+ %, [\d,]+ papers\. Ctrl\+C cancels\.$/);
    expect(shown.at(-1)).toBeNull();
    expect(await titles('ants')).toEqual([]);
  });
});

test('notes and tags in a file are told of, and become the reader’s only when asked for', async () => {
  const file = join(cli.folder, 'zotero.json');
  const item = { itemType: 'journalArticle', title: 'Learning to Count Wrens', tags: [{ tag: 'birds' }] };
  writeFileSync(file, JSON.stringify({ items: [item] }));
  const { code, err } = await cli.offprint(['import', file]);
  expect(code).toBe(0);
  expect(err).toContain('notes, tags or statuses of 1 paper; --take-marks takes them');
  expect(await titles('tag:birds')).toEqual([]);
  expect((await cli.offprint(['import', file, '--take-marks'])).err).toBe('');
  expect(await titles('tag:birds')).toEqual(['Learning to Count Wrens']);
  expect((await cli.offprint(['import', file])).err).toBe('');
});
