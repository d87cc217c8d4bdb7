import { readFileSync } from 'node:fs';
import { expect, test } from '../fixtures.ts';
import { findings } from './axe.ts';
import {
  bibtexEntry,
  chooseFiles,
  confirmImport,
  expectCounts,
  importFile,
  messages,
  preview,
} from './import-parts.ts';
import { expectCount, expectReading, expectRows, firstTitle, goToSearch, row, writeNote } from './parts.ts';

const sentence =
  'We show, on several benchmarks and with careful ablations, that the effect holds at every scale we tried. ';
const abstract = `${sentence.repeat(4).trim()}`;
const hostileTitle = '<img src=x onerror="window.__ran=1"> & <script>window.__ran=1</script> in Titles';
const capture = readFileSync(new URL('../../resources/daily-papers.txt', import.meta.url));

test('previews a capture, imports it, says what came in, and undoes it from the message', async ({ app }) => {
  const { page } = app;
  const text = `Daily Papers\r\n\r\n\r\nQuiet Attention Heads Are Redundant\r\n\r\n${abstract}\r\n\r\nA Second Paper About Nothing\r\n\r\n${abstract}\r\n`;
  await chooseFiles(page, { name: 'tuesday.txt', text: `\u{feff}${text}` });
  await expect(preview(page)).toContainText('2 new papers will come in.');
  await expectCounts(preview(page), 'tuesday.txt', [2, 0, 0, 0]);
  await expect(preview(page).getByRole('listitem').first()).toContainText('Quiet Attention Heads Are Redundant');
  await expectCount(page, 'All papers', 55);
  await confirmImport(page);
  await expect(messages(page)).toContainText('2 new');
  await expectCount(page, 'All papers', 57);
  await expectRows(page, 57);
  await page.keyboard.press('Home');
  await expectReading(page, 'Quiet Attention Heads Are Redundant');
  const views = page.getByRole('navigation', { name: 'Views' });
  await expect(views.getByRole('button', { name: /tuesday.* 2 papers/ })).toBeVisible();

  await page.keyboard.press('ControlOrMeta+z');
  await expect(messages(page)).toContainText('Undone');
  await expectCount(page, 'All papers', 55);
  await expect(views.getByRole('button', { name: /tuesday/ })).toHaveCount(0);
});

test('a preview that is left writes nothing', async ({ app }) => {
  const { page } = app;
  await chooseFiles(page, { name: 'new.bib', text: bibtexEntry('a', { title: 'A Paper That Never Comes In' }) });
  await expect(preview(page)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expectCount(page, 'All papers', 55);
  await importFile(page, 'other.bib', bibtexEntry('b', { title: 'A Paper That Does Come In' }));
  await expectCount(page, 'All papers', 56);
});

test('importing the same capture again changes nothing, and nothing of the reader’s', async ({ app }) => {
  const { page } = app;
  await page.keyboard.press('q');
  await expectCount(page, 'To read', 1);
  await chooseFiles(page, { name: 'again.txt', text: capture });
  await expect(preview(page)).toContainText('All 55 papers in it are in the library already');
  await expectCounts(preview(page), 'again.txt', [0, 0, 55, 0]);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expectCount(page, 'All papers', 55);
  await expectCount(page, 'To read', 1);
});

test('a paper known by its title keeps its note when its arXiv id arrives, and when that is undone', async ({
  app,
}) => {
  const { page } = app;
  await row(page, firstTitle).click();
  await writeNote(page, 'Read this before the meeting.');
  await page.keyboard.press('Escape');
  const fields = { title: firstTitle, author: 'Jonathan D. Chang', eprint: '2404.08513', archivePrefix: 'arXiv' };
  await importFile(page, 'colleague.bib', bibtexEntry('chang', { ...fields, journal: 'Journal of Imitation' }));
  await expectCount(page, 'All papers', 55);
  await goToSearch(page);
  await page.keyboard.type('Boosting');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('article')).toContainText('arXiv:2404.08513');
  await expect(page.getByRole('article')).toContainText('Journal of Imitation');
  await expect(page.getByRole('region', { name: 'Reader' })).toContainText('Read this before the meeting.');
  await expectCount(page, 'With notes', 1);

  await page.keyboard.press('ControlOrMeta+z');
  await expect(messages(page)).toContainText('Undone');
  await expect(page.getByRole('article')).not.toContainText('arXiv:2404.08513');
  await expect(page.getByRole('region', { name: 'Reader' })).toContainText('Read this before the meeting.');
  await expectCount(page, 'With notes', 1);
});

test('a bad file is named with its reason, and the others come in; so is a bad record', async ({ app }) => {
  const { page } = app;
  const good = bibtexEntry('good', { title: 'A Good Entry in a Mixed File', year: '2024' });
  await chooseFiles(
    page,
    { name: 'holiday.png', text: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]) },
    { name: 'mixed.bib', text: `${good}\n@article{untitled,\n  year = {2024}\n}\n` },
  );
  const dialog = preview(page);
  await expect(dialog.getByRole('row').filter({ hasText: 'holiday.png' })).toContainText('PNG');
  await expectCounts(dialog, 'mixed.bib', [1, 0, 0, 1]);
  await expect(dialog.getByRole('row').filter({ hasText: 'untitled' })).toContainText(/title/);
  await confirmImport(page);
  await expectCount(page, 'All papers', 56);
});

test('where nothing can be imported, says why and changes nothing', async ({ app }) => {
  const { page } = app;
  await chooseFiles(page, { name: 'holiday.json', text: '{"not": "a capture"}' }, { name: 'empty.txt', text: '' });
  const dialog = page.getByRole('dialog', { name: 'Nothing can be imported' });
  await expect(dialog.getByRole('row').filter({ hasText: 'holiday.json' })).toContainText(/JSON/);
  await expect(dialog.getByRole('row').filter({ hasText: 'empty.txt' })).toContainText(/empty/);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expectCount(page, 'All papers', 55);
});

