import { type Ref, useEffect, useId, useImperativeHandle, useLayoutEffect, useMemo, useRef, useState } from 'react';
import {
  highlightAt,
  highlightOf,
  nextColour,
  placedIn,
  withColour,
  withHighlight,
  withoutHighlight,
} from '../../shared/highlighting/edit.ts';
import type { HighlightColour } from '../../shared/highlights.ts';
import type { Paper, TextRange } from '../../shared/paper.ts';
import { hasLatex } from '../../shared/reading/has-latex.ts';
import { mayBeDamaged } from '../../shared/reading/may-be-damaged.ts';
import type { Piece } from '../../shared/reading/pieces.ts';
import { onMac } from '../commands/use-keyboard.ts';
import { useMathematics } from '../mathematics/use-mathematics.ts';
import { cleanText } from '../text/clean-text.ts';
import { isEnglish } from '../text/english.ts';
import { LinkedText } from '../text/linked-text.tsx';
import { ShownText } from '../text/shown-text.tsx';
import { storedRange } from '../text/text-places.ts';
import { AbstractFoot } from './abstract-foot.tsx';
import { LostHighlights } from './lost-highlights.tsx';
import { SelectionBar } from './selection-bar.tsx';
import type { Highlighting } from './use-highlights.ts';
import { WordKeys } from './word-keys.ts';
import './abstract.css';

/** What commands do with the words that are selected in the abstract. */
export interface AbstractHandle {
  hasSelection(): boolean;
  /** Highlights them, or gives the highlight that they lie in its next colour. */
  highlight(): void;
  /** Quotes them in the note; false where none are selected. */
  quote(): boolean;
}

interface AbstractTextProps {
  ref?: Ref<AbstractHandle> | undefined;
  paper: Paper & { abstract: string };
  highlighting: Highlighting;
  /** Shows the text as it came, mathematics not made out. */
  original: boolean;
  onOriginal(): void;
  /** False where nothing can be changed. */
  canChange: boolean;
  /** Puts a clean text into the note as a quote. */
  onQuote(text: string): void;
  /** Says that a highlight has gone, and offers to bring it back. */
  onRemoved(label: string): void;
  onNotice(message: string, kind: 'info' | 'error'): void;
}

const howToSelect = 'Select words first: → selects one, Shift+→ more of them.';

/** The abstract: its text with highlights and matches, what can be done with selected words, and what is below it. */
export function AbstractText(props: AbstractTextProps) {
  const { ref, paper, highlighting, original, onOriginal, canChange, onQuote, onRemoved, onNotice } = props;
  const { abstract: source, abstractMatches } = paper;
  const { highlights, set } = highlighting;
  const { placed, lost } = useMemo(() => placedIn(source, highlights), [source, highlights]);
  const pieces = usePieces(source);
  const english = useMemo(() => isEnglish(source), [source]);
  const text = useRef<HTMLDivElement>(null);
  const keys = useRef<WordKeys | null>(null);
  const lastColour = useRef<HighlightColour>('yellow');
  const id = useId();
  const [selected, setSelected] = useSelected(text);

  const clean = (range: TextRange) => cleanText(source, range, original ? asStored(source) : pieces);
  const trimmed = selected && trimmedRange(source, selected);
  const current = trimmed && highlightAt(placed, trimmed);

  /** What is selected this moment, which may not have been shown yet. */
  function selectedNow() {
    const range = keys.current?.selected() ?? null;
    const words = range && trimmedRange(source, range);
    return { range, words, highlight: words && highlightAt(placed, words) };
  }

  function paint(colourFor: (colour: HighlightColour | null) => HighlightColour): void {
    const { range, words, highlight } = selectedNow();
    if (!words || !canChange) return;
    // They stay selected, also where the window has not heard of it yet.
    setSelected(range);
    const colour = colourFor(highlight?.colour ?? null);
    lastColour.current = colour;
    const given = { id: crypto.randomUUID(), colour, at: Date.now() };
    set(highlight ? withColour(highlights, highlight.id, colour) : withHighlight(source, highlights, words, given));
  }

  function remove(gone: string): void {
    if (canChange) set(withoutHighlight(highlights, gone), onRemoved);
  }

  function quote(): boolean {
    const { words } = selectedNow();
    if (words) onQuote(clean(words));
    return words !== null;
  }

  async function copy(range: TextRange, what: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(clean(range));
      onNotice(what, 'info');
    } catch {
      onNotice('The system did not let Offprint use the clipboard. Select the text and copy it by hand.', 'error');
    }
  }

  useImperativeHandle(ref, () => ({
    hasSelection: () => selectedNow().words !== null,
    highlight() {
      if (selectedNow().words === null) onNotice(howToSelect, 'info');
      else paint((colour) => (colour === null ? lastColour.current : nextColour(colour)));
    },
    quote,
  }));

  useEffect(() => {
    if (text.current) keys.current = new WordKeys(text.current, source, onMac);
  }, [source]);

  // Highlighted words are other elements than they were, and the document loses its selection with the old ones.
  const kept = useRef(selected);
  kept.current = selected;
  // biome-ignore lint/correctness/useExhaustiveDependencies: these are what makes the elements anew
  useLayoutEffect(() => {
    if (kept.current && document.getSelection()?.isCollapsed !== false) keys.current?.select(kept.current, false);
  }, [placed, original, pieces]);

  useEffect(() => {
    const page = text.current?.closest<HTMLElement>('.page-scroll');
    if (!page) return;
    const onKeyDown = (event: KeyboardEvent) => {
      const isHere = event.target === page || (event.target instanceof Node && text.current?.contains(event.target));
      if (!isHere || event.defaultPrevented || event.isComposing) return;
      const isDelete = event.key === 'Delete' || event.key === 'Backspace';
      const { range, highlight } = selectedNow();
      if (event.key === 'Escape' && range) {
        document.getSelection()?.removeAllRanges();
        setSelected(null);
      } else if (isDelete && highlight) remove(highlight.id);
      else if (!keys.current?.press(event)) return;
      event.preventDefault();
      event.stopPropagation();
    };
    const onClick = (event: MouseEvent) => {
      // A click on highlighted words is about all of them.
      const mark = event.target instanceof Element ? event.target.closest('[data-highlight]') : null;
      const clicked = placed.find((one) => one.id === mark?.getAttribute('data-highlight'));
      if (clicked && document.getSelection()?.isCollapsed) keys.current?.select([clicked.from, clicked.to], false);
    };
    page.addEventListener('keydown', onKeyDown);
    page.addEventListener('click', onClick);
    return () => {
      page.removeEventListener('keydown', onKeyDown);
      page.removeEventListener('click', onClick);
    };
  });

  return (
    <div className="abstract-place">
      <div
        className="abstract"
        ref={text}
        id={id}
        lang={english ? 'en' : ''}
        onCopy={(event) => {
          const { range } = selectedNow();
          if (!range || !isWithin(text.current)) return;
          event.clipboardData.setData('text/plain', clean(range));
          event.preventDefault();
        }}
      >
        {original ? (
          <LinkedText text={source} ranges={abstractMatches} highlights={placed} />
        ) : (
          <ShownText text={source} ranges={abstractMatches} highlights={placed} />
        )}
      </div>
      {selected && trimmed && (
        <SelectionBar
          text={text}
          range={trimmed}
          colour={current?.colour ?? null}
          canChange={canChange}
          onColour={(colour) => paint(() => colour)}
          onQuote={quote}
          onCopy={() => void copy(trimmed, 'Copied the selected words')}
          onRemove={() => current && remove(current.id)}
        />
      )}
      <AbstractFoot
        pieces={pieces}
        source={source}
        original={original}
        onOriginal={onOriginal}
        onCopy={() => void copy([0, source.length], 'Copied the abstract')}
      />
      <LostHighlights
        highlights={lost}
        canChange={canChange}
        onQuote={(highlight) => onQuote(highlight.quote)}
        onRemove={(highlight) => remove(highlight.id)}
      />
    </div>
  );
}

