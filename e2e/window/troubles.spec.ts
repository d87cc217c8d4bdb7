import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { type App, expect, test } from '../fixtures.ts';
import { findings } from './axe.ts';
import { backUp, backups, backupsIn, openBackups, withFolder } from './backup-parts.ts';
import { messages } from './import-parts.ts';
import {
  copiedText,
  expectCount,
  expectReading,
  firstTitle,
  grid,
  leaveDialog,
  resize,
  row,
  secondTitle,
  view,
  writeNote,
} from './parts.ts';

/** What happened at opening, as one message or as a list of them. */
const found = (page: Page) => page.getByRole('region', { name: /^What Offprint found/ });
const noteOf = (page: Page) => page.getByRole('region', { name: 'Reader' }).locator('.note');

/** A session in which something is said of the first paper; it has ended, and all is on the disk. */
async function sessionWithNote(app: App): Promise<void> {
  await app.page.keyboard.press('Home');
  await app.page.keyboard.press('s');
  await writeNote(app.page, 'What I think of it.');
  await app.page.keyboard.press('Escape');
  await expectCount(app.page, 'With notes', 1);
  await app.quit();
}

const path = (app: App, ...names: string[]) => join(app.dataFolder, ...names);

test('a broken file is told of until that is dismissed, and nothing is lost', async ({ app, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await sessionWithNote(app);
  truncateSync(path(app, 'library.json'), Math.floor(readFileSync(path(app, 'library.json')).length / 2));
  const page = await app.start();
  await expectCount(page, 'With notes', 1);
  await expectCount(page, 'Starred', 1);
  await expect(noteOf(page)).toContainText('What I think of it.');
  await expect(found(page)).toContainText('library.json');
  expect(await findings(page)).toEqual([]);

  // It stays while the reader reads on, and is reached by the keyboard: it stands before the views.
  await page.keyboard.press('j');
  await expectReading(page, secondTitle);
  await page.keyboard.press('ControlOrMeta+1');
  await page.keyboard.press('Shift+Tab');
  await expect(found(page).getByRole('button', { name: 'Dismiss' })).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await expect(found(page).getByRole('button', { name: 'Copy' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(messages(page)).toContainText('Copied');
  expect(await copiedText(page)).toContain('library.json');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(found(page)).toHaveCount(0);
  await expect(grid(page)).toBeFocused();
  // It has been read, wherever it is shown.
  await page.reload();
  await expectCount(page, 'With notes', 1);
  await expect(found(page)).toHaveCount(0);

  // It was told once: what was found is put right.
  await app.quit();
  await app.start();
  await expectCount(app.page, 'With notes', 1);
  await expect(found(app.page)).toHaveCount(0);
});

test('several troubles at once stand one under the other, and leave room to read', async ({ app }) => {
  await sessionWithNote(app);
  for (const name of ['library.json', 'library.backup.json']) {
    if (existsSync(path(app, name))) writeFileSync(path(app, name), '[]');
  }
  writeFileSync(path(app, 'corpus.db'), 'This is no database.');
  rmSync(path(app, 'corpus.db-wal'), { force: true });
  const page = await app.start();
  await expectCount(page, 'With notes', 1);
  await expectCount(page, 'All papers', 55);
  await expect(found(page).getByRole('listitem').nth(1)).toBeVisible();
  await resize(page, 900, 600);
  const box = await found(page).boundingBox();
  expect(box?.height).toBeLessThan(300);
  expect(await findings(page)).toEqual([]);
  await expect(row(page, firstTitle)).toBeInViewport();
  await found(page).getByRole('button', { name: 'Dismiss' }).press('Enter');
  await expect(found(page)).toHaveCount(0);
});

/** A folder whose path is so long that no file can be made in it, though it is there itself. */
function fullPath(folder: string): string {
  const longest = process.platform === 'linux' ? 4095 : 1023;
  let path = folder;
  for (;;) {
    const left = longest - 20 - Buffer.byteLength(path);
    if (left < 2) break;
    path = join(path, 'é'.repeat(Math.max(1, Math.min(100, Math.floor((left - 1) / 2)))));
  }
  mkdirSync(path, { recursive: true });
  return path;
}

test('a backup that could not be written by itself is told of until one is', async ({ app }) => {
  test.skip(process.platform === 'win32', 'Windows knows no longest path that could be built here');
  const { page } = app;
  const trouble = page.getByRole('region', { name: 'Automatic backups' }).and(page.locator('.banner'));
  await withFolder(async (folder) => {
    const turnOn = async (name: string, path: string) => {
      await openBackups(page);
      await backups(page).getByRole('button', { name }).press('Enter');
      await expect(page.getByRole('textbox', { name: 'Into the folder' })).toBeFocused();
      await page.keyboard.press('ControlOrMeta+a');
      await page.keyboard.insertText(path);
      await page.keyboard.press('Enter');
      await expect(page.getByRole('textbox', { name: 'Into the folder' })).toHaveCount(0);
    };
    await turnOn('Turn on…', fullPath(folder));
    await expect(backups(page).getByRole('alert')).toBeVisible();
    expect(await findings(page)).toEqual([]);
    await leaveDialog(page);
    await expect(trouble).toContainText('No backup was written.');
    expect((await trouble.boundingBox())?.height).toBeLessThan(140);
    expect(await findings(page)).toEqual([]);
    await trouble.getByRole('button', { name: 'Retry' }).press('Enter');
    await expect(messages(page).getByRole('alert')).toContainText('Still no backup was written.');
    await expect(trouble).toBeVisible();

    await turnOn('Change…', folder);
    await expect(backups(page)).toContainText(/The last one was written today at /);
    await leaveDialog(page);
    await expect(trouble).toHaveCount(0);
    expect(backupsIn(folder)).toHaveLength(1);
  });
});

/** Makes the library file one that a later version has written. */
function fromTheFuture(app: App): void {
  const file = path(app, 'library.json');
  const text = readFileSync(file, 'utf8');
  const newer = text.replace(/"schema":\s*\d+/, '"schema":99');
  expect(newer).not.toBe(text);
  writeFileSync(file, newer);
}

const readOnly = (page: Page) => page.getByRole('region', { name: 'Read-only' });

for (const theme of ['light', 'dark'] as const) {
  test(`a library of a newer Offprint is read and not changed, and every refusal says why, ${theme}`, async ({
    app,
  }) => {
    await sessionWithNote(app);
    fromTheFuture(app);
    const before = readdirSync(app.dataFolder).sort();
    const page = await app.start();
    await page.emulateMedia({ colorScheme: theme });
    await expect(readOnly(page)).toContainText(/Nothing can be changed\..*newer/s);
    expect(await findings(page)).toEqual([]);
    await expectCount(page, 'With notes', 1);
    await expect(noteOf(page)).toContainText('What I think of it.');

    for (const key of ['m', 'q', 't', 'n', 'ControlOrMeta+z', 'Shift+t', 'ControlOrMeta+o']) {
      await page.keyboard.press(key);
      await expect(messages(page).getByRole('alert')).toContainText('newer');
      await expect(page.getByRole('dialog')).toHaveCount(0);
      await messages(page).getByRole('button', { name: 'Close the message' }).press('Enter');
      await grid(page).focus();
    }
    // Neither do the buttons.
    await page
      .getByRole('region', { name: 'Reader' })
      .getByRole('radio', { name: 'Reading', exact: true })
      .press('Space');
    await expect(messages(page).getByRole('alert')).toContainText('newer');
    await messages(page).getByRole('button', { name: 'Close the message' }).press('Enter');
    await expectCount(page, 'Reading', 0);
    await noteOf(page).getByRole('button', { name: 'Edit' }).press('Enter');
    await expect(messages(page).getByRole('alert')).toContainText('newer');
    await messages(page).getByRole('button', { name: 'Close the message' }).press('Enter');
    await expect(noteOf(page).getByRole('textbox')).toHaveCount(0);

    // What is the window's own goes on without a complaint.
    await grid(page).focus();
    await page.keyboard.type('gs');
    await expect(view(page, 'Starred')).toHaveAttribute('aria-current', /./);
    await page.keyboard.press('d');
    await page.keyboard.press('ControlOrMeta+k');
    await page.keyboard.type('skip');
    await expect(page.getByRole('option', { name: /^Skip/ }).first()).toHaveAttribute('aria-disabled', 'true');
    await leaveDialog(page);
    await expect(messages(page).getByRole('alert')).toHaveText('');

    // All of it can still be taken elsewhere.
    await withFolder(async (folder) => {
      await backUp(page, folder);
      await openBackups(page);
      await expect(backups(page).getByRole('button', { name: 'Restore from a backup…' })).toBeDisabled();
      expect(await findings(page)).toEqual([]);
    });
    await app.quit();
    expect(readdirSync(app.dataFolder).sort()).toEqual(before);
  });
}
