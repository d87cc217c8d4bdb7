import fc from 'fast-check';
import { expect, test } from 'vitest';
import { noteLinks, noteTags } from './note-syntax.ts';
import { fillTemplate, type TemplateValues } from './note-template.ts';

const values: TemplateValues = {
  ...{ title: 'Weak to Strong', authors: ['Ada Lovelace', 'Łukasz K.'], year: '2024', key: 'lovelace2024weak' },
  ...{ link: 'https://arxiv.org/abs/2306.12345', abstract: 'First line.\n\nSecond.', today: '2026-11-23' },
};
const titled = (title: string) => fillTemplate('{{title}}', { ...values, title });

test('names stand for what the paper has, and other names stay', () => {
  expect(
    fillTemplate(
      '# {{title}}\n{{ authors }} ({{year}}), {{today}}\n{{link}}\n> {{abstract}}\n{{other}} {{}} {{Title}}',
      values,
    ),
  ).toBe(
    '# Weak to Strong\nAda Lovelace, Łukasz K. (2024), 2026-11-23\n<https://arxiv.org/abs/2306.12345>\n' +
      '> First line. Second.\n{{other}} {{}} {{Title}}',
  );
  expect(fillTemplate('[@{{key}}]{{link}}', { ...values, link: '' })).toBe('[@lovelace2024weak]');
});

test.each([
  [
    '*a* [b](c) <i>d</i> `e` #tag [[arxiv:2306.12345]]',
    '\\*a\\* \\[b\\](c) \\<i\\>d\\</i\\> \\`e\\` \\#tag \\[\\[arxiv:2306.12345\\]\\]',
  ],
  ['1. first', '1\\. first'],
  ['- dash', '\\- dash'],
  ['{{abstract}}', '\\{\\{abstract\\}\\}'],
  ['snake_case _and_ more', 'snake_case \\_and\\_ more'],
  ['costs $5 and a\nline', 'costs \\$5 and a line'],
  ['On $\\epsilon$-greedy', 'On $\\epsilon$-greedy'],
])('a title like %j means nothing else: %j', (title, written) => {
  expect(titled(title)).toBe(written);
});

test('an address cannot leave its brackets', () => {
  expect(fillTemplate('{{link}}', { ...values, link: 'https://x.org/> [a](b) <c' })).toBe(
    '<https://x.org/%3E%20%5Ba%5D(b)%20%3Cc>',
  );
});

test('whatever a title is, it stays on its line, and is no tag and no link', () => {
  const parts = fc.constantFrom(
    '#a',
    '[[arxiv:2306.12345]]',
    '\\',
    '`',
    '*',
    '\n',
    '$',
    ' ',
    'x',
    '_',
    '](',
    '<',
    '{{title}}',
    '\r',
    '\u2028',
  );
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 20 }), (pieces) => {
      const text = titled(pieces.join(''));
      expect(text).not.toMatch(/[\n\r\u2028]/);
      expect([noteTags(text), noteLinks(text)]).toEqual([[], []]);
    }),
  );
});
