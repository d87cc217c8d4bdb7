/** Elements whose words do not run into those beside them. */
const apart = new Set(['li', 'br', 'td', 'th']);
/** Elements that begin and end a paragraph of what is copied. */
const blocks = new Set(
  'p h1 h2 h3 h4 h5 h6 ul ol dl dd dt div section article header footer details summary'.split(' '),
);

/**
 * What is copied of a page with formulas in it, as plain text: each formula as LaTeX between dollars, whole where a part
 * of it is selected, and an empty line between paragraphs.
 * @returns null where no formula is selected, or nothing but buttons: the browser copies that as well
 */
export function copiedPage(selected: Range): string | null {
  const copy = selected.cloneContents();
  if (copy.querySelector('[data-latex]') === null) return null;
  const text = textOf(copy)
    .replaceAll(/[\u00ad\u200b\u2060\ufeff]/g, '')
    .split('\n\n')
    .map((paragraph) => paragraph.replaceAll(/\s+/g, ' ').trim())
    .filter((paragraph) => paragraph !== '')
    .join('\n\n');
  return text === '' ? null : text;
}

function textOf(node: Node): string {
  if (!(node instanceof Element)) {
    const own = node.nodeType === Node.TEXT_NODE ? (node.textContent ?? '') : '';
    return own + Array.from(node.childNodes, textOf).join('');
  }
  const latex = node.getAttribute('data-latex');
  if (latex !== null) return node.hasAttribute('data-display') ? `$$${latex.trim()}$$` : `$${latex.trim()}$`;
  if (node.matches('button, .selection-bar, .match-count')) return '';
  const inner = Array.from(node.childNodes, textOf).join('');
  if (apart.has(node.localName)) return ` ${inner} `;
  return blocks.has(node.localName) ? `\n\n${inner}\n\n` : inner;
}
