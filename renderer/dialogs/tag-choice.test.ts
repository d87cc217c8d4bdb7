import { describe, expect, it } from 'vitest';
import { changeOf, completions, readTag, readTags, tagChoice, withTag } from './tag-choice.ts';

const papers = [['a', 'b'], ['b'], ['b', 'c']];

describe('the tags of a selection', () => {
  it('are on all papers or on some', () => {
    expect([...tagChoice(papers, true).before]).toEqual([
      ['a', 'some'],
      ['b', 'all'],
      ['c', 'some'],
    ]);
    expect(tagChoice(papers, false).before.get('b')).toBe('some');
    expect(tagChoice([], true).before.size).toBe(0);
  });

  it('change only where the reader changed them', () => {
    const choice = tagChoice(papers, true);
    expect(changeOf(choice)).toBeNull();
    expect(changeOf(withTag(choice, 'a', 'all'))).toEqual({ addTags: ['a'] });
    expect(changeOf(withTag(withTag(choice, 'b', 'none'), 'new', 'all'))).toEqual({
      addTags: ['new'],
      removeTags: ['b'],
    });
    expect(changeOf(withTag(withTag(choice, 'b', 'none'), 'b', 'all'))).toBeNull();
    expect(changeOf(withTag(withTag(choice, 'new', 'all'), 'new', 'none'))).toBeNull();
  });
});

describe('completions', () => {
  const known = ['agents', 'tool use', 'multi-agent', 'b'];

  it('offers what begins with the text before what holds it, and not what all papers have', () => {
    const choice = tagChoice([['b']], true);
    expect(completions(known, 'AGEN', choice, 9)).toEqual(['agents', 'multi-agent']);
    expect(completions(known, '', choice, 2)).toEqual(['agents', 'tool use']);
    expect(completions(known, 'b', choice, 9)).toEqual([]);
  });

  it('offers a nested part by its beginning before a name that only holds it', () => {
    const nested = ['television', 'ml/vision', 'vision', 'ml/vision/3d', 'computer vision'];
    expect(completions(nested, 'visi', tagChoice([], true), 9)).toEqual([
      'vision',
      'ml/vision',
      'ml/vision/3d',
      'computer vision',
      'television',
    ]);
    expect(completions(nested, '#ml/', tagChoice([], true), 9)).toEqual(['ml/vision', 'ml/vision/3d']);
  });
});

describe('readTag', () => {
  it('takes the spelling that exists, and refuses what no tag can be', () => {
    expect(readTag(' Agents ', ['agents'])).toEqual({ tag: 'agents' });
    expect(readTag('#new', [])).toEqual({ tag: 'new' });
    for (const bad of ['', ' ', 'a,b', 'say "x"', 'x'.repeat(101)]) expect(readTag(bad, [])).toHaveProperty('problem');
  });
});

describe('readTags', () => {
  it('takes several at once, or says which is none', () => {
    expect(readTags('ml/vision,  AGENTS,,#x ', ['agents'])).toEqual({ tags: ['ml/vision', 'agents', 'x'] });
    expect(readTags(' , ', [])).toEqual({ tags: [] });
    expect(readTags(`a, ${'x'.repeat(101)}`, [])).toHaveProperty('problem');
  });
});
