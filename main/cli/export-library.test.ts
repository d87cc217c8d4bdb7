import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { exportFormats } from '../../shared/export-formats.ts';
import { makeTestCommandLine, type TestCommandLine } from './cli-testing.ts';

let cli: TestCommandLine;
const inFolder = (name: string) => join(cli.folder, name);

beforeAll(async () => {
  cli = makeTestCommandLine();
  const papers = [
    { title: 'A study of {BERT} & "friends"', authors: ['Ada Smith'], year: 2024, arxiv: '2406.99001' },
    { title: '=1+1', authors: ['NASA'], year: 2023, doi: '10.1000/x' },
  ];
  writeFileSync(inFolder('papers.json'), JSON.stringify(papers));
  expect((await cli.offprint(['import', 'papers.json', '--format', 'json'])).code).toBe(0);
  expect((await cli.offprint(['note', 'arxiv:2406.99001', '--set', 'my [[doi:10.1000/x|other]] note'])).code).toBe(0);
  expect((await cli.offprint(['tag', 'mine', 'arxiv:2406.99001'])).code).toBe(0);
});
afterAll(() => cli.remove());

describe('to standard output', () => {
  test.each(
    exportFormats.filter(({ extension }) => extension !== null).map(({ id }) => id),
  )('papers that a query finds come out as %s', async (format) => {
    const { code, out, err } = await cli.offprint(['export', '--format', format, 'id:2406.99001']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/BERT/);
    expect(out).not.toMatch(/NASA/);
    expect(out.startsWith('\ufeff')).toBe(false);
  });

  test('without notes nothing of them is said', async () => {
    const { out } = await cli.offprint(['export', '--format', 'markdown', '--no-notes', 'id:2406.99001']);
    expect(out).not.toMatch(/note|mine/);
  });

  test('a query may begin with a minus', async () => {
    const { out } = await cli.offprint(['export', '--format', 'bibtex', '-bert', 'doi:10.1000/x']);
    expect(out).not.toMatch(/BERT/);
  });
});

test('a file is written by its ending, replaced whole, and counted', async () => {
  const outside = mkdtempSync(join(tmpdir(), 'offprint out-'));
  const file = join(outside, 'out.bib');
  try {
    writeFileSync(file, 'before');
    // A link leads to the file still.
    symlinkSync(file, join(outside, 'link.bib'));
    expect(await cli.offprint(['export', '-o', join(outside, 'link.bib'), 'year:2023..2024', 'has:note'])).toEqual({
      code: 0,
      out: `Exported 1 paper to ${join(outside, 'link.bib')}.\n`,
      err: '',
    });
    expect(readFileSync(file, 'utf8')).toMatch(/^% Encoding|^@/);
    expect(readlinkSync(join(outside, 'link.bib'))).toBe(file);
    expect(readdirSync(outside).sort()).toEqual(['link.bib', 'out.bib']);
  } finally {
    rmSync(outside, { recursive: true });
  }
});

test('a folder gets a file with the date, and nothing in it is written over', async () => {
  const outside = mkdtempSync(join(tmpdir(), 'offprint out-'));
  try {
    for (let time = 0; time < 2; time += 1) {
      expect((await cli.offprint(['export', '--format', 'csv', '-o', outside])).code).toBe(0);
    }
    expect(readdirSync(outside).sort()).toEqual([
      expect.stringMatching(/^Offprint \d{4}-\d\d-\d\d \(2\)\.csv$/),
      expect.stringMatching(/^Offprint \d{4}-\d\d-\d\d\.csv$/),
    ]);
  } finally {
    rmSync(outside, { recursive: true });
  }
  expect(await cli.offprint(['export', '--format', 'csv', '-o', '.'])).toMatchObject({
    code: 1,
    err: expect.stringMatching(/lies in the data folder/),
  });
});

test('a folder of Markdown files has one for each paper, whose notes link to each other', async () => {
  const outside = `${cli.folder} away`;
  expect((await cli.offprint(['export', '--format', 'markdown-folder', '-o', outside, 'year:2023..2024'])).code).toBe(
    0,
  );
  try {
    const names = readdirSync(outside).sort();
    expect(names).toHaveLength(2);
    const texts = names.map((name) => readFileSync(join(outside, name), 'utf8'));
    const front = texts.map((text) => parse(text.split('---\n')[1] ?? '') as Record<string, unknown>);
    expect(front.map(({ title }) => title).sort()).toEqual(['=1+1', 'A study of {BERT} & "friends"']);
    const other = front.find(({ doi }) => doi === '10.1000/x')?.['citekey'];
    expect(texts.join('')).toContain(`my [[${other}|other]] note`);
    expect(await cli.offprint(['export', '--format', 'markdown-folder'])).toMatchObject({ code: 2 });
  } finally {
    rmSync(outside, { recursive: true });
  }
});

