import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { exportFormat, exportSchemaNumber } from '../shared/offprint-export.ts';
import { titleId } from './importers/identity.ts';
import { type Library, openLibrary } from './library.ts';
import { call, importText, list } from './library-testing.ts';
import { MirrorKeeper } from './store/mirror.ts';
import { TakenMarksFiles } from './taken-marks.ts';

// What the reader says while the library is at work on the same papers.

let folder: string;
let library: Library;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'offprint-meanwhile-'));
  library = await openLibrary({ dataFolder: folder, bundledCapture: null, appVersion: '1' });
});
afterEach(async () => {
  vi.restoreAllMocks();
  await library.close();
  await rm(folder, { recursive: true, force: true });
});

/** An export of papers with a note each. */
function noted(...titles: string[]): string {
  const papers = titles.map((title) => ({ id: titleId(title), title, note: `of ${title}`, addedAt: 0 }));
  const lines = [
    { format: exportFormat, schema: exportSchemaNumber, exportedAt: 0 },
    ...papers,
    { end: exportFormat, papers: papers.length },
  ];
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}

async function notes(): Promise<Record<string, string>> {
  const { rows } = await list(library);
  const papers = await Promise.all(rows.map(({ id }) => call(library, 'paper.get', { id, query: '' })));
  return Object.fromEntries(papers.map(({ title, note }) => [title, note]));
}

test('a note written while notes of a file are taken over stays as it was written', async () => {
  const keep = TakenMarksFiles.prototype.keep;
  vi.spyOn(TakenMarksFiles.prototype, 'keep').mockImplementationOnce(async function (this: TakenMarksFiles, ...given) {
    await keep.apply(this, given);
    await call(library, 'note.set', { id: titleId('Ash of the Woods'), text: 'mine' });
    await call(library, 'papers.mark', {
      selection: { ids: [titleId('Beech of the Woods')] },
      change: { starred: true },
    });
  });
  const { change } = await importText(library, noted('Ash of the Woods', 'Beech of the Woods'), 'all.json', true);
  expect(await notes()).toEqual({ 'Ash of the Woods': 'mine', 'Beech of the Woods': 'of Beech of the Woods' });
  expect((await list(library, 'starred')).total).toBe(1);
  // Both have been touched, so both stay; of the second one only the note that came with the file goes.
  await call(library, 'changes.undo', { id: change });
  expect(await notes()).toEqual({ 'Ash of the Woods': 'mine', 'Beech of the Woods': '' });
});

test('a note written while an import cannot be taken back stays as it was written', async () => {
  const { change } = await importText(library, noted('Ash of the Woods', 'Beech of the Woods'), 'all.json', true);
  const [source] = (await call(library, 'library.state', {})).sources;
  await call(library, 'sources.remove', { source: source?.id ?? 0 });
  const id = titleId('Ash of the Woods');
  const settled = MirrorKeeper.prototype.settled;
  vi.spyOn(MirrorKeeper.prototype, 'settled').mockImplementationOnce(async function (this: MirrorKeeper) {
    expect((await notes())['Ash of the Woods']).toBe('');
    await call(library, 'note.set', { id, text: 'mine' });
    await settled.call(this);
  });
  await expect(call(library, 'changes.undo', { id: change })).rejects.toMatchObject({ code: 'refused' });
  expect(await notes()).toEqual({ 'Ash of the Woods': 'mine', 'Beech of the Woods': 'of Beech of the Woods' });
});
