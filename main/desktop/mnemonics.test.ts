import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainLabel, withMnemonics } from './mnemonics.ts';

/** What a reader sees of a label, and the letter that is underlined in it. */
function read(label: string): { text: string; letter: string | null } {
  const letter = /^(?:[^&]|&&)*&([^&])/.exec(label)?.[1]?.toLowerCase() ?? null;
  return { text: label.replaceAll(/&(.)/g, '$1'), letter };
}

test('each entry gets a letter of its own, the one that begins a word first', () => {
  expect(withMnemonics(['Sources…', 'Save as PDF…', 'Settings…', 'Show logs'])).toEqual([
    '&Sources…',
    'Save &as PDF…',
    'S&ettings…',
    'Show &logs',
  ]);
});

test('where no letter is left, the entry goes without', () => {
  expect(withMnemonics(['a', 'a', '…'])).toEqual(['&a', 'a', '…']);
});

test('a text with an ampersand in it is shown with it', () => {
  expect(plainLabel('Q&A')).toBe('Q&&A');
  expect(withMnemonics(['Q&A'])).toEqual(['&Q&&A']);
});

test('what is read is what was given, and no letter stands for two entries', () => {
  const label = fc.string({ unit: fc.constantFrom(...'abAB &é…1'), minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(fc.array(label, { maxLength: 20 }), (labels) => {
      const marked = withMnemonics(labels).map(read);
      expect(marked.map(({ text }) => text)).toEqual(labels);
      const letters = marked.flatMap(({ letter }) => letter ?? []);
      expect(new Set(letters).size).toBe(letters.length);
    }),
  );
});
