import { expect, test } from '../fixtures.ts';
import { findings } from './axe.ts';
import { bibtexEntry, importFile, messages } from './import-parts.ts';
import { expectCount, expectRows, goToSearch, grid, leaveDialog, row, writeNote } from './parts.ts';

const touched = 'A Paper That a Colleague Recommends';
const others = ['Another One of the Same List', 'A Third One of the Same List'];
const list = [touched, ...others].map((title, at) => bibtexEntry(`k${at}`, { title, year: '2024' })).join('\n');

test('a source is removed with its papers, but not with what the reader has touched; Undo brings all back', async ({
  app,
}) => {
  const { page } = app;
  await importFile(page, 'colleague.bib', list);
  await expectRows(page, 58);
  await row(page, touched).click();
  await writeNote(page, 'Ask her about section 3.');
  await page.keyboard.press('Escape');
  await expectCount(page, 'With notes', 1);

  await page.keyboard.type('go');
  const sources = page.getByRole('dialog', { name: 'Sources' });
  await expect(sources.getByRole('button', { name: 'colleague.bib', exact: true })).toBeFocused();
  await page.keyboard.press('Tab');
  const remove = sources.getByRole('button', { name: 'Remove colleague.bib…' });
  await expect(remove).toBeFocused();
  await page.keyboard.press('Enter');
  const asking = page.getByRole('dialog', { name: 'Remove “colleague.bib”?' });
  await expect(asking).toContainText('2 papers go with it. 1 stays, because you have touched it.');
  // Escape leaves the question, and not what it was asked over.
  await page.keyboard.press('Escape');
  await expect(asking).toHaveCount(0);
  await expect(remove).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(asking.getByRole('button', { name: 'Remove it and 2 papers' })).toBeFocused();
  await page.keyboard.press('Enter');

  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(grid(page)).toBeFocused();
  await expect(messages(page)).toContainText('Removed colleague.bib: 2 papers, 1 paper kept');
  await expectCount(page, 'All papers', 56);
  await expect(row(page, touched)).toBeVisible();
  for (const title of others) await expect(row(page, title)).toHaveCount(0);

  await messages(page).getByRole('button', { name: 'Undo' }).press('Enter');
  await expectCount(page, 'All papers', 58);
  await expectCount(page, 'colleague.bib', 3);
  for (const title of others) await expect(row(page, title)).toBeVisible();
  await expectCount(page, 'With notes', 1);
});

test('the papers of a source are shown from the list of sources, until it is removed', async ({ app }) => {
  const { page } = app;
  await importFile(page, 'colleague.bib', list);
  await page.keyboard.type('go');
  await expect(page.getByRole('dialog').getByRole('button', { name: 'colleague.bib', exact: true })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'colleague.bib', level: 2 })).toBeVisible();
  await expectRows(page, 3);
  await page.keyboard.press('ControlOrMeta+z');
  await expect(page.getByRole('heading', { name: 'All papers', level: 2 })).toBeVisible();
  await expectRows(page, 55);
});

test('what was done is listed, and any of it is undone', async ({ app }) => {
  const { page } = app;
  await importFile(page, 'first.bib', bibtexEntry('a', { title: 'A Paper of the First File' }));
  await importFile(page, 'second.bib', bibtexEntry('b', { title: 'A Paper of the Second File' }));
  await expectCount(page, 'All papers', 57);
  await page.keyboard.type('gh');
  const changes = page.getByRole('dialog', { name: 'Imports and other changes' });
  const undo = (file: string) => changes.getByRole('button', { name: `Undo: Imported 1 paper from ${file}` });
  await expect(undo('second.bib')).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(undo('first.bib')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(changes.getByRole('listitem').filter({ hasText: 'first.bib' })).toContainText('undone');
  await expectCount(page, 'All papers', 56);
  await leaveDialog(page);
  await goToSearch(page);
  await page.keyboard.type('"A Paper of the"');
  await expectRows(page, 1);
  await expect(row(page, 'A Paper of the Second File')).toBeVisible();
});

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing in sources and changes, ${theme}`, async ({ app }) => {
    const { page } = app;
    await page.emulateMedia({ colorScheme: theme });
    await importFile(page, 'colleague.bib', list);
    await page.keyboard.type('gh');
    await expect(page.getByRole('dialog', { name: 'Imports and other changes' })).toBeVisible();
    expect(await findings(page)).toEqual([]);
    await leaveDialog(page);
    await page.keyboard.type('go');
    await expect(page.getByRole('dialog', { name: 'Sources' })).toBeVisible();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog', { name: 'Remove “colleague.bib”?' })).toBeVisible();
    expect(await findings(page)).toEqual([]);
  });
}
