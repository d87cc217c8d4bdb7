import { describe, expect, it } from 'vitest';
import { parseQuery, partsOf } from './parse.ts';
import { printQuery } from './print.ts';
import type { Clause, Expression } from './query.ts';

const word = (text: string, more: Partial<Clause & { kind: 'text' }> = {}): Clause => ({
  kind: 'text',
  field: 'any',
  text,
  phrase: false,
  prefix: false,
  ...more,
});
const phrase = (text: string, more: Partial<Clause & { kind: 'text' }> = {}) => word(text, { phrase: true, ...more });
const and = (...of: Expression[]): Expression => ({ kind: 'and', of });
const or = (...of: Expression[]): Expression => ({ kind: 'or', of });
const not = (of: Expression): Expression => ({ kind: 'not', of });
const tag = (name: string): Clause => ({ kind: 'tag', tag: name });
const [a, b, c] = [word('a'), word('b'), word('c')] as const;

function where(text: string): Expression {
  return parseQuery(text).where;
}

describe('words', () => {
  it.each<[string, Expression]>([
    ['', and()],
    ['   ', and()],
    ['weak', word('weak', { prefix: true })],
    ['weak ', word('weak')],
    ['weak strong', and(word('weak'), word('strong', { prefix: true }))],
    ['e\u0301t\u00e9 ', word('été')],
    ['why C++', and(word('why'), word('C++'))],
    ['title:why?', word('why?', { field: 'title' })],
    ['"weak to strong"', phrase('weak to strong')],
    ['" weak "', phrase('weak')],
    ['“curly quotes”', phrase('curly quotes')],
    ['„unten” "half closed” ', and(phrase('unten'), phrase('half closed'))],
    ['"a “b” c"', phrase('a “b” c')],
    ['"unfinished phr', phrase('unfinished phr', { prefix: true })],
    ['"unfinished ', phrase('unfinished')],
    ['5" disk ', and(word('5"'), word('disk'))],
    ['pre-training -x ', and(word('pre-training'), not(word('x')))],
    ['שלום עולם', and(word('שלום'), word('עולם', { prefix: true }))],
    ['深度学习 ', word('深度学习')],
    ['🙂 weak 🙂 ', word('weak')],
    ['f(x) O(n^2) p(y|x) ', and(word('f(x)'), word('O(n^2)'), word('p(y|x)'))],
  ])('%j', (text, expected) => {
    expect(where(text)).toEqual(expected);
  });
});

describe('operators', () => {
  it.each<[string, Expression]>([
    ['a OR b ', or(a, b)],
    ['a | b|c ', or(a, b, c)],
    ['a b OR c ', or(and(a, b), c)],
    ['a (b OR c) ', and(a, or(b, c))],
    ['(a b) (c) ', and(a, b, c)],
    ['a OR (b OR c) ', or(a, b, c)],
    ['a or b ', and(a, word('or'), b)],
    ['-a ', not(a)],
    ['NOT a b ', and(not(a), b)],
    ['--a NOT -b ', and(a, b)],
    ['-(a OR b) ', not(or(a, b))],
    ['NOT(a b) ', not(and(a, b))],
    ['-(-(a b)) ', and(a, b)],
    ['-"a b" ', not(phrase('a b'))],
    ['-tag:ml ', not(tag('ml'))],
    ['(a)(b)c ', and(a, b, c)],
  ])('%j', (text, expected) => {
    expect(where(text)).toEqual(expected);
  });

  it.each<[string, Expression]>([
    ['OR', and()],
    ['a OR', a],
    ['OR a OR OR b ', or(a, b)],
    ['a NOT', a],
    ['-', and()],
    ['a - b -- ', and(a, b)],
    ['-OR a ', a],
    ['() -() a ( ', a],
    ['a ) b ', and(a, b)],
    ['a) ', a],
    ['(a OR b', or(a, word('b', { prefix: true }))],
    ['(a (b OR c ', and(a, or(b, c))],
    ['( OR ) | ', and()],
  ])('%j has operators with nothing to work on', (text, expected) => {
    expect(where(text)).toEqual(expected);
  });

  it('counts a hundred groups in one another, and no parentheses beyond', () => {
    const deep = (depth: number) => `${'-(a '.repeat(depth)}b${')'.repeat(depth)}c `;
    let nested: Expression = b;
    for (let depth = 0; depth < 100; depth += 1)
      nested = not(nested.kind === 'and' ? and(a, ...nested.of) : and(a, nested));
    expect(where(deep(100))).toEqual(and(nested, c));
    const beyond = parseQuery(deep(5000));
    expect(parseQuery(printQuery(beyond))).toEqual(beyond);
  });
});

