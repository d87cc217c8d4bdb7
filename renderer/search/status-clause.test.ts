import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { statuses } from '../../shared/paper.ts';
import { parseQuery } from '../../shared/query.ts';
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
  ] as const)('%j and %s make %j', (query, status, expected) => {
    expect(toggleStatus(query, status)).toBe(expected);
  });

  it('changes the asked statuses and nothing else, and twice is back again', () => {
    const word = fc.constantFrom('weak', '"to strong"', '-adapter', 'title:x', 'tag:a', 'status:', 'foo:bar', '10.1/x');
    fc.assert(
      fc.property(fc.array(word), fc.constantFrom(...statuses), fc.constantFrom(...statuses), (words, one, other) => {
        const text = words.join(' ');
        const once = toggleStatus(text, one);
        expect(statusesIn(once)).toEqual([one]);
        expect(toggleStatus(once, one)).toBe(text);
        expect(statusesIn(toggleStatus(once, other))).toEqual(
          one === other ? [] : statuses.filter((each) => each === one || each === other),
        );
        const others = parseQuery(once).clauses.filter((clause) => clause.kind !== 'status');
        expect(others).toEqual(parseQuery(text).clauses);
      }),
    );
  });
});
