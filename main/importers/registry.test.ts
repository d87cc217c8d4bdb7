import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { type Fixture, fixtures } from './fixtures-for-tests.ts';
import type { ImportedRecord } from './importer.ts';
import { importedFrom, inputFolder, readPieces } from './inputs-for-tests.ts';
import { inspectInput } from './read-input.ts';
import { faultsOf } from './record-rules.ts';
import { formatOf, importers } from './registry.ts';

const folder = inputFolder();
afterAll(() => folder.remove());

const all = fixtures();
const byFile = all.map((fixture) => [fixture.file, fixture] as const);

test('formats have names of their own, and a fixture each', () => {
  const formats = importers.map(({ format }) => format);
  expect(new Set(formats).size).toBe(formats.length);
  expect([...new Set(all.map(({ format }) => format))].sort()).toEqual(formats.toSorted());
  for (const importer of importers) expect(formatOf(importer.format)).toBe(importer);
  expect(formatOf('word')).toBeNull();
});

const listLoaded = `
  import { registerHooks } from 'node:module';
  const loaded = [];
  registerHooks({ load: (url, context, next) => (loaded.push(url), next(url, context)) });
  await import(process.argv[1]);
  console.log(loaded.join('\\n'));`;

test('are known without loading what reads BibTeX and LaTeX, which takes half a second', async () => {
  const registry = new URL('registry.ts', import.meta.url).href;
  const options = ['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', listLoaded, registry];
  const { stdout } = await promisify(execFile)(process.execPath, options);
  const loaded = stdout.trim().split('\n');
  expect(loaded).toContain(registry);
  expect(loaded.filter((url) => /bibtex-parser|unicode2latex|latex-text/.test(url))).toEqual([]);
});

/** A byte of Windows-1252 for each of its characters. */
const bytesOf1252 = new Map(
  Array.from({ length: 256 }, (_, byte) => [new TextDecoder('windows-1252').decode(Uint8Array.of(byte)), byte]),
);

function inWindows1252(text: string): Buffer {
  const bytes = Array.from(text, (character) => bytesOf1252.get(character));
  const missing = Array.from(text).filter((character) => !bytesOf1252.has(character));
  expect(missing, 'a fixture has only characters of Windows-1252').toEqual([]);
  return Buffer.from(bytes.map((byte) => byte ?? 0));
}

const wide = (text: string) => Buffer.from(text, 'utf16le');

const disguises: readonly (readonly [string, (text: string) => Uint8Array])[] = [
  ['with CRLF', (text) => Buffer.from(text.replaceAll('\n', '\r\n'))],
  ['with CR', (text) => Buffer.from(text.replaceAll('\n', '\r'))],
  ['with a byte-order mark', (text) => Buffer.from(`\uFEFF${text}`)],
  ['in UTF-16LE', (text) => wide(text)],
  ['in UTF-16BE', (text) => wide(text).swap16()],
  ['in UTF-16LE with a mark', (text) => wide(`\uFEFF${text}`)],
  ['in UTF-16BE with a mark', (text) => wide(`\uFEFF${text}`).swap16()],
  ['in Windows-1252', inWindows1252],
  ['as gzip', (text) => gzipSync(text)],
  ['as gzip of UTF-16', (text) => gzipSync(wide(text))],
  ['without a line end at its end', (text) => Buffer.from(text.trimEnd())],
  ['with blank lines around it', (text) => Buffer.from(`${text}\n\n \n`)],
];

describe.each(byFile)('%s', (file, fixture) => {
  const text = fixture.bytes.toString('utf8');
  let expected: ImportedRecord[] = [];

  test('is of its format and holds papers', async () => {
    const { input, records } = await importedFrom(folder.write(file, fixture.bytes));
    expect(input.importer.format).toBe(fixture.format);
    expect(records.some(({ kind }) => kind === 'paper')).toBe(true);
    expect(records.flatMap(faultsOf)).toEqual([]);
    expected = records;
  });

  test('is told from every other format by its content alone, whole and cut off', async () => {
    const path = folder.write('nameless', fixture.bytes);
    expect((await inspectInput({ path, name: 'nameless', format: null })).importer.format).toBe(fixture.format);
    expect(scores(text, true)[0]?.[0]).toBe(fixture.format);
    // A large file is seen cut off somewhere.
    expect(scores(text.slice(0, text.length * 0.8), false)[0]?.[0]).toBe(fixture.format);
  });

  test.each(disguises)('%s gives the same papers', async (_, disguise) => {
    const { input, records } = await importedFrom(folder.write(file, disguise(text)));
    expect(input.importer.format).toBe(fixture.format);
    expect(records).toEqual(expected);
  });

  test('with a NUL byte is refused', async () => {
    const path = folder.write(file, Buffer.concat([fixture.bytes, Buffer.alloc(1)]));
    await expect(importedFrom(path)).rejects.toThrow(/Nothing was imported\.$/);
  });

  test('gives the same papers wherever its text is cut into pieces', async () => {
    expect(await readAs(fixture, Array.from(text))).toEqual(expected);
    const characters = Array.from(text);
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(fc.nat(characters.length), { maxLength: 8 }), async (cuts) => {
        const places = [0, ...cuts.toSorted((left, right) => left - right), characters.length];
        const pieces = places.slice(1).map((place, index) => characters.slice(places[index], place).join(''));
        expect(await readAs(fixture, pieces)).toEqual(expected);
      }),
      { numRuns: 10 },
    );
  });
});

test('a list of papers in an object, of which only the beginning is looked at', async () => {
  const papers = Array.from({ length: 3000 }, (_, index) => ({
    title: `Walls, Part ${index}`,
    abstract: 'We study walls and prove a theorem about them. '.repeat(5),
    year: 2024,
  }));
  const { input, records } = await importedFrom(folder.write('large', JSON.stringify({ day: 1, papers }, null, 1)));
  expect(input.importer.format).toBe('json');
  expect(records).toHaveLength(3000);
});

/** How sure each format is of a text, the surest first, as the registry breaks ties. */
function scores(text: string, whole: boolean): [format: string, score: number][] {
  return importers
    .map(({ format, recognise }): [string, number] => [format, recognise(text, whole, 'nameless')])
    .filter(([, score]) => score > 0)
    .sort(([, left], [, right]) => right - left);
}

function readAs({ format }: Fixture, pieces: readonly string[]): Promise<ImportedRecord[]> {
  const importer = formatOf(format);
  if (!importer) throw new Error(format);
  return readPieces(importer, pieces);
}
