import { expect, test } from 'vitest';
import { crashTest } from './crash-test.ts';

const rounds = Number(process.env['RUNS'] ?? 8);

test(`killed ${rounds} times: everything acknowledged is there, and nothing else`, async () => {
  const seed = Date.now() % 2 ** 31;
  const { losses, killed, acknowledged, hits } = await crashTest(rounds, seed);
  expect(losses, `seed ${seed}`).toEqual([]);
  // Fewer would mean that the processes do not do what they are started for.
  expect(killed).toBeGreaterThan(rounds / 2);
  expect(acknowledged).toBeGreaterThan(rounds);
  expect(hits.size).toBeGreaterThan(0);
});
