import fc from 'fast-check';
import { expect, test } from 'vitest';
import { notePrint, notePrintSchema } from './note-print.ts';

test.each([
  // The examples of the standard.
  ['', 'e3b0c44298fc1c149afbf4c8996fb924'],
  ['abc', 'ba7816bf8f01cfea414140de5dae2223'],
  ['abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq', '248d6a61d20638b8e5c026930c3e6039'],
])('a print of %j is the beginning of its SHA-256', (text, print) => {
  expect(notePrint(text)).toBe(print);
});

test('every text has one, and texts that differ have others', () => {
  const anyText = fc.string({ unit: 'binary' });
  fc.assert(
    fc.property(anyText, anyText, (one, other) => {
      expect(notePrintSchema.parse(notePrint(one))).toBe(notePrint(one));
      expect(notePrint(one) === notePrint(other)).toBe(one === other);
    }),
  );
});

test('half of a pair of surrogates is no obstacle', () => {
  expect(notePrint('a\ud800')).toHaveLength(32);
});
