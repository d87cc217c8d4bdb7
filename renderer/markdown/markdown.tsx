import { useMemo } from 'react';
import type { TextRange } from '../../shared/paper.ts';
import { elementsOf } from './elements.tsx';
import './markdown.css';

const noRanges: readonly TextRange[] = [];

interface MarkdownProps {
  text: string;
  /** Search matches in the text as it was written, in UTF-16 units; they are shown in `<mark>`. */
  ranges?: readonly TextRange[];
  /** Given where a task stands in the text whose box was ticked; without it no box can be. */
  onTick?: (at: number) => void;
}

/**
 * A Markdown text as elements. Raw HTML in it is shown as text, pictures that are not kept with the notes as links to
 * them, and only http, https and mailto addresses lead anywhere. Links to papers and tags lead where `NoteActionsContext`
 * says.
 */
export default function Markdown({ text, ranges = noRanges, onTick }: MarkdownProps) {
  const elements = useMemo(() => elementsOf(text, ranges, onTick ?? null), [text, ranges, onTick]);
  return <div className="markdown">{elements}</div>;
}
