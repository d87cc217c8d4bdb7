import { describe, expect, test } from 'vitest';
import { pressed, stateOf } from './editor-testing.ts';
import { addressIn, linkOfPasted, makeLink, toggleEmphasis, toggleStrong } from './format-keys.ts';

describe('strong and emphasis', () => {
  test.each([
    ['a |word| here', 'a **|word|** here'],
    ['a **|word|** here', 'a |word| here'],
    ['a wo|rd here', 'a **wo|rd** here'],
    ['a **wo|rd** here', 'a wo|rd here'],
    ['a *|word|* here', 'a ***|word|*** here'],
    ['empty |', 'empty **|**'],
    ['empty **|**', 'empty |'],
  ])('Mod+b makes of %j', (before, after) => expect(pressed(toggleStrong, before)).toBe(after));

  test.each([
    ['a |word| here', 'a *|word|* here'],
    ['a *|word|* here', 'a |word| here'],
    ['a **|word|** here', 'a ***|word|*** here'],
    ['a ***|word|*** here', 'a **|word|** here'],
  ])('Mod+i makes of %j', (before, after) => expect(pressed(toggleEmphasis, before)).toBe(after));
});

test.each([
  ['see |this| here', 'see [this](|) here'],
  ['see | here', 'see [|]() here'],
  ['|https://a.org/x|', '[|](https://a.org/x)'],
])('Mod+Shift+k makes a link of %j', (before, after) => expect(pressed(makeLink, before)).toBe(after));

describe('pasting over words', () => {
  test.each([
    ['see |this| here', 'https://a.org/x', '[this](https://a.org/x)'],
    ['see |this| here', ' https://a.org/x\n', '[this](https://a.org/x)'],
    ['|this|', 'https://a.org/x_(y)', '[this](<https://a.org/x_(y)>)'],
    ['|this|', 'mailto:a@b.org', '[this](mailto:a@b.org)'],
  ])('makes a link: %j and %j', (text, pasted, link) => expect(linkOfPasted(stateOf(text), pasted)).toBe(link));

  test.each([
    ['see | here', 'https://a.org'],
    ['|this|', 'words'],
    ['|this|', 'javascript:alert(1)'],
    ['|this|', 'https://a.org and more'],
    ['|https://b.org|', 'https://a.org'],
    ['|two\nlines|', 'https://a.org'],
  ])('makes none: %j and %j', (text, pasted) => expect(linkOfPasted(stateOf(text), pasted)).toBeNull());
});

test('an address is one of the web, and nothing else', () => {
  expect(['https://a.org', 'http://a.org', 'ftp://a.org', 'data:,x', 'a.org', ''].map(addressIn)).toEqual([
    'https://a.org',
    'http://a.org',
    null,
    null,
    null,
    null,
  ]);
});
