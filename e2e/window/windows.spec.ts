import { expect, test } from '../fixtures.ts';
import { expectNote } from './note-parts.ts';
import {
  expectCount,
  expectReading,
  firstTitle,
  grid,
  row,
  searchBox,
  secondTitle,
  selected,
  writeNote,
} from './parts.ts';

test('a reload keeps view, sort, search and selection', async ({ app }) => {
  const { page } = app;
  await page.keyboard.type('ga');
  await grid(page).getByRole('columnheader', { name: 'Title' }).getByRole('button').click();
  await searchBox(page).fill('learning');
  await expect(page.getByRole('heading', { name: 'All papers', level: 2 })).toBeVisible();
  await expect(page.locator('.list-count')).toHaveText(/ of 55$/);
  await page.keyboard.press('Enter');
  await row(page, firstTitle).click();
  await expectReading(page, firstTitle);
  const count = await page.locator('.list-count').innerText();
  await page.reload();
  await expectReading(page, firstTitle);
  await expect(selected(page)).toContainText(firstTitle);
  await expect(searchBox(page)).toHaveValue('learning');
  await expect(page.locator('.list-count')).toHaveText(count);
  await expect(page.getByRole('heading', { name: 'All papers', level: 2 })).toBeVisible();
  await expect(grid(page).getByRole('columnheader', { name: 'Title' })).toHaveAttribute('aria-sort', 'ascending');
});

test.describe('in a browser', () => {
  test.beforeEach(({ browserName: _ }, { project }) => {
    test.skip(project.name !== 'browser', 'the desktop program has one window');
  });

  test('two windows share what is marked, and each keeps its own view', async ({ app, context }) => {
    const { page } = app;
    const other = await context.newPage();
    await other.goto(page.url());
    await expectReading(other, firstTitle);
    await page.keyboard.press('s');
    await expectCount(other, 'Starred', 1);
    await expect(row(other, firstTitle).getByText('Starred')).toBeAttached();
    await page.keyboard.type('gs');
    await expect(page.getByRole('heading', { name: 'Starred', level: 2 })).toBeVisible();
    // A change that comes to the other window after the view has been saved.
    await page.keyboard.press('q');
    await expectCount(other, 'To read', 1);
    await expect(other.getByRole('navigation', { name: 'Views' }).locator('[aria-current]')).toContainText('Inbox');
    await searchBox(other).fill('weak tool learners');
    await expectReading(other, secondTitle);
    await other.close();
  });

  test('says when Offprint has stopped, and keeps what was typed', async ({ app, context }) => {
    // A window that stays when the program goes; the fixture closes its own.
    const page = await context.newPage();
    await page.goto(app.page.url());
    await expectReading(page, firstTitle);
    await writeNote(page, 'before, ');
    await expect(page.locator('.note-state')).toHaveText('Saved');
    await app.kill();
    await page.keyboard.type('and after');
    await expect(page.getByRole('alert').filter({ hasText: 'Not saved' })).toContainText(
      'start it again and open the address that it prints',
    );
    await expectNote(page, 'before, and after');
    await page.keyboard.press('Escape');
    await page.keyboard.press('m');
    await expect(page.locator('.toast[data-kind=error]')).toContainText('Offprint is not answering');
    // What was not done is not shown as done.
    await expect(row(page, firstTitle)).toHaveAttribute('data-status', 'unread');
  });
});
