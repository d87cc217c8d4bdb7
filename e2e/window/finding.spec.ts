import { expect, test } from '../fixtures.ts';
import {
  expectCount,
  expectReading,
  expectRows,
  firstTitle,
  firstTitles,
  goToSearch,
  grid,
  row,
  searchBox,
  secondTitle,
  view,
} from './parts.ts';

test('narrows the list as words are typed and marks what matched', async ({ app }) => {
  const { page } = app;
  await goToSearch(page);
  const box = searchBox(page);
  const rows = async () => Number(await grid(page).getAttribute('aria-rowcount'));
  const best = row(page, 'Weak-to-Strong Generalization: Eliciting');
  await page.keyboard.type('weak');
  await expect(page.getByText('of 55')).toBeVisible();
  await expect.poll(rows).toBeLessThan(56);
  await expect(best.locator('mark')).toHaveText(['Weak', 'Weak']);
  const broad = await rows();
  await page.keyboard.type(' strong');
  await expect.poll(rows).toBeLessThan(broad);
  await expect(best.locator('mark')).toHaveText(['Weak', 'Strong', 'Strong', 'Weak']);
  await expect(page.getByRole('article').locator('p mark').first()).toHaveText(/weak|strong/i);
  // A stem matches too, and is marked where it stands.
  await expect(page.getByRole('article').locator('mark', { hasText: 'stronger' })).toHaveCount(1);
  await box.fill('');
  await expectRows(page, 55);
});

test('takes clauses, phrases and negations, and never fails on what is none', async ({ app }) => {
  const { page } = app;
  const box = searchBox(page);
  await box.fill('"weak-to-strong generalization"');
  await expect(grid(page)).not.toHaveAttribute('aria-rowcount', '56');
  const withPhrase = Number(await grid(page).getAttribute('aria-rowcount'));
  await box.fill('"weak-to-strong generalization" -title:debate ');
  await expectRows(page, withPhrase - 2);
  await expect(row(page, 'Debate Helps')).toHaveCount(0);
  await box.fill('"unclosed (AND OR NOT * title: ^ NEAR(');
  await expect(page.getByText(/no (paper|match)/i).first()).toBeVisible();
  await box.fill('title:boosting ');
  await expect(row(page, firstTitle)).toBeVisible();
});

test('sorts by a column, the other way round, and by several', async ({ app }) => {
  const { page } = app;
  const header = (name: string) => grid(page).getByRole('columnheader', { name });
  const sortBy = (name: string, modifiers: 'Shift'[] = []) =>
    header(name).getByRole('button', { name, exact: true }).click({ modifiers });
  await page.keyboard.press('s');
  await expectCount(page, 'Starred', 1);

  await sortBy('Title');
  await expect(header('Title')).toHaveAttribute('aria-sort', 'ascending');
  let ascending: string[] = [];
  await expect(async () => {
    ascending = await firstTitles(page, 6);
    expect(ascending).not.toContain('');
    expect(ascending[0]).not.toBe(firstTitle);
    expect(ascending).toEqual(ascending.toSorted((a, b) => a.localeCompare(b, 'en', { sensitivity: 'base' })));
  }).toPass();
  await sortBy('Title');
  await expect(header('Title')).toHaveAttribute('aria-sort', 'descending');
  await expect.poll(async () => (await firstTitles(page, 1))[0]).not.toBe(ascending[0]);

  // Stars first, and by title among the rest.
  await sortBy('Starred');
  await expect(header('Starred')).toHaveAttribute('aria-sort', 'descending');
  await sortBy('Title', ['Shift']);
  await expect(header('Starred')).toHaveAttribute('aria-sort', 'descending');
  await expect(header('Title')).toHaveAttribute('aria-sort', 'ascending');
  const rest = ascending.filter((title) => title !== firstTitle);
  await expect.poll(() => firstTitles(page, 3)).toEqual([firstTitle, rest[0], rest[1]]);
});

test('filters by view and by status, and counts stay true', async ({ app }) => {
  const { page } = app;
  await page.keyboard.press('m');
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await expectCount(page, 'Inbox', 53);
  await expectCount(page, 'Read', 1);
  await expectCount(page, 'Skipped', 1);
  await view(page, 'Read').click();
  await expectRows(page, 1);
  await expectReading(page, firstTitle);
  await view(page, 'All papers').click();
  await expectRows(page, 55);
  const only = page.getByRole('group', { name: 'Show only' });
  await only.getByRole('button', { name: 'Skipped' }).click();
  await expectRows(page, 1);
  await expectReading(page, secondTitle);
  await expect(searchBox(page)).toHaveValue(/^status:skipped ?$/);
  await only.getByRole('button', { name: 'Read', exact: true }).click();
  await expectRows(page, 2);
  await goToSearch(page);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.press('Delete');
  await expectRows(page, 55);
});

test('keeps a row where it is when it leaves the view, until the list is refreshed', async ({ app }) => {
  const { page } = app;
  await page.keyboard.press('Shift+m');
  await expectReading(page, secondTitle);
  await expectCount(page, 'Inbox', 54);
  await expectRows(page, 55);
  await expect(row(page, firstTitle).getByRole('gridcell', { name: 'Read', exact: true })).toBeVisible();
  await page.keyboard.press('.');
  await expectRows(page, 54);
  await expect(row(page, firstTitle)).toHaveCount(0);
  await expectReading(page, secondTitle);
});
