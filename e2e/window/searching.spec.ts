import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { findings } from './axe.ts';
import {
  expectCount,
  expectReading,
  expectRows,
  firstTitle,
  goToSearch,
  grid,
  resize,
  row,
  searchBox,
  secondTitle,
  view,
  writeNote,
} from './parts.ts';

const offers = (page: Page): Locator => page.getByRole('listbox').getByRole('option');
const understood = (page: Page): Locator => page.locator('.understood');
const nothingFound = (page: Page): Locator => page.locator('.nothing-found');

/** Names of the highlights that colour the search box now, and the text that each colours. */
function coloured(page: Page): Promise<Record<string, string[]>> {
  return page.evaluate(() =>
    Object.fromEntries(
      [...CSS.highlights].map(([name, ranges]) => [
        name,
        [...ranges].map((range) => range.startContainer.textContent?.slice(range.startOffset, range.endOffset) ?? ''),
      ]),
    ),
  );
}

test('completes fields and their values from the keyboard, and stays out of the way', async ({ app }) => {
  const { page } = app;
  await page.keyboard.press('q');
  await expectCount(page, 'To read', 1);
  await view(page, 'All papers').press('Enter');
  await goToSearch(page);
  await page.keyboard.type('sta');
  await expect(offers(page)).toHaveText([/^status:/]);
  expect(await findings(page)).toEqual([]);
  await page.keyboard.press('Tab');
  await expect(searchBox(page)).toHaveValue('status:');
  await expect(offers(page)).toHaveCount(5);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await expect(offers(page).and(page.locator('[aria-selected="true"]'))).toHaveText(/^queued/);
  expect(await findings(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await expect(searchBox(page)).toHaveValue('status:queued ');
  await expectRows(page, 1);
  await expect(offers(page)).toHaveCount(0);
  // The field's own history knows of it.
  await page.keyboard.press('ControlOrMeta+z');
  await expect(searchBox(page)).toHaveValue('status:');

  // A word that could begin a field is a word: Down and Enter go on to the papers.
  await searchBox(page).fill('');
  await page.keyboard.type('ti');
  await expect(offers(page)).toHaveText([/^title:/]);
  await page.keyboard.press('ArrowDown');
  await expect(grid(page)).toBeFocused();
  await expect(offers(page)).toHaveCount(0);
});

test('closes what it offers with Escape, and leaves with the next', async ({ app }) => {
  const { page } = app;
  await goToSearch(page);
  await page.keyboard.type('is:re');
  await expect(offers(page)).toHaveCount(2);
  await page.keyboard.press('Escape');
  await expect(offers(page)).toHaveCount(0);
  await expect(searchBox(page)).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(grid(page)).toBeFocused();
  await expect(searchBox(page)).toHaveValue('is:re');
});

test('completes tags of the library, authors and venues', async ({ app }) => {
  const { page } = app;
  await page.keyboard.press('t');
  await expect(page.getByRole('combobox', { name: 'Add a tag' })).toBeFocused();
  await page.keyboard.type('machine learning');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expectCount(page, 'machine learning', 1);
  await app.quit();
  const file = join(app.dataFolder, 'two.bib');
  writeFileSync(
    file,
    `@article{a, title={On Notes}, author={Lovelace, Ada}, year={1843}, journal={Scientific Memoirs}}
     @article{b, title={On Engines}, author={Babbage, Charles}, year={1864}}`,
  );
  await app.offprint('import', file);
  const again = await app.start();
  await goToSearch(again);
  await again.keyboard.type('tag:lea');
  await expect(offers(again)).toHaveText([/^machine learning/]);
  await again.keyboard.press('Tab');
  await expect(searchBox(again)).toHaveValue('tag:"machine learning" ');
  await expectRows(again, 1);
  await searchBox(again).fill('');
  await again.keyboard.type('author:lov');
  await expect(offers(again)).toHaveText([/Lovelace/]);
  await again.keyboard.press('ArrowDown');
  await again.keyboard.press('Enter');
  await expect(row(again, 'On Notes')).toBeVisible();
  await expectRows(again, 1);
  await searchBox(again).fill('');
  await again.keyboard.type('venue:sci');
  await again.getByRole('option', { name: 'Scientific Memoirs' }).waitFor();
  await again.keyboard.press('Tab');
  await expectRows(again, 1);
});

test('shows the whole language when it is asked for in an empty box', async ({ app }) => {
  const { page } = app;
  await goToSearch(page);
  await page.keyboard.press('?');
  await expect(searchBox(page)).toHaveValue('');
  await expect(offers(page).filter({ hasText: 'sort:' })).toBeVisible();
  expect(await findings(page)).toEqual([]);
  await page.keyboard.press('ArrowUp');
  await expect(offers(page).last()).toHaveAttribute('aria-selected', 'true');
  await expect(offers(page).last()).toBeInViewport();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'What can be searched for' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(searchBox(page)).toBeFocused();
  await expect(offers(page).first()).toBeVisible();
});

test('colours clauses where their letters stand, and says what it understood', async ({ app }) => {
  const { page } = app;
  await goToSearch(page);
  await page.keyboard.type('weak');
  await expect(understood(page)).toBeHidden();
  await page.keyboard.type(' -"to strong" title:(a OR b) is:unread year:2023..2024 sort:-votes ');
  await expect(understood(page)).toContainText('in the title');
  await expect(understood(page)).toContainText('unread');
  expect(await coloured(page)).toEqual({
    'query-operator': ['-', '(', 'OR', ')'],
    'query-phrase': ['"to strong"'],
    'query-field': ['title:', 'is:', 'year:', 'sort:'],
    'query-value': ['unread', '2023..2024', '-votes'],
  });
  expect(await findings(page)).toEqual([]);
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await findings(page)).toEqual([]);
  }

  const offsets = () =>
    searchBox(page).evaluate((box) => [box.scrollLeft, document.querySelector('.query-text')?.scrollLeft]);
  await page.keyboard.type('tag:a '.repeat(30));
  await expect.poll(async () => (await offsets())[0]).toBeGreaterThan(100);
  const [end, under] = await offsets();
  expect(under).toBe(end);
  await page.keyboard.press('Home');
  await expect.poll(offsets).toEqual([0, 0]);
});

