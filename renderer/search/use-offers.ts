import { type KeyboardEvent, type RefObject, useMemo, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { useApp } from '../frame/session-context.ts';
import { lookupAt, type Offer, offersAt } from './offers.ts';
import { useLookup } from './use-lookup.ts';

/** What the search box needs of its offers. */
export interface OfferControls {
  open: boolean;
  offers: readonly Offer[];
  /** Place of the highlighted one, or -1. */
  active: number;
  /** What the list of them is called. */
  label: string;
  /** What the keys do. */
  hint: string;
  /** The reader has changed the text. */
  typed(): void;
  /** The caret may have moved. */
  moved(): void;
  /** The reader wants to know what can be typed. */
  ask(): void;
  close(): void;
  accept(offer: Offer): void;
  /** Answers true for a key that it has dealt with. */
  onKeyDown(event: KeyboardEvent): boolean;
}

/**
 * What is offered for the place of the caret: fields, their values, tags, sources, authors, venues.
 * Offers come while typing, and when they are asked for.
 */
export function useOffers(input: RefObject<HTMLInputElement | null>): OfferControls {
  const text = useApp((state) => state.query);
  const library = useApp((state) => state.library);
  const [mode, setMode] = useState<'closed' | 'typing' | 'asked'>('closed');
  const [caret, setCaret] = useState(0);
  const [chosen, setChosen] = useState(-1);
  /** The text in which the caret was last known to stand where it does. */
  const told = useRef('');

  const year = new Date().getFullYear();
  const asked = mode === 'asked';
  const lookup = useMemo(() => (mode === 'closed' ? null : lookupAt(text, caret, year)), [mode, text, caret, year]);
  const found = useLookup(lookup);
  const shown = useMemo(
    () => (mode === 'closed' || !library ? null : offersAt(text, caret, { library, year, asked, found })),
    [mode, text, caret, library, year, asked, found],
  );
  const offers = shown?.offers ?? [];
  const active = Math.min(chosen, offers.length - 1);
  // Offers that came unasked, on a word that may be meant as one, do not stand between the box and the papers.
  const inTheWay = asked || shown?.perhapsWords === false;

  function show(next: typeof mode): void {
    setMode(next);
    setCaret(input.current?.selectionEnd ?? 0);
    setChosen(-1);
    told.current = input.current?.value ?? '';
  }

  function accept({ insert, back = 0 }: Offer): void {
    const field = input.current;
    if (!field || !shown) return;
    const { from, to } = shown;
    field.focus();
    field.setSelectionRange(from, to);
    flushSync(() => {
      // Deprecated, and still the only way to a text field's own history.
      if (document.execCommand?.('insertText', false, insert)) return;
      field.setRangeText(insert, from, to, 'end');
      field.dispatchEvent(new Event('input', { bubbles: true }));
    });
    const after = from + insert.length - back;
    field.setSelectionRange(after, after);
    // After the name of a field come its values.
    show(insert.endsWith(':') ? 'typing' : 'closed');
  }

  /** What a key does, or null when it is none of the offers'. */
  function deed({ key, altKey, ctrlKey, metaKey, shiftKey }: KeyboardEvent): (() => void) | null {
    const plain = !altKey && !ctrlKey && !metaKey && !shiftKey;
    if ((altKey && key === 'ArrowDown') || (ctrlKey && key === ' ')) return () => show('asked');
    if (key === '?' && text === '' && mode !== 'asked') return () => show('asked');
    if (!shown || !plain) return null;
    const picked = offers[active];
    const first = picked ?? (asked ? undefined : offers[0]);
    switch (key) {
      case 'Escape':
        return () => setMode('closed');
      case 'ArrowDown':
        return picked || inTheWay ? () => setChosen(active + 1 < offers.length ? active + 1 : -1) : null;
      case 'ArrowUp':
        return () => setChosen(active < 0 ? offers.length - 1 : active - 1);
      case 'Enter':
        return picked ? () => accept(picked) : null;
      case 'Tab':
        return first ? () => accept(first) : null;
      default:
        return null;
    }
  }

  return {
    open: shown !== null,
    offers,
    active,
    label: shown?.label ?? '',
    hint: inTheWay ? '↓ chooses · Tab completes · Esc closes' : 'Tab completes · Esc closes',
    typed: () => show('typing'),
    moved() {
      const field = input.current;
      // A caret that goes elsewhere in the same text is reading, not writing.
      if (field && mode !== 'closed' && field.value === told.current && field.selectionEnd !== caret) setMode('closed');
    },
    ask: () => show('asked'),
    close: () => setMode('closed'),
    accept,
    onKeyDown(event) {
      const act = deed(event);
      if (!act) return false;
      event.preventDefault();
      act();
      return true;
    },
  };
}
