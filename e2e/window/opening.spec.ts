import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { type App, expect, test } from '../fixtures.ts';
import { findings } from './axe.ts';
import { backUp, withFolder } from './backup-parts.ts';
import { bibtexEntry, confirmImport, expectCounts, messages, preview } from './import-parts.ts';
import {
  expectCount,
  expectReading,
  expectRows,
  firstTitle,
  goToSearch,
  grid,
  leaveDialog,
  openTags,
  searchBox,
  secondTitle,
  selected,
  view,
  writeNote,
} from './parts.ts';

/** Has things opened from outside, as a reader does: by starting the program with them, or by `open` for a browser. */
async function open(app: App, ...things: string[]): Promise<void> {
  if (test.info().project.name === 'browser') await app.offprint('open', '--no-open', ...things);
  else expect(await app.program.startAgain('--', ...things)).toMatchObject({ code: 0 });
}

/** The link of the paper at hand, as the key for it copies it. */
async function copiedLink(page: Page): Promise<string> {
  await page.keyboard.press('Shift+y');
  await expect(messages(page)).toContainText('Copied the Offprint link');
  // Only by pasting it, for the desktop's page may not read the clipboard.
  const field = await page.evaluateHandle(() => document.body.appendChild(document.createElement('input')));
  await field.focus();
  await page.keyboard.press('ControlOrMeta+v');
  const link = await field.evaluate((input) => {
    const { value } = input;
    input.remove();
    return value;
  });
  await grid(page).focus();
  return link;
}

test('a copied link leads back to its paper, from wherever the reader is by then', async ({ app, context }) => {
  const { page } = app;
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.keyboard.press('j');
  await expectReading(page, secondTitle);
  const link = await copiedLink(page);
  expect(link).toMatch(/^offprint:\/\/paper\/(arxiv|doi|title):/);

  // In the view that is shown, with its search, where the paper is in it.
  await page.keyboard.press('k');
  await expectReading(page, firstTitle);
  await open(app, link);
  await expectReading(page, secondTitle);
  await expect(view(page, 'Inbox')).toHaveAttribute('aria-current', /.+/);
  await expect(selected(page)).toContainText(secondTitle);

  // Among all papers where it is not, and under no dialog; the keys go on from there.
  await page.keyboard.type('gs');
  await expectRows(page, 0);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toBeVisible();
  await open(app, link);
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expectReading(page, secondTitle);
  await expect(view(page, 'All papers')).toHaveAttribute('aria-current', /.+/);
  await expect(grid(page)).toBeFocused();
  await page.keyboard.press('k');
  await expectReading(page, firstTitle);

  // Out of going through a view, with the note that was being written saved.
  await page.keyboard.press('Escape');
  await writeNote(page, 'half a thought');
  await open(app, link);
  await expectReading(page, secondTitle);
  await expectCount(page, 'With notes', 1);
  await page.keyboard.press('Shift+t');
  await expect(page.locator('.triage-page')).toBeVisible();
  await open(app, link);
  await expect(page.locator('.triage-page')).toHaveCount(0);
  await expectReading(page, secondTitle);

  // In a narrow window the paper lies over the list, as when it is picked there.
  await page.setViewportSize({ width: 620, height: 700 });
  await open(app, link);
  await expectReading(page, secondTitle);
  expect(await findings(page)).toEqual([]);
});

test('a link runs a search over all papers; one to an unknown paper or to nothing says so', async ({ app }) => {
  const { page } = app;
  await goToSearch(page);
  await page.keyboard.type('boosting');
  await open(app, 'offprint://search?q=title%3A%22weak-to-strong+generalization%22');
  await expect(searchBox(page)).toHaveValue('title:"weak-to-strong generalization"');
  await expect(view(page, 'All papers')).toHaveAttribute('aria-current', /.+/);
  await expect(grid(page)).toBeFocused();
  await expect(selected(page)).toContainText('Weak-to-Strong Generalization');

  await open(app, 'offprint://paper/doi:10.1000%2Fnobody.has');
  await expect(messages(page)).toContainText('This paper is not in your library: doi:10.1000/nobody.has');
  await expect(searchBox(page)).toHaveValue('title:"weak-to-strong generalization"');
  expect(await findings(page)).toEqual([]);
});

