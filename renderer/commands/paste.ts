import { useEffect } from 'react';
import { chosenFiles } from '../state/dropped-files.ts';
import type { Session } from '../state/session.ts';
import { isTyping } from './typing.ts';

/** What pasted text is called as a source. */
const pastedName = 'Pasted text';

/** Too little to be a title, an id or a link. */
const leastText = 6;

function importText(session: Session, text: string): void {
  if (text.trim().length < leastText) {
    session.toasts.show('notice', 'There is nothing on the clipboard that could be imported.', { topic: 'import' });
    return;
  }
  void session.importing.begin([{ name: pastedName, content: new Blob([text], { type: 'text/plain' }) }]);
}

/** Imports the text on the clipboard, asked for by a menu: the browser may want the reader's leave. */
export async function importClipboard(session: Session): Promise<void> {
  let text: string;
  try {
    text = await navigator.clipboard.readText();
  } catch {
    const why = 'The system did not let Offprint read the clipboard. Paste it into the list with the keyboard.';
    session.toasts.show('notice', why, { topic: 'import' });
    return;
  }
  importText(session, text);
}

/** Imports what is pasted anywhere but into a text field or under a dialog: files, else text. */
export function usePaste(session: Session): void {
  useEffect(() => {
    function onPaste(event: ClipboardEvent): void {
      const data = event.clipboardData;
      if (event.defaultPrevented || !data || isTyping(event.target) || document.querySelector('dialog:modal')) return;
      event.preventDefault();
      if (data.files.length > 0) {
        const { files, passedOver } = chosenFiles([...data.files]);
        void session.importing.begin(files, passedOver);
      } else importText(session, data.getData('text/plain'));
    }
    window.addEventListener('paste', onPaste);
    return () => window.removeEventListener('paste', onPaste);
  }, [session]);
}
