import { expect, test } from 'vitest';
import { type ImportedPaper, paperOf } from './importer.ts';
import { faultsOf } from './record-rules.ts';

const faults = (fields: Partial<ImportedPaper>) =>
  faultsOf({ kind: 'paper', where: 'line 1', paper: { ...paperOf('Walls'), ...fields } });

test('papers as they must be have no faults', () => {
  expect(faults({})).toEqual([]);
  expect(
    faults({
      abstract: 'One.\n\nTwo.',
      authors: ['Anna Wall'],
      published: '2024-02-29',
      updated: '2024',
      arxivId: 'math/0601001',
      doi: '10.1000/x',
      links: [{ kind: 'pdf', label: '', url: 'https://example.org/a.pdf' }],
      votes: 0,
      versions: [{ name: 'v1', date: null }],
      marks: { note: '', tags: ['to cite'], status: 'read', starred: true },
    }),
  ).toEqual([]);
  expect(faultsOf({ kind: 'skipped', where: 'line 2', reason: 'it has no title' })).toEqual([]);
});

test.each<[Partial<ImportedPaper>, RegExp]>([
  [{ title: '' }, /^title/],
  [{ title: ' ' }, /^title/],
  [{ title: 'a\nb' }, /^title/],
  [{ title: 'a\u2028b' }, /^title/],
  [{ title: 'a\u0007' }, /^title/],
  [{ title: 'a\ud800' }, /^title/],
  [{ abstract: '' }, /^abstract/],
  [{ abstract: 'a\0b' }, /^abstract/],
  [{ authors: [''] }, /^authors\.0/],
  [{ published: '2024-02-30' }, /^published/],
  [{ published: '2024-13' }, /^published/],
  [{ published: '24' }, /^published/],
  [{ arxivId: '2406.00001v2' }, /^arxivId/],
  [{ doi: '10.1000/ABC' }, /^doi/],
  [{ links: [{ kind: 'pdf', label: '', url: 'javascript:alert(1)' }] }, /^links\.0\.url/],
  [{ votes: -1 }, /^votes/],
  [{ votes: 1.5 }, /^votes/],
  [{ comments: Number.NaN }, /^comments/],
  [{ marks: { note: '', tags: ['a,b'], status: null, starred: false } }, /^marks\.tags\.0/],
])('%j is told', (fields, fault) => {
  expect(faults(fields).join('\n')).toMatch(fault);
});

test('a record has a place, and a skipped one a reason', () => {
  expect(faultsOf({ kind: 'skipped', where: '', reason: '' })).toEqual(['where is ""', 'the reason is ""']);
});
