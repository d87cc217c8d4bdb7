import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { findings } from './axe.ts';
import { bibtexEntry, importFile, messages } from './import-parts.ts';
import { expectCount, expectRows, firstTitle, grid, openTags, row, secondTitle, writeNote } from './parts.ts';

/** Nearly a title of the bundled capture, as a colleague may have typed it. */
const retyped = 'Adversarial Imitations Learning via Boosting';
const entry = bibtexEntry('chang', { title: retyped, author: 'Jonathan D. Chang', year: '2024' });
const anotherRetyped = 'Small LLMs Are Weak Tools Learners: A Multi-LLM Agent';
const another = bibtexEntry('shen', { title: anotherRetyped, author: 'Weizhou Shen', year: '2024' });

const comparison = (page: Page) => page.getByRole('dialog', { name: 'Are these the same paper?' });
const merge = (page: Page) => page.getByRole('dialog').getByRole('button', { name: 'Merge', exact: true });
const found = (page: Page, count: number) =>
  expect(page.getByRole('button', { name: `Possible duplicates ${count}` })).toBeVisible();

test('duplicates are compared and merged with the notes and tags of both, and come apart again by Undo', async ({
  app,
}) => {
  const { page } = app;
  await writeNote(page, 'The note on the capture.');
  await page.keyboard.press('Escape');
  await importFile(page, 'typed.bib', entry);
  await found(page, 1);
  await row(page, retyped).click();
  await openTags(page);
  await page.keyboard.type('imitation');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expectCount(page, 'imitation', 1);

  await page.keyboard.type('gu');
  await expect(merge(page)).toBeFocused();
  const title = comparison(page).getByRole('columnheader');
  await expect(title).toHaveText(['Title≠, differs', retyped, firstTitle]);
  await expect(comparison(page).getByRole('row', { name: /^Note/ })).toContainText('The note on the capture.');
  await page.keyboard.press('Enter');
  const none = page.getByRole('dialog', { name: 'No duplicates' });
  await expect(none.getByRole('button', { name: 'Close' }).last()).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(grid(page)).toBeFocused();
  await expectCount(page, 'All papers', 55);
  await expectCount(page, 'With notes', 1);
  await expectCount(page, 'imitation', 1);
  await page.keyboard.type('gn');
  await expectRows(page, 1);
  const reader = page.getByRole('region', { name: 'Reader' });
  await expect(reader.getByRole('list', { name: 'Tags' })).toContainText('imitation');
  await expect(reader).toContainText('The note on the capture.');
  await expect(reader).toContainText('typed.bib');

  await page.keyboard.press('ControlOrMeta+z');
  await expectCount(page, 'All papers', 56);
  await expect(reader.getByRole('list', { name: 'Tags' })).not.toContainText('imitation');
  await expect(reader).toContainText('The note on the capture.');
  await found(page, 1);
});

test('goes through the duplicates, tells papers apart for good, and shows the next after each', async ({ app }) => {
  const { page } = app;
  await importFile(page, 'typed.bib', `${entry}\n${another}`);
  await found(page, 2);
  await page.keyboard.type('gu');
  const position = comparison(page).getByRole('status');
  await expect(position).toContainText('1 of 2');
  const shown = () => comparison(page).getByRole('columnheader').nth(1).textContent();
  const first = await shown();
  await page.keyboard.press('j');
  await expect(position).toContainText('2 of 2');
  await expect.poll(shown).not.toBe(first);
  await page.keyboard.press('j');
  await expect(position).toContainText('1 of 2');
  await expect.poll(shown).toBe(first);
  await page.keyboard.press('k');
  await expect(position).toContainText('2 of 2');
  await page.keyboard.press('x');
  // What is left is the one before it, with the focus still where it was.
  await expect.poll(shown).toBe(first);
  await expect(position).not.toContainText('of 2');
  await expect(merge(page)).toBeFocused();
  await page.keyboard.press('x');
  await expect(page.getByRole('dialog', { name: 'No duplicates' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expectCount(page, 'All papers', 57);
  await expect(page.getByRole('button', { name: /Possible duplicates/ })).toHaveCount(0);

  await app.quit();
  await app.start();
  await expect(app.page.getByRole('button', { name: /Possible duplicates/ })).toHaveCount(0);
});

test('papers that the reader selects are merged', async ({ app }) => {
  const { page } = app;
  await page.keyboard.press('Shift+u');
  await expect(messages(page)).toContainText('Select two papers or more to merge them.');
  await page.keyboard.press('Shift+j');
  await page.keyboard.press('Shift+u');
  const dialog = page.getByRole('dialog', { name: 'Merge these papers?' });
  await expect(dialog.getByRole('columnheader')).toHaveText([/Title/, firstTitle, secondTitle]);
  await expect(merge(page)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expectCount(page, 'All papers', 54);
  await messages(page).getByRole('button', { name: 'Undo' }).press('Enter');
  await expectCount(page, 'All papers', 55);
  await expect(row(page, firstTitle)).toBeVisible();
  await expect(row(page, secondTitle)).toBeVisible();
});

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing in the comparison, ${theme}`, async ({ app }) => {
    const { page } = app;
    await page.emulateMedia({ colorScheme: theme });
    await importFile(page, 'typed.bib', `${entry}\n${another}`);
    await found(page, 2);
    await page.keyboard.type('gu');
    await expect(comparison(page)).toContainText('1 of 2');
    expect(await findings(page)).toEqual([]);
  });
}
