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
  'app://someone@offprint/index.html',
  'app://:word@offprint/index.html',
  'app:///index.html',
  'application://offprint/index.html',
  'blob:app://offprint/6f9619ff-8b86-d011-b42d-00cf4fc964ff',
  'filesystem:app://offprint/temporary/x.html',
  'file:///etc/passwd',
  'app:offprint',
  'nonsense',
  '',
])('%s lies outside', (address) => {
  expect(isAppAddress(address)).toBe(false);
});
