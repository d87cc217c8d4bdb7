import { expect, test } from 'vitest';
import { momentInSentence, momentInWords } from './moments.ts';

const now = new Date(2026, 10, 23, 8, 15).getTime();
const told = (...when: [number, number, number, number, number]) => momentInWords(new Date(...when).getTime(), now);

test('a moment is told by its day and its time', () => {
  expect(told(2026, 10, 23, 0, 5)).toMatch(/^Today, .*05/);
  expect(momentInSentence(now, now)).toMatch(/^today, /);
  expect(told(2026, 10, 22, 14, 30)).toMatch(/^Yesterday, .*30/);
  expect(told(2026, 10, 12, 9, 30)).toMatch(/^(12 Nov|Nov 12), .*30/);
  expect(told(2024, 10, 12, 9, 30)).toMatch(/^(12 Nov 2024|Nov 12, 2024), .*30/);
});
