import { defineLanguageFacet, Language, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { tagHighlighter, tags } from '@lezer/highlight';
import { GFM, type InlineContext, type MarkdownConfig, parser } from '@lezer/markdown';

const dollar = 36;
const backslash = 92;

/**
 * Where the mathematics ends that a dollar sign begins; -1 where it begins none. The rule of pandoc's
 * `tex_math_dollars`: no space after the opening one and none before the closing one, which no digit follows.
 */
function endOfMathematics(context: InlineContext, start: number): number {
  const sign = context.char(start + 1) === dollar ? 2 : 1;
  const isSpace = (at: number) => /^\s?$/.test(context.slice(at, Math.min(at + 1, context.end)));
  if (sign === 1 && isSpace(start + 1)) return -1;
  for (let at = start + sign; at < context.end; at += 1) {
    const character = context.char(at);
    if (character === backslash) at += 1;
    else if (character === dollar) {
      const end = at + sign;
      if (sign === 2) return context.char(at + 1) === dollar ? end : -1;
      if (isSpace(at - 1) || /\d/.test(context.slice(end, Math.min(end + 1, context.end)))) return -1;
      return end;
    }
  }
  return -1;
}

/** Mathematics is no Markdown: underscores and asterisks in it mean nothing. */
const mathematics: MarkdownConfig = {
  defineNodes: [{ name: 'Mathematics', style: tags.special(tags.content) }],
  parseInline: [
    {
      name: 'Mathematics',
      before: 'Emphasis',
      parse(context, next, at) {
        const end = next === dollar ? endOfMathematics(context, at) : -1;
        return end < 0 ? -1 : context.addElement(context.elt('Mathematics', at, end));
      },
    },
  ],
};

/**
 * Markdown as notes have it: CommonMark with tables, strikes and tasks. HTML in it is text, and no language is known in
 * blocks of code.
 */
export const markdownParser = parser.configure([GFM, mathematics, { remove: ['HTMLBlock', 'HTMLTag'] }]);

const classes = tagHighlighter([
  { tag: tags.heading1, class: 'md-heading md-heading-1' },
  { tag: tags.heading2, class: 'md-heading md-heading-2' },
  { tag: [tags.heading3, tags.heading4, tags.heading5, tags.heading6], class: 'md-heading' },
  { tag: tags.strong, class: 'md-strong' },
  { tag: tags.emphasis, class: 'md-emphasis' },
  { tag: tags.strikethrough, class: 'md-struck' },
  { tag: tags.monospace, class: 'md-code' },
  { tag: tags.special(tags.content), class: 'md-mathematics' },
  { tag: tags.quote, class: 'md-quote' },
  { tag: tags.link, class: 'md-link' },
  { tag: [tags.url, tags.labelName, tags.string], class: 'md-address' },
  { tag: [tags.processingInstruction, tags.contentSeparator, tags.atom, tags.escape], class: 'md-mark' },
]);

/** Markdown as it is written: parsed as far as it is to be seen, and shown as what it will be. */
export function markdownLanguage(): Extension {
  return [new Language(defineLanguageFacet(), markdownParser, [], 'markdown'), syntaxHighlighting(classes)];
}
