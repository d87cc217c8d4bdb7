import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { linkSchema } from '../../shared/paper.ts';
import { linkOf, linksOf } from './links.ts';

describe('what a link leads to is told by its address', () => {
  test.each([
    ['https://arxiv.org/abs/2306.12345v2', 'abstract', 'Abstract page'],
    ['http://arxiv.org/pdf/2306.12345', 'pdf', 'PDF'],
    ['https://example.org/files/Paper.PDF?download=1', 'pdf', 'PDF'],
    ['https://doi.org/10.1000/abc', 'abstract', 'Abstract page'],
    ['https://github.com/someone/something', 'code', 'Code'],
    ['https://gitlab.example.org/someone/something', 'code', 'Code'],
    ['https://huggingface.co/papers/2306.12345', 'abstract', 'Abstract page'],
    ['https://huggingface.co/someone/model', 'code', 'Code'],
    ['https://huggingface.co/someone', 'other', 'huggingface.co'],
    ['https://someone.github.io/page/', 'project', 'Project page'],
    ['https://openreview.net/forum?id=abc', 'abstract', 'Abstract page'],
    ['https://www.example.org/', 'other', 'example.org'],
  ])('%s', (url, kind, label) => {
    expect(linkOf(url)).toMatchObject({ kind, label });
  });
});

test('what the record says of a link goes before what its address says', () => {
  expect(linkOf('https://github.com/someone/page', 'project')).toEqual({
    kind: 'project',
    label: 'Project page',
    url: 'https://github.com/someone/page',
  });
});

test('an address without a scheme gets one', () => {
  expect(linkOf('arxiv.org/abs/2306.12345')?.url).toBe('https://arxiv.org/abs/2306.12345');
  expect(linkOf('www.example.org')?.url).toBe('https://www.example.org/');
});

test.each([
  '',
  'javascript:alert(1)',
  'JAVASCRIPT://example.org/%0aalert(1)',
  'file:///etc/passwd',
  'data:text/html,x',
  'ftp://example.org/x',
  'https://',
  'https:///x',
  'https://user:word@example.org/',
  'https://exa mple.org/',
  'https://example.org/a\nb',
  `https://example.org/${'x'.repeat(2000)}`,
  'not a link',
  '10.1000/abc',
])('%j is no link', (text) => {
  expect(linkOf(text)).toBeNull();
});

test('whatever stands there, a link that comes out is one that the contract takes', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: 'binary' }), fc.webUrl({ withQueryParameters: true, withFragments: true })),
      (text) => {
        for (const link of [linkOf(text), linkOf(`https://example.org/${text}`)]) {
          if (link !== null) expect(linkSchema.safeParse(link)).toMatchObject({ success: true });
        }
      },
    ),
  );
});

test('each address once', () => {
  const link = linkOf('https://example.org/');
  expect(linksOf([link, null, linkOf('https://example.org'), linkOf('https://example.org/x')])).toHaveLength(2);
});