const asStored = (source: string): Piece[] => [{ kind: 'text', text: source, from: 0, to: source.length }];

/** The pieces of a text that are shown of it; as it is stored until what reads LaTeX is there. */
function usePieces(source: string): readonly Piece[] {
  const tools = useMathematics(hasLatex(source) || mayBeDamaged(source));
  return useMemo(() => tools?.piecesFor(source, true) ?? asStored(source), [tools, source]);
}

/** Whether all that is selected in the document lies within an element. */
function isWithin(element: Element | null): boolean {
  const selection = document.getSelection();
  if (!element || !selection || selection.rangeCount === 0) return false;
  return element.contains(selection.getRangeAt(0).commonAncestorContainer);
}

/** A stretch without the space at its ends; null where nothing else is there. */
function trimmedRange(source: string, range: TextRange): TextRange | null {
  const own = highlightOf(source, range, { id: '', colour: 'yellow', at: 0 });
  return own && [own.from, own.from + own.quote.length];
}

/** The stretch of the text that is selected, by whatever means; known once the mouse lets go. */
function useSelected(text: React.RefObject<HTMLElement | null>) {
  const [selected, setSelected] = useState<TextRange | null>(null);
  useEffect(() => {
    let isDragging = false;
    const look = () => {
      const { current } = text;
      const selection = document.getSelection();
      if (!current || !selection) return;
      const isOurs = selection.rangeCount > 0 && !selection.isCollapsed;
      const now = isOurs ? storedRange(current, selection.getRangeAt(0)) : null;
      setSelected((before) => (before && now && before[0] === now[0] && before[1] === now[1] ? before : now));
    };
    const onChange = () => {
      if (!isDragging) look();
    };
    const onDown = (event: PointerEvent) => {
      isDragging =
        event.target instanceof Node && (text.current?.closest('.page-scroll')?.contains(event.target) ?? false);
    };
    const onUp = () => {
      if (isDragging) setTimeout(look);
      isDragging = false;
    };
    document.addEventListener('selectionchange', onChange);
    document.addEventListener('pointerdown', onDown);
    document.addEventListener('pointerup', onUp);
    document.addEventListener('pointercancel', onUp);
    return () => {
      document.removeEventListener('selectionchange', onChange);
      document.removeEventListener('pointerdown', onDown);
      document.removeEventListener('pointerup', onUp);
      document.removeEventListener('pointercancel', onUp);
    };
  }, [text]);
  return [selected, setSelected] as const;
}
