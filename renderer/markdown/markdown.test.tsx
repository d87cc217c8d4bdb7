import { act, render } from '@testing-library/react';
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import type { Client } from '../../shared/client.ts';
import type { TextRange } from '../../shared/paper.ts';
import { NoteActionsContext } from '../notes/note-actions.ts';
import { tickedTask } from '../notes/ticked-task.ts';
import { longestRendered } from './elements.tsx';
import Markdown from './markdown.tsx';

function html(text: string): string {
  return render(<Markdown text={text} />).container.firstElementChild?.innerHTML ?? '';
}

describe('what a note can say', () => {
  test.each([
    ['*soft* **loud** ~~gone~~ `code`', '<p><em>soft</em> <strong>loud</strong> <del>gone</del> <code>code</code></p>'],
    ['a\\\nb', '<p>a<br>b</p>'],
    ['> said', '<blockquote><p>said</p></blockquote>'],
    ['3. a\n4. b', '<ol start="3"><li><p>a</p></li><li><p>b</p></li></ol>'],
    ['```js\nlet a;\n```', '<pre><code>let a;</code></pre>'],
    ['***', '<hr>'],
  ])('%j', (text, expected) => {
    expect(html(text)).toBe(expected);
  });

  test('tasks and tables', () => {
    const { container } = render(<Markdown text={'- [x] read\n- [ ] write\n\n| a | b |\n|--:|---|\n| 1 | 2 |'} />);
    expect([...container.querySelectorAll('input')].map((box) => box.checked)).toEqual([true, false]);
    expect(container.querySelector('td.right')?.textContent).toBe('1');
    expect(container.querySelectorAll('th')).toHaveLength(2);
  });

  test('links, written out or by reference or bare', () => {
    const { container } = render(
      <Markdown text={'[one](https://a.org) [two][x] arXiv:2306.12345\n\n[x]: http://b.org'} />,
    );
    const links = [...container.querySelectorAll('a')];
    expect(links.map((link) => link.getAttribute('href'))).toEqual([
      'https://a.org/',
      'http://b.org/',
      'https://arxiv.org/abs/2306.12345',
    ]);
    expect(links.every((link) => link.rel === 'noopener noreferrer' && link.target === '_blank')).toBe(true);
  });

  test('a link in the words of a link is not a second link', () => {
    const { container } = render(<Markdown text={'[see https://a.org ![x](https://b.org)](https://c.org)'} />);
    expect([...container.querySelectorAll('a')].map((link) => link.href)).toEqual(['https://c.org/']);
  });

  test('headings stand under the heading of the note and leave no level out', () => {
    const { container } = render(<Markdown text={'## a\n\n#### b\n\n### c\n\n## d'} />);
    expect([...container.querySelectorAll('h1,h2,h3,h4,h5,h6')].map((h) => h.tagName + h.textContent)).toEqual([
      'H4a',
      'H5b',
      'H5c',
      'H4d',
    ]);
  });
});

describe('what was searched for', () => {
  function marks(text: string, words: string[]): (string | null)[] {
    const ranges = words.flatMap((word) =>
      [...text.matchAll(new RegExp(word, 'g'))].map(({ index }): TextRange => [index, index + word.length]),
    );
    const { container } = render(<Markdown text={text} ranges={ranges} />);
    return [...container.querySelectorAll('mark')].map((mark) => mark.textContent);
  }

  test.each([
    ['a weak *weak* [weak](https://a.org/weak) `weak`', ['weak', 'weak', 'weak', 'weak']],
    ['# weak\n\n```\nnot\nweak\n```', ['weak', 'weak']],
    ['weak \\* weak &amp; weak', ['weak', 'weak', 'weak']],
    ['> weak to\n> weak\n> \\> weak', ['weak', 'weak', 'weak']],
    ['| weak |\n|---|\n| weak |', ['weak', 'weak']],
    ['<b>weak</b> [weak]', ['weak', 'weak']],
    ['![weak](https://a.org) https://a.org/weak', ['weak']],
  ])('is marked where it stands: %j', (text, expected) => {
    expect(marks(text, ['weak'])).toEqual(expected);
  });

  test('is marked across soft and loud', () => {
    expect(marks('weak *to strong*', ['weak .to strong'])).toEqual(['weak ', 'to strong']);
  });
});

