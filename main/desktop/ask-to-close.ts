import { type BrowserWindow, dialog } from 'electron';

/**
 * Asks the reader whether a window may close although something in it is not saved.
 * @param unsaved how many notes could not be saved; null when the page does not answer
 * @returns true to close; going back is what Enter and Escape do
 */
export async function askToClose(window: BrowserWindow, unsaved: number | null): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    message: unsaved === null ? 'The window does not answer.' : unsavedInWords(unsaved),
    detail:
      unsaved === null
        ? 'What you typed last may not be saved. You can wait, or close the window without it.'
        : 'The text is still in the window. You can go back and copy it, or close without it.',
    buttons: [unsaved === null ? 'Wait' : 'Go back', 'Close without saving'],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  });
  return response === 1;
}

function unsavedInWords(unsaved: number): string {
  return unsaved === 1 ? 'A note could not be saved.' : `${unsaved} notes could not be saved.`;
}
