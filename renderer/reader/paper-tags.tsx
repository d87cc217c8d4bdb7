import { useLayoutEffect, useRef, useState } from 'react';
import { withKey } from '../frame/key-hint.tsx';
import { useTagColour } from '../tags/tag-colours.ts';
import { fittingTags } from './fitting-tags.ts';
import './paper-tags.css';

/** Lines of tags that stand above the abstract; what is more is folded away. */
const mostLines = 2;

interface PaperTagsProps {
  tags: readonly string[];
  /** Shows the papers with a tag. */
  onTag(tag: string): void;
  onEditTags(): void;
}

/** The tags of a paper. So many that they would push the abstract down are folded away behind a number. */
export function PaperTags({ tags, onTag, onEditTags }: PaperTagsProps) {
  const list = useRef<HTMLUListElement>(null);
  const [fitting, setFitting] = useState(tags.length);
  const [unfolded, setUnfolded] = useState(false);
  const shown = unfolded ? tags.length : Math.min(fitting, tags.length);
  const more = tags.length - shown;

  // biome-ignore lint/correctness/useExhaustiveDependencies: other tags have other widths
  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return;
    const measure = () => setFitting(countFitting(element));
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [tags]);

  return (
    <ul className="paper-tags" aria-label="Tags" ref={list}>
      {tags.map((tag, at) => (
        // Folded away it keeps its width, by which it is known whether there is room for it.
        <li key={tag} data-tag className={at < shown ? undefined : 'folded-tag'} inert={at >= shown}>
          <TagButton tag={tag} onTag={onTag} />
        </li>
      ))}
      {(more > 0 || unfolded) && (
        <li>
          <button
            type="button"
            className="tag more"
            aria-expanded={unfolded}
            aria-label={unfolded ? 'Show fewer tags' : `Show ${more} more tags`}
            onClick={() => setUnfolded(!unfolded)}
          >
            {unfolded ? 'Fewer' : `+${more}`}
          </button>
        </li>
      )}
      <li data-end>
        <button type="button" className="tag add" title={withKey('Tags', 'editTags')} onClick={onEditTags}>
          + tag
        </button>
      </li>
    </ul>
  );
}

function TagButton({ tag, onTag }: Pick<PaperTagsProps, 'onTag'> & { tag: string }) {
  return (
    <button
      type="button"
      className="tag clip"
      data-colour={useTagColour(tag)}
      dir="auto"
      title={`Show the papers tagged ${tag}`}
      onClick={() => onTag(tag)}
    >
      {tag}
    </button>
  );
}

/** Width of the button with the number, in pixels, at its widest. */
const moreWidth = 48;

function countFitting(list: HTMLElement): number {
  const widthOf = (element: Element) => element.getBoundingClientRect().width;
  return fittingTags(
    {
      tags: [...list.querySelectorAll(':scope > [data-tag]')].map(widthOf),
      end: [...list.querySelectorAll(':scope > [data-end]')].reduce((sum, element) => sum + widthOf(element), 0),
      more: moreWidth,
      gap: Number.parseFloat(getComputedStyle(list).columnGap) || 0,
      line: widthOf(list),
    },
    mostLines,
  );
}
