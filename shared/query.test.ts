import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Clause, parseQuery, printQuery } from './query.ts';

const word = (text: string, more: Partial<Clause & { kind: 'text' }> = {}): Clause => ({
  kind: 'text',
  field: 'any',
  text,
  phrase: false,
  prefix: false,
  negated: false,
  ...more,
});

/** Pieces that queries are made of, so that arbitrary strings reach every branch. */
const piece = fc.oneof(
  fc.constantFrom('title:', 'status:', 'is:', 'has:', 'tag:', 'source:', 'id:', 'author:', 'nonsense:', '-', '"', ':'),
  fc.constantFrom(
    'unread',
    'read,queued',
    'starred',
    'note',
    ' ',
    ' ',
    '  ',
    '\u201c',
    '\u201d',
    '!',
    'é',
    '10.1000/X',
  ),
  fc.string({ unit: 'grapheme', maxLength: 6 }),
);
const queryText = fc.array(piece, { maxLength: 12 }).map((parts) => parts.join(''));

describe('the query grammar', () => {
  it.each<[string, Clause[]]>([
    ['', []],
    ['   ', []],
    ['weak', [word('weak', { prefix: true })]],
    ['weak ', [word('weak')]],
    ['weak strong', [word('weak'), word('strong', { prefix: true })]],
    ['"weak to strong"', [word('weak to strong', { phrase: true })]],
    ['“curly quotes”', [word('curly quotes', { phrase: true })]],
    ['"unfinished phrase', [word('unfinished phrase', { phrase: true })]],
    ['-weak ', [word('weak', { negated: true })]],
    ['title:weak ', [word('weak', { field: 'title' })]],
    ['title:"weak to" ', [word('weak to', { field: 'title', phrase: true })]],
    ['is:unread', [{ kind: 'status', statuses: ['unread'], negated: false }]],
    ['status:queued,reading', [{ kind: 'status', statuses: ['queued', 'reading'], negated: false }]],
    ['-STATUS:Read', [{ kind: 'status', statuses: ['read'], negated: true }]],
    [
      'is:starred has:note',
      [
        { kind: 'starred', negated: false },
        { kind: 'note', negated: false },
      ],
    ],
    ['tag:"tool use"', [{ kind: 'tag', tag: 'tool use', negated: false }]],
    ['tag:"“tool” use"', [{ kind: 'tag', tag: '“tool” use', negated: false }]],
    ['tag:“tool use” weak ', [{ kind: 'tag', tag: 'tool use', negated: false }, word('weak')]],
    ['„unten” "half closed” ', [word('unten', { phrase: true }), word('half closed', { phrase: true })]],
    ['source:1', [{ kind: 'source', source: '1', negated: false }]],
  ])('reads %j', (text, clauses) => {
    expect(parseQuery(text).clauses).toEqual(clauses);
  });

  it.each<[string, string[]]>([
    ['GPT-4: a report ', ['GPT-4:', 'a', 'report']],
    ['status:great ', ['status:great']],
    ['10.1000/xyz123 ', ['10.1000/xyz123']],
    ['https://arxiv.org/abs/2306.12345 ', ['https://arxiv.org/abs/2306.12345']],
    ['?! … weak ', ['weak']],
    ['is:unread" ', ['is:unread"']],
  ])('takes %j as free text', (text, words) => {
    expect(parseQuery(text).clauses).toEqual(words.map((each) => word(each)));
  });

  it('never fails, and printing and parsing again gives the same meaning', () => {
    fc.assert(
      fc.property(queryText, (text) => {
        const query = parseQuery(text);
        expect(parseQuery(printQuery(query))).toEqual(query);
      }),
      { numRuns: 2000 },
    );
  });

  it('reads a very long text in one pass', () => {
    expect(parseQuery('a:"'.repeat(50_000)).clauses.length).toBeGreaterThan(0);
  });
});
