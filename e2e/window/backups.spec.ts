import { existsSync, readFileSync, statSync, truncateSync } from 'node:fs';
import { basename } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { findings } from './axe.ts';
import {
  backUp,
  backups,
  backupsIn,
  chooseBackup,
  openBackups,
  restore,
  typeOver,
  withFolder,
} from './backup-parts.ts';
import { bibtexEntry, importFile, messages } from './import-parts.ts';
import {
  expectCount,
  expectReading,
  expectRows,
  firstTitle,
  grid,
  leaveDialog,
  openTags,
  row,
  writeNote,
} from './parts.ts';

/** What the reader says of the first paper. */
async function markFirst(page: Page, note: string): Promise<void> {
  await page.keyboard.press('Home');
  await page.keyboard.press('s');
  await writeNote(page, note);
  await page.keyboard.press('Escape');
  await expectCount(page, 'With notes', 1);
  await expectCount(page, 'Starred', 1);
}

const noteOf = (page: Page) => page.getByRole('region', { name: 'Reader' }).locator('.note');

test('everything comes back from a backup, and what was there before from the one that was made then', async ({
  app,
}) => {
  const { page } = app;
  await markFirst(page, 'The note that is backed up.');
  await withFolder(async (folder) => {
    const path = await backUp(page, folder);
    expect(statSync(path).mode & 0o077).toBe(0);
    await importFile(page, 'later.bib', bibtexEntry('x', { title: 'A Paper That Came After the Backup' }));
    await page.keyboard.type('gn');
    await expectRows(page, 1);
    await expectReading(page, firstTitle);
    await writeNote(page, ' And what came after it.');
    await page.keyboard.press('Escape');
    await expect(noteOf(page)).toContainText('And what came after it.');
    await page.keyboard.press('m');
    await expectCount(page, 'Read', 1);

    const asking = await chooseBackup(page, path);
    await expect(asking).toContainText(basename(path));
    await expect(asking.getByRole('row', { name: 'Papers' }).getByRole('cell')).toHaveText(['55', '56']);
    await expect(asking.getByRole('row', { name: 'Notes' }).getByRole('cell')).toHaveText(['1', '1']);
    await expect(asking.getByRole('row', { name: 'Sources' }).getByRole('cell')).toHaveText(['1', '2']);
    // Escape changes nothing.
    await leaveDialog(page);
    await expectCount(page, 'All papers', 56);

    const kept = await restore(page, path);
    expect(kept.startsWith(app.dataFolder)).toBe(true);
    await expectCount(page, 'All papers', 55);
    await expectCount(page, 'Read', 0);
    await expectCount(page, 'Starred', 1);
    await expect(grid(page)).toBeFocused();
    await expectRows(page, 1);
    await expect(noteOf(page)).toContainText('The note that is backed up.');
    await expect(noteOf(page)).not.toContainText('And what came after it.');

    await restore(page, kept);
    await expectCount(page, 'All papers', 56);
    await expectCount(page, 'Read', 1);
    await expect(noteOf(page)).toContainText('And what came after it.');
  });
  // It is so in the next session, too, and nothing of the restores is left.
  await app.quit();
  await app.start();
  await expectCount(app.page, 'All papers', 56);
  await expectCount(app.page, 'Read', 1);
  await expect(app.page.getByRole('region', { name: 'What Offprint found' })).toHaveCount(0);
});

