import fc from 'fast-check';
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { fitLine, safeLine, safeText, wrapText } from './safe-text.ts';

test('control and direction characters are shown, not obeyed', () => {
  expect(safeLine('a\u001b[2Jb\u0007\u009b31m\u202ec\u007f')).toBe('a␛[2Jb␇�31m�c␡');
  expect(safeLine(' two\r\n lines\t')).toBe(' two lines ');
  expect(safeText('one\r\ntwo\tthree\u001b]0;x\u0007\rfour')).toBe('one\ntwo\tthree␛]0;x␇\nfour');
});

test('no text whatever gets a control character through', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(safeLine(text)).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069\u2028\u2029]/u);
      expect(safeText(text).replaceAll(/[\n\t]/g, '')).not.toMatch(/[\p{Cc}\u202a-\u202e\u2066-\u2069\u2028\u2029]/u);
    }),
  );
});

test('a line is cut between whole characters, wide ones counted as two cells', () => {
  expect(fitLine('short', 10)).toBe('short');
  expect(fitLine('exactly ten', 11)).toBe('exactly ten');
  expect(fitLine('a longer line', 9)).toBe('a longer…');
  expect(fitLine('長い題名です', 7)).toBe('長い題…');
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 2, max: 20 }), (text, width) => {
      expect(stringWidth(fitLine(text, width))).toBeLessThanOrEqual(width);
    }),
  );
});

test('wrapping breaks at spaces only and changes nothing else', () => {
  expect(wrapText('one two three\nfour', 9)).toBe('one two\nthree\nfour');
  expect(wrapText('averylongword and more', 6)).toBe('averylongword\nand\nmore');
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(wrapText(text, 10).replaceAll('\n', ' ')).toBe(text.replaceAll('\n', ' '));
    }),
  );
});
