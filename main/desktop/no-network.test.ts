import { expect, test, vi } from 'vitest';
import { app } from './electron-double.ts';
import { cutOffNetwork } from './no-network.ts';

vi.mock('electron', () => import('./electron-double.ts'));

test('no host resolves and no proxy is looked for', () => {
  cutOffNetwork();
  expect(Object.fromEntries(app.switches)).toEqual({
    'host-resolver-rules': 'MAP * ~NOTFOUND',
    'no-proxy-server': '',
  });
});
