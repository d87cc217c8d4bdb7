import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { findings } from './axe.ts';
import { noteField } from './note-parts.ts';
import { expectReading, firstTitle, goToSearch, grid, leaveDialog, searchBox, secondTitle, selected } from './parts.ts';

const best = 'Weak-to-Strong Generalization: Eliciting Strong Capabilities With Weak Supervision';

const current = (page: Page) => page.locator('mark[data-current]');
const sizeOfText = (page: Page) =>
  page.locator('.abstract').evaluate((element) => Number.parseFloat(getComputedStyle(element).fontSize));

test('what was searched for is stepped through, from the page by its own keys and from anywhere else', async ({
  app,
}) => {
  const { page } = app;
  await goToSearch(page);
  // In one go: what is found on the way there has other matches.
  await page.keyboard.insertText('"weak-to-strong" supervision');
  await expectReading(page, best);
  await expect(page.locator('.paper-title mark').last()).toHaveText('Supervision');
  await page.keyboard.press('ControlOrMeta+g');
  await expect(current(page)).toHaveText(/weak/i);
  const count = page.locator('.match-count [role=status]');
  await expect(count).toHaveText(/^1 of \d+$/);
  await expect(searchBox(page)).toBeFocused();
  await page.keyboard.press('ControlOrMeta+3');
  for (const [key, place] of [
    ['n', '2'],
    ['n', '3'],
    ['Shift+n', '2'],
    ['Shift+n', '1'],
  ] as const) {
    await page.keyboard.press(key);
    await expect(count).toHaveText(new RegExp(`^${place} of `));
  }
  // Around from the first to the last, which lies below what is in sight.
  await page.keyboard.press('Shift+n');
  await expect(count).toHaveText(/^(\d+) of \1$/);
  await expect(current(page).first()).toBeInViewport();
  await expect(noteField(page)).toHaveCount(0);
  expect(await findings(page)).toEqual([]);
});

test('a paper alone in the window is paged, marked and noted, and left again', async ({ app }) => {
  const { page } = app;
  const pane = (name: string) => page.locator(`[data-pane=${name}]`).first();
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  const width = await grid(page).evaluate((element) => element.clientWidth);
  await page.keyboard.press('f');
  await expect(grid(page)).toBeHidden();
  await expect(pane('views')).toBeHidden();
  await expectReading(page, firstTitle);
  expect(await findings(page)).toEqual([]);
  await page.keyboard.press('m');
  await expect(page.locator('.focus-marks')).toHaveText('Read');
  // To the end of the page, then to the next paper.
  for (
    let presses = 0;
    presses < 4 && (await page.locator('.paper-title').textContent()) === firstTitle;
    presses += 1
  ) {
    await page.keyboard.press('Space');
  }
  await expectReading(page, secondTitle);
  await page.keyboard.press('k');
  await expectReading(page, firstTitle);
  await page.keyboard.press('n');
  await expect(page.locator('.note-rich')).toBeVisible();
  await expect(noteField(page)).toBeFocused();
  await page.keyboard.type('alone');
  await page.keyboard.press('Escape');
  await expect(page.locator('.page-scroll')).toBeFocused();
  await expect(grid(page)).toBeHidden();
  await page.keyboard.press('Escape');
  await expect(grid(page)).toBeFocused();
  await expect(selected(page)).toContainText(firstTitle);
  expect(await grid(page).evaluate((element) => element.clientWidth)).toBe(width);
});

test('text is as large and as wide as the reader likes, and a repaired abstract is shown as it came', async ({
  app,
}) => {
  const { page } = app;
  await expectReading(page, firstTitle);
  const usual = await sizeOfText(page);
  await page.keyboard.press('+');
  await page.keyboard.press('+');
  await expect.poll(() => sizeOfText(page)).toBeCloseTo(usual * 1.2);
  await page.keyboard.press('-');
  await expect.poll(() => sizeOfText(page)).toBeCloseTo(usual * 1.1);
  await page.keyboard.press('ControlOrMeta+,');
  const slider = page.getByRole('slider', { name: 'Text size' });
  await expect(slider).toHaveAttribute('aria-valuetext', '110 %');
  await page.getByRole('slider', { name: 'Length of lines' }).focus();
  await page.keyboard.press('Home');
  await leaveDialog(page);
  const ratio = () =>
    page
      .locator('.abstract')
      .evaluate((element) => element.clientWidth / Number.parseFloat(getComputedStyle(element).fontSize));
  await expect.poll(ratio).toBeCloseTo(40 * 0.4925, 0);
  await page.keyboard.press('0');
  await expect.poll(() => sizeOfText(page)).toBe(usual);

  await goToSearch(page);
  await page.keyboard.type('unsupervised pretraining complexity');
  await page.keyboard.press('Enter');
  await expect(page.locator('.abstract math').first()).toBeVisible();
  const foot = page.locator('.abstract-foot');
  await expect(foot).toContainText('Mathematics was repaired');
  expect(await findings(page)).toEqual([]);
  await page.keyboard.press('o');
  await expect(page.locator('.abstract')).toContainText('mathcal{O}(mathcal{C_Phi/m}');
  await expect(page.locator('.abstract math')).toHaveCount(0);
  await foot.getByRole('button', { name: 'Show the mathematics' }).press('Enter');
  await expect(page.locator('.abstract math').first()).toBeVisible();
});
