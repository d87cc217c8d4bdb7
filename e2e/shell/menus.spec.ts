import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '../fixtures.ts';
import { expectCount, expectReading, firstTitle, goToSearch, row, secondTitle, writeNote } from '../window/parts.ts';
import { choose, entry, watchOpened } from './shell-parts.ts';

test('entries of the menu do what their keys do, and say what can be done', async ({ app }) => {
  const { page } = app;
  await expectReading(page, firstTitle);
  await expect.poll(async () => (await entry(app, 'undo')).enabled).toBe(false);
  await choose(app, 'toggleStar');
  await expectCount(page, 'Starred', 1);
  await expect.poll(async () => await entry(app, 'undo')).toMatchObject({ enabled: true, label: /^Undo: / });
  await choose(app, 'undo');
  await expectCount(page, 'Starred', 0);
  await choose(app, 'next');
  await expectReading(page, secondTitle);
  await choose(app, 'help');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.keyboard.press('Escape');
});

test('what is on is marked, by the settings and not by the click', async ({ app }) => {
  const { page } = app;
  expect((await entry(app, 'toggleDensity')).checked).toBe(false);
  await choose(app, 'toggleDensity');
  await expect(page.getByRole('grid')).toHaveAttribute('data-density', 'comfortable');
  await expect.poll(async () => (await entry(app, 'toggleDensity')).checked).toBe(true);
  await page.keyboard.press('d');
  await expect.poll(async () => (await entry(app, 'toggleDensity')).checked).toBe(false);
});

test('the theme of the menu is that of the page and of the whole program', async ({ app }) => {
  const { page } = app;
  const background = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const source = () => app.program.evaluate(({ nativeTheme }) => nativeTheme.themeSource, null);
  await choose(app, 'themeLight');
  await expect.poll(source).toBe('light');
  const light = await background();
  await choose(app, 'themeDark');
  await expect.poll(source).toBe('dark');
  await expect.poll(background).not.toBe(light);
  expect(await page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)).toBe(true);
  await app.quit();
  await app.start();
  expect(await source()).toBe('dark');
  expect(await app.page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)).toBe(true);
});

test('what is under the pointer has a menu of its own', async ({ app }) => {
  const { page } = app;
  const opened = await watchOpened(app);
  await app.program.evaluate(({ Menu }) => {
    Menu.prototype.popup = function (this: Electron.Menu) {
      Reflect.set(globalThis, 'popped', this);
    };
  }, null);
  const labels = () =>
    app.program.evaluate(() => {
      const menu = Reflect.get(globalThis, 'popped') as Electron.Menu | undefined;
      return (menu?.items ?? []).map(({ label }) => label.replaceAll('&', ''));
    }, null);
  await goToSearch(page);
  await page.keyboard.type('github');
  await page.keyboard.press('Enter');
  const link = page.getByRole('article').locator('a[href^="https://github.com/"]').first();
  await link.click({ button: 'right' });
  await expect.poll(labels).toEqual(expect.arrayContaining(['Open link', 'Copy link']));
  await app.program.evaluate(() => {
    (Reflect.get(globalThis, 'popped') as Electron.Menu).items[0]?.click();
  }, null);
  await expect.poll(opened).toEqual([await link.getAttribute('href')]);
  // From the list: in a page with matches its key goes to the next of them.
  await page.keyboard.press('ControlOrMeta+2');
  await writeNote(page, 'some words');
  await page.getByRole('textbox', { name: 'Note' }).click({ button: 'right' });
  await expect.poll(labels).toEqual(expect.arrayContaining(['Cut', 'Copy', 'Paste', 'Select all']));
});

test('a paper is saved as a PDF where the system’s dialog says', async ({ app }) => {
  const folder = mkdtempSync(join(tmpdir(), 'offprint-pdf-'));
  try {
    const path = join(folder, 'paper.pdf');
    await app.program.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = (async () => ({ canceled: false, filePath })) as typeof dialog.showSaveDialog;
    }, path);
    await expect(row(app.page, firstTitle)).toBeVisible();
    await choose(app, 'savePdf');
    await expect(app.page.getByRole('region', { name: 'Messages' })).toContainText('paper.pdf');
    expect(readFileSync(path, 'latin1')).toMatch(/^%PDF-/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a folder for backups is chosen in the system’s own dialog', async ({ app }) => {
  const { page } = app;
  const answer = (canceled: boolean) =>
    app.program.evaluate(
      ({ dialog }, [isCanceled, folder]) => {
        const chosen = { canceled: isCanceled, filePaths: isCanceled ? [] : [folder] };
        dialog.showOpenDialog = (async () => chosen) as typeof dialog.showOpenDialog;
      },
      [canceled, app.dataFolder] as const,
    );
  await page.keyboard.type('gb');
  await page.getByRole('button', { name: 'Turn on…' }).press('Enter');
  const field = page.getByRole('textbox', { name: 'Into the folder' });
  await expect(field).toBeFocused();
  const before = await field.inputValue();
  await answer(true);
  await page.getByRole('button', { name: 'Choose…' }).press('Enter');
  await expect(page.getByRole('button', { name: 'Choose…' })).toBeEnabled();
  expect(await field.inputValue()).toBe(before);
  await answer(false);
  await page.getByRole('button', { name: 'Choose…' }).press('Enter');
  await expect(field).toHaveValue(app.dataFolder);
});
