import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { findings } from './axe.ts';
import { expectCount, expectRows, firstTitles, goToSearch, grid, hold, view } from './parts.ts';

/** The saved views, from top to bottom. */
function savedViews(page: Page): Promise<string[]> {
  return page.getByRole('list', { name: 'Saved views' }).locator('[data-view] > .clip').allTextContents();
}

/** Searches, and saves the search as a view by its key, under a name. */
async function saveSearch(page: Page, query: string, name: string): Promise<void> {
  await goToSearch(page);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type(query);
  await page.keyboard.press('ControlOrMeta+s');
  const dialog = page.getByRole('dialog', { name: 'Save as a view' });
  await expect(dialog.getByRole('textbox', { name: 'Name' })).toBeFocused();
  // What is suggested is selected.
  await page.keyboard.type(name);
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  await expect(view(page, name)).toHaveAttribute('aria-current', 'page');
}

/** Puts the focus on a line of the views pane, through its keys. */
async function focusView(page: Page, name: string): Promise<void> {
  await view(page, name).click();
  await page.keyboard.press('ControlOrMeta+1');
  await expect(view(page, name)).toBeFocused();
}

test('what is searched for becomes a view, with a name, an icon and a live count', async ({ app }) => {
  const { page } = app;
  await goToSearch(page);
  await page.keyboard.type('weak OR strong');
  await expect(page.getByText('of 55')).toBeVisible();
  await page.keyboard.press('ControlOrMeta+s');
  const dialog = page.getByRole('dialog', { name: 'Save as a view' });
  await expect(dialog.getByRole('textbox', { name: 'Name' })).toHaveValue('Unread, weak or strong');
  const query = dialog.getByRole('textbox', { name: 'Search' });
  await expect(query).toHaveValue(/^status:unread \(weak OR strong/);
  await expect(query).toHaveAccessibleDescription(/^Unread, with “weak” or “strong/);
  expect(await findings(page)).toEqual([]);
  await page.keyboard.type('Weak ones');
  await page.keyboard.press('Tab');
  await expect(dialog.getByRole('radio', { name: 'Magnifying glass' })).toBeFocused();
  for (let step = 0; step < 6; step += 1) await page.keyboard.press('ArrowRight');
  await expect(dialog.getByRole('radio', { name: 'Flask' })).toBeChecked();
  await page.keyboard.press('Tab');
  await page.keyboard.press('End');
  await page.keyboard.type(' -debate');
  await expect(query).toHaveAccessibleDescription(/without “debate/);
  await page.keyboard.press('ControlOrMeta+s');
  await expect(dialog).toHaveCount(0);

  await expect(page.getByRole('heading', { level: 2, name: 'Weak ones' })).toBeVisible();
  await expect(page.getByRole('combobox', { name: 'Search' })).toHaveValue('');
  await expect(grid(page)).not.toHaveAttribute('aria-rowcount', '56');
  const rows = Number(await grid(page).getAttribute('aria-rowcount')) - 1;
  await expectCount(page, 'Weak ones', rows);
  expect(await findings(page)).toEqual([]);

  // The count follows what is marked; the row stays until the list is refreshed.
  await page.keyboard.press('ControlOrMeta+2');
  await page.keyboard.press('m');
  await expectCount(page, 'Weak ones', rows - 1);
  await expectRows(page, rows);

  // Searching in it narrows it.
  await goToSearch(page);
  await page.keyboard.type('generalization');
  await expect(page.getByText(`of ${rows - 1}`)).toBeVisible();

  await app.quit();
  const again = await app.start();
  await expect(view(again, 'Weak ones')).toHaveAttribute('aria-current', 'page');
  await expectRows(again, rows - 1);
});

test('a view needs a name, and Escape saves nothing', async ({ app }) => {
  const { page } = app;
  await goToSearch(page);
  await page.keyboard.type('weak');
  await page.keyboard.press('ControlOrMeta+s');
  await expect(page.getByRole('textbox', { name: 'Name' })).toBeFocused();
  await page.keyboard.press('Delete');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert').filter({ hasText: 'A view needs a name.' })).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Name' })).toBeFocused();
  expect(await findings(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('combobox', { name: 'Search' })).toBeFocused();
  await expect(page.getByRole('heading', { name: 'Saved views' })).toHaveCount(0);
});

