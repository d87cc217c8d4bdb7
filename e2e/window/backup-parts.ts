import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expect } from '../fixtures.ts';

/** The dialog of backups and earlier states. */
export const backups = (page: Page): Locator => page.getByRole('dialog', { name: 'Backups and earlier states' });

/** Opens it by its key. */
export async function openBackups(page: Page): Promise<void> {
  await page.keyboard.type('gb');
  await expect(backups(page).getByRole('button', { name: 'Back up now…' })).toBeFocused();
}

/** A folder of the reader's, with a space and an accent, that goes when the work is done. */
export async function withFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'offprint backups é-'));
  try {
    await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Paths of the backups in a folder, the oldest first. */
export function backupsIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.offprint'))
    .sort()
    .map((name) => join(folder, name));
}

/** Types over what a field holds that has the focus. */
export async function typeOver(page: Page, text: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(text);
}

/** Writes a backup into a folder, from the list and back to it. @returns its path */
export async function backUp(page: Page, folder: string): Promise<string> {
  await openBackups(page);
  await page.keyboard.press('Enter');
  const asking = page.getByRole('dialog', { name: 'Back up now' });
  await expect(asking.getByRole('textbox', { name: 'Into the folder' })).toBeFocused();
  await typeOver(page, folder);
  await page.keyboard.press('Enter');
  const written = page.getByRole('dialog', { name: 'The backup is written' });
  await expect(written.getByRole('button', { name: 'Done' })).toBeFocused();
  const path = backupsIn(folder).at(-1) ?? '';
  await expect(written).toContainText(path);
  await page.keyboard.press('Enter');
  await expect(written).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  return path;
}

/** Chooses a backup file to restore, as far as the question. @returns the question */
export async function chooseBackup(page: Page, path: string): Promise<Locator> {
  await openBackups(page);
  await page.keyboard.press('Tab');
  const choosing = page.waitForEvent('filechooser');
  await page.keyboard.press('Enter');
  await (await choosing).setFiles({ name: basename(path), mimeType: 'application/zip', buffer: readFileSync(path) });
  return page.getByRole('dialog', { name: 'Restore this backup?' });
}

/** Restores a backup, from the list and back to it. @returns the path of the backup of what was there */
export async function restore(page: Page, path: string): Promise<string> {
  const asking = await chooseBackup(page, path);
  await expect(asking.getByRole('button', { name: 'Replace the library' })).toBeFocused();
  await page.keyboard.press('Enter');
  const done = page.getByRole('dialog', { name: 'The backup is restored' });
  await expect(done.getByRole('button', { name: 'Done' })).toBeFocused();
  const kept = (await done.locator('.path').textContent()) ?? '';
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  return kept;
}
