import { describe, expect, it } from 'vitest';
import { namedPaper } from './identifiers.ts';

describe('namedPaper', () => {
  it.each([
    ['2306.12345v2', 'arxiv:2306.12345'],
    ['https://arxiv.org/pdf/2306.12345.pdf', 'arxiv:2306.12345'],
    ['10.48550/arXiv.2306.12345', 'arxiv:2306.12345'],
    ['math.GT/0309136', 'arxiv:math/0309136'],
    ['doi:10.1000/ABC', 'doi:10.1000/abc'],
    ['https://doi.org/10.1000/a%20b', null],
    ['weak', null],
    ['', null],
  ])('%j is %j', (text, id) => {
    expect(namedPaper(text)).toBe(id);
  });
});
