import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.resetModules();
});

/** Whole numbers that tests would be tried with. */
async function tried(env: Record<string, string>): Promise<number[]> {
  for (const name of ['CI', 'SEED']) vi.stubEnv(name, env[name] ?? '');
  vi.resetModules();
  await import('./repeatable-cases.ts');
  const numbers: number[] = [];
  fc.assert(
    fc.property(fc.integer(), (number) => {
      numbers.push(number);
    }),
  );
  return numbers;
}

test('where a change is judged the cases are the same each time, and others with another seed', async () => {
  const inCi = await tried({ CI: 'true' });
  expect(inCi).toHaveLength(100);
  expect(await tried({ CI: 'true' })).toEqual(inCi);
  const seeded = await tried({ CI: 'true', SEED: '7' });
  expect(seeded).not.toEqual(inCi);
  expect(await tried({ SEED: '7' })).toEqual(seeded);
});
