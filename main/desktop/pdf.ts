import { existsSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { app, type BrowserWindow, dialog } from 'electron';
import type { Handlers } from '../../shared/contract.ts';
import { OffprintError } from '../../shared/outcome.ts';
import { fileNameFor } from './file-name.ts';
import { paperSizeOf } from './paper-size.ts';
import { saveFile } from './save-file.ts';

/**
 * A library's handlers, with `print.pdf` answered: asks where to, then makes a PDF file of what the page prints.
 * @param window the window that is open, or null
 */
export function withPdf(handlers: Handlers, window: () => BrowserWindow | null): Handlers {
  let isSaving = false;
  let lastFolder: string | null = null;
  return {
    ...handlers,
    'print.pdf': async ({ name }) => {
      const open = window();
      if (open === null) throw new OffprintError('refused', 'There is no window to make a PDF file of.');
      if (isSaving) throw new OffprintError('refused', 'A PDF file is being saved already.');
      isSaving = true;
      try {
        const path = await choosePath(open, fileNameFor(name, 'Paper', 'pdf'), lastFolder);
        if (path === null) return { path };
        await saveFile(path, await pdfOf(open));
        lastFolder = dirname(path);
        return { path };
      } finally {
        isSaving = false;
      }
    },
  };
}

/** Asks where to save a PDF file; null when nowhere. */
async function choosePath(window: BrowserWindow, name: string, folder: string | null): Promise<string | null> {
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    title: 'Save as PDF',
    defaultPath: folder === null ? name : join(folder, name),
    filters: [{ name: 'PDF', extensions: ['pdf'] }],
    // What is read stands in no list of the system's.
    properties: ['createDirectory', 'showOverwriteConfirmation', 'dontAddToRecent'],
  });
  if (canceled || filePath === '') return null;
  if (extname(filePath) !== '') return filePath;
  // Not every system adds the ending; one that was not asked about is never replaced.
  const ended = `${filePath}.pdf`;
  return existsSync(ended) ? filePath : ended;
}

async function pdfOf(window: BrowserWindow): Promise<Uint8Array> {
  try {
    return await window.webContents.printToPDF({
      pageSize: paperSizeOf(app.getLocaleCountryCode()),
      // The margins and what stands in them are the style sheet's.
      displayHeaderFooter: false,
      printBackground: true,
      // For screen readers, and for finding one of many papers.
      generateTaggedPDF: true,
      generateDocumentOutline: true,
    });
  } catch (cause) {
    const message = 'The PDF file could not be made. Nothing was saved. Printing, too, can save as PDF.';
    throw new OffprintError('internal', message, { cause });
  }
}
