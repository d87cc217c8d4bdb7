import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { findings } from './axe.ts';
import { importFile } from './import-parts.ts';
import { expectSaved, note, noteField } from './note-parts.ts';
import { copiedText, expectReading, resize } from './parts.ts';

const title = 'KettleBench: Can Robots Make Tea?';
const earlier = 'Robots fail at tasks that involve $O(n^2)$ steam. We show this with one kettle in one kitchen.';
const later =
  'We correct a mistake. Robots fail at tasks that involve $O(n^2)$ steam. This is shown with 1,200 kettles.';

/** A line of arXiv's snapshot with the paper in one of its versions. */
function snapshot(abstract: string, versions: number): string {
  const all = ['Tue, 11 Jun 2024 09:15:00 GMT', 'Mon, 1 Jul 2024 17:59:59 GMT'];
  return JSON.stringify({
    ...{ id: '2406.99000', authors: 'Anna Wall', title, categories: 'cs.RO', abstract },
    versions: all.slice(0, versions).map((created, at) => ({ version: `v${at + 1}`, created })),
    update_date: versions === 1 ? '2024-06-11' : '2024-07-01',
    authors_parsed: [['Wall', 'Anna', '']],
  });
}

const highlighted = (page: Page): Locator => page.locator('.abstract [data-highlight]');
const bar = (page: Page): Locator => page.getByRole('toolbar', { name: 'Selected words' });
const selectedText = (page: Page) => page.evaluate(() => String(getSelection()));

/** Imports the paper and puts the focus on its page. */
async function openPaper(page: Page): Promise<void> {
  await importFile(page, 'snapshot.json', snapshot(earlier, 1));
  await page.keyboard.press('Home');
  await expectReading(page, title);
  await page.keyboard.press('ControlOrMeta+3');
  await expect(page.locator('.abstract math')).toHaveCount(1);
}

/** Selects some words from the beginning of the abstract on. */
async function selectFirst(page: Page, words: number): Promise<void> {
  await page.keyboard.press('ArrowRight');
  for (let more = 1; more < words; more += 1) await page.keyboard.press('Shift+ArrowRight');
}

/** Selects the formula, which is one word, and the word after it. */
async function selectSteam(page: Page): Promise<void> {
  await selectFirst(page, 1);
  for (let word = 0; word < 6; word += 1) await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Shift+ArrowRight');
}

test('words are selected, highlighted, coloured, quoted, copied and let go by keys alone', async ({ app }) => {
  const { page } = app;
  await openPaper(page);
  await selectFirst(page, 3);
  await expect.poll(() => selectedText(page)).toBe('Robots fail at');
  await expect(bar(page)).toBeVisible();
  await page.keyboard.press('h');
  await expect(highlighted(page)).toHaveText(['Robots fail at']);
  await expect(highlighted(page)).toHaveAttribute('data-shade', 'yellow');
  await page.keyboard.press('h');
  await expect(highlighted(page)).toHaveAttribute('data-shade', 'green');
  await page.keyboard.press('Escape');
  await expect(bar(page)).toHaveCount(0);
  await selectSteam(page);
  await expect(bar(page)).toBeVisible();
  expect(await findings(page)).toEqual([]);
  await page.keyboard.press('Shift+n');
  await expect(page.locator('.note-rich')).toBeVisible();
  await expect(noteField(page)).toBeFocused();
  await page.keyboard.type('So it is.');
  await page.keyboard.press('Escape');
  await expectSaved(page);
  await expect(note(page).locator('blockquote')).toContainText('steam');
  await expect(note(page)).toContainText('So it is.');

  await page.keyboard.press('ControlOrMeta+3');
  await selectSteam(page);
  await page.keyboard.press('ControlOrMeta+c');
  expect(await copiedText(page)).toBe('$O(n^2)$ steam');
  await selectFirst(page, 1);
  await page.keyboard.press('Delete');
  await expect(highlighted(page)).toHaveCount(0);
  await page.keyboard.press('ControlOrMeta+z');
  await expect(highlighted(page)).toHaveText(['Robots fail at']);
});

test('a highlight is there after a restart, moves with its words, and is not lost with them', async ({ app }) => {
  await openPaper(app.page);
  await selectFirst(app.page, 2);
  await app.page.keyboard.press('h');
  await app.page.keyboard.press('Escape');
  for (let on = 0; on < 13; on += 1) await app.page.keyboard.press('ArrowRight');
  await app.page.keyboard.press('Shift+ArrowRight');
  await expect.poll(() => selectedText(app.page)).toBe('one kettle');
  await app.page.keyboard.press('h');
  await app.page.keyboard.press('h');
  await expect(highlighted(app.page)).toHaveText(['Robots fail', 'one kettle']);
  await app.quit();
  const page = await app.start();
  await importFile(page, 'newer.json', snapshot(later, 2));
  await page.keyboard.press('Home');
  await expectReading(page, title);
  await expect(highlighted(page)).toHaveText(['Robots fail']);
  const lost = page.getByRole('region', { name: 'Highlights no longer in the text' });
  await expect(lost.locator('mark')).toHaveText('one kettle');
  await expect(lost.locator('mark')).toHaveAttribute('data-shade', 'green');
  await resize(page, 900, 600);
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  expect(await findings(page)).toEqual([]);
});