describe('what a note cannot do', () => {
  test.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    'a <b onclick="x">bold</b> word',
    '<style>*{display:none}</style>',
    '<iframe src="https://a.org"></iframe>',
    '<!-- comment -->',
  ])('HTML is shown as written: %s', (text) => {
    const { container } = render(<Markdown text={text} />);
    expect(container.textContent).toBe(text);
    expect(container.querySelector('script,img,b,style,iframe')).toBeNull();
  });

  test.each([
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](data:text/html;base64,AAAA)',
    '[x](file:///etc/passwd)',
    '[x](//a.org)',
    '[x][y]\n\n[y]: vbscript:x',
    '<javascript:alert(1)>',
    '![x](data:image/png;base64,AAAA)',
  ])('an address that is not for the web leads nowhere: %s', (text) => {
    expect(render(<Markdown text={text} />).container.querySelector('a,img')).toBeNull();
  });

  test('a picture is not fetched', () => {
    expect(html('![chart](https://a.org/p.png)')).toBe(
      '<p><a href="https://a.org/p.png" title="https://a.org/p.png" target="_blank" rel="noopener noreferrer" class="outside-link">Picture: chart</a></p>',
    );
  });

  test.each([
    '>'.repeat(3000),
    `${'['.repeat(3000)}a`,
    `${'*a '.repeat(3000)}`,
    '- '.repeat(2000),
    '`'.repeat(3000),
  ])('deep nesting is shown in the end (%#)', (text) => {
    expect(html(text)).not.toBe('');
  });

  test('a text too long to parse is shown as written', () => {
    const text = '*a* '.repeat(longestRendered / 4 + 1);
    expect(render(<Markdown text={text} />).container.querySelector('em')).toBeNull();
  });

  test('whatever is written, nothing but known elements and safe addresses comes of it', () => {
    const piece = fc.constantFrom(
      '[a](',
      ')',
      '![',
      '](javascript:x)',
      '<a href="javascript:x" onclick=x>',
      '<',
      '>',
      '\n\n',
      '\n- ',
      '> ',
      '|a|b|\n|-|-|\n',
      '`',
      '*',
      '[x]: javascript:x\n',
      '[x]',
      'https://a.org',
      '&#106;avascript:x',
      '[[arxiv:2306.12345|',
      ']]',
      ' #tag ',
      `images/${'0a'.repeat(16)}.png)`,
    );
    const known = new Set(
      'p em strong del code pre blockquote ol ul li br hr a table thead tbody tr th td input h4 h5 h6 span img'.split(
        ' ',
      ),
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string({ unit: 'binary' })), { maxLength: 20 }), (pieces) => {
        const complaint = vi.spyOn(console, 'error');
        const { container, unmount } = render(<Markdown text={pieces.join('')} />);
        expect(complaint).not.toHaveBeenCalled();
        complaint.mockRestore();
        for (const element of container.querySelectorAll('.markdown *')) {
          expect(known).toContain(element.tagName.toLowerCase());
          for (const { name } of element.attributes) expect(name).not.toMatch(/^on|^style$/);
          const source = element.getAttribute('src');
          if (source !== null) expect(source).toMatch(/^images\/[0-9a-f]{32}\.png$/);
          const href = element.getAttribute('href');
          if (href !== null) expect(href).toMatch(/^(https?|mailto):/);
        }
        unmount();
      }),
      { numRuns: 200 },
    );
  });
});

