import { fromMarkdown } from 'mdast-util-from-markdown';
import { expect, test } from 'vitest';
import type { ExportedPaper } from '../../shared/offprint-export.ts';
import { closedMarkdown } from './closed-markdown.ts';
import { latexText } from './latex-text.ts';
import { exportedPaper } from './papers-for-tests.ts';
import { exporterOf, type TextFormat } from './registry.ts';

async function written(format: TextFormat, paper: ExportedPaper, key = 'key'): Promise<string> {
  const write = await exporterOf(format);
  let text = '';
  for await (const piece of write([paper], { keys: () => key, notes: true, exportedAt: 0, isFile: false }))
    text += piece;
  return text;
}

const kindsIn = (markdown: string) => {
  const kinds = new Set<string>();
  const look = (node: { type: string; children?: readonly object[] }) => {
    kinds.add(node.type);
    for (const child of node.children ?? []) look(child as typeof node);
  };
  look(fromMarkdown(markdown));
  return kinds;
};

test.each([
  'a`<script>',
  '`',
  'a``b`<!--',
])('the key %j is code in Markdown, and nothing else comes of it', async (key) => {
  const text = await written('markdown', exportedPaper({ title: 'Some' }), key);
  expect(kindsIn(text)).toEqual(new Set(['root', 'heading', 'paragraph', 'text', 'inlineCode']));
  expect(text).toContain(`@${key}`);
});

test('mathematics is neither a link nor a picture where nobody knows mathematics', async () => {
  const title = 'On $![x](http://evil.example/t.png)$ and \\([c](javascript:alert)\\)';
  const text = await written('markdown', exportedPaper({ title, abstract: title }));
  expect([...kindsIn(text)].filter((kind) => /link|image/.test(kind))).toEqual([]);
});

test('of fences of very many kinds only the last ones are tried, for each costs a look through the note', () => {
  const note = (kinds: number) =>
    `~~~\n${Array.from({ length: kinds }, (_, at) => `${'`'.repeat(at + 3)} x`).join('\n')}`;
  expect(closedMarkdown(note(5))).toBe(`${note(5)}\n~~~`);
  expect(closedMarkdown(note(100))).toBe(note(100).replaceAll(/^/gm, '> '));
});

test.each([
  ['$x \\# y$', true],
  ['$x # y$', false],
  ['$\\begin{cases} a \\end{cases}$', true],
  ['$\\end{cases}$', false],
  ['$\\begin{cases} a$', false],
  ['$\\begin{cases}\\begin{matrix} a \\end{cases}\\end{matrix}$', false],
])('%j is LaTeX as it is: %s', (text, isSound) => {
  expect(latexText(text) === text).toBe(isSound);
});

test('no control character ends a line of RIS', async () => {
  const hostile = ['\u0085', '\u001c', '\u001d', '\u001e', '\v', '\f'].map((end) => `x${end}ER  - `).join('');
  const text = await written(
    'ris',
    exportedPaper({ title: hostile, abstract: hostile, note: hostile, venue: hostile }),
  );
  // Where Python's `splitlines` sees them.
  const lines = text.split(/\r\n|[^\P{Cc}\t]|[\u2028\u2029]/u);
  expect(lines.filter((line) => line.startsWith('ER'))).toHaveLength(1);
});