test('moves no row and no control for what it understood, however long that is', async ({ app }) => {
  const { page } = app;
  const top = async (locator: Locator) => Math.round((await locator.boundingBox())?.y ?? Number.NaN);
  const first = grid(page).getByRole('row', { selected: true });
  const headers = () => top(grid(page).getByRole('row').first());
  for (const [width, height] of [
    [1280, 800],
    [900, 600],
  ] as const) {
    await resize(page, width, height);
    await goToSearch(page);
    await page.keyboard.type('weak');
    const places = async () => [await headers(), await top(first), await top(understood(page).locator('..'))];
    await expect(first).toContainText('Weak');
    const before = await places();
    await page.keyboard.type(' title:weak ');
    await expect(understood(page)).toBeVisible();
    expect(await places()).toEqual(before);
    await page.keyboard.type('-(abstract:"no such words" OR author:nobody OR year:..1990 OR tag:none,nothing) ');
    await expect(understood(page)).toContainText('1990');
    await expect.poll(async () => (await understood(page).boundingBox())?.height).toBeGreaterThan(40);
    expect(await places()).toEqual(before);
    expect(await findings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Clear the search' }).click();
  }
});

test('says which part of a search found nothing, and what else could be meant', async ({ app }) => {
  const { page } = app;
  await goToSearch(page);
  await page.keyboard.type('boosting author:nobody ');
  await expect(nothingFound(page)).toContainText('Nothing in Inbox matches');
  const without = nothingFound(page).getByRole('button', { name: /^author:nobody \d+ papers/ });
  await expect(without).toBeVisible();
  expect(await findings(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await expect(nothingFound(page).getByRole('button').first()).toBeFocused();
  while (!(await without.evaluate((button) => button === document.activeElement)))
    await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(row(page, firstTitle)).toBeVisible();
  await expect(grid(page)).toBeFocused();
  await expect(searchBox(page)).toHaveValue(/^boosting ?$/);

  await goToSearch(page);
  await page.keyboard.type('adversrial ');
  const meant = nothingFound(page).getByRole('button', { name: /^adversarial /i });
  await expect(meant).toBeVisible();
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await findings(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await expect(meant).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(row(page, firstTitle)).toBeVisible();
});

test('looks in all papers when the view is too narrow', async ({ app }) => {
  const { page } = app;
  await page.keyboard.type('gd');
  await goToSearch(page);
  await page.keyboard.type('boosting');
  await nothingFound(page).getByRole('button', { name: 'Search all papers' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'All papers', level: 2 })).toBeVisible();
  await expect(row(page, firstTitle)).toBeVisible();
});

test('sorts as the search says, and the header that is chosen takes its place', async ({ app }) => {
  const { page } = app;
  const header = (name: string) => grid(page).getByRole('columnheader', { name });
  await page.keyboard.press('/');
  await page.keyboard.type('weak ');
  await expect(page.getByRole('button', { name: 'Sorted by Best match' })).toBeVisible();
  await page.keyboard.type('sort:-title ');
  await expect(header('Title')).toHaveAttribute('aria-sort', 'descending');
  await expect(page.getByRole('button', { name: 'Sorted by Title' })).toBeVisible();
  await header('Added').getByRole('button').press('Enter');
  await expect(searchBox(page)).toHaveValue('weak ');
  await expect(header('Added')).toHaveAttribute('aria-sort', 'descending');
  await expect(header('Title')).toHaveAttribute('aria-sort', 'none');
});

test('finds notes, and marks what was found in them', async ({ app }) => {
  const { page } = app;
  await writeNote(page, 'Compare with *hedgehogs*, which hedge.');
  await page.keyboard.press('Escape');
  await expectCount(page, 'With notes', 1);
  await goToSearch(page);
  await page.keyboard.type('hedgehog');
  await expectRows(page, 1);
  const note = page.getByRole('region', { name: 'Note' });
  await expect(note.locator('em mark')).toHaveText('hedgehogs');
  await page.keyboard.press('Enter');
  await writeNote(page, '');
  const marked = page.locator('.cm-content mark');
  await expect(marked).toHaveText('hedgehogs');
  expect(await findings(page)).toEqual([]);
  await page.keyboard.type('!');
  await expect(marked).toHaveCount(0);
});

/** How many rows what is typed finds, once it is what the list shows. */
async function settledRows(page: Page, rows: () => Promise<number>): Promise<number> {
  await expect(understood(page)).toContainText('weak');
  await expect.poll(async () => (await rows()) > 3 && (await rows()) < 55).toBe(true);
  return await rows();
}

test('keeps rows that no longer match until the list is left or refreshed, in searches, saved views and bulk', async ({
  app,
}) => {
  const { page } = app;
  await goToSearch(page);
  await page.keyboard.type('is:unread weak ');
  const rows = async () => Number(await grid(page).getAttribute('aria-rowcount')) - 1;
  // On the way to it, half of a word finds nothing.
  const found = await settledRows(page, rows);
  await page.keyboard.press('ControlOrMeta+s');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.getByRole('textbox', { name: 'Name' }).fill('Weak ones');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await view(page, 'Weak ones').press('Enter');
  await expectRows(page, found);
  await page.keyboard.press('ControlOrMeta+2');
  await page.keyboard.press('Home');
  const title = await page.getByRole('article').getByRole('heading', { level: 2 }).innerText();
  await page.keyboard.press('Shift+x');
  await expectCount(page, 'Weak ones', found - 1);
  await expectRows(page, found);
  await expect(row(page, title)).toBeVisible();
  await page.keyboard.press('Shift+q');
  await expectCount(page, 'Weak ones', found - 2);
  await expectRows(page, found);

  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.press('r');
  await expectCount(page, 'Weak ones', 0);
  await expectRows(page, found);
  await page.keyboard.press('.');
  await expectRows(page, 0);
  await page.keyboard.press('ControlOrMeta+z');
  await expectCount(page, 'Weak ones', found - 2);

  // Leaving the view is the other way.
  await page.keyboard.type('gi');
  await expectRows(page, 53);
  await page.keyboard.press('Home');
  await expectReading(page, firstTitle);
  await page.keyboard.press('Shift+m');
  await expectReading(page, secondTitle);
  await page.keyboard.type('gd');
  await expectRows(page, 1);
  await page.keyboard.type('gi');
  await expect(row(page, firstTitle)).toHaveCount(0);
});

test('says when the library does not answer, and keeps what is shown', async ({ app }, { project }) => {
  test.skip(project.name !== 'browser', 'calls cannot be intercepted there');
  const { page } = app;
  app.expectTrouble(/net::ERR/);
  await goToSearch(page);
  await page.route('**/api/call/list.open', (route) => route.abort());
  await page.keyboard.type('weak');
  await expect(page.getByRole('region', { name: 'Messages' })).toContainText('Offprint is not answering');
  await expectRows(page, 55);
  expect(await findings(page)).toEqual([]);
  await page.unroute('**/api/call/list.open');
  await page.keyboard.type(' to');
  await expect.poll(async () => Number(await grid(page).getAttribute('aria-rowcount'))).toBeLessThan(56);
});

test('shows papers before all are counted, says so, and marks all of them', async ({ app }, { project }) => {
  test.skip(project.name !== 'browser', 'calls cannot be intercepted there');
  const { page } = app;
  const counted = Promise.withResolvers<void>();
  // As a library answers in which too many papers match to be counted at once.
  await page.route('**/api/call/list.open', async (route) => {
    const response = await route.fetch();
    const { ok, value } = await response.json();
    await route.fulfill({ response, json: { ok, value: { ...value, total: 30, complete: false, order: 'title' } } });
  });
  await page.route('**/api/call/list.settled', async (route) => {
    await counted.promise;
    await route.continue();
  });
  await goToSearch(page);
  await page.keyboard.type('is:unread ');
  await expect(page.getByText('30+ of 55')).toBeVisible();
  await expect(understood(page)).toContainText('those with all words in the title first');
  await expect(page.getByRole('button', { name: 'Sorted by Title matches first' })).toBeVisible();
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '-1');
  expect(await findings(page)).toEqual([]);
  await page.keyboard.press('Enter');
  const top = await grid(page).evaluate((element) => element.scrollTop);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.press('q');
  await expect(page.getByText('30+ of 30+ selected')).toBeVisible();
  await expectCount(page, 'To read', 0);
  counted.resolve();
  await expectCount(page, 'To read', 55);
  await expectRows(page, 55);
  expect(await grid(page).evaluate((element) => element.scrollTop)).toBe(top);
});