describe('links to papers, tags, tasks and pictures', () => {
  const client = {} as Client;
  const actions = { client, tags: () => [], openPaper: vi.fn(), showTag: vi.fn(), onNotice: vi.fn() };

  function shown(text: string, ranges: TextRange[] = [], onTick?: (at: number) => void) {
    return render(
      <NoteActionsContext value={actions}>
        <Markdown text={text} ranges={ranges} {...(onTick && { onTick })} />
      </NoteActionsContext>,
    ).container;
  }

  test('a link to a paper shows its words, whatever signs are in them, and leads to it', () => {
    const container = shown('See [[arxiv:2306.12345|On *this* `x` $a_b$]] and [[2306.00001]].');
    const [one, other] = container.querySelectorAll('a');
    expect([one?.textContent, other?.textContent]).toEqual(['On *this* `x` $a_b$', '2306.00001']);
    expect(container.textContent).toBe('See On *this* `x` $a_b$ and 2306.00001.');
    one?.click();
    other?.click();
    expect(actions.openPaper.mock.calls).toEqual([['arxiv:2306.12345'], ['arxiv:2306.00001']]);
  });

  test('a tag leads to what has it; a heading, code and an address have none', () => {
    const container = shown('# Head #in\n\n#ml/vision `#code` https://a.org/#part\n\n[#there](https://b.org)');
    expect([...container.querySelectorAll('button')].map((button) => button.textContent)).toEqual([
      '#in',
      '#ml/vision',
    ]);
    container.querySelectorAll('button')[1]?.click();
    expect(actions.showTag).toHaveBeenLastCalledWith('ml/vision');
  });

  test('what was searched for is marked in their words', () => {
    const text = '[[arxiv:2306.12345|a weak paper]] #weak';
    const ranges = [...text.matchAll(/weak/g)].map(({ index }): TextRange => [index, index + 4]);
    const container = shown(text, ranges);
    expect([...container.querySelectorAll(':is(a, button) mark')].map((mark) => mark.textContent)).toEqual([
      'weak',
      'weak',
    ]);
  });

  test.each([
    '[[x" onclick=alert(1)]]',
    '[[arxiv:2306.12345" onclick="alert(1)|x]]',
    '[[javascript:alert(1)]]',
    '[[arxiv:2306.12345|<img src=x onerror=alert(1)>]]',
  ])('a hostile link is text: %s', (text) => {
    const container = shown(text);
    expect(container.querySelector('img, [onclick]')).toBeNull();
    const whole = ['https://arxiv.org/abs/2306.12345', 'offprint://paper/arxiv:2306.12345'];
    for (const link of container.querySelectorAll('a')) expect(whole).toContain(link.href);
  });

  test('where a note is only to be read they are words', () => {
    const { container } = render(<Markdown text="[[arxiv:2306.12345|words]] #tag" />);
    expect([container.textContent, container.querySelector('button, a')]).toEqual(['words #tag', null]);
  });

  test('a box says where its task stands, in lists and in quotations', () => {
    const text = '- [ ] one\n  - [x] two\n\n> 1. [ ] three';
    const ticked: (string | null)[] = [];
    const container = shown(text, [], (at) => ticked.push(tickedTask(text, at)));
    for (const box of container.querySelectorAll('input')) box.click();
    expect(ticked).toEqual([
      '- [x] one\n  - [x] two\n\n> 1. [ ] three',
      '- [ ] one\n  - [ ] two\n\n> 1. [ ] three',
      '- [ ] one\n  - [x] two\n\n> 1. [x] three',
    ]);
    expect(tickedTask(text, 3)).toBeNull();
    expect([...render(<Markdown text={text} />).container.querySelectorAll('input')].every((box) => box.disabled)).toBe(
      true,
    );
  });

  test('where one note takes the place of another, its picture is shown where that of the other was missing', () => {
    const pictures = ['a', 'b'].map((digit) => `images/${digit.repeat(32)}.png`);
    const { container, rerender } = render(<Markdown text={`![one](${pictures[0]})`} />);
    act(() => void container.querySelector('img')?.dispatchEvent(new Event('error')));
    rerender(<Markdown text={`![two](${pictures[1]})`} />);
    expect(container.querySelector('img')?.getAttribute('src')).toBe(pictures[1]);
    expect(container.textContent).not.toContain('missing');
  });

  test('a kept picture is shown, one that is gone is said so, and no other is ever fetched', () => {
    const name = `${'0a'.repeat(16)}.png`;
    const container = shown(`![chart](images/${name}) ![far](https://a.org/images/${name}) ![up](images/../${name})`);
    const images = [...container.querySelectorAll('img')];
    expect(images.map((image) => [image.getAttribute('src'), image.alt])).toEqual([[`images/${name}`, 'chart']]);
    act(() => void images[0]?.dispatchEvent(new Event('error')));
    expect(container.querySelector('img')).toBeNull();
    expect(container.textContent).toContain('This picture is missing: chart');
  });
});
