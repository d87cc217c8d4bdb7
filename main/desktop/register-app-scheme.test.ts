import { expect, test, vi } from 'vitest';
import { app, protocol } from './electron-double.ts';
import { registerAppScheme } from './register-app-scheme.ts';

vi.mock('electron', () => import('./electron-double.ts'));

test('app:// is a secure origin of its own and has no privilege beyond what a page needs', () => {
  registerAppScheme();
  expect(protocol.schemes).toEqual([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
});

test('it is declared before the program is ready, or not at all', () => {
  app.becomeReady();
  expect(registerAppScheme).toThrow('too late');
});
