import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { OffprintError } from '../shared/outcome.ts';
import type { Paper, PaperId } from '../shared/paper.ts';
import { exportedPaper } from './exporters/papers-for-tests.ts';
import { type ExportParts, Exports } from './exports.ts';
import { type FileOperations, systemFiles } from './store/durable-file.ts';

let folder: string;
let target: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'offprint-exports-'));
  target = join(folder, 'out');
  mkdirSync(target);
  mkdirSync(join(folder, 'data'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const idOf = (index: number): PaperId => `title:${String(index).padStart(20, '0')}`;

/** A library of some papers, numbered; `onGet` hears of each that is asked for. */
function exportsOf(count: number, more: Partial<ExportParts> & { onGet?: (index: number) => void } = {}) {
  const { onGet, ...parts } = more;
  const ids = Array.from({ length: count }, (_, index) => idOf(index));
  const log = { kept: 0, open: 0, progress: [] as { done: number; papers: number }[] };
  const exports = new Exports({
    dataFolder: join(folder, 'data'),
    corpus: {
      ids: async (_result, ranges) => ranges.flatMap(([from, to]) => ids.slice(from, to)),
      resolve: async (asked) => new Map(asked.filter((id) => ids.includes(id)).map((id) => [id, { id, markedAs: [] }])),
    },
    handlers: {
      'list.open': async () => {
        log.open += 1;
        return { result: 1, total: 0, complete: false, order: 'sort', rows: [] };
      },
      'list.settled': async () => ({ total: count }),
      'list.close': async () => {
        log.open -= 1;
        return {};
      },
      'paper.get': async ({ id }) => {
        onGet?.(ids.indexOf(id));
        if (!ids.includes(id)) throw new OffprintError('not-found', `There is no paper with the id ${id}.`);
        return exportedPaper({ id, title: `Paper ${ids.indexOf(id)}`, note: 'note' }) as unknown as Paper;
      },
    },
    keys: () => ({
      keyOf: ({ id }) => `k${Number(id.slice(6))}`,
      keep: async () => {
        log.kept += 1;
      },
    }),
    onProgress: (progress) => log.progress.push(progress),
    now: () => new Date(2026, 10, 23, 12).getTime(),
    ...parts,
  });
  return { exports, log };
}

const everything = { view: 'all', query: '' };
const bibtex = { format: 'bibtex', papers: everything, notes: true } as const;
const files = { format: 'markdown-folder', papers: everything, notes: true } as const;

describe('an export', () => {
  test('is a file with the date, beside those that are there', async () => {
    const { exports, log } = exportsOf(50);
    const [first, second] = [
      await exports.write(bibtex, { folder: target }),
      await exports.write({ ...bibtex, papers: { ids: [idOf(1), idOf(1)] } }, { folder: target }),
    ];
    expect(first).toEqual({ path: join(target, 'Offprint 2026-11-23.bib'), papers: 50 });
    expect(second).toEqual({ path: join(target, 'Offprint 2026-11-23 (2).bib'), papers: 1 });
    expect(readFileSync(first.path, 'utf8').match(/^@misc\{k\d+,$/gm)).toHaveLength(50);
    expect(readdirSync(target)).toHaveLength(2);
    expect(log).toMatchObject({ kept: 2, open: 0 });
    expect(log.progress.at(-1)).toEqual({ done: 1, papers: 1 });
  });

  test('is a folder with a file for each paper', async () => {
    const { exports } = exportsOf(30);
    const { path } = await exports.write(files, { folder: target });
    expect(path).toBe(join(target, 'Offprint 2026-11-23'));
    expect(readdirSync(path)).toHaveLength(30);
    const again = await exports.write(files, { folder: target });
    expect(again.path).toBe(join(target, 'Offprint 2026-11-23 (2)'));
    await expect(exports.write(files, { path })).rejects.toMatchObject({ code: 'bad-input' });
    expect(readdirSync(target)).toHaveLength(2);
  });

  test('has the papers that were meant when it began, but for those that have gone', async () => {
    const { exports } = exportsOf(40, {
      onGet: (index) => {
        if (index === 7) throw new OffprintError('not-found', 'gone');
      },
    });
    const { path, papers } = await exports.write(bibtex, { folder: target });
    expect(papers).toBe(39);
    expect(readFileSync(path, 'utf8')).not.toMatch(/k7,/);
  });

  test.each([bibtex, files])('that is cancelled leaves nothing: $format', async (request) => {
    const { exports, log } = exportsOf(200, {
      onGet: (index) => {
        if (index === 100) void exports.cancel();
      },
    });
    await expect(exports.write(request, { folder: target })).rejects.toMatchObject({
      code: 'refused',
      message: 'The export was cancelled. Nothing was exported.',
    });
    expect(readdirSync(target)).toEqual([]);
    expect(log.kept).toBe(0);
    // And another may begin.
    await expect(exportsOf(3).exports.write(request, { folder: target })).resolves.toMatchObject({ papers: 3 });
  });

  test.each([bibtex, files])('onto a disk that is full leaves nothing, and says so: $format', async (request) => {
    let written = 0;
    const full: FileOperations = {
      ...systemFiles,
      open: async (...given: Parameters<FileOperations['open']>) => {
        const handle = await systemFiles.open(...given);
        const fail = () => Promise.reject(Object.assign(new Error('full'), { code: 'ENOSPC' }));
        written += 1;
        if (request.format === 'bibtex' || written > 12) Object.assign(handle, { write: fail, writeFile: fail });
        return handle;
      },
    };
    const { exports } = exportsOf(40, { files: full });
    await expect(exports.write(request, { folder: target })).rejects.toMatchObject({
      code: 'unreadable',
      message: expect.stringMatching(/could not be written to: .*full.* Nothing was exported\.$/),
    });
    expect(readdirSync(target)).toEqual([]);
  });

  test('is one at a time, into a folder that is there and not the data folder', async () => {
    const { exports } = exportsOf(40);
    const first = exports.write(bibtex, { folder: target });
    await expect(exports.write(bibtex, { folder: target })).rejects.toMatchObject({ code: 'refused' });
    await first;
    for (const wrong of [join(folder, 'nowhere'), 'relative', join(folder, 'data')]) {
      await expect(exports.write(bibtex, { folder: wrong })).rejects.toMatchObject({
        code: expect.stringMatching(/not-found|bad-input/),
      });
    }
    await expect(
      exports.write({ ...bibtex, papers: { ids: ['doi:10.1/x'] } }, { folder: target }),
    ).rejects.toMatchObject({
      code: 'not-found',
    });
    await exports.close();
    await expect(exports.write(bibtex, { folder: target })).rejects.toMatchObject({ code: 'refused' });
    expect(existsSync(join(folder, 'data', 'Offprint 2026-11-23.bib'))).toBe(false);
  });

  test('for the clipboard is a text, of not too many papers and no folder', async () => {
    const { exports, log } = exportsOf(1001);
    await expect(exports.text(bibtex)).rejects.toMatchObject({ code: 'bad-input', message: /1,000/ });
    await expect(exports.text({ ...files, papers: { ids: [idOf(1)] } })).rejects.toMatchObject({ code: 'bad-input' });
    const { text, papers } = await exports.text({
      ...bibtex,
      papers: {
        result: 1,
        ranges: [
          [0, 2],
          [5, 6],
        ],
      },
    });
    expect(papers).toBe(3);
    expect(text.match(/^@misc\{k(\d+),$/gm)).toEqual(['@misc{k0,', '@misc{k1,', '@misc{k5,']);
    expect(log.kept).toBe(1);
  });
});
