import { describe, expect, it } from 'vitest';
import { lookupAt, type OfferParts, offersAt } from './offers.ts';

const tag = (name: string, total: number) => ({ name, count: total, total, colour: null });
const source = (id: number, name: string) => ({
  id,
  name,
  format: 'bibtex',
  formatLabel: 'a BibTeX file',
  importedAt: 0,
  count: 1,
});
const parts: OfferParts = {
  library: {
    tags: [tag('machine learning', 3), tag('ml', 20), tag('ml/vision', 4), tag('Émile', 1)],
    sources: [source(1, 'library.bib'), source(2, 'Daily Papers'), source(3, 'Daily Papers')],
  },
  year: 2024,
  asked: false,
  found: [],
};

/** The text with each offer in its place; `|` is the caret. */
function outcomes(marked: string, more: Partial<OfferParts> = {}): string[] {
  const caret = marked.indexOf('|');
  const text = marked.replace('|', '');
  const offered = offersAt(text, caret, { ...parts, ...more });
  return (offered?.offers ?? []).map(({ insert, back = 0 }) => {
    const { from, to } = offered ?? { from: 0, to: 0 };
    const after = insert.length - back;
    return `${text.slice(0, from)}${insert.slice(0, after)}|${insert.slice(after)}${text.slice(to)}`;
  });
}

describe('names of fields', () => {
  it.each([
    ['ti|', ['title:|']],
    ['weak (no|', ['weak (note:|']],
    ['-au|', ['-author:|']],
    ['t|', []],
    ['weak|', []],
    ['"ti|', []],
    ['ti|tle', []],
    ['weak |', []],
  ])('for %s: %j', (text, expected) => {
    expect(outcomes(text)).toEqual(expected);
  });

  it('are all there when asked for, with the signs of the language', () => {
    const all = outcomes('|', { asked: true });
    expect(all).toContain('"|"');
    expect(all).toContain('title:|');
    expect(outcomes('weak | strong', { asked: true })).toContain('weak tag:| strong');
    expect(outcomes('t|', { asked: true })).toEqual(['tag:|', 'title:|']);
  });

  it('are perhaps words, and values are not', () => {
    expect(offersAt('ti', 2, parts)).toMatchObject({ perhapsWords: true, label: 'Fields' });
    expect(offersAt('tag:', 4, parts)).toMatchObject({ perhapsWords: false, label: 'Values of tag' });
  });
});

describe('values', () => {
  it.each([
    ['status:re|', ['status:reading |', 'status:read |']],
    ['is:unread,st|', ['is:unread,starred |']],
    ['tag:|', ['tag:"machine learning" |', 'tag:ml |', 'tag:ml/vision |', 'tag:Émile |']],
    ['tag:m|', ['tag:"machine learning" |', 'tag:ml |', 'tag:ml/vision |']],
    ['tag:vis|', ['tag:ml/vision |']],
    ['tag:emile|', ['tag:Émile |']],
    ['tag:"machine l|', ['tag:"machine learning" |']],
    ['tag:m| weak', ['tag:"machine learning"| weak', 'tag:ml| weak', 'tag:ml/vision| weak']],
    ['(tag:vis|)', ['(tag:ml/vision|)']],
    ['source:lib|', ['source:library.bib |']],
    ['source:daily|', ['source:2 |', 'source:3 |']],
    ['status:queued|', []],
    ['tag:none|', []],
    ['venue:|', []],
  ])('for %s: %j', (text, expected) => {
    expect(outcomes(text)).toEqual(expected);
  });

  it('say what they mean, how many papers have them, and which status they are', () => {
    expect(offersAt('is:q', 4, parts)?.offers).toEqual([
      { insert: 'queued ', label: 'queued', code: true, detail: 'to read', status: 'queued' },
    ]);
    expect(offersAt('tag:vis', 7, parts)?.offers).toMatchObject([{ label: 'ml/vision', count: 4 }]);
  });

  it('of authors and venues come from the library, those that still begin so', () => {
    expect(lookupAt('weak author:le', 14, 2024)).toEqual({ field: 'author', beginning: 'le' });
    expect(lookupAt('weak tag:le', 11, 2024)).toBeNull();
    const found = ['Yann LeCun', 'Le, Quoc', 'Ada Byron'];
    expect(outcomes('author:le|', { found })).toEqual(['author:"Yann LeCun" |', 'author:"Le, Quoc" |']);
  });
});
