import { type ComponentType, useEffect, useState } from 'react';
import type { TextRange } from '../../shared/paper.ts';

type MarkdownComponent = ComponentType<{
  text: string;
  ranges?: readonly TextRange[];
  /** Given where a task stands in the text whose box was ticked; without it no box can be. */
  onTick?: (at: number) => void;
}>;

let loaded: MarkdownComponent | null = null;

/**
 * Loads the component that renders Markdown, so that {@link useMarkdown} has it at once. Never rejects: where it
 * cannot be had, texts are shown as written.
 */
export async function loadMarkdown(): Promise<void> {
  await import('../markdown/markdown.tsx').then(
    ({ default: markdown }) => {
      loaded = markdown;
    },
    () => {},
  );
}

/**
 * The component that renders Markdown, loaded when first wanted. Null until then, and when it
 * cannot be had (the server that the page came from is gone): show the text as written.
 */
export function useMarkdown(wanted: boolean): MarkdownComponent | null {
  const [component, setComponent] = useState<MarkdownComponent | null>(() => loaded);
  useEffect(() => {
    if (!wanted || component) return;
    let dropped = false;
    void loadMarkdown().then(() => {
      if (!dropped) setComponent(() => loaded);
    });
    return () => {
      dropped = true;
    };
  }, [wanted, component]);
  return component;
}
