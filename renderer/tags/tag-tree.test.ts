import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byName, type KnownTag, nestedCount, type TagNode, tagTree, visibleTags } from './tag-tree.ts';

const tag = (name: string): KnownTag => ({ name, count: 1, total: 1, colour: null });
const shape = (nodes: readonly TagNode[]): unknown[] =>
  nodes.map(({ label, children }) => (children.length === 0 ? label : [label, ...shape(children)]));

describe('tagTree', () => {
  it('nests by slash and sorts as readers do', () => {
    const names = ['tag 10', 'ml/vision', 'Tag 2', 'ml', 'biology', 'ml/RL', 'ml/vision/3d'];
    expect(shape(tagTree(names.map(tag)))).toEqual(['biology', ['ml', 'RL', ['vision', '3d']], 'Tag 2', 'tag 10']);
  });

  it('puts a tag into the nearest one that is there, whatever the capitals', () => {
    expect(shape(tagTree(['ml', 'ML/vision/3d', 'a/b'].map(tag)))).toEqual(['a/b', ['ml', 'vision/3d']]);
  });

  it('takes slashes at the ends as letters', () => {
    expect(shape(tagTree(['ml', 'ml/', '/ml', '/'].map(tag)))).toEqual(expect.arrayContaining(['ml/', '/ml', '/']));
  });

  it('has every tag once, within the one that its name begins with', () => {
    const name = fc
      .array(fc.constantFrom('a', 'B', 'b', '1', ''), { minLength: 1, maxLength: 4 })
      .map((parts) => parts.join('/'));
    fc.assert(
      fc.property(fc.uniqueArray(name), (names) => {
        const lines = visibleTags(tagTree(names.map(tag)), new Set());
        expect(lines.map(({ node }) => node.name).toSorted()).toEqual(names.toSorted());
        for (const { node } of lines)
          for (const child of node.children) {
            expect(child.name.toLowerCase().startsWith(`${node.name.toLowerCase()}/`)).toBe(true);
            expect(child.name.endsWith(`/${child.label}`)).toBe(true);
          }
      }),
    );
  });
});

describe('visibleTags', () => {
  it('leaves out what is in a folded tag', () => {
    const roots = tagTree(['ml', 'ml/a', 'ml/a/x', 'z'].map(tag));
    const lines = visibleTags(roots, new Set(['ml/a', 'z']));
    expect(lines.map(({ node, level, folded }) => [node.name, level, folded])).toEqual([
      ['ml', 0, false],
      ['ml/a', 1, true],
      ['z', 0, false],
    ]);
    expect(roots.map(nestedCount)).toEqual([2, 0]);
  });
});

describe('byName', () => {
  it('is an order', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        expect(Math.sign(byName(a, b))).toBe(-Math.sign(byName(b, a)) + 0);
        expect(byName(a, b) === 0).toBe(a === b);
      }),
    );
  });
});
