import type * as Electron from 'electron';
import { showSaveDialog } from './electron-double-saving.ts';

/** Texts put on the clipboard, the last one last; and what goes wrong when one is. */
export const clipboardTexts: string[] = [];
export const clipboardTrouble: { error: Error | null } = { error: null };

export const clipboard = {
  writeText: async (text: string) => {
    if (clipboardTrouble.error) throw clipboardTrouble.error;
    clipboardTexts.push(text);
  },
};

/** Error boxes shown, as title and text. */
export const errorBoxes: { title: string; content: string }[] = [];

/** Questions asked, and the button that the reader will choose; with `later`, in a while. */
export const questions: { asked: Electron.MessageBoxOptions[]; answer: number; later: Promise<number> | null } = {
  asked: [],
  answer: 0,
  later: null,
};

/** Folders asked for, and the one that the reader will choose; null for none. */
export const chosenFolders: { asked: Electron.OpenDialogOptions[]; answer: string | null } = {
  asked: [],
  answer: null,
};

export const dialog = {
  showOpenDialog: async (options: Electron.OpenDialogOptions) => {
    chosenFolders.asked.push(options);
    const { answer } = chosenFolders;
    return { canceled: answer === null, filePaths: answer === null ? [] : [answer] };
  },
  showSaveDialog,
  showErrorBox: (title: string, content: string) => void errorBoxes.push({ title, content }),
  showMessageBox: async (window: { isDestroyed(): boolean }, options: Electron.MessageBoxOptions) => {
    if (window.isDestroyed()) throw new Error('Object has been destroyed');
    questions.asked.push(options);
    const { signal, cancelId = 0 } = options;
    const response = await (questions.later ?? questions.answer);
    return { response: signal?.aborted ? cancelId : response, checkboxChecked: false };
  },
};
