import fc from 'fast-check';
import { beforeEach, expect, test, vi } from 'vitest';
import { openedOutside, openingPaths, shell } from './electron-double.ts';
import { openOutside, outwardAddress, showFolder } from './open-external.ts';

vi.mock('electron', () => import('./electron-double.ts'));

beforeEach(() => {
  openedOutside.length = 0;
  openingPaths.answer = '';
});

test.each([
  ['https://arxiv.org/abs/2306.12345', 'https://arxiv.org/abs/2306.12345'],
  ['http://example.org/a b', 'http://example.org/a%20b'],
  ['HTTPS://EXAMPLE.ORG/"quoted"', 'https://example.org/%22quoted%22'],
  ['https:\\\\example.org\\a', 'https://example.org/a'],
  ['https://bücher.example/', 'https://xn--bcher-kva.example/'],
  ['https://example.org/\u202Egpj.exe', 'https://example.org/%E2%80%AEgpj.exe'],
  ['https://example.org/?a=%0d%0a#%00', 'https://example.org/?a=%0d%0a#%00'],
  [`https://example.org/${'x'.repeat(1980)}`, `https://example.org/${'x'.repeat(1980)}`],
  ['mailto:someone@example.org', 'mailto:someone@example.org'],
  [
    'mailto:someone@example.org?subject=A%20b&body=One%0d%0atwo',
    'mailto:someone@example.org?subject=A%20b&body=One%0d%0atwo',
  ],
])('%s opens in the system as %s', (link, address) => {
  openOutside(link);
  expect(openedOutside).toEqual([address]);
});

test.each([
  'file:///etc/passwd',
  'FILE:///etc/passwd',
  'javascript:alert(1)',
  'java\nscript:alert(1)',
  'data:text/html,x',
  'smb://host/share',
  '\\\\host\\share\\x.exe',
  'C:\\Windows\\System32\\calc.exe',
  '/usr/bin/xcalc',
  'search-ms:query=x',
  'ms-msdt:/id PCWDiagnostic',
  'blob:https://example.org/6f9619ff',
  'view-source:https://example.org/',
  'intent://x#Intent;end',
  'about:blank',
  'ftp://example.org/',
  'ws://example.org/',
  'https://',
  'https://exa mple.org/',
  'https://example.org:99999/',
  'https://example.org/\n',
  'https://exam\tple.org/',
  'https://example.org/\0',
  '\u0085https://example.org/',
  'mailto:someone@example.org?attach=/etc/passwd',
  'mailto:someone@example.org?Attachment=/etc/passwd',
  'mailto:someone@example.org?bcc=other@example.org',
  'mailto:someone@example.org?subject=x%0abcc:other@example.org',
  'mailto:someone%0d%0abcc:other@example.org',
  'mailto://host/share',
  'mailto:..\\..\\calc.exe',
  'ms-settings:',
  'vscode://x',
  'app://offprint/index.html',
  'https://arxiv.org@evil.example/',
  'https://user:password@example.org/',
  `https://example.org/${'x'.repeat(2000)}`,
  `https://example.org/${'é'.repeat(400)}`,
  `https://example.org/${'x'.repeat(10_000_000)}`,
  '//example.org',
  'not an address',
  '',
])('%s opens nowhere', (link) => {
  openOutside(link);
  expect(openedOutside).toEqual([]);
});

test('whatever a link is, what is opened is an address that says plainly where it goes', () => {
  const start = fc.constantFrom('', 'https:', 'http://', 'mailto:', 'https://example.org', 'file://', 'HTTPS:/', ' ');
  const part = fc.oneof(
    fc.webUrl(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('@', '\\', '/', '?', '&attach=', '%0a'),
  );
  fc.assert(
    fc.property(start, fc.array(part, { maxLength: 6 }), (beginning, parts) => {
      const address = outwardAddress(beginning + parts.join(''));
      if (address === null) return;
      expect(address).toMatch(/^(https?:\/\/[^/@\\]+(\/|$)|mailto:)[\x21-\x7e]*$/);
      expect(address.length).toBeLessThanOrEqual(2000);
      // What the system's parser makes of it is the same again.
      expect(outwardAddress(address)).toBe(address);
    }),
    { numRuns: 2000 },
  );
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
  const folder = import.meta.dirname;
  expect(await showFolder(folder)).toBe(true);
  openingPaths.answer = 'no program for folders';
  expect(await showFolder(folder)).toBe(false);
  expect(openedOutside).toEqual([folder, folder]);
});

test('what is no folder, or is not there, is not opened', async () => {
  expect(await showFolder(import.meta.filename)).toBe(false);
  expect(await showFolder(`${import.meta.dirname}/nowhere`)).toBe(false);
  expect(openedOutside).toEqual([]);
});
