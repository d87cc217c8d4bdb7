import { describe, expect, it } from 'vitest';
import { columnIds } from '../settings.ts';
import { explainQuery } from './explain.ts';
import { parseQuery } from './parse.ts';
import { explainSort } from './sort-words.ts';

describe('explainQuery', () => {
  it.each([
    ['', 'all papers'],
    ['sort:-added', 'all papers; newest first'],
    ['?!', 'all papers'],
    [
      'is:unread tag:ml added:<2w title:diffusion sort:-added',
      'unread, tagged “ml”, added within the last 2 weeks, with “diffusion” in the title; newest first',
    ],
    ['weak to str', 'with “weak”, “to” and “str…”'],
    ['"weak to strong" -cat -dog ', 'with “weak to strong”, without “cat” or “dog”'],
    [
      'title:a title:"b c" abstract:d note:e ',
      'with “a” and “b c” in the title, with “d” in the abstract, with “e” in the note',
    ],
    ['author:li -author:wang ', 'by “li”, not by “wang”'],
    ['a b OR c ', 'either with “a” and “b” or with “c”'],
    ['a (b OR c OR "d e") ', 'with “a”, with “b”, “c” or “d e”'],
    ['a is:read OR has:note OR x ', 'either (with “a” and read), with a note or with “x”'],
    ['-(a OR b) -(tag:x OR tag:y) ', 'without “a” or “b”, not tagged “x” or “y”'],
    ['-(a is:starred) -(a OR is:starred) ', 'not (with “a” and starred), not (with “a” or starred)'],
    ['-x OR -y ', 'either without “x” or without “y”'],
    ['a -x OR is:read tag:b,c ', 'either (with “a” and without “x”) or (read, and tagged “b” or “c”)'],
    ['-(-a OR -b) ', 'not (without “a” or without “b”)'],
    ['C++', 'with “C++”'],
    [
      'status:queued,reading -is:read -status:read,skipped',
      'to read or being read, not read, neither read nor skipped',
    ],
    [
      'is:new -is:starred has:code -has:note has:tag -has:tag',
      'brought by the last import, not starred, with code, without a note, with a tag, without a tag',
    ],
    [
      'source:3 -source:page.html venue:icml,"neur ips"',
      'from source 3, not from source “page.html”, at “icml” or “neur ips”',
    ],
    ['id:foo id:2306.12345', 'with the id foo, with the id arxiv:2306.12345'],
    [
      '2306.12345 -10.1000/x ',
      'the paper arxiv:2306.12345 (or one that mentions it), not the paper doi:10.1000/x (nor one that mentions it)',
    ],
    [
      'year:2024 year:2020..2024 year:2020.. year:..2020',
      'published in 2024, published from 2020 to 2024, published in 2020 or later, published in 2020 or earlier',
    ],
    [
      'votes:1 votes:10..50 votes:>50 -votes:<=3',
      'with 1 vote, with 10 to 50 votes, with 51 or more votes, not with 3 or fewer votes',
    ],
    [
      'added:<1w added:>1h read:>3m read:today',
      'added within the last week, added more than an hour ago, marked read more than 3 months ago, marked read today',
    ],
    ['published:2024-06..', 'published in June 2024 or later'],
    ['published:2024-06-12 published:..2023', 'published on 12 June 2024, published in 2023 or earlier'],
    ['added:2024-06-01..yesterday added:>yesterday', 'added from 1 June 2024 to yesterday, added today or later'],
    ['a sort:relevance ', 'with “a”; best match first'],
    ['a sort:-votes,title ', 'with “a”; most votes first, then by title'],
    ['foo:bar status:great ', 'with “foo:bar” and “status:great”'],
    [`${'x'.repeat(100)} `, `with “${'x'.repeat(60)}…”`],
    ['שלום world ', 'with \u2068“שלום”\u2069 and “world”'],
  ])('%j', (text, said) => {
    expect(explainQuery(parseQuery(text))).toBe(said);
  });

  it('has its own words for each order', () => {
    const said = columnIds.flatMap((field) => [false, true].map((desc) => explainSort([{ field, desc }])));
    expect(new Set(said).size).toBe(columnIds.length * 2);
  });
});
