import { expect, test } from 'vitest';
import { notesByDay } from './by-day.ts';
import { plainExcerpt, plainLine } from './plain-line.ts';

test.each([
  ['- Builds on [[arxiv:2306.12345|that]], as said', 'Builds on that, as said'],
  ['> 1. [[arxiv:2306.12345]]', 'arxiv:2306.12345'],
  ['- [ ] write it down', 'write it down'],
  ['## A *heading*', 'A *heading*'],
  ['#tag stays', '#tag stays'],
  ['', ''],
])('the line %j is read as %j', (line, words) => {
  expect(
    plainLine(line)
      .map(({ text }) => text)
      .join(''),
  ).toBe(words);
});

test('an excerpt is the first lines that say something', () => {
  expect(plainExcerpt('# Title\n\n- one\n- two\n\n\nthree\nfour')).toBe('Title one two three');
});

test('notes of one day stand together, and know where they stand among all', () => {
  const now = new Date(2026, 10, 23, 12).getTime();
  const at = (day: number, hour: number) => new Date(2026, 10, day, hour).getTime();
  const notes = [at(23, 9), at(23, 0), at(22, 23), at(2, 8)].map((changedAt) => ({ changedAt }));
  const days = notesByDay([...notes, { changedAt: null }], now);
  expect(days.map(({ day, from, notes }) => [from, notes.length, day === ''])).toEqual([
    [0, 2, false],
    [2, 1, false],
    [3, 1, false],
    [4, 1, true],
  ]);
  expect(days.slice(0, 2).map(({ day }) => day)).toEqual(['Today', 'Yesterday']);
});
