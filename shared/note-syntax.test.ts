import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { noteLinks, noteTags } from './note-syntax.ts';
import { paperIdSchema, tagSchema } from './paper.ts';

const tagsOf = (text: string) => noteTags(text).map(({ tag }) => tag);
const idsOf = (text: string) => noteLinks(text).map(({ id }) => id);

describe('tags', () => {
  test.each<[string, string[]]>([
    ['#one', ['one']],
    ['a #one, (#two) [#three] {#four} #five/six-7_8.', ['one', 'two', 'three', 'four', 'five/six-7_8']],
    ['#a\n#b\r\n#c', ['a', 'b', 'c']],
    ['# Heading #tag ##', ['tag']],
    ['##two #', []],
    ['#12 and #2024-06 are numbers, #3d is not', ['3d']],
    ['C# F#x a#b &#64; \\#no', []],
    ['#größe #日本語 #e\u0301te\u0301', ['größe', '日本語', 'été']],
    ['#a/ #a//b #/a', ['a', 'a']],
    [`#${'x'.repeat(100)} #${'y'.repeat(101)}`, ['x'.repeat(100)]],
    ['#-a #_a', ['_a']],
    ['- #item\n  - #nested\n\n    #paragraph', ['item', 'nested', 'paragraph']],
    ['> #quoted', ['quoted']],
    ['#one#two', ['one']],
  ])('of %j', (text, tags) => {
    expect(tagsOf(text)).toEqual(tags);
  });

  test.each([
    'in a code span: `#no` and `` a ` #no `` here',
    'over two lines: `a\n#no`',
    '```\n#no\n```',
    '~~~ python\n#no\n```\n#no\n~~~',
    '```\n#no and no end',
    '> ```\n> #no\n> ```',
    '- ```\n  #no\n  ```',
    'text\n\n    #no\n\n    #no',
    '[words](#no) ![words](images/a.png "#no") [b]( #no )',
    '[ref]: #no',
    'https://example.org/( #yes'.replace(' ', ''),
    '<https://example.org/a(#no)>',
    '[[arxiv:2306.12345|words #no]]',
  ])('none in %j', (text) => {
    expect(tagsOf(text)).toEqual([]);
  });

  test.each<[string, string[]]>([
    ['an open `span #yes', ['yes']],
    ['\\`#no` #yes', ['yes']],
    ['`a`` #yes', ['yes']],
    ['`a\n\n#yes`', ['yes']],
    ['- `a\n- #yes`', ['yes']],
    ['```\ncode\n```\n#yes', ['yes']],
    ['> ```\n> code\n\n#yes', ['yes']],
    ['- ```\n  code\n\n#yes', ['yes']],
    ['[a](b) #yes', ['yes']],
    ['[a](b #yes', ['yes']],
    ['a paragraph\n    #yes', ['yes']],
  ])('outside code and targets: %j', (text, tags) => {
    expect(tagsOf(text)).toEqual(tags);
  });

  test('stand where they are said to, and are valid', () => {
    const pieces = fc.constantFrom(
      '#',
      'a',
      '/',
      '-',
      '9',
      ' ',
      '\n',
      '`',
      '```',
      '(',
      ']',
      '[',
      '\\',
      'é',
      'e\u0301',
      ':',
      '://',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
        const text = parts.join('');
        let end = 0;
        for (const { from, to, tag } of noteTags(text)) {
          expect(from).toBeGreaterThanOrEqual(end);
          expect(text.slice(from, to).normalize()).toBe(`#${tag}`);
          expect(tagSchema.parse(tag)).toBe(tag);
          end = to;
        }
      }),
    );
  });
});

describe('links', () => {
  test('are found with and without words', () => {
    expect(noteLinks('See [[arxiv:2306.12345]], [[doi:10.1/a|that | one]].')).toEqual([
      { from: 4, to: 24, id: 'arxiv:2306.12345', words: null },
      { from: 26, to: 51, id: 'doi:10.1/a', words: 'that | one' },
    ]);
  });

  test.each<[string, string[]]>([
    ['[[2306.12345v2]] [[https://arxiv.org/abs/2306.12345]]', ['arxiv:2306.12345', 'arxiv:2306.12345']],
    ['[[arXiv:2306.12345]] [[doi:10.1234/ABC]]', ['arxiv:2306.12345', 'doi:10.1234/abc']],
    ['[[title:0a1b]]', ['title:0a1b']],
    ['[[doi:10.1890/0012(2006)87[2445:x]2.0.co;2]]', ['doi:10.1890/0012(2006)87[2445:x]2.0.co;2']],
    ['[[[arxiv:2306.12345|[x]]]', ['arxiv:2306.12345']],
    ['[[open [[arxiv:2306.12345]]', ['arxiv:2306.12345']],
    ['[[nothing known]] [[]] [[|x]]', []],
    ['[[arxiv:2306.12345\n]]', []],
    ['`[[arxiv:2306.12345]]` \\[[arxiv:2306.12345]]', []],
    ['```\n[[arxiv:2306.12345]]\n```', []],
  ])('of %j', (text, ids) => {
    expect(idsOf(text)).toEqual(ids);
  });

  test('written into a text are found again', () => {
    // Four spaces at the beginning would make code of it.
    const word = fc.stringMatching(/^[a-z ,.]{0,12}$/).filter((text) => !text.startsWith('    '));
    const id = fc.constantFrom('arxiv:2306.12345', 'doi:10.1000/a.b', 'title:00ff');
    const words = fc.option(fc.stringMatching(/^[a-z]{1,8}$/));
    fc.assert(
      fc.property(fc.array(fc.tuple(word, id, words), { maxLength: 8 }), (parts) => {
        const text = parts
          .map(([before, id, words]) => `${before}[[${id}${words === null ? '' : `|${words}`}]]`)
          .join(' x ');
        expect(noteLinks(text).map(({ id, words }) => ({ id, words }))).toEqual(
          parts.map(([, id, words]) => ({ id, words })),
        );
      }),
    );
  });

  test('stand where they are said to, and name papers', () => {
    const pieces = fc.constantFrom(
      '[[',
      ']]',
      '[',
      ']',
      '|',
      'arxiv:2306.12345',
      'title:a',
      ' ',
      '\n',
      '`',
      '\\',
      '```\n',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
        const text = parts.join('');
        let end = 0;
        for (const { from, to, id } of noteLinks(text)) {
          expect(from).toBeGreaterThanOrEqual(end);
          expect(text.slice(from, from + 2) + text.slice(to - 2, to)).toBe('[[]]');
          expect(paperIdSchema.parse(id)).toBe(id);
          end = to;
        }
      }),
    );
  });
});

test.each([
  '[[',
  '](',
  '`',
  '``` a\n',
  '#a',
  '\\`',
  '[[a',
  '://',
  '> ',
  '- ',
  '#a/',
])('the longest note of nothing but %j is gone through at once', (part) => {
  // In proportion to the length: a square of it would take hours.
  const text = part.repeat(Math.floor(1_000_000 / part.length));
  expect(noteLinks(`${text}[[`)).toEqual([]);
  expect(noteTags(`#${text}#`).length).toBeLessThan(text.length);
});

test('a sign at the end of the longest note is not looked for from each of its paragraphs', () => {
  const text = 'a\n\n'.repeat(333_000);
  expect(noteTags(`${text}#last`)).toEqual([{ from: text.length, to: text.length + 5, tag: 'last' }]);
  expect(noteLinks(`${text}[[arxiv:2306.12345]]`)).toHaveLength(1);
  expect(noteTags(`${text}\n    #`)).toEqual([]);
}, 30_000);
