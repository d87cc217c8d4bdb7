import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { namedPaper } from '../../shared/identifiers.ts';
import { paperLink, searchLink } from '../../shared/offprint-links.ts';
import { paperIdSchema } from '../../shared/paper.ts';
import { isOwnLink, longestLink, readLink } from './read-link.ts';

/** A link on its way through a browser, which writes it in its own way. */
const throughBrowser = (link: string) => new URL(link).href;

const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9]{${length}}$`));
const knownId = fc.oneof(
  fc.tuple(digits(2), fc.integer({ min: 1, max: 12 }), digits(5)).map(([year, month, number]) => {
    return `arxiv:${year}${String(month).padStart(2, '0')}.${number}`;
  }),
  fc.constant('arxiv:astro-ph/0601001'),
  digits(20).map((hash) => `title:${hash}`),
  fc
    .tuple(digits(4), fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }))
    .map(([prefix, rest]) => namedPaper(`10.${prefix}/${rest}`))
    .filter((id) => id !== null),
);
const anyId = fc
  .tuple(
    fc.constantFrom('arxiv:', 'doi:', 'title:'),
    fc.oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }),
      fc.string({
        unit: fc.constantFrom('.', '/', '%', '2', 'e', '#', '?', '&', ':', "'", ')', 'ø', '𝛼'),
        minLength: 1,
      }),
    ),
  )
  .map((parts) => parts.join(''))
  .filter((id) => paperIdSchema.safeParse(id).success && !/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}]/u.test(id));

describe('a link to a paper', () => {
  test.each([
    ['arxiv:2306.12345', 'offprint://paper/arxiv:2306.12345'],
    ['doi:10.1000/xyz', 'offprint://paper/doi:10.1000/xyz'],
    ['doi:10.1000/a(b)#c?d=e', 'offprint://paper/doi:10.1000/a%28b%29%23c%3Fd%3De'],
    ['doi:10.1000/../x', 'offprint://paper/doi:10.1000%2F..%2Fx'],
    ['title:0123456789abcdef0123', 'offprint://paper/title:0123456789abcdef0123'],
  ])('of %s is %s', (id, link) => {
    expect(paperLink(id)).toBe(link);
    expect(readLink(link)).toEqual({ kind: 'paper', id });
  });

  test('leads to its paper, whatever a browser makes of it on the way', () => {
    fc.assert(
      fc.property(knownId, (id) => {
        expect(readLink(paperLink(id))).toEqual({ kind: 'paper', id });
        expect(readLink(throughBrowser(paperLink(id)))).toEqual({ kind: 'paper', id });
      }),
    );
    fc.assert(
      fc.property(anyId, (id) => {
        const paper = { kind: 'paper', id: namedPaper(id) ?? id };
        expect(readLink(paperLink(id))).toEqual(paper);
        expect(readLink(throughBrowser(paperLink(id)))).toEqual(paper);
        // It ends where the text around it goes on.
        expect(paperLink(id)).toMatch(/^[\w:/.%~-]+$/);
      }),
    );
  });

  test.each([
    ['offprint://paper/arXiv:2306.12345v2', 'arxiv:2306.12345'],
    ['offprint://paper/arxiv%3A2306.12345', 'arxiv:2306.12345'],
    ['OFFPRINT://Paper/doi:10.1000/XYZ', 'doi:10.1000/xyz'],
    ['offprint://paper/doi%3a10.1000%2fxyz', 'doi:10.1000/xyz'],
  ])('written by hand as %s names %s', (link, id) => {
    expect(readLink(link)).toEqual({ kind: 'paper', id });
  });
});

test('a link to a search leads to that search, whatever a browser makes of it on the way', () => {
  expect(searchLink('tag:"a b" -c+d & é')).toBe('offprint://search?q=tag%3A%22a%20b%22%20-c%2Bd%20%26%20%C3%A9');
  const query = fc
    .string({ unit: 'grapheme', maxLength: 80 })
    .filter((text) => !/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u.test(text));
  fc.assert(
    fc.property(query, (text) => {
      expect(readLink(searchLink(text))).toEqual({ kind: 'search', query: text });
      expect(readLink(throughBrowser(searchLink(text)))).toEqual({ kind: 'search', query: text });
    }),
  );
  // As a form writes it, and as some browsers do.
  expect(readLink('offprint://search/?q=weak+to%20strong')).toEqual({ kind: 'search', query: 'weak to strong' });
});

test.each([
  'offprint:',
  'offprint:paper/arxiv:2306.12345',
  'offprint://',
  'offprint://paper',
  'offprint://paper/',
  'offprint://paper/2306',
  'offprint://paper/isbn:123',
  'offprint://paper/doi:10.1000/x#part',
  'offprint://paper/doi:10.1000/x?download',
  'offprint://paper/arxiv:2306.12345%00',
  'offprint://paper/doi:10.1000/a%0Ab',
  'offprint://paper/doi:10.1000/%E0%A4%A',
  'offprint://paper/doi:10.1000/%FF',
  'offprint://paper/arxiv%253A2306.12345',
  'offprint://papers/arxiv:2306.12345',
  'offprint://paper:80/arxiv:2306.12345',
  'offprint://me@paper/arxiv:2306.12345',
  'offprint://search',
  'offprint://search?query=x',
  'offprint://search?q=x&run=y',
  'offprint://search?run=y&q=x',
  'offprint://search/all?q=x',
  'offprint://search?q=a%0Db',
  'offprint://search?q=a\nb',
  'offprint://search?q=%',
  `offprint://search?q=${'x'.repeat(10_001)}`,
  'offprint://import?file=/etc/passwd',
  'offprint://settings',
  'offprint:///etc/passwd',
  'file:///etc/passwd',
  'https://example.org/',
  'javascript:alert(1)',
  '/etc/passwd',
])('%j opens nothing, and says so', (link) => {
  expect(readLink(link)).toEqual({ kind: 'refused', message: expect.stringMatching(/^(This|The) .{10,}/) });
});

test('a huge link is refused by its length alone, and not repeated', () => {
  const link = `offprint://search?q=${'%41'.repeat(longestLink)}`;
  expect(readLink(link)).toEqual({ kind: 'refused', message: 'This link is too long for Offprint to open.' });
});

test('no text whatever is read as anything but a paper, a search or a refusal that can be shown', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('offprint://', 'offprint://paper/', 'offprint://search?q=', ''),
      fc.string({ unit: 'binary' }),
      (start, rest) => {
        const request = readLink(start + rest);
        if (request.kind === 'paper') expect(paperIdSchema.safeParse(request.id).success).toBe(true);
        else if (request.kind === 'search') expect(request.query).not.toMatch(/\p{Cc}/u);
        else {
          expect(request.kind).toBe('refused');
          expect(request.kind === 'refused' && request.message).not.toMatch(/[\p{Cc}\p{Cf}]/u);
        }
      },
    ),
  );
});

test.each([
  ['offprint://paper/x', true],
  ['OffPrint:', true],
  ['offprint.bib', false],
  ['./offprint:x', false],
])('%s is meant to be one of our links: %s', (text, is) => {
  expect(isOwnLink(text)).toBe(is);
});
