import { useMemo } from 'react';
import type { TextRange } from '../../shared/paper.ts';
import { elementsOf } from './elements.tsx';
import './markdown.css';

/**
 * A Markdown text as elements. Raw HTML in it is shown as text, pictures as links to them, and
 * only http, https and mailto addresses lead anywhere.
 * @param ranges search matches in the text as it was written, in UTF-16 units; they are shown in `<mark>`
 */
export default function Markdown({ text, ranges = [] }: { text: string; ranges?: readonly TextRange[] }) {
  const elements = useMemo(() => elementsOf(text, ranges), [text, ranges]);
  return <div className="markdown">{elements}</div>;
}
