import fc from 'fast-check';
import type { Nodes } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { describe, expect, test } from 'vitest';
import { parse, parseDocument } from 'yaml';
import { closedMarkdown } from './closed-markdown.ts';
import { managedBegin, readManagedEnd } from './markdown-marks.ts';
import { fileNameOf, markdownFile, markdownPaper, markdownTag } from './markdown-paper.ts';
import { markdownLine, markdownLink } from './markdown-text.ts';
import { exportedPaper, hostilePaper, hostileTexts } from './papers-for-tests.ts';
import { yamlText } from './yaml-text.ts';

const anyText = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...hostileTexts));

/** What Markdown shows as text, and the kinds of nodes that it is made of. */
function shown(markdown: string): { text: string; kinds: Set<string> } {
  const kinds = new Set<string>();
  const words: string[] = [];
  const walk = (node: Nodes) => {
    kinds.add(node.type);
    if ('value' in node) words.push(node.value);
    if ('children' in node) for (const child of node.children) walk(child);
  };
  walk(fromMarkdown(markdown));
  return { text: words.join(''), kinds };
}

test('any text is one scalar of YAML that says the text again', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      for (const version of ['1.1', '1.2'] as const) {
        expect(parse(`x: ${yamlText(text)}\nz: 1\n`, { version })).toEqual({ x: text.toWellFormed(), z: 1 });
      }
    }),
  );
});

describe('plain text as Markdown', () => {
  test('shows the text, and nothing else comes of it', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const line = text.replaceAll(/\s+/g, ' ').trim();
        fc.pre(!/[$\\]|[\0\p{Cs}]/u.test(line));
        const found = shown(markdownLine(line));
        expect([...found.kinds].filter((kind) => !['root', 'paragraph', 'text'].includes(kind))).toEqual([]);
        expect(found.text).toBe(line);
      }),
    );
  });

  test('keeps mathematics, and a dollar that is money is money', () => {
    expect(markdownLine('It costs $5; \\(x_1\\) and $y^*$ are * of it')).toBe(
      'It costs \\$5; $x_1$ and $y^*$ are \\* of it',
    );
    expect(markdownLine('$a<b>c$')).toBe('$a< b>c$');
  });

  test('has no tags, wiki links, marks or comments of Obsidian’s', () => {
    expect(markdownLine('#tag [[x|y]] ==z== %%w%% ^id')).toBe(
      '\\#tag \\[\\[x|y\\]\\] \\=\\=z\\=\\= \\%\\%w\\%\\% \\^id',
    );
    expect(markdownLine('12. snake_case _x_')).toBe('12\\. snake_case \\_x\\_');
  });

  test('a link leads where its address says, whatever its words are', () => {
    fc.assert(
      fc.property(anyText, fc.webUrl(), (words, url) => {
        const [paragraph] = fromMarkdown(`${markdownLink(words, new URL(url).href)} y`).children;
        const [link] = paragraph?.type === 'paragraph' ? paragraph.children : [];
        expect(link).toMatchObject({ type: 'link' });
        if (link?.type === 'link') expect(new URL(link.url).href).toBe(new URL(markdownUrl(url)).href);
      }),
    );
  });
});

const markdownUrl = (url: string) => (/\(([^()]*)\)$/.exec(markdownLink('x', new URL(url).href))?.[1] ?? '') || url;

describe('a note that leaves something open', () => {
  test.each([
    ['```js\nlet x', '```js\nlet x\n```'],
    ['~~~~\n```', '~~~~\n```\n~~~~'],
    ['text\n\n<!-- open', 'text\n\n<!-- open\n-->'],
    ['<script>\nx', '<script>\nx\n</script>'],
    ['<!DOCTYPE', '<!DOCTYPE\n-->'],
    ['`x` and ```y``` closed', '`x` and ```y``` closed'],
  ])('%j', (note, closed) => {
    expect(closedMarkdown(note)).toBe(closed);
  });

  test('never takes in what follows', () => {
    const piece = fc.constantFrom(
      '```',
      '~~~',
      '<!--',
      '-->',
      '<pre>',
      '</pre>',
      '<?x',
      '<![CDATA[',
      '- a',
      '  ',
      '> ',
      '1. ',
      '\t',
      '\n',
      '\n\n',
      'x',
      ...hostileTexts,
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const { children } = fromMarkdown(`${closedMarkdown(pieces.join('\n'))}\n\n# Next\n`);
        expect(children.at(-1)).toMatchObject({ type: 'heading', depth: 1, children: [{ value: 'Next' }] });
      }),
    );
  });
});

