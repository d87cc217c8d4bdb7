import type { Nodes, Parents } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as HTML that shows it, in an element or in an attribute with quotation marks. What HTML cannot hold becomes U+FFFD. */
export function htmlText(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/[&<>"']/g, (sign) => entities[sign] ?? sign)
    .replaceAll(/[^\P{Cc}\n\t]/gu, '\ufffd');
}

/** A link out of the page; the words alone where the address leads to no page. */
export function htmlLink(html: string, address: string): string {
  const url = URL.parse(address);
  if (url === null || !/^https?:$/.test(url.protocol)) return html;
  return `<a href="${htmlText(url.href)}" rel="noopener noreferrer">${html}</a>`;
}

/** Notes nest no deeper. */
const deepest = 100;

/** Elements of Markdown's nodes that have nothing to say but their children. */
const elements: Readonly<Partial<Record<Nodes['type'], string>>> = {
  paragraph: 'p',
  blockquote: 'blockquote',
  listItem: 'li',
  emphasis: 'em',
  strong: 'strong',
};

function inside(node: Parents, depth: number): string {
  return node.children.map((child) => htmlOf(child, depth + 1)).join('');
}

function htmlOf(node: Nodes, depth: number): string {
  if (depth > deepest) return '';
  switch (node.type) {
    case 'text':
    case 'html':
      return htmlText(node.value);
    case 'inlineCode':
      return `<code>${htmlText(node.value)}</code>`;
    case 'code':
      return `<pre><code>${htmlText(node.value)}</code></pre>\n`;
    case 'break':
      return '<br>';
    case 'thematicBreak':
      return '<hr>\n';
    case 'image':
      return htmlText(node.alt ?? '');
    case 'link':
      return htmlLink(inside(node, depth), node.url);
    case 'list':
      return `<${node.ordered === true ? 'ol' : 'ul'}>\n${inside(node, depth)}</${node.ordered === true ? 'ol' : 'ul'}>\n`;
    case 'heading': {
      // Above are the page's, the paper's and the note's.
      const level = Math.min(node.depth + 3, 6);
      return `<h${level}>${inside(node, depth)}</h${level}>\n`;
    }
    default: {
      if (!('children' in node)) return '';
      const element = elements[node.type];
      const html = inside(node, depth);
      return element === undefined
        ? html
        : `<${element}>${html}</${element}>${/^(?:em|strong)$/.test(element) ? '' : '\n'}`;
    }
  }
}

/** A reader's Markdown as HTML of a few elements without attributes but the addresses of pages. HTML in it is shown as it is written. */
export function htmlOfMarkdown(markdown: string): string {
  return htmlOf(fromMarkdown(markdown), 0);
}
