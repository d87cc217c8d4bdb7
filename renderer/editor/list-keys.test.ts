import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { pressed, stateOf } from './editor-testing.ts';
import { continueList, indentItems, outdentItems } from './list-keys.ts';

describe('Enter', () => {
  test.each([
    ['- one|', '- one\n- |'],
    ['* one|', '* one\n* |'],
    ['  + one|', '  + one\n  + |'],
    ['9. one|', '9. one\n10. |'],
    ['2) one|', '2) one\n3) |'],
    ['- [x] done|', '- [x] done\n- [ ] |'],
    ['> said|', '> said\n> |'],
    ['> - said|', '> - said\n> - |'],
    ['- one| two', '- one\n- |two'],
    ['- one |two| three', '- one \n- |three'],
  ])('goes on with %j', (before, after) => expect(pressed(continueList, before)).toBe(after));

  test.each([
    ['- one\n- |', '- one\n|'],
    ['1. one\n2. |', '1. one\n|'],
    ['- [ ] |', '|'],
    ['- one\n  - |', '- one\n- |'],
    ['> said\n> |', '> said\n|'],
    ['> - |', '> |'],
  ])('ends %j where nothing was written', (before, after) => expect(pressed(continueList, before)).toBe(after));

  test.each([
    'plain|',
    '|- before the mark',
    '-no item|',
    '1.5 is a number|',
    '```\n- code|\n```',
    '# Heading|',
    '**a**|',
  ])('is but a new line in %j', (text) => expect(pressed(continueList, text)).toBeNull());
});

describe('Tab', () => {
  test('puts an item into the one above it, and back', () => {
    expect(pressed(indentItems, '- one\n- two|')).toBe('- one\n  - two|');
    expect(pressed(indentItems, '1. one\n2. two|')).toBe('1. one\n   2. two|');
    expect(pressed(indentItems, '> - one\n> - two|')).toBe('> - one\n>   - two|');
    expect(pressed(outdentItems, '- one\n  - two|')).toBe('- one\n- two|');
    expect(pressed(indentItems, '- one\n- |two\n- three|')).toBe('- one\n  - |two\n  - three|');
  });

  test.each([
    'plain|',
    '- first|',
    '- one\n  - deep enough|',
    '```\n- a\n- b|\n```',
    '|',
  ])('leaves the text in %j', (text) => expect(pressed(indentItems, text)).toBeNull());

  test('there is always a way out: no key can be pressed for ever', () => {
    const line = fc.constantFrom('- a', '  - b', '1. c', 'd', '> - e', '- [ ] f', '', '   10. g');
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 6 }), fc.boolean(), (lines, isBack) => {
        let text: string | null = `${lines.join('\n')}|`;
        for (let times = 0; text !== null; times += 1) {
          expect(times).toBeLessThan(12);
          text = pressed(isBack ? outdentItems : indentItems, text);
        }
      }),
      { numRuns: 60 },
    );
  });
});

test('no key changes what was written but beginnings of lines', () => {
  const words = (text: string) => text.replaceAll(/[\s>|*+\-[\].)\dx]/g, '');
  const piece = fc.constantFrom('- ', '1. ', '> ', '\n', 'word', '[ ] ', '  ', '|');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const text = pieces.join('').split('|').slice(0, 2).join('|');
      for (const key of [continueList, indentItems, outdentItems]) {
        const after = pressed(key, text);
        if (after !== null) expect(words(after)).toBe(words(stateOf(text).doc.toString()));
      }
    }),
    { numRuns: 200 },
  );
});
