import { expect, test } from 'vitest';
import { appPage, isAppAddress } from './app-address.ts';

test('the page of the window lies within the program', () => {
  expect(isAppAddress(appPage)).toBe(true);
});

test.each([
  'https://offprint/index.html',
  'app://evil/index.html',
  'app://offprint.evil/index.html',
  'app://offprint:1/index.html',
  'file:///etc/passwd',
  'app:offprint',
  'nonsense',
  '',
])('%s lies outside', (address) => {
  expect(isAppAddress(address)).toBe(false);
});
