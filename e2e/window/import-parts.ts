import type { Locator, Page } from '@playwright/test';
import { expect } from '../fixtures.ts';

/** Files as the browser's own dialog for files gives them. */
export interface ChosenFile {
  name: string;
  text: string | Buffer;
}

/** The messages at the foot of the window. */
export const messages = (page: Page): Locator => page.getByRole('region', { name: 'Messages' });

/** The dialog that shows what an import would bring. */
export const preview = (page: Page): Locator => page.getByRole('dialog', { name: 'Import these papers?' });

/** Chooses files by the key for it. */
export async function chooseFiles(page: Page, ...files: ChosenFile[]): Promise<void> {
  const choosing = page.waitForEvent('filechooser');
  await page.keyboard.press('ControlOrMeta+o');
  await (await choosing).setFiles(
    files.map(({ name, text }) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) })),
  );
}

/** Confirms the preview that is shown, and waits until the import is told of. */
export async function confirmImport(page: Page): Promise<void> {
  await expect(preview(page).getByRole('button', { name: 'Import', exact: true })).toBeFocused();
  await page.keyboard.press('Enter');
  // The message may be the one of an import before it; the dialog goes when this one is done.
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(messages(page)).toContainText('Imported');
}

/** Imports a file from choosing to the message at the end. */
export async function importFile(page: Page, name: string, text: string | Buffer): Promise<void> {
  await chooseFiles(page, { name, text });
  await confirmImport(page);
}

/** What the table of files in a preview or report says: name, format, new, merged, unchanged, skipped. */
export async function expectCounts(dialog: Locator, file: string, counts: readonly number[]): Promise<void> {
  const files = dialog.getByRole('row').filter({ has: dialog.page().getByRole('rowheader', { name: file }) });
  const cells = files.getByRole('cell');
  await expect(cells.filter({ hasText: /^[\d,]+$/ })).toHaveText(counts.map(String));
}

/** A BibTeX entry of our own. */
export function bibtexEntry(key: string, fields: Record<string, string>): string {
  const lines = Object.entries(fields).map(([name, value]) => `  ${name} = {${value}}`);
  return `@article{${key},\n${lines.join(',\n')}\n}\n`;
}