test('a view has an order and columns of its own, which change only when it is saved again', async ({ app }) => {
  const { page } = app;
  const sortBy = (name: string) =>
    grid(page).getByRole('columnheader', { name }).getByRole('button', { name, exact: true }).click();
  await sortBy('Title');
  await goToSearch(page);
  await page.keyboard.type('learning');
  await page.keyboard.press('ControlOrMeta+s');
  await page.keyboard.type('By title');
  await expect(page.getByRole('checkbox', { name: /^Keep the order/ })).toBeChecked();
  await page.getByRole('checkbox', { name: /^Keep the columns/ }).press('Space');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('heading', { level: 2, name: 'By title' })).toBeVisible();
  const title = grid(page).getByRole('columnheader', { name: 'Title' });
  await expect(title).toHaveAttribute('aria-sort', 'ascending');

  // The list's own order is another from now on, and the view keeps its.
  await view(page, 'All papers').click();
  await sortBy('Added');
  await view(page, 'By title').click();
  await expect(title).toHaveAttribute('aria-sort', 'ascending');
  await expect.poll(async () => (await firstTitles(page, 1))[0]).toMatch(/^[A-D]/);
  const update = page.getByRole('button', { name: 'Update view' });
  await expect(update).toHaveCount(0);

  await sortBy('Title');
  await expect(title).toHaveAttribute('aria-sort', 'descending');
  await expect(update).toBeVisible();
  expect(await findings(page)).toEqual([]);
  await view(page, 'All papers').click();
  await expect(grid(page).getByRole('columnheader', { name: 'Added' })).toHaveAttribute('aria-sort', 'descending');
  await view(page, 'By title').click();
  await expect(title).toHaveAttribute('aria-sort', 'ascending');

  await sortBy('Title');
  await update.press('Enter');
  await expect(update).toHaveCount(0);
  await view(page, 'Inbox').click();
  await view(page, 'By title').click();
  await expect(title).toHaveAttribute('aria-sort', 'descending');
});

test('views are moved, changed and removed from the keyboard, and that can be undone', async ({ app }) => {
  const { page } = app;
  for (const name of ['One', 'Two', 'Three']) await saveSearch(page, 'weak', name);
  expect(await savedViews(page)).toEqual(['One', 'Two', 'Three']);

  const told = page.getByRole('status');
  // How many papers it has is told first.
  await expect(told.filter({ hasText: /^Three: \d+ papers$/ })).toHaveCount(1);
  await page.keyboard.press('ControlOrMeta+1');
  await expect(view(page, 'Three')).toBeFocused();
  await page.keyboard.press('Alt+ArrowUp');
  await expect.poll(() => savedViews(page)).toEqual(['One', 'Three', 'Two']);
  await expect(told.filter({ hasText: 'Three is now 2 of 3' })).toHaveCount(1);
  await expect(view(page, 'Three')).toBeFocused();

  // The menu of its line, by Tab and by the key for menus.
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Actions for Three' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Edit…' })).toBeFocused();
  expect(await findings(page)).toEqual([]);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect.poll(() => savedViews(page)).toEqual(['Three', 'One', 'Two']);

  await focusView(page, 'Three');
  await page.keyboard.press('F2');
  const dialog = page.getByRole('dialog', { name: 'Edit view' });
  await expect(dialog.getByRole('textbox', { name: 'Name' })).toHaveValue('Three');
  expect(await findings(page)).toEqual([]);
  await page.keyboard.type('Third');
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  await expect.poll(() => savedViews(page)).toEqual(['Third', 'One', 'Two']);

  await focusView(page, 'One');
  // A dialog gives the focus back to the line, which still has it when it goes.
  await page.keyboard.press('F2');
  await expect(dialog).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(view(page, 'One')).toBeFocused();
  await page.keyboard.press('Delete');
  await hold(page, 'Removed the view “One”');
  await expect.poll(() => savedViews(page)).toEqual(['Third', 'Two']);
  await expect(view(page, 'Inbox')).toHaveAttribute('aria-current', 'page');
  await expect(view(page, 'Inbox')).toBeFocused();
  await page.getByRole('region', { name: 'Messages' }).getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => savedViews(page)).toEqual(['Third', 'One', 'Two']);
  // The name, and then the place that it was moved to by the menu.
  await page.keyboard.press('ControlOrMeta+z');
  await expect.poll(() => savedViews(page)).toEqual(['Three', 'One', 'Two']);
  await page.keyboard.press('ControlOrMeta+z');
  await expect.poll(() => savedViews(page)).toEqual(['One', 'Three', 'Two']);
});

test('views are dragged to another place', async ({ app }) => {
  const { page } = app;
  for (const name of ['One', 'Two', 'Three']) await saveSearch(page, 'weak', name);
  const saved = page.getByRole('list', { name: 'Saved views' });
  const line = (name: string) => saved.getByRole('listitem').filter({ hasText: name });
  const target = await line('One').boundingBox();
  await line('Three').hover();
  await page.mouse.down();
  await page.mouse.move((target?.x ?? 0) + 60, (target?.y ?? 0) + 12, { steps: 4 });
  await page.mouse.move((target?.x ?? 0) + 60, (target?.y ?? 0) + 4, { steps: 2 });
  await expect(line('One')).toHaveAttribute('data-drop', 'before');
  await page.mouse.up();
  await expect.poll(() => savedViews(page)).toEqual(['Three', 'One', 'Two']);
  await expect(line('One')).not.toHaveAttribute('data-drop');
  await line('Three').dragTo(line('Two'), { targetPosition: { x: 60, y: 24 } });
  await expect.poll(() => savedViews(page)).toEqual(['One', 'Two', 'Three']);
  await app.quit();
  const again = await app.start();
  expect(await savedViews(again)).toEqual(['One', 'Two', 'Three']);
});
