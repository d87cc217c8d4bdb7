import type { Locator, Page } from '@playwright/test';
import { expect } from '../fixtures.ts';
import { writeNote } from './parts.ts';

/** The note with its heading and state, whether shown or being written. */
export function note(page: Page): Locator {
  return page.locator('.note');
}

/** The note while it is written. */
export function noteField(page: Page): Locator {
  return page.getByRole('textbox', { name: 'Note' });
}

/** What stands in the note while it is written, line by line; of a long one, what is to be seen of it. */
export function noteText(page: Page): Promise<string> {
  return noteField(page).evaluate((field) => {
    if (field instanceof HTMLTextAreaElement) return field.value;
    if (field.querySelector('.cm-placeholder')) return '';
    return Array.from(field.querySelectorAll('.cm-line'), (line) => line.textContent).join('\n');
  });
}

/** Expects what stands in the note while it is written. */
export async function expectNote(page: Page, text: string | RegExp): Promise<void> {
  await expect(noteField(page)).toBeVisible();
  if (typeof text === 'string') await expect.poll(() => noteText(page)).toBe(text);
  else await expect.poll(() => noteText(page)).toMatch(text);
}

/** Expects that the note says of itself that it is on the disk. */
export async function expectSaved(page: Page): Promise<void> {
  await expect(note(page).getByText('Saved', { exact: true })).toBeVisible();
}

/** Puts a whole other text in the place of the current paper's note, and waits until it is on the disk. */
export async function rewriteNote(page: Page, text: string): Promise<void> {
  await writeNote(page, '');
  await page.keyboard.press('ControlOrMeta+a');
  if (text === '') await page.keyboard.press('Delete');
  else await page.keyboard.insertText(text);
  // Of a long one, what is to be seen: its end.
  await expect
    .poll(async () => (text === '') === ((await noteText(page)) === '') && text.endsWith(await noteText(page)))
    .toBe(true);
  await page.keyboard.press('Escape');
  if (text !== '') await expectSaved(page);
  await expect(noteField(page)).toHaveCount(0);
}
