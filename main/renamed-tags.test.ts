import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseQuery } from '../shared/query/parse.ts';
import { renamedTag, renameInQuery, tagChange } from './renamed-tags.ts';

test('a tag takes those along that are nested in it, and no other', () => {
  expect(renamedTag('ml', 'ml', 'ai/ml')).toBe('ai/ml');
  expect(renamedTag('ml/vision', 'ml', 'ai/ml')).toBe('ai/ml/vision');
  expect(renamedTag('mlops', 'ml', 'ai')).toBeNull();
  expect(renamedTag('ai/ml', 'ml', 'x')).toBeNull();
  expect(renamedTag('ML', 'ml', 'x')).toBeNull();
});

test('of a paper just the tags concerned change; two that become one are one', () => {
  expect(tagChange({ tags: ['a', 'ml', 'ml/vision', 'ai'] }, 'ml', 'ai')).toEqual({
    removeTags: ['ml', 'ml/vision'],
    addTags: ['ai', 'ai/vision'],
  });
  expect(tagChange({ tags: ['a', 'ml/vision'] }, 'ml', null)).toEqual({ removeTags: ['ml/vision'], addTags: [] });
});

test.each([
  ['tag:ml', 'tag:ai/ml'],
  ['tag:"ml" status:unread', 'tag:ai/ml status:unread'],
  ['graph -(tag:ML/vision OR tag:other) sort:-votes', 'graph -(tag:ai/ml/vision OR tag:other) sort:-votes'],
])('%s asks for it by its new name', (text, renamed) => {
  const query = renameInQuery(text, 'ml', 'ai/ml');
  expect(query && parseQuery(query)).toEqual(parseQuery(renamed));
});

test.each(['', 'ml', 'tag:mlops', '"tag:ml"', 'title:ml'])('%s does not ask for it', (text) => {
  expect(renameInQuery(text, 'ml', 'ai/ml')).toBeNull();
});

test('renaming there and back leaves a query that means the same', () => {
  const word = fc.constantFrom('graph', 'tag:ml', 'tag:ml/vision', '-tag:x', 'OR', '(', ')', 'is:starred', '"a b"');
  fc.assert(
    fc.property(fc.array(word, { maxLength: 8 }), (words) => {
      const text = words.join(' ');
      const there = renameInQuery(text, 'ml', 'brand new');
      if (there === null) expect(text).not.toContain('tag:ml');
      else expect(parseQuery(renameInQuery(there, 'brand new', 'ml') ?? '')).toEqual(parseQuery(text));
    }),
  );
});
