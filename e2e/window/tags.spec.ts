import type { Locator, Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { findings } from './axe.ts';
import { expectCount, expectRows, hold, openTags, row, secondTitle, view } from './parts.ts';

/** Gives the selected papers tags, as they are typed: several with commas. */
async function tag(page: Page, typed: string): Promise<void> {
  await openTags(page);
  await page.keyboard.type(typed);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

/** The tags of the views pane that can be seen, from top to bottom. */
function shownTags(page: Page): Promise<string[]> {
  return page.getByRole('list', { name: 'Tags', exact: true }).locator('[data-view] > .clip').allTextContents();
}

/** The tags in the reader. */
function tagsOfPaper(page: Page): Locator {
  return page.getByRole('article').getByRole('list', { name: 'Tags' });
}

/** Opens the list of all tags. */
async function manageTags(page: Page): Promise<Locator> {
  await page.keyboard.press('g');
  await page.keyboard.press('t');
  const dialog = page.getByRole('dialog', { name: 'Tags' });
  await expect(dialog.getByRole('searchbox')).toBeFocused();
  return dialog;
}

test('tags nest by their slashes, fold away, and say how many papers their views show', async ({ app }) => {
  const { page } = app;
  await tag(page, 'ml/vision, tag 10');
  await page.keyboard.press('j');
  await tag(page, 'ml/agents, ml/vision, tag 2');
  expect(await shownTags(page)).toEqual(['ml', 'agents', 'vision', 'tag 2', 'tag 10']);
  // A tag that only has others in it shows their papers, each once.
  await expectCount(page, 'ml', 2);
  await expectCount(page, 'vision', 2);
  await expectCount(page, 'agents', 1);
  await view(page, 'ml').click();
  await expectRows(page, 2);
  await page.keyboard.press('ControlOrMeta+1');
  await expect(view(page, 'ml')).toBeFocused();
  expect(await findings(page)).toEqual([]);

  const fold = page.getByRole('button', { name: 'Tags nested in ml' });
  await page.keyboard.press('ArrowLeft');
  await expect(fold).toHaveAttribute('aria-expanded', 'false');
  expect(await shownTags(page)).toEqual(['ml', 'tag 2', 'tag 10']);
  expect(await findings(page)).toEqual([]);
  await app.quit();
  const again = await app.start();
  await expect(view(again, 'tag 2')).toBeVisible();
  expect(await shownTags(again)).toEqual(['ml', 'tag 2', 'tag 10']);
  await again.keyboard.press('ControlOrMeta+1');
  await again.keyboard.press('ArrowRight');
  await expect(view(again, 'agents')).toBeVisible();
  await again.keyboard.press('ArrowRight');
  await expect(view(again, 'agents')).toBeFocused();
  await expectRows(again, 1);
  await again.keyboard.press('ArrowLeft');
  await expect(view(again, 'ml')).toBeFocused();
});

test('tags are completed while typing, nested ones too, and set on some of many papers', async ({ app }) => {
  const { page } = app;
  await tag(page, 'ml/vision, agents');
  await page.keyboard.press('Shift+ArrowDown');
  await openTags(page);
  const dialog = page.getByRole('dialog', { name: 'Tags of 2 papers' });
  const chip = (name: string) => dialog.getByRole('listitem').filter({ hasText: name });
  await expect(chip('agents')).toContainText('some');
  await page.keyboard.type('vis');
  await expect(dialog.getByRole('option')).toHaveText([/^ml\/vision/]);
  expect(await findings(page)).toEqual([]);
  await page.keyboard.press('Tab');
  await expect(chip('ml/vision')).not.toContainText('some');
  // What no tag begins with becomes a new one, and a comma ends it.
  await page.keyboard.type('new one,');
  await expect(chip('new one')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  await expectCount(page, 'vision', 2);
  await expectCount(page, 'new one', 2);
  await expectCount(page, 'agents', 1);
});

test('all tags are renamed, merged, coloured and removed from the keyboard', async ({ app }) => {
  const { page } = app;
  await tag(page, 'ml, ml/vision, learning');
  await page.keyboard.press('j');
  await tag(page, 'learning');
  const dialog = await manageTags(page);
  await expect(dialog.getByRole('listitem')).toHaveCount(3);
  expect(await findings(page)).toEqual([]);

  // Rename: what it would do is said before.
  await page.keyboard.type('ml');
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('button', { name: 'ml', exact: true })).toBeFocused();
  await page.keyboard.press('F2');
  const name = dialog.getByRole('textbox', { name: 'New name of ml' });
  await expect(name).toBeFocused();
  await page.keyboard.type('machines');
  await expect(name).toHaveAccessibleDescription('Renames it on 1 paper, with the tag nested in it.');
  expect(await findings(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('button', { name: 'machines', exact: true })).toBeFocused();
  await expectCount(page, 'machines', 1);

  // Escape leaves the renaming, and not the dialog.
  await page.keyboard.press('F2');
  await page.keyboard.press('Escape');
  await expect(dialog.getByRole('button', { name: 'machines', exact: true })).toBeFocused();

  // Merge.
  await page.keyboard.press('ArrowUp');
  await expect(dialog.getByRole('button', { name: 'learning', exact: true })).toBeFocused();
  await page.keyboard.press('F2');
  await page.keyboard.type('MACHINES');
  await expect(dialog.getByRole('textbox', { name: 'New name of learning' })).toHaveAccessibleDescription(
    '“machines” is a tag already, on 1 paper. This merges 2 papers into it.',
  );
  await expect(dialog.getByRole('button', { name: 'Merge' })).toBeVisible();
  await page.keyboard.press('Enter');
  await expectCount(page, 'machines', 2);
  await expect(dialog.getByRole('listitem')).toHaveCount(2);

  // Colour: a menu on the button before the name.
  await page.keyboard.press('Shift+Tab');
  await expect(dialog.getByRole('button', { name: 'Colour of machines: none' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitemradio', { name: 'Red' })).toBeFocused();
  expect(await findings(page)).toEqual([]);
  for (let step = 0; step < 5; step += 1) await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('button', { name: 'Colour of machines: Blue' })).toBeFocused();

  // Remove, with what is nested in it; and all of it back again.
  await page.keyboard.press('Delete');
  await expect(dialog.getByText('There are no tags yet.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Undo' }).press('Enter');
  await expect(dialog.getByRole('listitem')).toHaveCount(2);
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expectCount(page, 'machines', 2);
  await expect(row(page, secondTitle).locator('.chip', { hasText: 'machines' })).toHaveAttribute('data-colour', 'blue');
  await expect(tagsOfPaper(page).getByRole('button', { name: 'machines' })).toHaveAttribute('data-colour', 'blue');
  expect(await findings(page)).toEqual([]);
});

test('a tag has a menu in the views pane, and its view follows its name', async ({ app }) => {
  const { page } = app;
  await tag(page, 'to discuss');
  await view(page, 'to discuss').click();
  await page.keyboard.press('ControlOrMeta+1');
  await page.keyboard.press('Shift+F10');
  await expect(page.getByRole('menuitemradio', { name: 'Red' })).toBeFocused();
  expect(await findings(page)).toEqual([]);
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('menuitem', { name: 'Rename or merge…' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'New name of to discuss' })).toBeFocused();
  await page.keyboard.type('discussed');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Rename discussed' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { level: 2, name: 'discussed' })).toBeVisible();
  await expect(view(page, 'discussed')).toHaveAttribute('aria-current', 'page');
  await expectRows(page, 1);

  await page.keyboard.press('ControlOrMeta+1');
  await page.keyboard.press('Shift+F10');
  await page.keyboard.press('ArrowUp');
  await expect(page.getByRole('menuitem', { name: 'Remove from 1 paper' })).toBeFocused();
  await page.keyboard.press('Enter');
  await hold(page, /Removed|Took|tag/);
  await expect(page.getByRole('heading', { name: 'Tags' })).toHaveCount(0);
  await expect(view(page, 'All papers')).toHaveAttribute('aria-current', 'page');
});

test('many tags leave the abstract where it is, and lead to their papers', async ({ app }) => {
  const { page } = app;
  const abstract = page.getByRole('article').locator('.abstract');
  await tag(page, 'alone');
  const one = await abstract.boundingBox();
  const names = Array.from({ length: 44 }, (_, index) => `a topic of some length ${index + 1}`);
  await tag(page, names.join(','));
  const more = tagsOfPaper(page).getByRole('button', { name: /^Show \d+ more tags$/ });
  await expect(more).toHaveText(/^\+\d\d$/);
  const line = 24;
  await expect.poll(async () => ((await abstract.boundingBox())?.y ?? 0) - (one?.y ?? 0)).toBeLessThanOrEqual(line);
  expect(await findings(page)).toEqual([]);
  await more.press('Enter');
  const last = tagsOfPaper(page).getByRole('button', { name: 'a topic of some length 44' });
  await expect(last).toBeVisible();
  await expect(tagsOfPaper(page).getByRole('button', { name: 'Show fewer tags' })).toHaveAttribute(
    'aria-expanded',
    'true',
  );
  await last.press('Enter');
  await expect(view(page, 'a topic of some length 44')).toHaveAttribute('aria-current', 'page');
  await expectRows(page, 1);
});

test('every colour can be read by day and by night, in the pane, the list and the reader', async ({ app }) => {
  const { page } = app;
  const colours = ['red', 'orange', 'yellow', 'green', 'teal', 'blue', 'purple', 'pink', 'grey'];
  await tag(page, colours.join(','));
  const dialog = await manageTags(page);
  await page.keyboard.press('ArrowDown');
  for (const [index, colour] of colours.toSorted().entries()) {
    await expect(dialog.getByRole('button', { name: colour, exact: true })).toBeFocused();
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('menuitemradio', { name: 'Red' })).toBeFocused();
    for (let step = 0; step < colours.indexOf(colour); step += 1) await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await expect(
      dialog.getByRole('button', { name: new RegExp(`^Colour of ${colour}: ${colour}`, 'i') }),
    ).toBeFocused();
    await page.keyboard.press('Tab');
    if (index < colours.length - 1) await page.keyboard.press('ArrowDown');
  }
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await findings(page)).toEqual([]);
  }
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(tagsOfPaper(page).locator('[data-colour]')).toHaveCount(9);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await findings(page)).toEqual([]);
  }
});
