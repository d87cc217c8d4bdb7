import type { Toasts } from './toasts.ts';

/**
 * Puts a text on the clipboard, and says that it is there, or that the system does not allow it.
 * @param done what is said then: "Copied the path"
 */
export async function copyText(toasts: Toasts, text: string, done: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    toasts.show('done', done, { topic: 'copy' });
    return true;
  } catch {
    toasts.show('error', 'The system did not let Offprint use the clipboard. Select the text and copy it by hand.', {
      topic: 'copy',
    });
    return false;
  }
}
