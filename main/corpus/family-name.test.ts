import fc from 'fast-check';
import { expect, test } from 'vitest';
import { familyNames, peopleOf } from './family-name.ts';

test.each([
  ['Jan van der Berg', 'berg'],
  ['van der Berg, Jan', 'berg'],
  ['Berg, J. van der', 'berg'],
  ['John Smith Jr.', 'smith'],
  ['Smith, Jr., John', 'smith'],
  ['John Smith, Jr.', 'smith'],
  ['Smith III, John', 'smith'],
  ['SMITH, John', 'smith'],
  ['Smith J.', 'smith'],
  ['Smith J. A.', 'smith'],
  ['J. R. R. Tolkien', 'tolkien'],
  ['Yann LeCun', 'lecun'],
  ['Łukasz Kaiser', 'kaiser'],
  ['Kaiser, Łukasz', 'kaiser'],
  ['Eero Øster', 'oster'],
  ['Bernhard Schölkopf', 'scholkopf'],
  ['Schoelkopf, B', 'scholkopf'],
  ['Erdo\u030bs, P.', 'erdos'],
  ['Paul Erdős', 'erdos'],
  ['García Márquez, Gabriel', 'marquz'],
  ['Gabriel García Márquez', 'marquz'],
  ['Anna Smith-Jones', 'jones'],
  ['Pat O’Brien', 'obrien'],
  ["O'Brien, Pat", 'obrien'],
  ['The ATLAS Collaboration', 'atlascollaboration'],
  ['ATLAS collaboration', 'atlascollaboration'],
  ['DeepSeek-AI', 'deepseekai'],
  ['Aristotle', 'aristotle'],
  ['张三', '张三'],
  ['Smith et al.', 'smith'],
  ['Smith, J., et al', 'smith'],
])('%s goes by %s', (name, family) => {
  expect(familyNames(name)).toEqual([family]);
});

test.each([
  ['Weinan E', ['weinan', 'e']],
  ['Smith JA', ['smith', 'ja']],
  ['Wei LI', ['wei', 'li']],
])('of %s both words may be the family name', (name, families) => {
  expect(familyNames(name)).toEqual(families);
});

test.each(['', ' ', 'others', 'and others', 'et al.', 'et al', ',', '...'])('%j is nobody', (name) => {
  expect(familyNames(name)).toEqual([]);
});

test('each person counts once, in the order of the authors', () => {
  expect(peopleOf(['Ada Lovelace', 'Babbage, Charles', 'A. Lovelace', 'others'])).toEqual(['lovelace', 'babbage']);
});

test('given name first or last makes no difference, nor do case and initials', () => {
  const word = fc.stringMatching(/^[A-Z][a-z]{3,8}$/);
  fc.assert(
    fc.property(word, word, (given, family) => {
      const spellings = [
        `${given} ${family}`,
        `${family}, ${given}`,
        `${given[0]}. ${family}`,
        `${family}, ${given[0]}.`,
        `${family.toUpperCase()}, ${given}`,
        `${family} ${given[0]}.`,
        `${given} von ${family}`,
      ];
      const [plain] = familyNames(family);
      for (const spelling of spellings)
        if (plain && !/^(?:phd|md)$/.test(plain)) expect(familyNames(spelling)).toEqual([plain]);
    }),
  );
});

test('any text is taken, however long, and gives letters and digits only', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (name) => {
      for (const family of familyNames(name)) expect(family).toMatch(/^[\p{L}\p{N}]+$/u);
    }),
  );
  const started = performance.now();
  familyNames(', '.repeat(1_000_000));
  expect(performance.now() - started).toBeLessThan(30_000);
});
