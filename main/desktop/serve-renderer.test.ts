import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { app, protocol } from './electron-double.ts';
import { serveRenderer } from './serve-renderer.ts';

vi.mock('electron', () => import('./electron-double.ts'));

const folder = mkdtempSync(join(tmpdir(), 'offprint-serve-renderer-'));
beforeAll(() => app.becomeReady());
afterAll(() => rmSync(folder, { recursive: true }));

test('a page that was not built is an error that says what to do', () => {
  expect(() => serveRenderer(folder, folder)).toThrow(`not in ${folder}. Run: npm run build`);
});

test('the scheme answers with the files of the page', async () => {
  writeFileSync(join(folder, 'index.html'), 'page');
  serveRenderer(folder, folder);
  expect(await (await protocol.load('app://offprint/')).text()).toBe('page');
  expect((await protocol.load('app://offprint/..%2fx.txt')).status).toBe(403);
});
