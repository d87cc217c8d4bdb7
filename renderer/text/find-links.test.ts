import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findLinks } from './find-links.ts';
import { safeHref } from './safe-href.ts';

function found(text: string): [string, string][] {
  return findLinks(text).map(({ from, to, href }) => [text.slice(from, to), href]);
}

describe('what becomes a link', () => {
  test.each([
    ['see https://github.com/o/r.', 'https://github.com/o/r', 'https://github.com/o/r'],
    ['(https://a.org/x_(y)), so', 'https://a.org/x_(y)', 'https://a.org/x_(y)'],
    ['[http://a.org]', 'http://a.org', 'http://a.org/'],
    ['at "https://a.org/?q=1&r=2"!', 'https://a.org/?q=1&r=2', 'https://a.org/?q=1&r=2'],
    ['Code: github.com/owner/repo.name.', 'github.com/owner/repo.name', 'https://github.com/owner/repo.name'],
    ['(gitlab.com/group/repo)', 'gitlab.com/group/repo', 'https://gitlab.com/group/repo'],
    ['see arxiv.org/abs/2306.12345.', 'arxiv.org/abs/2306.12345', 'https://arxiv.org/abs/2306.12345'],
    ['doi.org/10.1000/xyz', 'doi.org/10.1000/xyz', 'https://doi.org/10.1000/xyz'],
    ['at www.example.org/x, too', 'www.example.org/x', 'https://www.example.org/x'],
    ['at kettle.github.io/bench.', 'kettle.github.io/bench', 'https://kettle.github.io/bench'],
    ['arXiv 2306.12345', 'arXiv 2306.12345', 'https://arxiv.org/abs/2306.12345'],
    ['as in arXiv:2306.12345v2, and', 'arXiv:2306.12345v2', 'https://arxiv.org/abs/2306.12345v2'],
    ['arXiv: hep-th/9901001', 'arXiv: hep-th/9901001', 'https://arxiv.org/abs/hep-th/9901001'],
    ['doi:10.1000/xyz(1).', 'doi:10.1000/xyz(1)', 'https://doi.org/10.1000/xyz(1)'],
    ['10.1145/3292500.3330701;', '10.1145/3292500.3330701', 'https://doi.org/10.1145/3292500.3330701'],
    ['write to ada.l@example.org.', 'ada.l@example.org', 'mailto:ada.l@example.org'],
    ['见 https://a.org/页，然后', 'https://a.org/页', 'https://a.org/%E9%A1%B5'],
  ])('%s', (text, words, href) => {
    expect(found(text)).toEqual([[words, href]]);
  });

  test('two links in one sentence', () => {
    expect(found('https://a.org and https://b.org').map(([words]) => words)).toEqual([
      'https://a.org',
      'https://b.org',
    ]);
  });
});

test.each([
  'javascript:alert(1)',
  'xhttps://a.org',
  'https://',
  'data:text/html,hello',
  'a 10.5/2 split of 2306.12345',
  'notgithub.com/a/b',
  'https://exa mple',
  `https://a.org/${'x'.repeat(3000)}`,
])('%s is no link to follow', (text) => {
  for (const [, href] of found(text)) expect(href).toBe('https://exa/');
});

test('a direction override ends an address and cannot hide in it', () => {
  expect(found('https://a.org/\u202egpj.exe')).toEqual([['https://a.org/', 'https://a.org/']]);
});

test.each([
  'javascript:alert(1)',
  ' java\nscript:alert(1)',
  'vbscript:x',
  'file:///etc/passwd',
  '//a.org',
  'x',
  '',
])('the gate refuses %j', (address) => {
  expect(safeHref(address)).toBeNull();
});

test('whatever the text, links are in order, apart, inside it, and http, https or mailto', () => {
  const piece = fc.constantFrom(
    'https://',
    'http://a.b/',
    'github.com/a',
    'arXiv:2306.12345',
    '10.1000/',
    'javascript:',
    'a@b.co',
    '(',
    ')',
    '.',
    ' ',
    '\u202e',
    '\ud800',
    '#',
    '?',
    'é',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string({ unit: 'binary' })), { maxLength: 30 }), (pieces) => {
      const text = pieces.join('');
      let at = 0;
      for (const { from, to, href } of findLinks(text)) {
        expect(from).toBeGreaterThanOrEqual(at);
        expect(to).toBeGreaterThan(from);
        expect(to).toBeLessThanOrEqual(text.length);
        expect(href).toMatch(/^(https?|mailto):/);
        at = to;
      }
    }),
    { numRuns: 500 },
  );
});

test.each([
  'a',
  'a.',
  'a@',
  'a@a.',
  '10.1000/',
  'https://',
  'github.com/',
  'www.',
  'www.a',
  'a.github.io',
  '((',
  'https://a)',
  'a-',
  '.com',
  '1',
])('a million units of %j are read to the end', (unit) => {
  const text = unit.repeat(Math.ceil(1_000_000 / unit.length));
  expect(findLinks(`${text} https://a.org`).at(-1)?.to).toBe(text.length + 14);
});
