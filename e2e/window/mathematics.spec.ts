import { expect, test } from '../fixtures.ts';
import { findings } from './axe.ts';
import { importFile } from './import-parts.ts';
import { goToSearch, grid, row, searchBox, writeNote } from './parts.ts';

const papers = JSON.stringify([
  {
    title: 'Parities in $\\mathcal{O}(n^{2/3})$ and $\\frac{\\partial u}{\\partial t}$ Time',
    authors: ['Ada Lovelace'],
    published: '2024-02-01',
    abstract:
      'With noise below $\\frac12$ the \\emph{query complexity} is small, and a run costs $5 to $10. We show\n\n$$\\sum_{i=1}^{N} \\ell(x_i) \\le C\\sqrt{N}$$\n\nand nothing of $\\unknowncommand{x}$. Damage such as alpha stays a word.',
  },
  {
    title: 'A Plain Paper beside It',
    authors: ['Emmy Noether'],
    published: '2024-02-01',
    abstract: 'Words alone.',
  },
  {
    title:
      'Hostile $\\href{javascript:window.__ran=1}{x}$ <img src=x onerror="window.__ran=1"> $\\text{<script>window.__ran=1</script>}$',
    authors: ['Mallory'],
    published: '2024-02-01',
    abstract: `$\\def\\a{\\a\\a}\\a$ $${'{'.repeat(2000)}$ \\href{javascript:window.__ran=1}{here} \\url{javascript:window.__ran=1} $\\style{position:fixed}{x}$ $${'x^'.repeat(1500)}2$ and $y$.`,
  },
]);

test('mathematics is set in titles and abstracts, for eyes and for screen readers, and money stays money', async ({
  app,
}) => {
  const { page } = app;
  await importFile(page, 'papers.json', papers);
  await goToSearch(page);
  await searchBox(page).fill('parities');
  const line = row(page, 'Parities in');
  await expect(line.getByRole('math')).toHaveCount(2);
  await page.keyboard.press('Enter');
  const paper = page.getByRole('article');
  await expect(paper.getByRole('heading', { level: 2 }).getByRole('math')).toHaveCount(2);
  await expect(paper.getByRole('math')).toHaveCount(4);
  await expect(paper.locator('math[display=block]')).toHaveAttribute(
    'alttext',
    '\\sum_{i=1}^{N} \\ell(x_i) \\le C\\sqrt{N}',
  );
  await expect(paper).toContainText('a run costs $5 to $10.');
  await expect(paper.locator('em')).toHaveText('query complexity');
  await expect(paper.getByTitle('could not be set')).toHaveText('$\\unknowncommand{x}$');
  expect(await findings(page)).toEqual([]);
  const setIn = await paper
    .locator('math')
    .first()
    .evaluate((math) => getComputedStyle(math).fontFamily);
  expect(setIn).toContain('STIX Two Math');
  expect(await page.evaluate(() => document.fonts.check('16px "STIX Two Math"'))).toBe(true);

  await searchBox(page).fill('');
  await expect(row(page, 'A Plain Paper')).toBeVisible();
  // A row is as high with a fraction in it as without.
  const heights = await grid(page)
    .getByRole('row')
    .evaluateAll((rows) => [...new Set(rows.slice(1).map((each) => each.getBoundingClientRect().height))]);
  expect(heights).toHaveLength(1);
});

test('mathematics in a note is set where the note is read', async ({ app }) => {
  const { page } = app;
  await writeNote(page, 'The bound $a_1 * b_1 * c^2$ costs $5.');
  await page.keyboard.press('Escape');
  const note = page.getByRole('region', { name: 'Note' });
  await expect(note.getByRole('math')).toHaveCount(1);
  await expect(note.locator('math')).toHaveAttribute('alttext', 'a_1 * b_1 * c^2');
  await expect(note).toContainText('costs $5.');
  expect(await findings(page)).toEqual([]);
});

test('whatever LaTeX a paper brings, it runs nothing and leads nowhere', async ({ app }) => {
  const { page } = app;
  await importFile(page, 'papers.json', papers);
  await goToSearch(page);
  await searchBox(page).fill('hostile');
  await page.keyboard.press('Enter');
  const paper = page.getByRole('article');
  await expect(paper).toContainText('and');
  await expect(paper.locator('math').last()).toHaveAttribute('alttext', 'y');
  await expect(paper.locator('img, script, a[href^="javascript"], [style*="fixed"]')).toHaveCount(0);
  await expect(grid(page).locator('img, script')).toHaveCount(0);
  expect(await page.evaluate(() => '__ran' in window)).toBe(false);
});
