import { expect, test } from 'vitest';
import { Launches } from './launches.ts';

test('a key is good once', () => {
  const launches = new Launches();
  const [one, other] = [launches.issue(), launches.issue()];
  expect(Buffer.from(one, 'base64url')).toHaveLength(32);
  expect(one).not.toBe(other);
  expect([launches.has(one), launches.spend(one), launches.has(one), launches.spend(one)]).toEqual([
    ...[true, true, false, false],
  ]);
  expect(launches.spend(other)).toBe(true);
});

test('a key is good for two minutes', () => {
  let now = 0;
  const launches = new Launches(() => now);
  const key = launches.issue();
  now = 119_999;
  expect(launches.has(key)).toBe(true);
  now = 120_000;
  expect([launches.has(key), launches.spend(key)]).toEqual([false, false]);
});

test('of many keys the last few are good, and nothing else ever is', () => {
  const launches = new Launches();
  expect([launches.spend(''), launches.has('undefined')]).toEqual([false, false]);
  const keys = Array.from({ length: 100 }, () => launches.issue());
  expect(keys.filter((key) => launches.has(key))).toEqual(keys.slice(-8));
});
