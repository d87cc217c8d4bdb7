import { expect, it } from 'vitest';
import { durationText, paceText, papersText, rateText } from './words.ts';

it.each([
  [0, '0 s'],
  [47_600, '48 s'],
  [59_700, '1 min'],
  [252_000, '4 min 12 s'],
  [3_780_000, '1 h 3 min'],
])('%i ms is %s', (time, words) => {
  expect(durationText(time)).toBe(words);
});

it.each([
  [4, 60_000, null],
  [50, 300_000, '10 a minute'],
  [5, 60_000, '5 a minute'],
  [7, 120_000, '3.5 a minute'],
  [10, 0, null],
])('%i papers in %i ms are %s', (decided, time, words) => {
  expect(rateText(decided, time)).toBe(words);
});

it('tells short times to a tenth', () => {
  expect([paceText(120), paceText(5_960), paceText(9_960), paceText(75_000)]).toEqual([
    '0.1 s',
    '6 s',
    '10 s',
    '1 min 15 s',
  ]);
});

it('counts papers', () => {
  expect([papersText(1), papersText(10_000)]).toEqual(['1 paper', '10,000 papers']);
});
