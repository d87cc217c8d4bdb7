import type { Locator, Page } from '@playwright/test';
import { expect } from '../fixtures.ts';

/** The note with its heading and state, whether shown or being written. */
export function note(page: Page): Locator {
  return page.locator('.note');
}

/** The note while it is written. */
export function noteField(page: Page): Locator {
  return page.getByRole('textbox', { name: 'Note' });
}

/** Expects that the note says of itself that it is on the disk. */
export async function expectSaved(page: Page): Promise<void> {
  await expect(note(page).getByText('Saved', { exact: true })).toBeVisible();
}

/** Puts a whole other text in the place of the current paper's note, and waits until it is on the disk. */
export async function rewriteNote(page: Page, text: string): Promise<void> {
  await page.keyboard.press('n');
  await expect(noteField(page)).toBeFocused();
  await page.keyboard.press('ControlOrMeta+a');
  if (text === '') await page.keyboard.press('Delete');
  else await page.keyboard.insertText(text);
  await expect(noteField(page)).toHaveValue(text);
  await page.keyboard.press('Escape');
  if (text !== '') await expectSaved(page);
  await expect(noteField(page)).toHaveCount(0);
}
