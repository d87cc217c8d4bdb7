import { type App, expect, test } from '../fixtures.ts';
import { findings } from './axe.ts';
import { expectNote, expectSaved, note, noteField, noteText } from './note-parts.ts';
import { expectReading, firstTitle, secondTitle, writeNote } from './parts.ts';

/** A picture of one point. */
const picture = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

const hasStyleElements = (page: App['page']) => page.evaluate(() => document.querySelectorAll('style').length);

test('a note is shown as what it will be while it is written, lists go on, and keys make it strong or a link', async ({
  app,
}) => {
  const { page } = app;
  await writeNote(page, '# Idea\n\n- [ ] one\ntwo\n');
  await expect(noteField(page).locator('.md-heading:not(.md-mark)')).toHaveText(/Idea/);
  await page.keyboard.press('Tab');
  await page.keyboard.type('deep\n\n\nEnd of ');
  await page.keyboard.press('ControlOrMeta+b');
  await page.keyboard.type('it');
  await expectNote(page, '# Idea\n\n- [ ] one\n- [ ] two\n  - [ ] deep\nEnd of **it**');
  await page.keyboard.press('ControlOrMeta+z');
  await expect.poll(() => noteText(page)).not.toContain('it');
  await page.keyboard.press('ControlOrMeta+Shift+z');
  expect(await hasStyleElements(page)).toBe(0);
  expect(await findings(page)).toEqual([]);
  // Tab is no trap: outside of a list it leaves the text.
  await page.keyboard.press('Tab');
  await expect(noteField(page)).not.toBeFocused();
  await expectSaved(page);
});

test('a link to another paper is found by its title, leads there and back, and a tag to what has it', async ({
  app,
}) => {
  const { page } = app;
  await writeNote(page, 'Compare [[weak tool lear');
  const offers = page.getByRole('listbox', { name: 'Papers and tags' });
  await expect(offers.getByRole('option').first()).toContainText(secondTitle);
  expect(await findings(page)).toEqual([]);
  await page.keyboard.press('Enter');
  await expect.poll(() => noteText(page)).toMatch(/^Compare \[\[[a-z]+:[\w.]+\|Small LLMs/);
  await page.keyboard.type(' #mine');
  // Elsewhere than at the caret it is its title alone.
  await expectNote(page, `Compare ${secondTitle} #mine`);
  await page.keyboard.press('Escape');
  await note(page).getByRole('link', { name: secondTitle }).press('Enter');
  await expectReading(page, secondTitle);
  await page.keyboard.press('b');
  await expectReading(page, firstTitle);
  await note(page).getByRole('button', { name: '#mine' }).press('Enter');
  await expect(page.getByRole('heading', { name: 'mine', level: 2 })).toBeVisible();
});

test('a picture that is pasted is kept and shown; the note tells when it is gone, and nothing else is ever fetched', async ({
  app,
}) => {
  const { page } = app;
  // A browser complains of the picture that is not there.
  app.expectTrouble(/Failed to load resource/);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await writeNote(page, '![far](https://example.org/p.png) ');
  await noteField(page).evaluate((field, base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File([bytes], 'chart.png', { type: 'image/png' }));
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, picture);
  await expectNote(page, /!\[chart\]\(images\/[0-9a-f]{32}\.png\)/);
  await page.keyboard.type('![gone](images/00000000000000000000000000000000.png)');
  await page.keyboard.press('Escape');
  const shown = note(page).locator('img');
  await expect(shown).toHaveCount(1);
  await expect.poll(() => shown.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1);
  await expect(note(page)).toContainText('This picture is missing: gone');
  expect(await findings(page)).toEqual([]);
  expect(asked.filter((url) => url.includes('example.org'))).toEqual([]);
});

test('hostile text does nothing in the editor, and a note of a megabyte can be written on', async ({ app }) => {
  const { page } = app;
  await writeNote(page, '');
  const hostile =
    '<img src=x onerror="document.title=1"> [x](javascript:alert(1)) [[arxiv:1" onclick="alert(1)|x]] <script>document.title=2</script>';
  await page.keyboard.insertText(hostile);
  await expectNote(page, hostile);
  await expect(noteField(page).locator('script, img[src], [onclick], [onerror]')).toHaveCount(0);
  await page.keyboard.press('ControlOrMeta+a');
  const long = '# A *line* of a note with `code`, [[arxiv:2306.12345|a link]] and #a-tag in it.\n'.repeat(12_000);
  await noteField(page).evaluate((field, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text);
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, long);
  await page.keyboard.type('The end of it.');
  await expectNote(page, /The end of it\.$/);
  await expectSaved(page);
  await expect(page).toHaveTitle('Offprint');
});

test.describe('in a browser', () => {
  test.beforeEach(({ browserName: _ }, { project }) => {
    test.skip(project.name !== 'browser', 'the desktop window has its own files at hand');
  });

  test('keys that are typed before the editor is there are in it, and without it notes are written all the same', async ({
    app,
  }) => {
    const { page } = app;
    app.expectTrouble(/Failed to load resource/);
    const come = Promise.withResolvers<void>();
    await page.route('**/rich-note-field-*.js', async (route) => {
      await come.promise;
      await route.continue();
    });
    await page.keyboard.press('n');
    await expect(noteField(page)).toBeFocused();
    await expect(page.locator('textarea.note-text')).toBeFocused();
    await page.keyboard.type('before, ');
    come.resolve();
    for (const word of 'and while it comes, and after, and long after that too'.split(' '))
      await page.keyboard.type(`${word} `);
    await expect(page.locator('.cm-content')).toBeFocused();
    await expectNote(page, 'before, and while it comes, and after, and long after that too ');
    await page.unroute('**/rich-note-field-*.js');
    await page.route('**/rich-note-field-*.js', (route) => route.abort());
    await page.reload();
    await expectReading(page, firstTitle);
    await page.keyboard.press('n');
    await expect(page.locator('textarea.note-text')).toBeFocused();
    await page.keyboard.type('plainly');
    await expectSaved(page);
    await page.keyboard.press('Escape');
    await expect(note(page)).toContainText('that too plainly');
  });
});
