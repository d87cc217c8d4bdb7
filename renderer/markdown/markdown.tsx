import { useMemo } from 'react';
import { elementsOf } from './elements.tsx';
import './markdown.css';

/**
 * A Markdown text as elements. Raw HTML in it is shown as text, pictures as links to them, and
 * only http, https and mailto addresses lead anywhere.
 */
export default function Markdown({ text }: { text: string }) {
  const elements = useMemo(() => elementsOf(text), [text]);
  return <div className="markdown">{elements}</div>;
}
