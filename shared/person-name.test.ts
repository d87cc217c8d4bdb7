import fc from 'fast-check';
import { expect, test } from 'vitest';
import { familyOf, personName } from './person-name.ts';

test.each([
  ['Ashish Vaswani', ['Ashish', '', 'Vaswani', '']],
  ['Ludwig van Beethoven', ['Ludwig', 'van', 'Beethoven', '']],
  ['Maria de la Cruz', ['Maria', 'de la', 'Cruz', '']],
  ['Luc De Raedt', ['Luc', '', 'De Raedt', '']],
  ['Laurens van der Maaten', ['Laurens', 'van der', 'Maaten', '']],
  ['Martin Luther King Jr.', ['Martin Luther', '', 'King', 'Jr.']],
  ['Quoc V. Le', ['Quoc V.', '', 'Le', '']],
  ['Di Wang', ['Di', '', 'Wang', '']],
  ['Weinan E', ['Weinan', '', 'E', '']],
])('%s', (name, [given, particle, family, suffix]) => {
  expect(personName(name)).toEqual({ given, particle, family, suffix });
});

test.each([
  'OpenAI',
  'DeepSeek-AI',
  'The ATLAS Collaboration',
  'Gemini Team',
  'University of Oxford',
  'Mistral AI',
  'Team GLM: Aohan Zeng',
  '张三',
  '김 철수',
  'World Health Organization',
])('%s stays whole', (name) => {
  expect(personName(name)).toEqual({ literal: name });
});

test('the parts of a name are the name', () => {
  const word = fc.constantFrom('Ana', 'van', 'de', 'De', 'Jr.', 'III', 'B.', 'Li', 'Øst', 'Lab', 'x');
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 14 }), (words) => {
      const parts = personName(words.join('  '));
      const back = 'literal' in parts ? [parts.literal] : [parts.given, parts.particle, parts.family, parts.suffix];
      expect(back.filter((part) => part !== '').join(' ')).toBe(words.join(' '));
    }),
  );
});

test('a family has its particle', () => {
  expect(['Ludwig van Beethoven', 'OpenAI', 'Ana Li Jr.'].map(familyOf)).toEqual(['van Beethoven', 'OpenAI', 'Li']);
});
