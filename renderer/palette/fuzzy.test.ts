import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fuzzyMatch } from './fuzzy.ts';

const score = (typed: string, text: string) => fuzzyMatch(typed, text)?.score ?? Number.NEGATIVE_INFINITY;

/** The text with what was matched in brackets. */
function marked(typed: string, text: string): string | null {
  const match = fuzzyMatch(typed, text);
  if (!match) return null;
  let out = '';
  let from = 0;
  for (const [start, end] of match.ranges) {
    out += `${text.slice(from, start)}[${text.slice(start, end)}]`;
    from = end;
  }
  return out + text.slice(from);
}

describe('fuzzyMatch', () => {
  it.each([
    ['gtr', 'Go to Read', '[G]o [t]o [R]ead'],
    ['read', 'Mark read and go to next', 'Mark [read] and go to next'],
    ['mark read', 'Mark read and go to next', '[Mark] [read] and go to next'],
    ['ctl', 'Copy title and link', '[C]opy [t]itle and [l]ink'],
    ['etude', 'Étude', '[Étude]'],
    ['', 'Star', 'Star'],
    ['star!', 'Star', '[Star]'],
    ['rats', 'Star', null],
    ['starr', 'Star', null],
    ['read', 'Import from the clipboard', null],
    ['unread', 'Mark unread', 'Mark [unread]'],
    ['nread', 'Mark unread', 'Mark u[nread]'],
  ])('%j in %j', (typed, text, expected) => {
    expect(marked(typed, text)).toBe(expected);
  });

  it('prefers the starts of words, whole words and short texts', () => {
    expect(score('r', 'Reading')).toBeGreaterThan(score('r', 'Star'));
    expect(score('und', 'Undo')).toBeGreaterThan(score('und', 'Mark unread'));
    expect(score('read', 'Read or unread')).toBeGreaterThan(score('read', 'Mark unread'));
    expect(score('tags', 'Tags…')).toBeGreaterThan(score('tags', 'Manage tags…'));
  });

  it('finds only letters that are there in that order, says where, and finds every text by its own words', () => {
    const text = fc.string({ unit: fc.constantFrom(...'abcé -A'), maxLength: 14 });
    const typed = fc.string({ unit: fc.constantFrom(...'abce'), minLength: 1, maxLength: 5 });
    const plain = (value: string) => value.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
    fc.assert(
      fc.property(typed, text, (letters, within) => {
        const match = fuzzyMatch(letters, within);
        const found = (match?.ranges ?? []).map(([from, to]) => plain(within.slice(from, to))).join('');
        expect(found).toBe(match ? letters : '');
        for (const word of plain(within).split(/[^a-z]+/)) expect(fuzzyMatch(word, within)).not.toBeNull();
      }),
    );
  });
});