describe('a paper as a file', () => {
  test('of what is hostile has the front matter that it says, and one part of ours', () => {
    fc.assert(
      fc.property(hostilePaper, fc.boolean(), (paper, notes) => {
        const file = markdownFile(markdownPaper(paper, 'smith2024', { notes }));
        const [, front = '', rest = ''] = /^---\n([\s\S]*?\n)---\n([\s\S]*)$/.exec(file) ?? [];
        const document = parseDocument(front);
        expect([...document.errors, ...document.warnings]).toEqual([]);
        const said = document.toJS();
        expect(said).toMatchObject({ title: paper.title, aliases: [paper.title], citekey: 'smith2024', id: paper.id });
        expect(said.authors ?? []).toEqual(paper.authors);
        expect(said.status).toBe(notes ? paper.status : undefined);
        expect(rest.split(managedBegin)).toHaveLength(2);
        const lines = rest.split('\n');
        expect(lines.filter((line) => readManagedEnd(line) !== null)).toEqual([lines.at(-2)]);
        expect(lines.at(-1)).toBe('');
      }),
    );
  });

  test('reads well', () => {
    const paper = exportedPaper({
      id: 'arxiv:2306.12345',
      title: 'On $k$-means: a *study*',
      authors: ['Ada Smith', 'Łukasz Ż'],
      abstract: 'First.\n\nSecond.',
      published: '2023-06-12',
      arxivId: '2306.12345',
      doi: '10.1000/a(b)',
      venue: 'NeurIPS',
      links: [{ kind: 'code', label: 'Code', url: 'https://github.com/a/b' }],
      status: 'queued',
      tags: ['ml/vision', 'tool use', '2024'],
      note: 'See [[arxiv:2306.99999|the other]] and [[arxiv:2301.00001]].',
    });
    const fileOf = (id: string) => (id === 'arxiv:2306.99999' ? 'other2023' : null);
    const file = markdownFile(markdownPaper(paper, 'smith2023', { notes: true, fileOf }));
    expect(file.replace(/end [^%]+ %%/, 'end DIGEST %%')).toBe(`---
title: "On $k$-means: a *study*"
aliases:
  - "On $k$-means: a *study*"
authors:
  - "Ada Smith"
  - "Łukasz Ż"
year: 2023
published: 2023-06-12
venue: "NeurIPS"
citekey: "smith2023"
id: "arxiv:2306.12345"
arxiv: "2306.12345"
doi: "10.1000/a(b)"
url: "https://arxiv.org/abs/2306.12345"
status: "queued"
starred: false
tags:
  - "ml/vision"
  - "tool-use"
  - "_2024"
---

%% offprint:begin %%

# On $k$-means: a \\*study\\*

Ada Smith, Łukasz Ż

2023-06-12 · NeurIPS · [arXiv:2306.12345](https://arxiv.org/abs/2306.12345) · [doi:10.1000/a(b)](https://doi.org/10.1000/a%28b%29) · [Code](https://github.com/a/b)

## Abstract

First.

Second.

## Note

See [[other2023|the other]] and [[arxiv:2301.00001]].

%% offprint:end DIGEST %%
`);
  });

  test('without notes says nothing of the reader', () => {
    const paper = exportedPaper({ note: 'mine', tags: ['mine'], status: 'read', starred: true });
    expect(markdownFile(markdownPaper(paper, 'k', { notes: false }))).not.toMatch(/mine|read|starred|tags/);
  });
});

test('a file name is one on every system', () => {
  fc.assert(
    fc.property(fc.oneof(anyText, fc.constantFrom('con', 'NUL.x', '..', '.git', 'a/b\\c:d', 'x.', '')), (key) => {
      const name = fileNameOf(key);
      expect(name).toMatch(/^[^\s/\\:*?"<>|\p{Cc}\p{Cs}.-][^\s/\\:*?"<>|\p{Cc}\p{Cs}]{0,109}$/u);
      expect(name).not.toMatch(/[. -]$|^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i);
    }),
  );
  expect(fileNameOf('smith2024attention')).toBe('smith2024attention');
});

test('tags are such as Obsidian takes', () => {
  fc.assert(
    fc.property(anyText, (tag) => {
      expect(markdownTag(tag)).toMatch(/^(?=.*[^\p{N}/])[\p{L}\p{M}\p{N}\p{Emoji_Presentation}_/-]+$/u);
    }),
  );
});
