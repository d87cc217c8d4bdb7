import type { TextRange } from '../../shared/paper.ts';
import { shownRange, storedRange, wholesIn } from '../text/text-places.ts';
import { type Step, unitFrom, unitsOf } from '../text/word-steps.ts';

/** A key pressed on the page, as far as it selects words. */
export type WordKey = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'altKey' | 'ctrlKey' | 'metaKey'>;

/**
 * Selects words of a text that is shown, from the keyboard and without a caret: the right and left arrow select the
 * next word and the one before, with Shift as well; with Ctrl (Cmd on a Mac) they go by sentences; Shift with down and
 * up extends by lines. Selections made with the mouse go on in the same way.
 */
export class WordKeys {
  readonly #root: HTMLElement;
  readonly #text: string;
  readonly #mac: boolean;
  /** What was selected last by a key: from where on, the unit that moves, and what that came to. */
  #walked: { anchor: TextRange; moving: TextRange; selected: TextRange } | null = null;

  /** @param root shows `text`; see `text-places.ts` @param mac whether Cmd stands for Ctrl */
  constructor(root: HTMLElement, text: string, mac: boolean) {
    this.#root = root;
    this.#text = text;
    this.#mac = mac;
  }

  /** What is selected of the text; null for nothing. */
  selected(): TextRange | null {
    const selection = this.#root.ownerDocument.getSelection();
    if (!selection || selection.rangeCount === 0 || selection.isCollapsed) return null;
    return storedRange(this.#root, selection.getRangeAt(0));
  }

  /** Selects a stretch of the text, and brings it into sight. */
  select(range: TextRange, reveal = true): void {
    const shown = shownRange(this.#root, range);
    const selection = this.#root.ownerDocument.getSelection();
    if (!shown || !selection) return;
    selection.removeAllRanges();
    selection.addRange(shown);
    if (reveal) revealRange(this.#root.closest('.page-scroll'), shown);
  }

  /** Takes a key; false where it is none of these. */
  press({ key, shiftKey, altKey, ctrlKey, metaKey }: WordKey): boolean {
    if (altKey || (this.#mac ? ctrlKey : metaKey)) return false;
    const isLine = key === 'ArrowDown' || key === 'ArrowUp';
    const mod = ctrlKey || metaKey;
    if (isLine) return shiftKey && !mod && this.#extendByLine(key === 'ArrowDown' ? 'forward' : 'backward');
    if (key !== 'ArrowRight' && key !== 'ArrowLeft') return false;
    const step: Step = mod ? 'sentence' : 'word';
    const units = unitsOf(this.#text, step, wholesIn(this.#root));
    const direction = key === 'ArrowRight' ? 1 : -1;
    const now = this.selected();
    if (!now) this.#begin(units);
    else if (shiftKey) this.#extend(units, now, direction);
    else this.#move(units, now, direction);
    return true;
  }

  /** The first one in sight, where nothing is selected. */
  #begin(units: readonly TextRange[]): void {
    const top = this.#root.closest('.page-scroll')?.getBoundingClientRect().top ?? 0;
    const isInSight = (unit: TextRange) => (shownRange(this.#root, unit)?.getBoundingClientRect?.().top ?? top) >= top;
    const first = units.find(isInSight) ?? units[0];
    if (first) this.#choose(first, first);
  }

  #move(units: readonly TextRange[], [from, to]: TextRange, direction: 1 | -1): void {
    const unit = unitFrom(units, direction === 1 ? to : from, direction);
    if (unit) this.#choose(unit, unit);
  }

  #extend(units: readonly TextRange[], now: TextRange, direction: 1 | -1): void {
    const own = this.#walked && isSame(this.#walked.selected, now) ? this.#walked : null;
    const { anchor, moving } = own ?? { anchor: now, moving: now };
    const unit = unitFrom(units, direction === 1 ? moving[1] : moving[0], direction);
    if (unit) this.#choose(anchor, unit);
  }

  #choose(anchor: TextRange, moving: TextRange): void {
    const selected: TextRange = [Math.min(anchor[0], moving[0]), Math.max(anchor[1], moving[1])];
    this.select(selected);
    // As it is known again: a stretch that is shown as one is selected whole.
    this.#walked = { anchor, moving, selected: this.selected() ?? selected };
  }

  #extendByLine(direction: 'forward' | 'backward'): boolean {
    if (!this.selected()) return false;
    const selection = this.#root.ownerDocument.getSelection();
    selection?.modify('extend', direction, 'line');
    this.#walked = null;
    return true;
  }
}

function isSame(one: TextRange, other: TextRange): boolean {
  return one[0] === other[0] && one[1] === other[1];
}

/** Scrolls no more than is needed. */
function revealRange(page: Element | null, range: Range): void {
  const of = range.getBoundingClientRect?.();
  if (!page || !of) return;
  const sight = page.getBoundingClientRect();
  const margin = 48;
  if (of.bottom > sight.bottom - margin) page.scrollTop += of.bottom - sight.bottom + margin;
  else if (of.top < sight.top + margin) page.scrollTop -= sight.top + margin - of.top;
}
