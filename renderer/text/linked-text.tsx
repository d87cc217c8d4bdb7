import type { ReactNode } from 'react';
import type { PlacedHighlight } from '../../shared/highlighting/edit.ts';
import type { TextRange } from '../../shared/paper.ts';
import { findLinks } from './find-links.ts';
import { type Layers, layeredPart } from './layered-text.tsx';
import { tidyRanges } from './spans.ts';

/** A link out of the window: opens in the reader's browser, and tells the page nothing of us. */
export function OutsideLink({ href, title, children }: { href: string; title?: string; children: ReactNode }) {
  return (
    <a href={href} title={title} target="_blank" rel="noopener noreferrer" className="outside-link">
      {children}
    </a>
  );
}

/** The part `[from, to)` of a text with its links as links, and what lies over it. */
export function linkedPart(text: string, from: number, to: number, layers: Layers): ReactNode[] {
  const parts: ReactNode[] = [];
  let at = from;
  for (const link of findLinks(text.slice(from, to))) {
    const start = from + link.from;
    const end = from + link.to;
    parts.push(...layeredPart(text, at, start, layers));
    parts.push(
      <OutsideLink key={`link ${start}`} href={link.href}>
        {layeredPart(text, start, end, layers)}
      </OutsideLink>,
    );
    at = end;
  }
  parts.push(...layeredPart(text, at, to, layers));
  return parts;
}

/**
 * The paragraphs of a text, `[from, to)` in UTF-16 units: what stands between blank lines,
 * without the space around it.
 */
export function paragraphsOf(text: string): TextRange[] {
  const paragraphs: TextRange[] = [];
  let from: number | null = null;
  let to = 0;
  let at = 0;
  for (const line of text.split('\n')) {
    const words = line.trim();
    if (words === '') {
      if (from !== null) paragraphs.push([from, to]);
      from = null;
    } else {
      const start = at + line.indexOf(words);
      from ??= start;
      to = start + words.length;
    }
    at += line.length + 1;
  }
  if (from !== null) paragraphs.push([from, to]);
  return paragraphs;
}

/** A text and what lies over it. */
interface LinkedTextProps {
  text: string;
  ranges: readonly TextRange[];
  /** In the order of the text. */
  highlights?: readonly PlacedHighlight[];
}

/**
 * A text as paragraphs, with its links as links, its highlights and its search matches in `<mark>`; a match may
 * begin in a link and end outside. The text is only ever text, never HTML. Each paragraph says which places of the
 * text it shows; see `text-places.ts`.
 * @param ranges half-open ranges in UTF-16 units of `text`; out of order or outside of it is fine
 */
export function LinkedText({ text, ranges, highlights = [] }: LinkedTextProps) {
  const layers = { matches: tidyRanges(ranges, text.length), highlights };
  return paragraphsOf(text).map(([from, to]) => (
    <p key={from} data-from={from} data-to={to}>
      {linkedPart(text, from, to, layers)}
    </p>
  ));
}

/** A piece of running text with its links as links and its matches marked, without paragraphs. */
export function LinkedWords({ text, ranges }: { text: string; ranges: readonly TextRange[] }) {
  return linkedPart(text, 0, text.length, { matches: tidyRanges(ranges, text.length), highlights: [] });
}
