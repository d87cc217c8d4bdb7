import { describe, expect, test } from 'vitest';
import type { Said } from '../../shared/generations.ts';
import { shortDate } from '../list/dates.ts';
import {
  comparedMarks,
  differenceSentence,
  holdings,
  listed,
  momentInWords,
  size,
  timeOf,
  wholeSentence,
} from './words.ts';

const now = new Date(2026, 10, 23, 12, 0).getTime();
const at = (day: number, hour: number) => new Date(2026, 10, day, hour, 15).getTime();
const same = { views: 0, tagColours: 0, merges: 0 };

test('moments stand within a sentence', () => {
  expect(momentInWords(at(23, 8), now)).toBe(`today at ${timeOf(at(23, 8))}`);
  expect(momentInWords(at(22, 8), now)).toBe(`yesterday at ${timeOf(at(22, 8))}`);
  expect(momentInWords(at(12, 8), now)).toBe(`${shortDate(at(12, 8), now)} at ${timeOf(at(12, 8))}`);
});

test.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [999, '999 bytes'],
  [1000, '1.0 KB'],
  [34_400, '34 KB'],
  [999_499, '999 KB'],
  [999_500, '1.0 MB'],
  [1_240_000, '1.2 MB'],
  [5_100_000_000, '5.1 GB'],
  [2_345_000_000_000, '2,345 GB'],
])('%i bytes are %s', (bytes, words) => {
  expect(size(bytes)).toBe(words);
});

test('a state is told by what it holds', () => {
  expect(holdings({ papers: 0, notes: 0 })).toBe('nothing marked yet');
  expect(holdings({ papers: 1, notes: 0 })).toBe('1 paper marked');
  expect(holdings({ papers: 1204, notes: 1 })).toBe('1,204 papers marked · 1 note');
});

test('things are listed as in a sentence', () => {
  expect([listed([]), listed(['a']), listed(['a', 'b']), listed(['a', 'b', 'c'])]).toEqual([
    '',
    'a',
    'a and b',
    'a, b and c',
  ]);
});

describe('what differs', () => {
  test.each([
    [same, 0, 'It says just what the library says now.'],
    [same, 1, '1 paper differs from now.'],
    [same, 12, '12 papers differ from now.'],
    [{ ...same, views: 1 }, 0, '1 saved view differs from now.'],
    [
      { views: 2, tagColours: 1, merges: 1 },
      1200,
      '1,200 papers, 2 saved views, 1 colour of a tag and 1 merged paper differ from now.',
    ],
  ])('%o and %i papers', (other, papers, sentence) => {
    expect(differenceSentence(other, papers)).toBe(sentence);
  });

  test('is what going back as a whole would change', () => {
    expect(wholeSentence({ ...same, views: 1 }, 2)).toBe(
      'The status, star, tags and note of 2 papers and 1 saved view become what they were then.',
    );
    expect(wholeSentence({ ...same, tagColours: 2 }, 0)).toBe('2 colours of tags become what they were then.');
  });
});

describe('what was said of a paper', () => {
  const said: Said = { status: 'read', starred: true, tags: ['a', 'b'], note: 'Good.' };

  test('is compared with what is said now, thing by thing', () => {
    expect(comparedMarks(said, { ...said, tags: ['a'], starred: false })).toEqual([
      { name: 'Star', was: 'Starred', now: '' },
      { name: 'Tags', was: 'a, b', now: 'a' },
    ]);
  });

  test('is compared with nothing where nothing is said', () => {
    expect(comparedMarks(null, said)).toEqual([
      { name: 'Status', was: 'Unread', now: 'Read' },
      { name: 'Star', was: '', now: 'Starred' },
      { name: 'Tags', was: '', now: 'a, b' },
      { name: 'Note', was: '', now: 'Good.' },
    ]);
    expect(comparedMarks(null, null)).toEqual([]);
  });
});
