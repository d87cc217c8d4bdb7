import { describe, expect, it } from 'vitest';
import { tokensOf } from './tokens.ts';

/** Each piece with its role in front, as in `field:title:`. */
function rolesOf(text: string): string[] {
  return tokensOf(text).map(({ from, to, role }) => `${role} ${text.slice(from, to)}`);
}

describe('tokensOf', () => {
  it.each<[string, string[]]>([
    ['', []],
    ['weak  strong', ['word weak', 'word strong']],
    ['-title:"a b" x', ['operator -', 'field title:', 'value "a b"', 'word x']],
    ['tag:a,"b c" is:unread', ['field tag:', 'value a,"b c"', 'field is:', 'value unread']],
    [
      '(a OR "b c") | NOT d',
      [
        'parenthesis (',
        'word a',
        'operator OR',
        'phrase "b c"',
        'parenthesis )',
        'operator |',
        'operator NOT',
        'word d',
      ],
    ],
    ['title:(a)', ['field title:', 'parenthesis (', 'word a', 'parenthesis )']],
    ['sort:-votes', ['field sort:', 'value -votes']],
    ['foo:bar status:great GPT-4: x', ['word foo:bar', 'word status:great', 'word GPT-4:', 'word x']],
    ['foo:"a b"', ['phrase foo:"a b"']],
    ['a ) - b OR', ['word a', 'word )', 'word -', 'word b', 'operator OR']],
    ['f(x) or y', ['word f(x)', 'word or', 'word y']],
    ['10.1000/xyz:1', ['word 10.1000/xyz:1']],
  ])('%j', (text, roles) => {
    expect(rolesOf(text)).toEqual(roles);
  });

  it('takes parentheses that are too deep to count for words', () => {
    const roles = tokensOf(`${'('.repeat(102)}a${')'.repeat(102)}`).map(({ role }) => role);
    const count = (role: string) => roles.filter((each) => each === role).length;
    expect([count('parenthesis'), count('word')]).toEqual([200, 5]);
  });
});
