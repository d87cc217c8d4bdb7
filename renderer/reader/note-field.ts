import type { TextRange } from '../../shared/paper.ts';

/** What stands in a note while nothing does. */
export const notePlaceholder = 'Write in Markdown. It saves itself.';

/** Where the reader is in a text field. */
export interface NoteCaret {
  /** The selection, in UTF-16 units. */
  anchor: number;
  head: number;
  /** How far it is scrolled, in pixels. */
  top: number;
  hasFocus: boolean;
}

/** A field that a note is written in: the plain one that is there at once, or the editor that takes its place. */
export interface NoteFieldProps {
  /** What it shows. What is typed is told, and comes back as this. */
  text: string;
  /** Stretches of the text to be marked. */
  matches: readonly TextRange[];
  /** The id of the element that names it. */
  labelledBy: string;
  /**
   * Where the reader was in the field before it, once that has gone; null where there was none: this one takes the
   * focus then, at the end.
   */
  caret: { readonly current: NoteCaret | null };
  onChange(text: string): void;
  /** @param target what has the focus now, in this window */
  onBlur(target: EventTarget | null): void;
  /** Escape was pressed. */
  onLeave(): void;
}
