import { expect, test } from 'vitest';
import { parseChosen, parseCount, parsePort, parseSort, parseStatus } from './options.ts';

test('sort keys, in the order given, ascending unless told', () => {
  expect(parseSort('title')).toEqual([{ field: 'title', desc: false }]);
  expect(parseSort('date:desc,status:asc, added')).toEqual([
    { field: 'published', desc: true },
    { field: 'status', desc: false },
    { field: 'added', desc: false },
  ]);
});

test('sort keys as a query has them', () => {
  expect(parseSort('-votes,date')).toEqual([
    { field: 'votes', desc: true },
    { field: 'published', desc: false },
  ]);
});

test('a query of papers to change asks for something', () => {
  expect(['weak', '-is:read', '2306.12345'].map(parseChosen)).toEqual(['weak', '-is:read', '2306.12345']);
  for (const text of ['', ' ', '?!', '()', '""', 'sort:title', 'author:'])
    expect(() => parseChosen(text)).toThrow('all papers');
});

test.each([
  '',
  'titel',
  'title:down',
  'title:asc:asc',
  'title,,added',
  'title,title:desc',
  'date,published',
  'toString',
])('not a sort: %j', (text) => expect(() => parseSort(text)).toThrow());

test('counts and ports are whole numbers in range', () => {
  expect([parseCount('0'), parseCount('250'), parsePort('0'), parsePort('65535')]).toEqual([0, 250, 0, 65_535]);
  for (const text of ['', '-1', '1.5', '1e3', '0x10', ' 1', 'ten', '99999999999999999999']) {
    expect(() => parseCount(text)).toThrow();
  }
  expect(() => parsePort('65536')).toThrow();
});

test('only the five statuses', () => {
  expect(parseStatus('queued')).toBe('queued');
  for (const text of ['Read', 'done', '', 'toString']) expect(() => parseStatus(text)).toThrow('unread, queued');
});
