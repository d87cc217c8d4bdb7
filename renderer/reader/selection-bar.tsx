import { type RefObject, useLayoutEffect, useRef, useState } from 'react';
import { type HighlightColour, highlightColours } from '../../shared/highlights.ts';
import type { TextRange } from '../../shared/paper.ts';
import { withKey } from '../frame/key-hint.tsx';
import { shownRange } from '../text/text-places.ts';

/** Colours as they are called, each with its kind of line. */
const names: Record<HighlightColour, string> = {
  yellow: 'Yellow, solid line',
  green: 'Green, dashed line',
  blue: 'Blue, dotted line',
  pink: 'Pink, double line',
};

interface SelectionBarProps {
  /** What shows the text, within an element that this bar is placed in. */
  text: RefObject<HTMLElement | null>;
  range: TextRange;
  /** The colour that the words have; null where they are not highlighted. */
  colour: HighlightColour | null;
  /** False where nothing can be changed. */
  canChange: boolean;
  onColour(colour: HighlightColour): void;
  onQuote(): void;
  onCopy(): void;
  onRemove(): void;
}

/** What can be done with the words that are selected, floating by them: four colours, Quote, Copy, Remove. */
export function SelectionBar(props: SelectionBarProps) {
  const { text, range, colour, canChange, onColour, onQuote, onCopy, onRemove } = props;
  const bar = useRef<HTMLDivElement>(null);
  const place = usePlace(text, bar, range);
  return (
    <div
      ref={bar}
      className="selection-bar"
      role="toolbar"
      aria-label="Selected words"
      // Without a place it is not seen, and measured all the same.
      data-placed={place !== null}
      style={place ?? {}}
      // The words stay selected.
      onMouseDown={(event) => event.preventDefault()}
    >
      {canChange &&
        highlightColours.map((each) => (
          <button
            key={each}
            type="button"
            className="shade-button"
            aria-label={names[each]}
            title={each === 'yellow' ? withKey(names[each], 'highlight') : names[each]}
            aria-pressed={each === colour}
            onClick={() => onColour(each)}
          >
            <span data-shade={each} aria-hidden="true">
              a
            </span>
          </button>
        ))}
      {canChange && (
        <button
          type="button"
          className="bar-button"
          title={withKey('Quote in the note', 'quoteInNote')}
          onClick={onQuote}
        >
          Quote
        </button>
      )}
      <button type="button" className="bar-button" onClick={onCopy}>
        Copy
      </button>
      {canChange && colour !== null && (
        <button type="button" className="bar-button" title="Remove the highlight (Delete)" onClick={onRemove}>
          Remove
        </button>
      )}
    </div>
  );
}

/** Space between the bar and the words, in pixels. */
const gap = 6;

/** Where the bar stands: above the words where there is room in sight, else below them. */
function usePlace(text: RefObject<HTMLElement | null>, bar: RefObject<HTMLElement | null>, [from, to]: TextRange) {
  const [place, setPlace] = useState<{ top: string; left: string } | null>(null);
  useLayoutEffect(() => {
    const { current: element } = text;
    const frame = element?.parentElement;
    if (!element || !frame) return;
    const measure = () => {
      const words = shownRange(element, [from, to])?.getBoundingClientRect?.();
      const own = bar.current?.getBoundingClientRect();
      if (!words || !own) return;
      const around = frame.getBoundingClientRect();
      const sight = element.closest('.page-scroll')?.getBoundingClientRect().top ?? 0;
      const above = words.top - own.height - gap;
      const top = above >= sight ? above : words.bottom + gap;
      const middle = words.left + words.width / 2 - own.width / 2;
      const left = Math.max(0, Math.min(middle - around.left, around.width - own.width));
      setPlace({ top: `${Math.round(top - around.top)}px`, left: `${Math.round(left)}px` });
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(frame);
    // It is wider where there is more to be done.
    if (bar.current) observer.observe(bar.current);
    return () => observer.disconnect();
  }, [text, bar, from, to]);
  return place;
}
