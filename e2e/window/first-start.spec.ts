import { readFileSync } from 'node:fs';
import { expect, test } from '../fixtures.ts';
import { expectCount, expectReading, expectRows, firstTitle, firstTitles, grid, lastTitle, row } from './parts.ts';

/** The capture's titles: after the five paragraphs of furniture, every second paragraph. */
const titles = readFileSync(new URL('../../resources/daily-papers.txt', import.meta.url), 'utf8')
  .split(/\n\s*\n/)
  .map((paragraph) => paragraph.trim())
  .filter((paragraph) => paragraph !== '')
  .slice(5)
  .filter((_paragraph, index) => index % 2 === 0);

test('opens with the 55 papers of the capture, unread, in the order of the page', async ({ app }) => {
  const { page } = app;
  await expectRows(page, 55);
  await expectCount(page, 'Inbox', 55);
  await expectCount(page, 'All papers', 55);
  await expectCount(page, 'Read', 0);
  expect(titles).toHaveLength(55);
  await expect.poll(() => firstTitles(page, 12)).toEqual(titles.slice(0, 12));
  await expectReading(page, firstTitle);
  await page.keyboard.press('End');
  await expectReading(page, lastTitle);
  await expect(row(page, lastTitle)).toHaveAttribute('aria-rowindex', '56');
});

test('shows each abstract whole', async ({ app }) => {
  const { page } = app;
  const abstract = page.getByRole('article');
  await expect(abstract).toContainText('with as little as one expert trajectory.');
  await page.keyboard.press('j');
  await expectReading(page, titles[1] ?? '');
});

test('says that a view is empty, and which key fills it', async ({ app }) => {
  const { page } = app;
  await page.keyboard.type('gq');
  await expect(page.getByRole('heading', { name: 'To read', level: 2 })).toBeVisible();
  await expect(page.getByText('Press q on a paper to put it here for later.')).toBeVisible();
  await expect(grid(page).getByRole('gridcell')).toHaveCount(0);
});
