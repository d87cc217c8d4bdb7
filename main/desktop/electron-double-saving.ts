import type * as Electron from 'electron';

/** Files that were asked where to be saved, and where the reader will choose; null for nowhere. */
export const chosenFiles: { asked: Electron.SaveDialogOptions[]; answer: string | null } = { asked: [], answer: null };

const saveOptions = new Set(['buttonLabel', 'defaultPath', 'filters', 'properties', 'title']);

/** The double of `dialog.showSaveDialog`: it belongs to a window, and has these options and no others. */
export async function showSaveDialog(
  window: { isDestroyed(): boolean },
  options: Electron.SaveDialogOptions,
): Promise<Electron.SaveDialogReturnValue> {
  if (window.isDestroyed()) throw new Error('Object has been destroyed');
  for (const name of Object.keys(options)) if (!saveOptions.has(name)) throw new Error(`showSaveDialog has no ${name}`);
  chosenFiles.asked.push(options);
  return { canceled: chosenFiles.answer === null, filePath: chosenFiles.answer ?? '' };
}

const pdfOptions = new Set([
  'displayHeaderFooter',
  'generateDocumentOutline',
  'generateTaggedPDF',
  'pageSize',
  'printBackground',
]);

/** Checks what a page is asked to be printed with. */
export function checkPdfOptions(options: Electron.PrintToPDFOptions): void {
  for (const name of Object.keys(options)) if (!pdfOptions.has(name)) throw new Error(`printToPDF has no ${name}`);
}
