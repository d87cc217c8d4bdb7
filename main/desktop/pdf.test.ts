import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserWindow } from 'electron';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Handlers } from '../../shared/contract.ts';
import { app, chosenFiles, BrowserWindow as FakeWindow } from './electron-double.ts';
import { paperSizeOf } from './paper-size.ts';
import { withPdf } from './pdf.ts';
import { smallLibrary } from './small-library.ts';

vi.mock('electron', () => import('./electron-double.ts'));

app.becomeReady();

let folder: string;
let window: FakeWindow | null;
let handlers: Handlers;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'offprint-pdf-'));
  window = new FakeWindow();
  chosenFiles.asked.length = 0;
  chosenFiles.answer = join(folder, 'paper.pdf');
  handlers = withPdf(smallLibrary().handlers, () => window as unknown as BrowserWindow | null);
});

afterEach(() => {
  window?.destroy();
  rmSync(folder, { recursive: true });
});

const save = (name = 'Attention Is All You Need') => handlers['print.pdf']({ name });

test('the reader says where; then what the page prints is there as a PDF file', async () => {
  await expect(save()).resolves.toEqual({ path: join(folder, 'paper.pdf') });
  expect(readFileSync(join(folder, 'paper.pdf'), 'utf8')).toBe('%PDF-1.7');
  expect(chosenFiles.asked).toEqual([
    {
      title: 'Save as PDF',
      defaultPath: 'Attention Is All You Need.pdf',
      filters: [{ name: 'PDF', extensions: ['pdf'] }],
      properties: ['createDirectory', 'showOverwriteConfirmation', 'dontAddToRecent'],
    },
  ]);
  expect(window?.webContents.printed).toEqual([
    {
      pageSize: 'A4',
      displayHeaderFooter: false,
      printBackground: true,
      generateTaggedPDF: true,
      generateDocumentOutline: true,
    },
  ]);
});

test('the next one goes beside it', async () => {
  await save();
  await save('Another: one');
  expect(chosenFiles.asked[1]?.defaultPath).toBe(join(folder, 'Another - one.pdf'));
});

test('where the reader chooses nowhere, nothing is printed and nothing is written', async () => {
  chosenFiles.answer = null;
  await expect(save()).resolves.toEqual({ path: null });
  expect(window?.webContents.printed).toEqual([]);
  expect(readdirSync(folder)).toEqual([]);
});

test('a name without an ending gets one, unless that would replace a file that nobody was asked about', async () => {
  chosenFiles.answer = join(folder, 'paper');
  await expect(save()).resolves.toEqual({ path: join(folder, 'paper.pdf') });
  writeFileSync(join(folder, 'paper.pdf'), 'another');
  await expect(save()).resolves.toEqual({ path: join(folder, 'paper') });
  expect(readFileSync(join(folder, 'paper.pdf'), 'utf8')).toBe('another');
});

test('another ending is the reader’s own', async () => {
  chosenFiles.answer = join(folder, 'paper.v2');
  await expect(save()).resolves.toEqual({ path: join(folder, 'paper.v2') });
});

test('one is saved at a time, and the next when that is done', async () => {
  const made = Promise.withResolvers<Buffer>();
  if (window) window.webContents.pdf = () => made.promise;
  const first = save();
  await expect(save()).rejects.toThrow('A PDF file is being saved already.');
  made.resolve(Buffer.from('%PDF'));
  await first;
  await expect(save()).resolves.toEqual({ path: join(folder, 'paper.pdf') });
});

test('a page that cannot be printed is said to be, in words of ours, and what was there stands', async () => {
  writeFileSync(join(folder, 'paper.pdf'), 'as it was');
  if (window) window.webContents.pdf = () => Promise.reject(new Error('Printing failed: secret title'));
  await expect(save()).rejects.toThrow(/^The PDF file could not be made\. Nothing was saved\. (?!.*secret)/);
  expect(readFileSync(join(folder, 'paper.pdf'), 'utf8')).toBe('as it was');
  if (window) window.webContents.pdf = () => Buffer.from('%PDF');
  await save();
});

test('a place that cannot be written is said to be', async () => {
  chosenFiles.answer = join(folder, 'gone', 'paper.pdf');
  await expect(save()).rejects.toThrow(/gone.*cannot be written: it is not there/);
});

test('without a window there is nothing to print', async () => {
  window?.destroy();
  window = null;
  await expect(save()).rejects.toThrow('There is no window');
});

test('the paper is that of the country', async () => {
  app.country = 'US';
  await save();
  app.country = 'DE';
  expect(window?.webContents.printed[0]?.pageSize).toBe('Letter');
  expect(['CA', 'mx', 'GB', 'JP', ''].map(paperSizeOf)).toEqual(['Letter', 'Letter', 'A4', 'A4', 'A4']);
});
