import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fileNameFor } from './file-name.ts';

const nameOf = (title: string) => fileNameFor(title, 'Paper', 'pdf');

test.each([
  ['Attention Is All You Need', 'Attention Is All You Need.pdf'],
  ['GPT-4: A Report', 'GPT-4 - A Report.pdf'],
  ['TCP/IP, "what" is <it>?', 'TCP - IP, what is it.pdf'],
  ['../../etc/passwd', 'etc - passwd.pdf'],
  ['..\\..\\boot', 'boot.pdf'],
  ['C:\\Windows', 'C - Windows.pdf'],
  ['.hidden', 'hidden.pdf'],
  ['ends with dots ...', 'ends with dots.pdf'],
  ['con', '_con.pdf'],
  ['NUL.txt', '_NUL.txt.pdf'],
  ['COM¹', '_COM¹.pdf'],
  ['console', 'console.pdf'],
  ['a\u0000b\nc\td\u202Efdp', 'a b c d fdp.pdf'],
  ['Über Łukasz α 東京', 'Über Łukasz α 東京.pdf'],
  ['e\u0301', 'é.pdf'],
  ['', 'Paper.pdf'],
  ['???', 'Paper.pdf'],
  ['\ud800', 'Paper.pdf'],
])('%j becomes %j', (title, name) => {
  expect(nameOf(title)).toBe(name);
});

test('a long title is cut at a word, and never within a letter', () => {
  expect(nameOf('word '.repeat(100))).toMatch(/^(word )+word\.pdf$/);
  expect(nameOf('🦉'.repeat(100))).toBe(`${'🦉'.repeat(45)}.pdf`);
  // A letter of three parts that there is no single character for.
  const letter = 'x\u0301\u0323'.normalize('NFC');
  expect(nameOf(letter.repeat(100))).toBe(`${letter.repeat(36)}.pdf`);
});

test('whatever the title, the name is one that every system takes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (title) => {
      const name = nameOf(title);
      expect(name).toMatch(/^[^\p{C}/\\:*?"<>|]+\.pdf$/u);
      expect(name).not.toMatch(/^[.~\s-]|^-|\s\.pdf$|\.\.pdf$/);
      expect(Buffer.byteLength(name)).toBeLessThanOrEqual(190);
      expect(Buffer.from(name).toString()).toBe(name);
    }),
  );
});
