import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { statuses } from '../../shared/paper.ts';
import { parseQuery } from '../../shared/query/parse.ts';
import type { Clause } from '../../shared/query/query.ts';
import { allOf } from '../../shared/query/walk.ts';
import { withoutSort } from './parts-of-text.ts';
import { statusesIn, toggleStatus } from './status-clause.ts';

describe('toggleStatus', () => {
  it.each([
    ['', 'read', 'status:read '],
    ['weak', 'read', 'status:read weak'],
    ['weak ', 'read', 'status:read weak '],
    ['is:unread weak', 'read', 'status:unread,read weak'],
    ['weak status:unread,read', 'unread', 'status:read weak '],
    ['status:read weak', 'read', 'weak'],
    ['"status:read" -status:read', 'queued', 'status:queued "status:read" -status:read'],
    ['status:unread status:read', 'queued', 'status:queued '],
    ['"weak to', 'read', 'status:read "weak to'],
    ['weak OR strong', 'read', 'status:read (weak OR strong)'],
    ['(weak OR strong) to', 'read', 'status:read (weak OR strong) to'],
    ['status:read (weak | strong)', 'read', '(weak | strong)'],
    ['is:read OR weak', 'read', 'status:read (is:read OR weak)'],
    ['weak sort:-votes', 'read', 'status:read weak sort:-votes'],
  ] as const)('%j and %s make %j', (query, status, expected) => {
    expect(toggleStatus(query, status)).toBe(expected);
  });

  const word = fc.constantFrom(
    ...['weak', '"to strong"', '-adapter', 'title:x', 'tag:a,b', 'status:', 'foo:bar', '10.1/x', '(weak | strong)'],
    ...['NOT x', 'title:(a OR b)', 'sort:-votes'],
  );
  const status = fc.constantFrom(...statuses);

  it('changes the asked statuses and nothing else, and twice is back again', () => {
    fc.assert(
      fc.property(fc.array(word), status, status, (words, one, other) => {
        const text = words.join(' ');
        const once = toggleStatus(text, one);
        expect(statusesIn(once)).toEqual([one]);
        expect(toggleStatus(once, one)).toBe(text);
        expect(statusesIn(toggleStatus(once, other))).toEqual(
          one === other ? [] : statuses.filter((each) => each === one || each === other),
        );
        const { where, sort } = parseQuery(text);
        expect(parseQuery(once)).toEqual({ where: allOf([{ kind: 'status', statuses: [one] }, where]), sort });
      }),
    );
  });

  it('holds for all of several alternatives', () => {
    fc.assert(
      fc.property(fc.array(fc.array(word, { minLength: 1 }), { minLength: 2 }), status, (alternatives, one) => {
        const text = `${alternatives.map((words) => words.join(' ')).join(' OR ')} `;
        const asked: Clause = { kind: 'status', statuses: [one] };
        expect(parseQuery(toggleStatus(text, one)).where).toEqual(allOf([asked, parseQuery(text).where]));
      }),
    );
  });
});

describe('withoutSort', () => {
  it.each([
    ['weak sort:-votes strong', 'weak strong'],
    ['sort:added weak', 'weak'],
    ['weak sort:title', 'weak '],
    ['weak sort: x', 'weak sort: x'],
    ['"sort:added"', '"sort:added"'],
  ])('%j becomes %j', (query, expected) => {
    expect(withoutSort(query)).toBe(expected);
  });
});