test('files and folders come into the preview, and stay as they are where they are', async ({ app }) => {
  const { page } = app;
  await withFolder(async (folder) => {
    const entry = (key: string) =>
      bibtexEntry(key, { title: `A paper of ${key}`, author: 'Opener, Olive', year: '2020' });
    const single = join(folder, 'réfs one.bib');
    const shelf = join(folder, 'shelf');
    mkdirSync(shelf);
    writeFileSync(single, entry('single'));
    writeFileSync(join(shelf, 'deep.bib'), entry('deep'));
    writeFileSync(join(shelf, 'picture.png'), Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0]));
    const before = statSync(single).mtimeMs;

    await open(app, single);
    await expectCounts(preview(page), 'réfs one.bib', [1, 0, 0, 0]);
    expect(await findings(page)).toEqual([]);
    // While one is looked at, another waits for its turn.
    await open(app, shelf);
    await expect(page.getByText('What you have opened is shown when this is done.')).toBeVisible();
    await expect(preview(page)).toContainText('réfs one.bib');
    await page.keyboard.press('Enter');
    await expectCounts(preview(page), 'shelf/deep.bib', [1, 0, 0, 0]);
    await expect(preview(page)).toContainText('1 other file of the folder');
    await expect(page.getByText('What you have opened is shown when this is done.')).toHaveCount(0);
    await confirmImport(page);
    await expectCount(page, 'All papers', 57);
    expect(readFileSync(single, 'utf8')).toBe(entry('single'));
    expect(statSync(single).mtimeMs).toBe(before);

    // One that is thrown away leaves nothing behind, and is not thrown away itself.
    await open(app, single);
    await expect(preview(page)).toBeVisible();
    await leaveDialog(page);
    expect(readFileSync(single, 'utf8')).toBe(entry('single'));
  });
});

test('a dialog in which something is being done stays, and what was opened comes after it', async ({ app }) => {
  const { page } = app;
  await openTags(page);
  await page.keyboard.type('half a tag');
  await open(app, 'offprint://search?q=boosting');
  await expect(page.getByText('What you have opened is shown when this is done.')).toBeVisible();
  await expect(page.getByRole('combobox', { name: 'Add a tag' })).toHaveValue('half a tag');
  await leaveDialog(page);
  await expect(searchBox(page)).toHaveValue('boosting');
});

test('a backup opens the question whether to restore it, alone only', async ({ app }) => {
  const { page } = app;
  await withFolder(async (folder) => {
    const path = await backUp(page, folder);
    const bytes = statSync(path).size;
    const other = join(folder, 'other.bib');
    writeFileSync(other, bibtexEntry('other', { title: 'Another paper', author: 'Opener, Olive' }));
    await open(app, path);
    const question = page.getByRole('dialog', { name: /Restore/ });
    await expect(question).toContainText('Papers5555');
    expect(await findings(page)).toEqual([]);
    await leaveDialog(page);

    await open(app, path, other);
    await expect(preview(page)).toContainText('is a backup, which takes the place of everything: open it alone.');
    await expectCounts(preview(page), 'other.bib', [1, 0, 0, 0]);
    await leaveDialog(page);
    expect(statSync(path).size).toBe(bytes);
  });
});

test('nothing else is opened, and the window says why', async ({ app }) => {
  test.skip(test.info().project.name === 'browser', 'the command line says it in the terminal');
  const { page } = app;
  await withFolder(async (folder) => {
    const pipe = join(folder, 'a pipe');
    if (process.platform !== 'win32') execFileSync('mkfifo', [pipe]);
    await open(app, 'https://example.org/x.bib', 'offprint://settings/x', join(folder, 'gone.bib'), pipe);
    const said = messages(page);
    await expect(said).toContainText('Offprint opens files and its own links, not “https://example.org/x.bib”.');
    await expect(said).toContainText('This is not a link that Offprint can open: “offprint://settings/x”.');
    await expect(said).toContainText('gone.bib does not exist.');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expectRows(page, 55);
    expect(await findings(page)).toEqual([]);
  });
});
