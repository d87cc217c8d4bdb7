// @vitest-environment jsdom
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { setMathematics } from './set-mathematics.ts';

const fragments = readFileSync(join(import.meta.dirname, 'fragments.txt'), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('# '));

test('of the fragments that abstracts hold, 99 in 100 are set, and none throws', () => {
  expect(fragments.length).toBeGreaterThan(600);
  const unset = fragments.filter((latex) => setMathematics(latex, false) === null);
  expect(unset.length).toBeLessThan(fragments.length / 100);
});