test('shows HTML and scripts in a title or an abstract as text, in the preview and after', async ({ app }) => {
  const { page } = app;
  const text = `Daily Papers\n\n${hostileTitle}\n\n<b onclick="window.__ran=1">bold</b> ${abstract}\n`;
  await chooseFiles(page, { name: 'hostile.txt', text });
  await expect(preview(page).getByRole('listitem')).toContainText(hostileTitle);
  await confirmImport(page);
  await expectRows(page, 56);
  await page.keyboard.press('Home');
  await expectReading(page, hostileTitle);
  await expect(row(page, hostileTitle)).toBeVisible();
  await expect(page.getByRole('article')).toContainText('<b onclick="window.__ran=1">bold</b>');
  expect(await page.evaluate(() => Reflect.get(window, '__ran') ?? null)).toBeNull();
  await expect(page).toHaveTitle('Offprint');
});

test('a dropped file is previewed and imported', async ({ app }) => {
  const { page } = app;
  const text = `Daily Papers\n\nDropped From the Desktop Onto the Window\n\n${abstract}\n`;
  const transfer = await page.evaluateHandle((content) => {
    const data = new DataTransfer();
    data.items.add(new File([content], 'dropped.txt', { type: 'text/plain' }));
    return data;
  }, text);
  await row(page, firstTitle).dispatchEvent('dragover', { dataTransfer: transfer });
  await row(page, firstTitle).dispatchEvent('drop', { dataTransfer: transfer });
  await expect(preview(page)).toContainText('1 new paper will come in.');
  await confirmImport(page);
  await expectCount(page, 'All papers', 56);
});

test('text and links are pasted anywhere but into a field', async ({ app }) => {
  const { page } = app;
  const paste = (text: string) =>
    page.evaluate((pasted) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData('text/plain', pasted);
      const target = document.activeElement ?? document.body;
      target.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    }, text);
  await paste('https://arxiv.org/abs/2401.00001\narXiv:2401.00002v3\n');
  await expectCounts(preview(page), 'Pasted text', [2, 0, 0, 0]);
  await confirmImport(page);
  await expectCount(page, 'All papers', 57);
  await page.keyboard.press('Home');
  await expect(page.getByRole('article')).toContainText('Only its id is known so far');

  await paste('?');
  await expect(messages(page)).toContainText('There is nothing on the clipboard that could be imported.');
  await goToSearch(page);
  await paste(bibtexEntry('x', { title: 'Not From Within the Search Box' }));
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('notes and tags inside a file become the reader’s only when asked for', async ({ app }) => {
  const { page } = app;
  const item = { itemType: 'journalArticle', title: 'A Paper With a Tag of a Colleague', tags: [{ tag: 'from Ada' }] };
  await chooseFiles(page, { name: 'zotero.json', text: JSON.stringify({ items: [item] }) });
  const choice = preview(page).getByRole('checkbox', { name: /notes, tags, stars and statuses of 1 paper/ });
  await expect(choice).not.toBeChecked();
  await choice.press('Space');
  await expect(choice).toBeChecked();
  await preview(page).getByRole('button', { name: 'Import', exact: true }).press('Enter');
  await expectCount(page, 'from Ada', 1);
});

test('an import goes on in the background while papers are marked, says when it is ready, and can be stopped there', async ({
  app,
}, testInfo) => {
  testInfo.skip(testInfo.project.name !== 'browser', 'its answer can only be held back over HTTP');
  const { page } = app;
  const held = Promise.withResolvers<void>();
  await page.route('**/api/call/import.preview', async (route) => {
    await held.promise;
    await route.continue();
  });
  const lines = Array.from({ length: 3000 }, (_, index) =>
    JSON.stringify({ title: `Generated paper number ${index} about nothing`, abstract }),
  );
  await chooseFiles(page, { name: 'large.ndjson', text: lines.join('\n') });
  const reading = page.getByRole('dialog', { name: 'Reading what would come in' });
  await expect(reading.getByRole('progressbar')).toBeVisible();
  await expect(reading.getByRole('button', { name: 'Continue in the background' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.keyboard.press('s');
  await expectCount(page, 'Starred', 1);
  await expect(messages(page).getByRole('button', { name: 'Cancel' })).toBeVisible();
  held.resolve();
  await expect(messages(page)).toContainText('The import is ready to be confirmed');
  await messages(page).getByRole('button', { name: 'Review' }).click();
  await expect(preview(page)).toContainText('3,000 new papers will come in.');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expectCount(page, 'All papers', 55);
  await expectCount(page, 'Starred', 1);
});

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing in the preview and the report, ${theme}`, async ({ app }) => {
    const { page } = app;
    await page.emulateMedia({ colorScheme: theme });
    const good = bibtexEntry('good', { title: 'A Good Entry in a Mixed File', year: '2024' });
    await chooseFiles(
      page,
      { name: 'empty.bib', text: '' },
      { name: 'mixed.bib', text: `${good}\n@article{untitled,\n  year = {2024}\n}\n` },
    );
    await expect(preview(page)).toBeVisible();
    expect(await findings(page)).toEqual([]);
    await confirmImport(page);
    await messages(page).getByRole('button', { name: 'Details' }).click();
    await expect(page.getByRole('dialog', { name: 'Import report' })).toBeVisible();
    expect(await findings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Home');
    await expect(page.getByRole('article')).toContainText('mixed.bib');
    expect(await findings(page)).toEqual([]);
  });
}
