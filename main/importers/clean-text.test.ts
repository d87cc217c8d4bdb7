import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { atMost, oneLine, paragraphs, withoutControls } from './clean-text.ts';

test('what shows nothing goes, so that a search finds the word; what shapes letters stays', () => {
  expect(withoutControls('auto\u00admatic\u200b, \ufeffzero\u2060')).toBe('automatic, zero');
  expect(withoutControls('می\u200cخواهم 👩\u200d🔬')).toBe('می\u200cخواهم 👩\u200d🔬');
  expect(oneLine('\u200b A\u00a0title\tof\u0001 it \u200b')).toBe('A title of it');
  expect(withoutControls('half \ud83d a pair\0')).toBe('half \ufffd a pair');
});

test('clean text stays clean', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
      const line = oneLine(text);
      expect(line).not.toMatch(/[\p{Cc}\u00ad\u200b]|\s\s|^\s|\s$/u);
      expect(line.isWellFormed()).toBe(true);
      expect(oneLine(line)).toBe(line);
      expect(paragraphs(paragraphs(text))).toBe(paragraphs(text));
    }),
  );
});

describe('paragraphs', () => {
  test('lines broken to fit a width are joined, empty lines kept', () => {
    expect(paragraphs('  We measure the\nlength of  things.\r\n\r\n \t\nThen we\nmeasure  again.\n\n')).toBe(
      'We measure the length of things.\n\nThen we measure again.',
    );
  });

  test('an indented line begins a paragraph where that is the custom', () => {
    const text = '  We measure the\nlength of things.\n  Then we measure\nagain.\n';
    expect(paragraphs(text, { indented: true })).toBe('We measure the length of things.\n\nThen we measure again.');
    expect(paragraphs(text)).toBe('We measure the length of things. Then we measure again.');
  });

  test('long lines are paragraphs of their own', () => {
    const long = 'We measure the length of things. '.repeat(8).trim();
    expect(paragraphs(`Background:\n${long}\n${long}`)).toBe(`Background:\n\n${long}\n\n${long}`);
  });

  test('of nothing nothing is left', () => {
    expect(paragraphs(' \n\u200b\n\0')).toBe('');
  });

  test('a megabyte of white space takes no time', () => {
    const started = performance.now();
    expect(paragraphs(`a${' \n'.repeat(500_000)}b`)).toBe('a\n\nb');
    expect(paragraphs(' \n'.repeat(500_000))).toBe('');
    expect(paragraphs(`a\n${' '.repeat(1_000_000)}b`)).toBe('a\n\nb');
    expect(oneLine(' '.repeat(1_000_000))).toBe('');
    expect(performance.now() - started).toBeLessThan(30_000);
  });
});

test('a cut never goes through a character', () => {
  expect(atMost('abc👩', 4)).toBe('abc');
  expect(atMost('abc👩', 5)).toBe('abc👩');
});
