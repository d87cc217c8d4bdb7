import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { app } from './electron-double.ts';
import { resourcePaths } from './resource-paths.ts';

vi.mock('electron', () => import('./electron-double.ts'));

afterEach(() => {
  app.isPackaged = false;
});

test('from the project, the capture and the icon are those of the project', () => {
  app.appPath = resolve(import.meta.dirname, '../..');
  const paths = resourcePaths();
  expect(paths.renderer).toBe(join(app.appPath, 'out/renderer'));
  expect(paths.preload).toBe(join(app.appPath, 'out/preload/preload.cjs'));
  expect(existsSync(paths.bundledCapture)).toBe(true);
  expect(existsSync(paths.icon)).toBe(true);
});

test('installed, they lie beside the archive', () => {
  app.isPackaged = true;
  app.appPath = '/opt/Offprint/resources/app.asar';
  Object.defineProperty(process, 'resourcesPath', { value: '/opt/Offprint/resources', configurable: true });
  expect(resourcePaths()).toEqual({
    renderer: '/opt/Offprint/resources/app.asar/out/renderer',
    preload: '/opt/Offprint/resources/app.asar/out/preload/preload.cjs',
    bundledCapture: '/opt/Offprint/resources/daily-papers.txt',
    icon: '/opt/Offprint/resources/icons/256x256.png',
  });
  Reflect.deleteProperty(process, 'resourcesPath');
});
