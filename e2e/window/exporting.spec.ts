import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { findings } from './axe.ts';
import { typeOver } from './backup-parts.ts';
import { bibtexEntry, importFile } from './import-parts.ts';
import { copiedText, expectCount, firstTitle, grid, leaveDialog, resize, secondTitle, writeNote } from './parts.ts';

const dialog = (page: Page): Locator => page.getByRole('dialog', { name: 'Export' });
const finished = (page: Page): Locator => page.getByRole('dialog', { name: 'The papers are exported' });

async function withFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'offprint exports é-'));
  try {
    await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Opens the dialog by its key; the choice of papers has the focus. */
async function openExport(page: Page): Promise<void> {
  await page.keyboard.press('ControlOrMeta+e');
  await expect(dialog(page).getByRole('radio', { checked: true })).toBeFocused();
}

/** Chooses a format by typing its name, from the choice of papers. */
async function chooseFormat(page: Page, label: string): Promise<void> {
  await page.keyboard.press('Tab');
  await expect(dialog(page).getByRole('combobox', { name: 'Format' })).toBeFocused();
  await page.keyboard.type(label);
  await expect(dialog(page).getByRole('combobox', { name: 'Format' }).locator('option:checked')).toHaveText(label);
}

/** Goes on to a control: the desktop's dialog has one more than the browser's. */
async function tabTo(page: Page, control: Locator): Promise<void> {
  for (let steps = 0; steps < 12; steps += 1) {
    await page.keyboard.press('Tab');
    if (await control.evaluate((element) => element === document.activeElement)) return;
  }
  await expect(control).toBeFocused();
}

/** Goes on to the folder, types it and exports; answers with the path that is said. */
async function exportInto(page: Page, folder: string): Promise<string> {
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await expect(dialog(page).getByRole('textbox', { name: 'Into the folder' })).toBeFocused();
  await typeOver(page, folder);
  await page.keyboard.press('Enter');
  await expect(finished(page)).toBeVisible();
  return (await finished(page).locator('.path').textContent()) ?? '';
}

test('selected papers are exported in the format that is chosen, and nothing is written over', async ({ app }) => {
  const { page } = app;
  await page.keyboard.press('Home');
  await page.keyboard.press('Shift+ArrowDown');
  await withFolder(async (folder) => {
    await openExport(page);
    await expect(dialog(page).getByRole('radio', { checked: true })).toHaveAccessibleName('The selected papers 2');
    await chooseFormat(page, 'CSL-JSON');
    for (const scheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: scheme });
      expect(await findings(page)).toEqual([]);
    }
    const path = await exportInto(page, folder);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject([{ title: firstTitle }, { title: secondTitle }]);
    expect(await findings(page)).toEqual([]);
    await leaveDialog(page);
    await expect(grid(page)).toBeFocused();
    // What was chosen last is chosen again.
    await openExport(page);
    await page.keyboard.press('Tab');
    await exportInto(page, folder);
    expect(readdirSync(folder)).toHaveLength(2);
    expect(existsSync(path)).toBe(true);
  });
});

test('what is wrong with the folder is said, and nothing is exported', async ({ app }) => {
  const { page } = app;
  await openExport(page);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  for (const [folder, problem] of [
    ['/nowhere/at all', /There is no folder/],
    ['here', /whole path/],
    [app.dataFolder, /lies in the data folder/],
  ] as const) {
    await typeOver(page, folder);
    await page.keyboard.press('Enter');
    await expect(dialog(page).getByRole('alert')).toHaveText(problem);
  }
  expect(await findings(page)).toEqual([]);
});

test('hostile words stay words in every format, and notes stay at home where that is asked for', async ({ app }) => {
  const { page } = app;
  const hostile = '<script>alert(1)</script> "><img src=x onerror=alert(1)> =1+1 [x](javascript:alert(1))';
  await importFile(page, 'hostile.bib', bibtexEntry('evil', { title: `Evil ${hostile}`, abstract: hostile }));
  await expectCount(page, 'All papers', 56);
  await page.keyboard.type('/');
  await page.keyboard.type('evil');
  await page.keyboard.press('Enter');
  await expect(grid(page).getByRole('row')).toHaveCount(2);
  await page.keyboard.press('Escape');
  await writeNote(page, `private ${hostile}`);
  await page.keyboard.press('Escape');
  await withFolder(async (folder) => {
    await openExport(page);
    await page.keyboard.press('ArrowUp');
    await chooseFormat(page, 'HTML page');
    const path = await exportInto(page, folder);
    const other = await page.context().newPage();
    await other.setContent(readFileSync(path, 'utf8'));
    await expect(other.getByRole('heading', { level: 2 })).toHaveText(`Evil ${hostile}`);
    await expect(other.locator('script, img, a[href^="javascript"]')).toHaveCount(0);
    await expect(other.locator('.note')).toContainText('private');
    await other.close();
    await leaveDialog(page);

    await openExport(page);
    await chooseFormat(page, 'Markdown, one file');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await expect(dialog(page).getByRole('checkbox')).not.toBeChecked();
    await tabTo(page, dialog(page).getByRole('button', { name: 'Copy' }));
    await page.keyboard.press('Enter');
    await expect(dialog(page)).toHaveCount(0);
    const copied = await copiedText(page);
    expect(copied).toContain('Evil \\<script>');
    expect(copied).not.toContain('private');
  });
});

test('a picture that a note shows and that is missing is said, and the new folder is there all the same', async ({
  app,
}) => {
  const { page } = app;
  const name = `${'0'.repeat(32)}.png`;
  await writeNote(page, `images/${name}`);
  await page.keyboard.press('Escape');
  await withFolder(async (folder) => {
    await openExport(page);
    await chooseFormat(page, 'Markdown, a file for each paper');
    const path = await exportInto(page, folder);
    await expect(finished(page).getByRole('status')).toHaveText(/in the new folder$/);
    await expect(finished(page).getByRole('alert')).toContainText(`The picture ${name} in the note on `);
    expect(await findings(page)).toEqual([]);
    expect(readdirSync(path).filter((file) => file.endsWith('.md'))).not.toEqual([]);
  });
});

test('the dialog fits a small window', async ({ app }) => {
  const { page } = app;
  await resize(page, 560, 420);
  await openExport(page);
  const box = await dialog(page).boundingBox();
  expect(box?.height).toBeLessThanOrEqual(420);
  expect(await findings(page)).toEqual([]);
});
