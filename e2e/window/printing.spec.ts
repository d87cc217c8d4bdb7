import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '../fixtures.ts';
import { bibtexEntry, chooseFiles, confirmImport, preview } from './import-parts.ts';
import { expectNote, expectSaved, noteField } from './note-parts.ts';
import { expectReading, firstTitle, grid, resize, secondTitle, selected, writeNote } from './parts.ts';

type Page = Parameters<typeof writeNote>[0];

/** What would come out of the printer when the program asks for printing: the text of each sheet's paper. */
async function expectPrinted(page: Page, print: () => Promise<void>): Promise<string[]> {
  await page.evaluate(() => {
    const printed = Promise.withResolvers<null>();
    Reflect.set(window, 'printed', printed.promise);
    window.print = () => {
      window.dispatchEvent(new Event('beforeprint'));
      printed.resolve(null);
    };
  });
  await print();
  await page.evaluate(() => Reflect.get(window, 'printed') as Promise<null>);
  await page.emulateMedia({ media: 'print' });
  const papers = await page.locator('.printed-paper').allInnerTexts();
  expect(await page.locator('#root > :visible').count()).toBe(1);
  await page.emulateMedia({ media: null });
  await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
  await expect(page.locator('.printed')).toHaveCount(0);
  return papers;
}

/** How many sheets of paper a PDF file has. */
function sheets(pdf: Buffer): number {
  return pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
}

/** Where everything of the window stands, and how far it is scrolled. */
function places(page: Page): Promise<string[]> {
  return page.locator('[data-pane], [role=grid], [role=row], .note, dialog').evaluateAll((elements) =>
    elements.map((element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return [element.className, x, y, width, height, element.scrollTop].join(' ');
    }),
  );
}

const longNote = [
  '## What is new',
  'A *short* remark with [words](https://example.org/a) and https://example.org/b.',
  '- one\n- two **bold**',
  ...Array.from({ length: 60 }, (_, at) => `Paragraph ${at + 1} of a note that goes on over several sheets.`),
].join('\n\n');

