/** The name of an {@link EditEvent}. */
export const editEvent = 'offprint-edit';

/** What the menu can ask of a text that has a history of its own. */
export type EditDeed = 'undo' | 'redo' | 'selectAll';

declare global {
  interface HTMLElementEventMap {
    [editEvent]: CustomEvent<EditDeed>;
  }
}

/**
 * Asks an element to do something in the text that is edited in it.
 * @returns false when it is none that does so itself
 */
export function askToEdit(target: HTMLElement, deed: EditDeed): boolean {
  return !target.dispatchEvent(new CustomEvent<EditDeed>(editEvent, { detail: deed, cancelable: true }));
}