describe('fields', () => {
  it.each<[string, Expression]>([
    ['title:weak ', word('weak', { field: 'title' })],
    ['title:"weak to" ', phrase('weak to', { field: 'title' })],
    ['AUTHORS:li note:x', and(word('li', { field: 'author' }), word('x', { field: 'note', prefix: true }))],
    ['title:(a OR "b c") ', or(word('a', { field: 'title' }), phrase('b c', { field: 'title' }))],
    ['title:(a author:b) ', and(word('a', { field: 'title' }), word('b', { field: 'author' }))],
    ['abstract:-x ', word('-x', { field: 'abstract' })],
    ['is:unread', { kind: 'status', statuses: ['unread'] }],
    ['is:unread" ', { kind: 'status', statuses: ['unread'] }],
    ['status:queued,reading,queued', { kind: 'status', statuses: ['queued', 'reading'] }],
    ['-STATUS:Read', not({ kind: 'status', statuses: ['read'] })],
    ['status:"to read"', { kind: 'status', statuses: ['queued'] }],
    ['is:starred is:new', and({ kind: 'starred' }, { kind: 'new' })],
    ['is:read,new', or({ kind: 'status', statuses: ['read'] }, { kind: 'new' })],
    ['has:note,code', or({ kind: 'has', what: 'note' }, { kind: 'has', what: 'code' })],
    ['has:tags', { kind: 'has', what: 'tag' }],
    ['tag:"tool use"', tag('tool use')],
    ['tag:"“tool” use"', tag('“tool” use')],
    ['tag:“tool use” ', tag('tool use')],
    ['tag:ml/vision,"tool use",a ', or(tag('ml/vision'), tag('tool use'), tag('a'))],
    ['tag:(ml OR -x) ', or(tag('ml'), not(tag('x')))],
    ['tag:"" a ', a],
    ['venue:neurips,icml', or({ kind: 'venue', venue: 'neurips' }, { kind: 'venue', venue: 'icml' })],
    ['source:1,2', or({ kind: 'source', source: '1' }, { kind: 'source', source: '2' })],
    ['source:"a b, c.html"', { kind: 'source', source: 'a b, c.html' }],
    ['source:a,b.bib', { kind: 'source', source: 'a,b.bib' }],
    ['id:arXiv:2306.12345v2', { kind: 'id', id: 'arxiv:2306.12345' }],
    ['id:10.1000/A,b', { kind: 'id', id: 'doi:10.1000/a,b' }],
    ['id:2306.12345,10.1000/A', or({ kind: 'id', id: 'arxiv:2306.12345' }, { kind: 'id', id: 'doi:10.1000/a' })],
    ['id:title:0123abcd', { kind: 'id', id: 'title:0123abcd' }],
    ['year:2023..2024', { kind: 'number', field: 'year', range: { from: 2023, to: 2024 } }],
    ['year:2023-2024', { kind: 'number', field: 'year', range: { from: 2023, to: 2024 } }],
    ['votes:>50', { kind: 'number', field: 'votes', range: { from: 51, to: null } }],
    ['added:<2w', { kind: 'date', field: 'added', range: { kind: 'span', side: 'within', amount: 2, unit: 'w' } }],
    [
      'added:"< 2 weeks"',
      { kind: 'date', field: 'added', range: { kind: 'span', side: 'within', amount: 2, unit: 'w' } },
    ],
    ['date:2024-06', { kind: 'date', field: 'published', range: { kind: 'days', from: '2024-06', to: '2024-06' } }],
    ['read:today', { kind: 'date', field: 'read', range: { kind: 'days', from: 'today', to: 'today' } }],
  ])('%j', (text, expected) => {
    expect(where(text)).toEqual(expected);
  });

  it.each<[string, string[]]>([
    ['GPT-4: a report ', ['GPT-4:', 'a', 'report']],
    ['Note: read this ', ['Note:', 'read', 'this']],
    ['status:great ', ['status:great']],
    ['status:read,great ', ['status:read,great']],
    ['added:soon votes:many year:.. ', ['added:soon', 'votes:many', 'year:..']],
    ['published:2024-02-30 read:>today ', ['published:2024-02-30', 'read:>today']],
    ['foo:bar https://example.org/a?b=c:d ', ['foo:bar', 'https://example.org/a?b=c:d']],
    ['?! … weak ', ['weak']],
    ['sort:nothing sort: x ', ['sort:nothing', 'sort:', 'x']],
    ['title: weak ', ['title:', 'weak']],
    ['has:x tag:, ', ['has:x', 'tag:,']],
  ])('takes %j as free text', (text, words) => {
    const expected = words.map((each) => word(each));
    expect(where(text)).toEqual(expected.length === 1 ? expected[0] : and(...expected));
  });

  it.each<[string, Expression]>([
    ['title:', and()],
    ['a is:', a],
    ['is: ', word('is:')],
    ['a (b -Sort:', and(a, b)],
    ['foo:', word('foo:')],
  ])('%j asks nothing of the field that has just been typed', (text, expected) => {
    expect(where(text)).toEqual(expected);
  });

  it('takes a phrase behind what is no field as a phrase with its name', () => {
    expect(where('foo:"bar baz" ')).toEqual(phrase('foo:bar baz'));
    expect(where('status:read,"to skim" ')).toEqual(phrase('status:read,to skim'));
    expect(where('is:5","x ')).toEqual(word('is:5","x'));
    // Written again it must not become the statuses that it is not.
    expect(where('status:great,“read|” ')).toEqual(phrase('status:great,read|'));
  });
});

