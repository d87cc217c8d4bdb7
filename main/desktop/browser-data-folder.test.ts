import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { keepBrowserDataIn } from './browser-data-folder.ts';
import { app } from './electron-double.ts';

vi.mock('electron', () => import('./electron-double.ts'));

const folder = mkdtempSync(join(tmpdir(), 'offprint-browser-data-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('Chromium keeps its things within the data folder, which is made for the owner alone', () => {
  const dataFolder = join(folder, 'new', 'data é');
  keepBrowserDataIn(dataFolder);
  expect(app.paths.get('userData')).toBe(join(dataFolder, 'electron'));
  expect(app.paths.get('sessionData')).toBe(join(dataFolder, 'electron'));
  expect(existsSync(join(dataFolder, 'electron'))).toBe(true);
  if (process.platform !== 'win32') expect(statSync(dataFolder).mode & 0o777).toBe(0o700);
});

test('where nothing can be written, Chromium keeps its things elsewhere while the program runs', () => {
  const dataFolder = join(folder, 'read-only');
  mkdirSync(dataFolder);
  // Stands for a folder that may not be written, which the system does not keep from its administrator.
  writeFileSync(join(dataFolder, 'electron'), '');
  keepBrowserDataIn(dataFolder);
  const elsewhere = app.paths.get('userData') ?? '';
  expect(elsewhere.startsWith(tmpdir())).toBe(true);
  expect(elsewhere).not.toContain(dataFolder);
  expect(app.paths.get('sessionData')).toBe(elsewhere);
  writeFileSync(join(elsewhere, 'Preferences'), '{}');
  app.exit();
  expect(existsSync(elsewhere)).toBe(false);
  expect(existsSync(dataFolder)).toBe(true);
});

test('a data folder that cannot be made is named', () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  expect(() => keepBrowserDataIn(file)).toThrow(expect.objectContaining({ code: 'unreadable' }));
  expect(() => keepBrowserDataIn(file)).toThrow(file);
});
