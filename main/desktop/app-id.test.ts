import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { appId, sayAppId } from './app-id.ts';
import { app } from './electron-double.ts';

vi.mock('electron', () => import('./electron-double.ts'));

const platform = Object.getOwnPropertyDescriptor(process, 'platform') ?? {};

afterEach(() => {
  Object.defineProperty(process, 'platform', platform);
  app.isPackaged = false;
  app.userModelId = null;
});

test.each([
  ['win32', true, appId],
  ['win32', false, null],
  ['linux', true, null],
  ['darwin', true, null],
] as const)('on %s, installed: %s, the system is told %s', (name, isPackaged, told) => {
  Object.defineProperty(process, 'platform', { ...platform, value: name });
  app.isPackaged = isPackaged;
  sayAppId();
  expect(app.userModelId).toBe(told);
});

test('it is the id that the program is packed with', () => {
  const config = readFileSync(join(import.meta.dirname, '../../electron-builder.yml'), 'utf8');
  expect(/^appId: (.+)$/m.exec(config)?.[1]).toBe(appId);
});
