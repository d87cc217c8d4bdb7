import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { findings } from './axe.ts';
import { expectCount, firstTitle, grid, openTags, resize, selected } from './parts.ts';

const bar = (page: Page): Locator => page.getByRole('toolbar', { name: 'Selected papers' });

/** What a screen reader was told last. */
const told = (page: Page): Locator => page.locator('p.unseen[role=status]').last();

test('says how many papers are selected, and changes them all in one step', async ({ app }) => {
  const { page } = app;
  await expect(bar(page)).toHaveCount(0);
  await page.keyboard.press('ControlOrMeta+a');
  await expect(bar(page)).toContainText('55 selected');
  await expect(told(page)).toHaveText('55 papers selected');
  await page.keyboard.press('q');
  await expectCount(page, 'To read', 55);
  await page.keyboard.press('s');
  await expectCount(page, 'Starred', 55);
  await openTags(page);
  await page.keyboard.type('all of them');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expectCount(page, 'all of them', 55);
  for (const [label, count] of [
    ['Starred', 55],
    ['To read', 55],
  ] as const) {
    await expectCount(page, label, count);
    await page.keyboard.press('ControlOrMeta+z');
  }
  await expectCount(page, 'Starred', 0);
  await expectCount(page, 'To read', 55);
  await page.keyboard.press('ControlOrMeta+z');
  await expectCount(page, 'Inbox', 55);
  await page.keyboard.press('ControlOrMeta+Shift+z');
  await expectCount(page, 'To read', 55);
});

test('has every action within reach of Tab, with its key', async ({ app }) => {
  const { page } = app;
  for (let step = 0; step < 3; step += 1) await page.keyboard.press('Shift+j');
  await expect(selected(page)).toHaveCount(4);
  await expect(bar(page).getByRole('button')).toHaveCount(10);
  for (const [name, key] of [
    ['Mark to read', 'q'],
    ['Skip', 'x'],
    ['Tags', 't'],
    ['Merge', 'Shift+u'],
  ] as const) {
    await expect(bar(page).getByRole('button', { name, exact: true })).toHaveAttribute('aria-keyshortcuts', key);
  }
  await bar(page).getByRole('button', { name: 'Skip', exact: true }).press('Enter');
  await expectCount(page, 'Skipped', 4);
  await bar(page).getByRole('button', { name: 'Clear the selection' }).press('Enter');
  await expect(selected(page)).toHaveCount(1);
  await expect(bar(page)).toHaveCount(0);
  await expect(grid(page)).toBeFocused();
});

test('Escape in the list leaves one paper selected', async ({ app }) => {
  const { page } = app;
  await page.keyboard.press('ControlOrMeta+a');
  await expect(bar(page)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(bar(page)).toHaveCount(0);
  await expect(selected(page)).toContainText(firstTitle);
});

test('marks to read, or skips, and goes to the next on one key', async ({ app }) => {
  const { page } = app;
  await page.keyboard.press('Shift+q');
  await page.keyboard.press('Shift+x');
  await expectCount(page, 'To read', 1);
  await expectCount(page, 'Skipped', 1);
  await expect(grid(page)).toHaveAttribute('aria-activedescendant', 'row-2');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing in the bar, ${colorScheme}`, async ({ app }) => {
    const { page } = app;
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (let step = 0; step < 3; step += 1) await page.keyboard.press('Shift+j');
    await expect(bar(page)).toBeVisible();
    expect(await findings(page)).toEqual([]);
    await resize(page, 900, 600);
    expect(await findings(page)).toEqual([]);
    const over = await bar(page).evaluate((element) => element.scrollWidth - element.clientWidth);
    expect(over).toBe(0);
    await resize(page, 560, 420);
    expect(await findings(page)).toEqual([]);
  });
}