test('no file of the data folder is written over', async () => {
  const file = readdirSync(cli.folder).find((name) => name.startsWith('library')) ?? 'none';
  const before = readFileSync(inFolder(file), 'utf8');
  for (const args of [
    ['export', file],
    ['export', '--format', 'ris', '-o', file],
    ['export', '-o', `../${basename(cli.folder)}/new.bib`],
  ]) {
    expect(await cli.offprint(args)).toMatchObject({ code: 1, err: expect.stringMatching(/lies in the data folder/) });
  }
  expect(readFileSync(inFolder(file), 'utf8')).toBe(before);
});

test('what is no file is written to, and not replaced', async () => {
  const outside = mkdtempSync(join(tmpdir(), 'offprint out-'));
  try {
    symlinkSync('/dev/null', join(outside, 'nowhere'));
    expect((await cli.offprint(['export', '--format', 'ris', '-o', join(outside, 'nowhere')])).code).toBe(0);
    expect(readlinkSync(join(outside, 'nowhere'))).toBe('/dev/null');
    expect(readdirSync(outside)).toEqual(['nowhere']);
  } finally {
    rmSync(outside, { recursive: true });
  }
});

test('Ctrl+C leaves nothing', async () => {
  const stopped = Promise.withResolvers<void>();
  const outside = mkdtempSync(join(tmpdir(), 'offprint out-'));
  const { code, err } = await cli.offprint(['export', '--format', 'ris', '-o', join(outside, 'gone.ris')], {
    stopped: stopped.promise,
    progress: () => stopped.resolve(),
  });
  expect({ code, err }).toEqual({ code: 130, err: 'The export was cancelled. Nothing was exported.\n' });
  expect(readdirSync(outside)).toEqual([]);
  rmSync(outside, { recursive: true });
});

test('a folder of files into one that is there is a new one; that is said, and so is a picture that is missing', async () => {
  const outside = mkdtempSync(join(tmpdir(), 'offprint out-'));
  const png = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  const [here, gone] = ['a', 'b'].map((digit) => `${digit.repeat(32)}.png`);
  mkdirSync(inFolder('images'), { recursive: true });
  writeFileSync(inFolder(`images/${here}`), png);
  const pictures = `![a](images/${here}) ![b](images/${gone})`;
  expect((await cli.offprint(['note', 'doi:10.1000/x', '--set', pictures])).code).toBe(0);
  const exporting = ['export', '--format', 'markdown-folder', '-o', join(outside, 'Papers'), 'year:2023..2024'];
  try {
    const first = await cli.offprint(exporting);
    expect(first).toEqual({
      code: 0,
      out: `Exported 2 papers to ${join(outside, 'Papers')}.\n`,
      err: expect.stringMatching(`^The picture ${gone} in the note on “=1\\+1” is not in ${join(outside, 'Papers')}: `),
    });
    const before = readdirSync(join(outside, 'Papers')).toSorted();
    expect(before).toHaveLength(3);
    expect(readFileSync(join(outside, 'Papers/images', here ?? '')).equals(png)).toBe(true);
    for (const number of ['', ' (2)']) {
      const { code, out } = await cli.offprint(exporting);
      const [, path = ''] = /^Exported 2 papers to a new folder, (.*)\.\n/.exec(out) ?? [];
      expect(code).toBe(0);
      expect(out).toBe(
        `Exported 2 papers to a new folder, ${path}.\n` +
          `What was in ${join(outside, 'Papers')} before, earlier exports included, is unchanged.\n`,
      );
      expect(path.replace(/\d{4}-\d\d-\d\d/, 'DATE')).toBe(join(outside, `Papers/Offprint DATE${number}`));
      expect(readdirSync(path).toSorted()).toEqual(before);
    }
    expect(readdirSync(join(outside, 'Papers')).toSorted()).toEqual(expect.arrayContaining(before));
  } finally {
    rmSync(outside, { recursive: true });
  }
});
