import { Parser } from 'htmlparser2';
import { oneLine, paragraphs, withoutControls } from './clean-text.ts';

/** Elements whose text is not read. MathML stands beside the same formula as TeX. */
const silent = new Set(['script', 'style', 'head', 'template', 'noscript', 'mml:math', 'math']);

/** Elements that stand on lines of their own. */
const blocks = new Set([
  ...['p', 'div', 'section', 'article', 'blockquote', 'ul', 'ol', 'li', 'dl', 'dt', 'dd', 'table', 'tr', 'pre'],
  ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'header', 'footer'],
  ...['jats:p', 'jats:sec', 'jats:title', 'jats:list', 'jats:list-item', 'jats:disp-formula'],
]);

const inlines = [
  ...['a', 'abbr', 'b', 'big', 'br', 'cite', 'code', 'em', 'font', 'hr', 'i', 'img', 'label', 'mark', 's', 'small'],
  ...['span', 'strike', 'strong', 'sub', 'sup', 'td', 'th', 'tbody', 'thead', 'tt', 'u', 'var', 'math', 'script'],
  ...['style', 'mml:[a-z]+', 'jats:[a-z-]+'],
];

// A "<" in prose is often no tag ("a<b and c>d"): only known names with proper attributes are.
const attribute = `\\s+[\\w:-]+\\s*=\\s*(?:"[^"<]*"|'[^'<]*'|[^\\s"'<>]+)`;
const noTag = new RegExp(`<(?!/?(?:${[...blocks, ...inlines].join('|')})(?:${attribute})*\\s*/?>|!--)`, 'gi');

/** Could the text hold markup or entities? */
const marked = /<[/!a-z]|&#?\w{2,30};/i;

/** No note or abstract nests deeper; what does is read up to there. */
const deepest = 500;

/** What {@link walk} tells of a text. */
interface Walker {
  open(name: string, attributes: Readonly<Record<string, string>>): void;
  close(name: string): void;
  text(data: string): void;
}

function walk(html: string, walker: Walker): void {
  let depth = 0;
  let hidden = 0;
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        depth += 1;
        if (depth > deepest) parser.pause();
        if (silent.has(name)) hidden += 1;
        walker.open(name, attributes);
      },
      onclosetag(name) {
        depth -= 1;
        if (silent.has(name)) hidden -= 1;
        walker.close(name);
      },
      ontext(data) {
        if (hidden === 0) walker.text(data);
      },
    },
    { decodeEntities: true },
  );
  parser.write(html.replaceAll(noTag, '&lt;'));
  parser.end();
}

function withoutMarkup(text: string): string {
  if (!marked.test(text)) return text;
  const out: string[] = [];
  const separate = (name: string) => {
    if (blocks.has(name)) out.push('\n\n');
  };
  walk(text, {
    open(name) {
      if (name === 'br') out.push('\n');
      separate(name);
    },
    close: separate,
    text: (data) => out.push(data),
  });
  return out.join('');
}

/**
 * Text without its HTML or JATS tags and entities: what the abstracts of reference managers and
 * publishers are written in. Elements that are paragraphs become paragraphs; TeX is kept where a
 * formula is given both as TeX and as MathML. Plain text comes out as `paragraphs` gives it; a "<"
 * that begins no known tag stays.
 */
export function markupToText(text: string): string {
  return paragraphs(withoutMarkup(text));
}

/** The same for what is one line: a title, a name, a venue. */
export function markupToLine(text: string): string {
  return oneLine(withoutMarkup(text));
}

const signs: Readonly<Record<string, string>> = {
  b: '**',
  strong: '**',
  i: '*',
  em: '*',
  code: '`',
  s: '~~',
  strike: '~~',
};

/** Lines of Markdown as they are made: an empty one goes between blocks, and none is made of a sign alone. */
class MarkdownLines {
  readonly #lines: string[] = [];
  #sign = '';
  #line: string[] = [];
  #gap = false;

  /** Begins a line with a sign: a list's, a heading's, a quotation's. */
  begin(sign: string): void {
    this.end();
    this.#sign = sign;
  }

  /** Adds to the line. */
  add(text: string): void {
    if (this.#line.length > 0 || text.trim() !== '') this.#line.push(text);
  }

  /** Ends the line, if there is anything in it. */
  end(): void {
    if (this.#line.length === 0) return;
    if (this.#gap && this.#lines.length > 0) this.#lines.push('');
    this.#gap = false;
    this.#lines.push((this.#sign + this.#line.join('').trimStart()).trimEnd());
    this.#sign = '';
    this.#line = [];
  }

  /** Ends a block: an empty line follows, unless `gap` is false. */
  endBlock(gap = true): void {
    this.end();
    this.#gap = gap;
  }

  toString(): string {
    this.end();
    return withoutControls(this.#lines.join('\n')).trim();
  }
}

/**
 * An HTML note as Markdown: headings, lists, quotations, emphasis, links and paragraphs; the text
 * of anything else. Text without tags is taken as it is.
 */
export function htmlToMarkdown(html: string): string {
  if (!marked.test(html)) return withoutControls(html).trim();
  const lines = new MarkdownLines();
  const lists: { next: number | null }[] = [];
  const targets: (string | null)[] = [];
  walk(html, {
    open(name, attributes) {
      if (name === 'br') lines.end();
      else if (name === 'ul' || name === 'ol') {
        lines.endBlock(lists.length === 0);
        lists.push({ next: name === 'ol' ? 1 : null });
      } else if (name === 'li') {
        const list = lists.at(-1);
        const number = list?.next ?? null;
        if (list !== undefined && number !== null) list.next = number + 1;
        lines.begin(
          `${'  '.repeat(Math.min(Math.max(lists.length - 1, 0), 8))}${number === null ? '-' : `${number}.`} `,
        );
      } else if (/^h[1-6]$/.test(name)) {
        lines.endBlock();
        lines.begin(`${'#'.repeat(Number(name[1]))} `);
      } else if (name === 'blockquote') {
        lines.endBlock();
        lines.begin('> ');
      } else if (name === 'a') {
        const url = attributes['href'] ?? '';
        const target = /^https?:\/\/[^\s()<>]+$/.test(url) ? url : null;
        targets.push(target);
        if (target !== null) lines.add('[');
      } else if (signs[name] !== undefined) lines.add(signs[name]);
      else if (blocks.has(name)) lines.endBlock(lists.length === 0);
    },
    close(name) {
      if (name === 'ul' || name === 'ol') {
        lists.pop();
        lines.endBlock(lists.length === 0);
      } else if (name === 'li') lines.endBlock(false);
      else if (name === 'a') {
        const target = targets.pop() ?? null;
        if (target !== null) lines.add(`](${target})`);
      } else if (signs[name] !== undefined) lines.add(signs[name]);
      else if (blocks.has(name)) lines.endBlock(lists.length === 0);
    },
    text: (data) => lines.add(data.replaceAll(/\s+/g, ' ')),
  });
  return lines.toString();
}