test.describe('on paper', () => {
  test.beforeEach(({ app: _ }, { project }) => {
    test.skip(project.name === 'electron', 'the print dialog of the system stays open until somebody closes it');
  });

  test('the open paper is printed with all that is known of it and its note, and nothing of the window', async ({
    app,
  }) => {
    const { page } = app;
    const text = bibtexEntry('a', {
      title: 'Printing Without Ink',
      author: 'Aldus Manutius and Claude Garamond',
      doi: '10.1000/ink',
      year: '2024',
      abstract: 'First paragraph.',
    });
    await chooseFiles(page, { name: 'one.bib', text });
    await expect(preview(page)).toContainText('Printing Without Ink');
    await confirmImport(page);
    await page.keyboard.press('g');
    await page.keyboard.press('a');
    await page.keyboard.press('/');
    await page.keyboard.type('printing without ink');
    await page.keyboard.press('Enter');
    await expectReading(page, 'Printing Without Ink');
    await page.keyboard.press('s');
    await writeNote(page, '');
    await page.keyboard.insertText(longNote);
    // While it is being written, and what was not saved yet with it.
    const [paper = '', ...others] = await expectPrinted(page, () => page.keyboard.press('ControlOrMeta+p'));
    expect(others).toEqual([]);
    for (const words of [
      'Printing Without Ink',
      'Aldus Manutius, Claude Garamond',
      '2024',
      'doi:10.1000/ink',
      'https://doi.org/10.1000/ink',
      'Unread',
      '★ Starred',
      'First paragraph.',
      'Paragraph 60 of',
    ])
      expect(paper).toContain(words);
    // Rendered, with the addresses that the links of a note hide, each once.
    expect(paper).not.toContain('**');
    await expectNote(page, /Paragraph 60 of a note that goes on over several sheets\.$/);
  });

  test('what the browser prints by itself is that page too, black on white, and the window is as it was', async ({
    app,
  }) => {
    const { page } = app;
    await page.emulateMedia({ colorScheme: 'dark' });
    await resize(page, 1280, 800);
    await writeNote(page, '');
    await page.keyboard.insertText(longNote);
    await page.keyboard.press('Escape');
    await expectSaved(page);
    await page.keyboard.press('ControlOrMeta+k');
    await expect(page.getByRole('dialog')).toBeVisible();
    const before = await places(page);
    await page.evaluate(() => {
      // Heard after the window's own, which makes the page.
      window.addEventListener('beforeprint', () =>
        Reflect.set(window, 'printed', document.querySelector('.printed-paper')?.textContent),
      );
    });
    const pdf = await page.pdf({ format: 'A4' });
    expect(await page.evaluate(() => Reflect.get(window, 'printed'))).toContain(firstTitle);
    expect(sheets(pdf)).toBeGreaterThan(1);
    expect(sheets(pdf)).toBeLessThan(6);
    await expect(page.locator('.printed')).toHaveCount(0);
    expect(await places(page)).toEqual(before);
    await expect(page.getByRole('dialog').getByRole('combobox')).toBeFocused();
  });

  test('whoever is writing a note while it is printed goes on writing it, and the note is printed as it will be read', async ({
    app,
  }) => {
    const { page } = app;
    await writeNote(page, 'before **bold**');
    await expectSaved(page);
    await page.evaluate(() => {
      window.addEventListener('beforeprint', () =>
        Reflect.set(window, 'printed', document.querySelector('.printed-note')?.textContent),
      );
    });
    // A sheet of paper is narrower than the window, where the reader pane would go.
    await page.pdf({ format: 'A4' });
    expect(await page.evaluate(() => Reflect.get(window, 'printed'))).toContain('before bold');
    await expect(noteField(page)).toBeFocused();
    await page.keyboard.type(' sxm');
    await expectNote(page, 'before **bold** sxm');
  });

  test('a word that is longer than the sheet is wide is broken', async ({ app }) => {
    const { page } = app;
    const word = 'Pneumonoultramicroscopicsilicovolcanoconiosis'.repeat(5);
    const text = bibtexEntry('a', { title: `On ${word}`, author: word, abstract: word });
    await chooseFiles(page, { name: 'one.bib', text });
    await expect(preview(page)).toContainText('Pneumono');
    await confirmImport(page);
    await page.keyboard.press('g');
    await page.keyboard.press('a');
    await page.keyboard.press('/');
    await page.keyboard.type('pneumonoultra');
    await page.keyboard.press('Enter');
    await expectReading(page, `On ${word}`);
    await page.evaluate(() => {
      window.print = () => {};
    });
    await page.keyboard.press('ControlOrMeta+p');
    await expect(page.locator('.printed-paper')).toHaveCount(1);
    await page.emulateMedia({ media: 'print' });
    await page.setViewportSize({ width: 640, height: 800 });
    const beyond = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(beyond).toBe(0);
  });

  test('in the dark it is black on white all the same', async ({ app }) => {
    const { page } = app;
    await page.keyboard.press('ControlOrMeta+k');
    await page.keyboard.type('theme: dark');
    await page.keyboard.press('Enter');
    await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
    await page.evaluate(() => {
      window.print = () => {};
    });
    await page.keyboard.press('ControlOrMeta+p');
    await expect(page.locator('.printed')).toHaveCount(1);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    const colours = await page.locator('.printed h1').evaluate((heading) => ({
      ink: getComputedStyle(heading).color,
      ground: getComputedStyle(document.documentElement).backgroundColor,
    }));
    expect(colours).toEqual({ ink: 'rgb(0, 0, 0)', ground: 'rgb(255, 255, 255)' });
  });

  test('several selected papers are printed each from the head of a sheet on', async ({ app }) => {
    const { page } = app;
    await page.keyboard.press('Shift+j');
    await expect(selected(page)).toHaveCount(2);
    const papers = await expectPrinted(page, () => page.keyboard.press('ControlOrMeta+p'));
    expect(papers.map((text) => text.split('\n')[0])).toEqual([firstTitle, secondTitle]);
  });

  test('while a view is gone through it is the paper that is looked at; where none is open, that is said', async ({
    app,
  }) => {
    const { page } = app;
    await page.keyboard.press('Shift+t');
    await expect(page.getByRole('main').getByRole('heading', { name: firstTitle })).toBeVisible();
    await page.keyboard.press('j');
    await expect(page.getByRole('main').getByRole('heading', { name: secondTitle })).toBeVisible();
    const [paper = ''] = await expectPrinted(page, async () => {
      await page.keyboard.press('ControlOrMeta+k');
      await expect(page.getByRole('dialog').getByRole('combobox')).toBeFocused();
      await page.keyboard.type('print');
      await page.keyboard.press('Enter');
    });
    expect(paper).toContain(secondTitle);
    await page.keyboard.press('Escape');
    await page.keyboard.press('g');
    await page.keyboard.press('s');
    await expect(grid(page)).toHaveAttribute('aria-rowcount', '1');
    await page.keyboard.press('ControlOrMeta+p');
    await expect(page.getByRole('region', { name: 'Messages' })).toContainText('No paper is open');
    expect(sheets(await page.pdf())).toBe(1);
  });
});

test('Save as PDF is the print dialog where a browser has no other, else a file with a sheet for each paper', async ({
  app,
}, { project }) => {
  const { page } = app;
  const path = join(app.dataFolder, 'saved.pdf');
  await page.keyboard.press('Shift+j');
  await expect(selected(page)).toHaveCount(2);
  if (project.name === 'browser') {
    const papers = await expectPrinted(page, () => page.keyboard.press('ControlOrMeta+Shift+p'));
    expect(papers).toHaveLength(2);
    return;
  }
  await app.program.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = (async () => ({ canceled: false, filePath })) as typeof dialog.showSaveDialog;
  }, path);
  await page.keyboard.press('ControlOrMeta+Shift+p');
  await expect(page.getByRole('region', { name: 'Messages' })).toContainText(`Saved as ${path}`);
  expect(sheets(readFileSync(path))).toBe(2);
  await expect(page.locator('.printed')).toHaveCount(0);
});
