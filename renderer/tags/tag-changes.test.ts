import { describe, expect, it } from 'vitest';
import { removalWords, renamePlan } from './tag-changes.ts';
import { type KnownTag, tagTree } from './tag-tree.ts';

const tag = (name: string, total: number): KnownTag => ({ name, count: total, total, colour: null });
const tags = [tag('ml', 12), tag('ml/vision', 5), tag('ml/RL', 1), tag('learning', 1), tag('ml2', 3)];

describe('renamePlan', () => {
  it('says on how many papers a tag is renamed, and which go along', () => {
    expect(renamePlan(tags, 'ml', ' machine learning ')).toEqual({
      kind: 'rename',
      to: 'machine learning',
      merges: false,
      sentence: 'Renames it on 12 papers, with the 2 tags nested in it.',
    });
    expect(renamePlan(tags, 'learning', '#Learning')).toMatchObject({ to: 'Learning', merges: false });
  });

  it('says when two become one', () => {
    expect(renamePlan(tags, 'learning', 'ML')).toEqual({
      kind: 'rename',
      to: 'ml',
      merges: true,
      sentence: '“ml” is a tag already, on 12 papers. This merges 1 paper into it.',
    });
  });

  it('knows when nothing changes, and what is no tag', () => {
    expect(renamePlan(tags, 'ml', 'ml ')).toEqual({ kind: 'same' });
    for (const typed of ['', '  ', 'a,b', 'a"b', 'x'.repeat(101)]) {
      expect(renamePlan(tags, 'ml', typed)).toMatchObject({ kind: 'problem' });
    }
  });
});

describe('removalWords', () => {
  it('counts papers and what is nested', () => {
    expect(tagTree(tags).map(removalWords)).toEqual([
      'Remove from 1 paper',
      'Remove from 12 papers, with 2 nested tags',
      'Remove from 3 papers',
    ]);
  });
});
