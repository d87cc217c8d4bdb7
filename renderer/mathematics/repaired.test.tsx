import { expect, test } from 'vitest';
import { damagedPassages } from '../../shared/reading/repair-passages.ts';
import { unseenDamaged } from '../../shared/reading/repair-passages-unseen.ts';
import { setMathematics } from './set-mathematics.ts';

test('what damaged passages meant can be set, every formula of them', () => {
  const formulas = [...damagedPassages, ...unseenDamaged].flatMap(({ meant }) => meant.map(([, latex]) => latex));
  expect(formulas.length).toBeGreaterThan(150);
  expect(formulas.filter((latex) => setMathematics(latex, false) === null)).toEqual([]);
});