describe('what is pasted', () => {
  const paper = (id: string, text: string, prefix = false) => or({ kind: 'id', id }, word(text, { prefix }));

  it.each<[string, Expression]>([
    ['2306.12345', paper('arxiv:2306.12345', '2306.12345', true)],
    ['arXiv:2306.12345v2 ', paper('arxiv:2306.12345', 'arXiv:2306.12345v2')],
    ['arXiv: 2306.12345 [cs.CL] ', paper('arxiv:2306.12345', '2306.12345')],
    ['hep-th/9901001 ', paper('arxiv:hep-th/9901001', 'hep-th/9901001')],
    ['https://arxiv.org/abs/2306.12345 ', paper('arxiv:2306.12345', 'https://arxiv.org/abs/2306.12345')],
    ['10.1000/XYZ123 ', paper('doi:10.1000/xyz123', '10.1000/XYZ123')],
    ['doi: 10.1000/xyz123. ', paper('doi:10.1000/xyz123', '10.1000/xyz123.')],
    [
      'https://doi.org/10.1016/S0140-6736(20)30183-5 ',
      paper('doi:10.1016/s0140-6736(20)30183-5', 'https://doi.org/10.1016/S0140-6736(20)30183-5'),
    ],
    ['-2306.12345 ', not(paper('arxiv:2306.12345', '2306.12345'))],
    ['a OR 2306.12345 ', or(a, { kind: 'id', id: 'arxiv:2306.12345' }, word('2306.12345'))],
    ['title:2306.12345 ', word('2306.12345', { field: 'title' })],
    ['"2306.12345" ', phrase('2306.12345')],
    ['2306.1234567 ', word('2306.1234567')],
  ])('%j', (text, expected) => {
    expect(where(text)).toEqual(expected);
  });
});

describe('sort:', () => {
  it.each<[string, ReturnType<typeof parseQuery>]>([
    ['a sort:-added', { where: a, sort: [{ field: 'added', desc: true }] }],
    [
      'sort:votes,-Title,votes',
      {
        where: and(),
        sort: [
          { field: 'votes', desc: false },
          { field: 'title', desc: true },
        ],
      },
    ],
    ['sort:relevance a ', { where: a, sort: [] }],
    ['sort:date sort:author', { where: and(), sort: [{ field: 'authors', desc: false }] }],
    ['-sort:added', { where: and(), sort: [{ field: 'added', desc: true }] }],
    ['(a OR sort:added b) ', { where: or(a, b), sort: [{ field: 'added', desc: false }] }],
    ['"sort:added"', { where: phrase('sort:added'), sort: null }],
  ])('%j', (text, expected) => {
    expect(parseQuery(text)).toEqual(expected);
  });
});

describe('printQuery', () => {
  it.each([
    ['a   b', 'a b'],
    ['a ', 'a '],
    ['a | (b c) ', 'a OR b c '],
    ['(a OR b) c', '(a OR b) c'],
    ['NOT (a NOT b)', '-(a -b)'],
    ['title:(a b) sort:date', 'title:a title:b sort:published'],
    ['is:read,skipped has:notes', 'status:read,skipped has:note'],
    ['tag:"x",“tool use” -tag:x', 'tag:x,"tool use" -tag:x'],
    ['sort:votes wea', 'sort:votes wea'],
    ['wea sort:votes', 'wea sort:votes'],
    ['c (a OR wea', 'c (a OR wea'],
    ['year:2024 votes:>=10 added:<=3d read:yesterday', 'year:2024 votes:10.. added:<3d read:yesterday'],
    ['arXiv: 2306.12345 [cs.CL] ', '2306.12345 '],
  ])('%j is written %j', (text, printed) => {
    expect(printQuery(parseQuery(text))).toBe(printed);
  });
});

describe('partsOf', () => {
  it.each<[string, string[]]>([
    ['weak -tag:"a b"  title:(x OR y) sort:added', ['weak', '-tag:"a b"', 'title:(x OR y)', 'sort:added']],
    ['a b OR c ', ['a b OR c']],
    ['(a OR b) c', ['(a OR b)', 'c']],
    ['a - ?! b', ['a', 'b']],
    ['', []],
  ])('%j', (text, pieces) => {
    expect(partsOf(text).map(({ from, to }) => text.slice(from, to))).toEqual(pieces);
  });

  it('tells alternatives that stand open', () => {
    expect(partsOf('a OR b').map(({ open }) => open)).toEqual([true]);
    expect(partsOf('(a OR b)').map(({ open }) => open)).toEqual([false]);
  });
});
