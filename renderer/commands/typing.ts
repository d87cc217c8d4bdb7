const notTyped = new Set(['button', 'checkbox', 'color', 'file', 'image', 'radio', 'range', 'reset', 'submit']);

/** True when keys pressed on this element write text, or choose in a list of its own. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !notTyped.has(target.type);
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target.isContentEditable || target.closest('[contenteditable=""], [contenteditable="true"]') !== null;
}

const arrows = ['ArrowDown', 'ArrowUp', 'ArrowLeft', 'ArrowRight', 'Home', 'End'];
const scrolling = [...arrows, 'PageUp', 'PageDown'];
const pressing = ['Space', 'Enter'];

/** True when an element does something of its own with a key, which a command must then leave to it. */
export function ownsStroke(target: EventTarget | null, stroke: string): boolean {
  if (!(target instanceof Element)) return false;
  const key = stroke.replace(/^(Mod\+)?(Shift\+)?/, '');
  if (target.closest('button, a[href], summary, [role="button"], label')) {
    if (pressing.includes(key)) return true;
  }
  if (target.closest('input, [role="radio"], [role="slider"]')) return [...arrows, ...pressing].includes(key);
  if (target.closest('[role="separator"]')) return [...arrows, 'Enter'].includes(key);
  // In the reader the arrows scroll the abstract, as anywhere on the web.
  return target.closest('[data-pane="reader"]') !== null && scrolling.includes(key);
}
