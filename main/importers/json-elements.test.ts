import { describe, expect, it } from 'vitest';
import { formatOf } from './registry.ts';

const beginningLength = 256 * 1024;

const name = (at: number) => ({ family: `Family${at}`, given: 'Given', lastName: 'Last', firstName: 'First' });
const many = Array.from({ length: 9000 }, (_, at) => name(at));

describe('a first record that is longer than what a format is recognised by', () => {
  it.each([
    ['json', [{ title: `A ${'very '.repeat(100_000)}long title` }]],
    ['json', { papers: [{ title: 'A paper of thousands', authors: many }] }],
    ['csl-json', [{ id: 'one', type: 'article-journal', title: 'A paper of thousands', author: many }]],
    ['zotero-json', { items: [{ itemType: 'journalArticle', title: 'A paper of thousands', creators: many }] }],
  ])('is recognised as %s', (format, content) => {
    const text = JSON.stringify(content, null, 2);
    expect(text.length).toBeGreaterThan(beginningLength);
    expect(formatOf(format)?.recognise(text.slice(0, beginningLength), false, 'export.json')).toBeGreaterThan(0);
  });
});
