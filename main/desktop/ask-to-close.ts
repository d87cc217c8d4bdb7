import { type BrowserWindow, dialog } from 'electron';

/** Why a window is not closed yet. */
export type Unsaved =
  /** The page answers, and could not save so many notes. */
  | { kind: 'page'; notes: number }
  /** The page does not answer; it has kept so many notes with the program, which will save them. */
  | { kind: 'silent'; kept: number }
  /** The page is gone or given up, and the program could not save so many of these notes; why, as a whole sentence. */
  | { kind: 'kept'; notes: number; why: string };

/**
 * Asks the reader whether a window may close although something in it is not saved.
 * @returns true to close; the other answer is what Enter and Escape give
 */
export async function askToClose(window: BrowserWindow, unsaved: Unsaved): Promise<boolean> {
  const { message, detail, stay, close } = words(unsaved);
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    message,
    detail,
    buttons: [stay, close],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  });
  return response === 1;
}

function words(unsaved: Unsaved): { message: string; detail: string; stay: string; close: string } {
  switch (unsaved.kind) {
    case 'page':
      return {
        message: notesInWords(unsaved.notes),
        detail: 'The text is still in the window. You can go back and copy it, or close without it.',
        stay: 'Go back',
        close: 'Close without saving',
      };
    case 'silent':
      return {
        message: 'The window does not answer.',
        detail:
          unsaved.kept === 0
            ? 'All that you wrote is saved, as far as the window has said. You can wait, or close it.'
            : 'You can wait, or close the window. What you wrote last is saved then, as it stood when the window last answered.',
        stay: 'Wait',
        close: unsaved.kept === 0 ? 'Close' : 'Save and close',
      };
    case 'kept':
      return {
        message: notesInWords(unsaved.notes),
        detail: `${unsaved.why} You can see to that and try again, or close without what you wrote last.`,
        stay: 'Try again',
        close: 'Close without saving',
      };
  }
}

function notesInWords(notes: number): string {
  return notes === 1 ? 'A note could not be saved.' : `${notes} notes could not be saved.`;
}