test('a backup is dropped anywhere on the window, and one that is broken changes nothing', async ({ app }) => {
  const { page } = app;
  await markFirst(page, 'Mine.');
  const drop = async (name: string, bytes: Buffer) => {
    const transfer = await page.evaluateHandle(
      ([called, base64]) => {
        const data = new DataTransfer();
        const content = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
        data.items.add(new File([content], called, { type: 'application/zip' }));
        return data;
      },
      [name, bytes.toString('base64')] as const,
    );
    await grid(page).dispatchEvent('dragover', { dataTransfer: transfer });
    await grid(page).dispatchEvent('drop', { dataTransfer: transfer });
  };
  await withFolder(async (folder) => {
    const path = await backUp(page, folder);
    await drop('mine.offprint', readFileSync(path));
    await expect(page.getByRole('dialog', { name: 'Restore this backup?' })).toContainText('mine.offprint');
    await leaveDialog(page);

    truncateSync(path, Math.floor(statSync(path).size / 2));
    await openBackups(page);
    // Under this dialog, too.
    await drop('half.offprint', readFileSync(path));
    const failed = page.getByRole('dialog', { name: 'The backup cannot be restored' });
    await expect(failed.getByRole('alert')).toBeVisible();
    await expect(failed).toContainText('half.offprint');
    await expect(failed).toContainText('The library is as it was.');
    await expect(failed.getByRole('button', { name: 'Close' }).last()).toBeFocused();
    expect(await findings(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expectCount(page, 'With notes', 1);

    await drop('no.offprint', Buffer.from('This is no backup.'));
    await expect(failed.getByRole('alert')).toBeVisible();
    await leaveDialog(page);
  });
});

test('a folder that backups cannot go into is told of where it was typed', async ({ app }) => {
  const { page } = app;
  await openBackups(page);
  await page.keyboard.press('Enter');
  const asking = page.getByRole('dialog', { name: 'Back up now' });
  await typeOver(page, 'somewhere');
  await page.keyboard.press('Enter');
  await expect(asking.getByRole('alert')).toContainText('whole path');
  await typeOver(page, `${app.dataFolder}/nowhere`);
  await page.keyboard.press('Enter');
  await expect(asking.getByRole('alert')).toContainText('nowhere');
  expect(await findings(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(asking).toHaveCount(0);
  await expect(backups(page).getByRole('button', { name: 'Back up now…' })).toBeFocused();
});

test('automatic backups begin when they are turned on, and stay on', async ({ app }) => {
  const { page } = app;
  await withFolder(async (folder) => {
    await openBackups(page);
    for (const name of ['Restore from a backup…', 'Turn on…']) {
      await page.keyboard.press('Tab');
      await expect(backups(page).getByRole('button', { name })).toBeFocused();
    }
    await page.keyboard.press('Enter');
    await expect(page.getByRole('textbox', { name: 'Into the folder' })).toBeFocused();
    await page.keyboard.type(`${folder}-gone`);
    await page.keyboard.press('Enter');
    await expect(backups(page).getByRole('alert')).toContainText('-gone');
    expect(await findings(page)).toEqual([]);
    await typeOver(page, folder);
    await page.keyboard.press('Tab');
    // The desktop program has a button there, for the system's own dialog.
    const often = page.getByRole('combobox', { name: 'Write one' });
    if (test.info().project.name !== 'browser') await page.keyboard.press('Tab');
    await expect(often).toBeFocused();
    await page.keyboard.press('ArrowDown');
    await expect(often).toHaveValue('week');
    await page.getByRole('textbox', { name: 'Into the folder' }).press('Enter');
    await expect(backups(page)).toContainText(`Written every week into ${folder}. The last 7 stay.`);
    await expect(backups(page)).toContainText(/The last one was written today at /);
    expect(backupsIn(folder)).toHaveLength(1);
    expect(await findings(page)).toEqual([]);

    await app.quit();
    await app.start();
    await openBackups(app.page);
    await expect(backups(app.page)).toContainText(`Written every week into ${folder}.`);
    const off = backups(app.page).getByRole('button', { name: 'Turn off' });
    await off.focus();
    await app.page.keyboard.press('Enter');
    await expect(backups(app.page).getByRole('button', { name: 'Turn on…' })).toBeVisible();
    expect(existsSync(backupsIn(folder)[0] ?? '')).toBe(true);
  });
});

const stateLine = (page: Page, reason: string) => backups(page).getByRole('button', { name: reason });

/** Keeps the state of now, and goes back to the list. */
async function keepState(page: Page): Promise<void> {
  await openBackups(page);
  await backups(page).getByRole('button', { name: 'Keep this state now' }).press('Enter');
  await expect(stateLine(page, 'Kept by you').first()).toContainText('as now');
  await leaveDialog(page);
}

test('an earlier state is looked into, and one paper, several and all come back from it', async ({ app }) => {
  const { page } = app;
  await markFirst(page, 'The first thought of many, in some words.');
  await page.keyboard.press('j');
  await page.keyboard.press('q');
  await expectCount(page, 'To read', 1);
  await keepState(page);

  // The reader's own mistake: all of it goes.
  await page.keyboard.press('Home');
  await page.keyboard.press('s');
  await writeNote(page, '');
  await typeOver(page, 'The second thought of many, in some words.');
  await page.keyboard.press('Escape');
  await expect(noteOf(page)).toContainText('The second thought');
  await page.keyboard.press('Shift+j');
  await page.keyboard.press('x');
  await expectCount(page, 'Skipped', 2);
  await expectCount(page, 'To read', 0);

  await openBackups(page);
  const kept = stateLine(page, 'Kept by you');
  await expect(kept).toContainText('2 papers marked · 1 note');
  await expect(kept).not.toContainText('as now');
  await kept.press('Enter');
  const state = page.getByRole('dialog', { name: /^As it was today at / });
  await expect(state).toContainText('2 papers differ from now.');
  const first = state.getByRole('article', { name: firstTitle });
  await expect(first.getByRole('row', { name: /^Status/ }).getByRole('cell')).toHaveText(['Unread', 'Skipped']);
  await expect(first.getByRole('row', { name: /^Star/ }).last().getByRole('cell')).toHaveText(['Starred', 'none']);
  await expect(first.locator('ins')).toHaveText('first');
  await expect(first.locator('del')).toHaveText('second');
  expect(await findings(page)).toEqual([]);

  // What is looked for is found in notes, too, of then and of now.
  await expect(state.getByRole('searchbox')).toBeFocused();
  await page.keyboard.type('second thought');
  await expect(state.getByRole('article')).toHaveCount(1);
  await typeOver(page, 'zzz');
  await expect(state).toContainText('No paper that differs has this');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.press('Backspace');
  await expect(state.getByRole('article')).toHaveCount(2);

  await first.getByRole('button', { name: 'Restore: ' }).press('Enter');
  await expect(state.getByRole('article')).toHaveCount(1);
  await expect(state).toContainText('1 paper differs from now.');
  await expect(state.getByRole('searchbox')).toBeFocused();
  await state.getByRole('button', { name: 'Undo' }).press('Enter');
  await expect(state.getByRole('article')).toHaveCount(2);

  const all = state.getByRole('checkbox', { name: 'Select all' });
  await all.focus();
  await page.keyboard.press('Space');
  await state.getByRole('button', { name: 'Restore 2 papers…' }).press('Enter');
  const question = page.getByRole('dialog', { name: 'Restore 2 papers?' });
  await expect(question.getByRole('button', { name: 'Restore 2 papers' })).toBeFocused();
  expect(await findings(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await expect(state).toContainText('It says just what the library says now.');
  await expect(state.getByRole('article')).toHaveCount(0);
  expect(await findings(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(state).toHaveCount(0);
  await leaveDialog(page);
  await expectCount(page, 'Skipped', 0);
  await expectCount(page, 'Starred', 1);
  await page.keyboard.type('gn');
  await expect(noteOf(page)).toContainText('The first thought');

  // Behind the dialog is the message, with its way back.
  await messages(page).getByRole('button', { name: 'Undo' }).press('Enter');
  await expectCount(page, 'Skipped', 2);
  await expect(noteOf(page)).toContainText('The second thought');
});

test('a whole earlier state comes back with tags and views, and Undo takes that back', async ({ app }) => {
  const { page } = app;
  await keepState(page);
  await markFirst(page, 'A note that came later.');
  await openTags(page);
  await page.keyboard.type('later');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expectCount(page, 'later', 1);

  await openBackups(page);
  await stateLine(page, 'Kept by you').press('Enter');
  const state = page.getByRole('dialog', { name: /^As it was today at / });
  await expect(state).toContainText('nothing marked yet');
  const everything = state.getByRole('button', { name: 'Restore everything…' });
  // Once what differs is known.
  await expect(everything).toBeEnabled();
  await everything.press('Enter');
  const question = page.getByRole('dialog', { name: /^Go back to today at / });
  await expect(question).toContainText('The status, star, tags and note of 1 paper become what they were then.');
  expect(await findings(page)).toEqual([]);
  await expect(question.getByRole('button', { name: 'Restore everything' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expectCount(page, 'With notes', 0);
  await expectCount(page, 'Starred', 0);
  await expect(row(page, firstTitle)).toBeVisible();

  await page.keyboard.press('ControlOrMeta+z');
  await expectCount(page, 'With notes', 1);
  await expectCount(page, 'later', 1);
  // The state before the restore was kept by itself.
  await openBackups(page);
  await expect(stateLine(page, 'Before something was restored')).toBeVisible();
});

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing in the dialogs of backups, ${theme}`, async ({ app }) => {
    const { page } = app;
    await page.emulateMedia({ colorScheme: theme });
    await keepState(page);
    await openBackups(page);
    await expect(stateLine(page, 'Kept by you')).toBeVisible();
    expect(await findings(page)).toEqual([]);
    await leaveDialog(page);
    await withFolder(async (folder) => {
      const path = await backUp(page, folder);
      await chooseBackup(page, path);
      await expect(page.getByRole('button', { name: 'Replace the library' })).toBeFocused();
      expect(await findings(page)).toEqual([]);
      await page.keyboard.press('Enter');
      await expect(page.getByRole('dialog', { name: 'The backup is restored' })).toBeVisible();
      expect(await findings(page)).toEqual([]);
    });
  });
}
