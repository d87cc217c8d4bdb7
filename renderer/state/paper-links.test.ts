import { describe, expect, it } from 'vitest';
import { citationLink, webAddress } from './paper-links.ts';

const bare = { arxivId: null, doi: null, links: [], title: 'On a & b?' };

describe('webAddress', () => {
  it('prefers arXiv, then the DOI, then the first link', () => {
    const links = [{ kind: 'other' as const, label: 'Code', url: 'https://example.org/code' }];
    expect(webAddress({ ...bare, arxivId: '2306.12345', doi: '10.1/x', links })).toBe(
      'https://arxiv.org/abs/2306.12345',
    );
    expect(webAddress({ ...bare, arxivId: 'math/0309136' })).toBe('https://arxiv.org/abs/math/0309136');
    expect(webAddress({ ...bare, doi: '10.1/x', links })).toBe('https://doi.org/10.1/x');
    expect(webAddress({ ...bare, links })).toBe('https://example.org/code');
  });

  it('cannot be led elsewhere by what an identifier or a title holds', () => {
    expect(webAddress({ ...bare, doi: '10.1/x?y#z"<' })).toBe('https://doi.org/10.1/x%3Fy%23z%22%3C');
    expect(webAddress({ ...bare, links: [{ kind: 'other' as const, label: '', url: 'javascript:alert(1)' }] })).toMatch(
      /^https:\/\/arxiv\.org\/search/,
    );
    expect(new URL(webAddress(bare)).searchParams.get('query')).toBe('On a & b?');
  });
});

describe('citationLink', () => {
  it('is null for a paper that has no place of its own', () => {
    expect(citationLink(bare)).toBeNull();
    expect(citationLink({ ...bare, doi: '10.1/x' })).toBe('https://doi.org/10.1/x');
  });
});
