import { expect, test } from 'vitest';
import { programAddress, shownAddress } from './addresses.ts';

test.each([
  ['app://offprint/index.html', 'https://offprint.app.test/index.html'],
  ['app://offprint', 'https://offprint.app.test'],
  ['app://offprint/a%2e%2e/b?c=d#e', 'https://offprint.app.test/a%2e%2e/b?c=d#e'],
  ['app://other/', 'https://other.app.test/'],
])('%s is shown as %s, and back', (program, shown) => {
  expect(shownAddress(program)).toBe(shown);
  expect(programAddress(shown)).toBe(program);
});

test.each([
  'https://example.org/x',
  'http://127.0.0.1:9/',
  'mailto:a@b.c',
  'about:blank',
  'https://example.test/',
])('%s stays as it is', (address) => {
  expect(programAddress(address)).toBe(address);
  expect(shownAddress(address)).toBe(address);
});
