import { expect, test } from 'vitest';
import { powerCuts } from './power-cut.ts';

const lives = Number(process.env['RUNS'] ?? 3);

test(`power cuts in ${lives} lives: everything acknowledged is there, and nothing else`, async () => {
  const seed = Date.now() % 2 ** 31;
  for (let life = 0; life < lives; life += 1)
    expect(await powerCuts({ changes: 60, cuts: 20 }, seed + life)).toEqual([]);
});
