import { expect, test } from '../fixtures.ts';
import { findings } from './axe.ts';
import { bibtexEntry, importFile } from './import-parts.ts';
import { expectReading, resize } from './parts.ts';

const title = 'KettleBench: Can Robots Make Tea?';
const earlier = 'Household robots fail at tasks that involve steam. We show this with one kettle and in one kitchen.';
const later = 'Household robots fail at tasks that involve steam. We show this with 1,200 kettles, in every kitchen.';

const dailyPaper = {
  paper: {
    id: '2406.99000',
    authors: [{ name: 'Anna Wall' }, { name: 'José Kettle' }],
    publishedAt: '2024-06-11T09:15:00.000Z',
    title,
    summary: earlier,
    upvotes: 112,
    githubRepo: 'https://github.com/kettle/bench',
    projectPage: 'https://kettle.example.org/',
    ai_summary: 'A benchmark for robots that make tea.',
    ai_keywords: ['robots', 'tea'],
  },
  title,
  numComments: 1,
};
const snapshotLine = {
  id: '2406.99000',
  authors: 'Anna Wall, José Kettle',
  title,
  comments: '12 pages, 3 figures',
  'journal-ref': 'J. Kettles 7 (2024) 1-12',
  doi: '10.1000/kettles.7',
  categories: 'cs.RO cs.LG',
  abstract: later,
  versions: [
    { version: 'v1', created: 'Tue, 11 Jun 2024 09:15:00 GMT' },
    { version: 'v2', created: 'Mon, 1 Jul 2024 17:59:59 GMT' },
  ],
  update_date: '2024-07-01',
  authors_parsed: [
    ['Wall', 'Anna', ''],
    ['Kettle', 'José', ''],
  ],
};

test('the reader shows everything that several sources know of a paper', async ({ app }) => {
  const { page } = app;
  await importFile(page, 'page.json', JSON.stringify([dailyPaper]));
  await importFile(page, 'snapshot.json', JSON.stringify(snapshotLine));
  const fields = { title, author: 'Wall, Anna and Kettle, José', eprint: '2406.99000', archiveprefix: 'arXiv' };
  await importFile(page, 'library.bib', bibtexEntry('wall2024kettlebench', fields));
  await page.keyboard.press('Home');
  await expectReading(page, title);
  const article = page.getByRole('article');
  await expect(article).toContainText('Anna Wall, José Kettle');
  await expect(article).toContainText('J. Kettles 7 (2024) 1-12');
  await expect(article).toContainText('[cs.RO, cs.LG]');
  const links = {
    'arXiv:2406.99000': 'https://arxiv.org/abs/2406.99000',
    'doi:10.1000/kettles.7': 'https://doi.org/10.1000/kettles.7',
    Code: 'https://github.com/kettle/bench',
    'Project page': 'https://kettle.example.org/',
  };
  for (const [name, address] of Object.entries(links)) {
    await expect(article.getByRole('link', { name, exact: true })).toHaveAttribute('href', address);
  }
  await expect(article.getByRole('region', { name: 'Summary written by a machine' })).toContainText(
    'A benchmark for robots that make tea.',
  );
  const detail = (name: string) => article.locator('dl > div').filter({ has: page.getByText(name, { exact: true }) });
  await expect(detail('Keywords')).toContainText('robots, tea');
  await expect(detail('Comment')).toContainText('12 pages, 3 figures');
  await expect(detail('At capture')).toContainText('112 votes, 1 comment');
  await expect(detail('Versions')).toContainText(/v1 \((?:Jun 11, |11 Jun )2024\), v2 \((?:Jul 1, |1 Jul )2024\)/);
  await expect(detail('Citation key')).toContainText('wall2024kettlebench');
  await expect(detail('Sources').getByRole('listitem')).toHaveText([/^library\.bib/, /^snapshot\.json/, /^page\.json/]);

  // The abstract is the newer one; the one before it can be unfolded.
  await expect(article).toContainText(later);
  await expect(article.getByText(earlier)).toBeHidden();
  await article.getByText('Earlier abstract, from page.json').press('Enter');
  await expect(article.getByText(earlier)).toBeVisible();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await findings(page)).toEqual([]);
  }
  await resize(page, 900, 600);
  const scroller = page.getByRole('region', { name: title });
  expect(await scroller.evaluate((element) => element.scrollWidth - element.clientWidth)).toBe(0);

  // A source leads to its papers.
  await detail('Sources').getByRole('button', { name: 'page.json' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'page.json', level: 2 })).toBeVisible();
});
