import { beforeEach, expect, test, vi } from 'vitest';
import { openedOutside, openingPaths, shell } from './electron-double.ts';
import { openOutside, showFolder } from './open-external.ts';

vi.mock('electron', () => import('./electron-double.ts'));

beforeEach(() => {
  openedOutside.length = 0;
  openingPaths.answer = '';
});

test.each([
  ['https://arxiv.org/abs/2306.12345', 'https://arxiv.org/abs/2306.12345'],
  ['http://example.org/a b', 'http://example.org/a%20b'],
  ['HTTPS://EXAMPLE.ORG/"quoted"', 'https://example.org/%22quoted%22'],
  ['mailto:someone@example.org', 'mailto:someone@example.org'],
])('%s opens in the system as %s', (link, address) => {
  openOutside(link);
  expect(openedOutside).toEqual([address]);
});

test.each([
  'file:///etc/passwd',
  'javascript:alert(1)',
  'data:text/html,x',
  'smb://host/share',
  'ms-settings:',
  'vscode://x',
  'app://offprint/index.html',
  'https://arxiv.org@evil.example/',
  'https://user:password@example.org/',
  `https://example.org/${'x'.repeat(2000)}`,
  '//example.org',
  'not an address',
  '',
])('%s opens nowhere', (link) => {
  openOutside(link);
  expect(openedOutside).toEqual([]);
});

test('a system without a browser is said so, and nothing breaks', async () => {
  const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  vi.spyOn(shell, 'openExternal').mockRejectedValueOnce(new Error('no browser'));
  openOutside('https://example.org/');
  await vi.waitFor(() => expect(written).toHaveBeenCalledOnce());
  expect(String(written.mock.calls[0]?.[0])).not.toContain('example.org');
  written.mockRestore();
});

test('a folder is shown by the system, and it is said where it is not', async () => {
  expect(await showFolder('/home/ada/Offprint')).toBe(true);
  openingPaths.answer = 'no program for folders';
  expect(await showFolder('/home/ada/Offprint')).toBe(false);
  expect(openedOutside).toEqual(['/home/ada/Offprint', '/home/ada/Offprint']);
});
