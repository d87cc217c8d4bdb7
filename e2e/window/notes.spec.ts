import { type App, expect, test } from '../fixtures.ts';
import { expectNote } from './note-parts.ts';
import { expectCount, expectReading, firstTitle, row, secondTitle, writeNote } from './parts.ts';

/** The note with its heading and state, whether shown or being written. */
const note = (page: App['page']) => page.locator('.note');

test('a note saves itself, says so, and is there after quitting', async ({ app }) => {
  const { page } = app;
  await writeNote(page, 'The confidence loss is **the** interesting part.');
  await expect(note(page).getByText('Saved', { exact: true })).toBeVisible();
  await expectCount(page, 'With notes', 1);
  await app.quit();
  const again = await app.start();
  await expectReading(again, firstTitle);
  await expect(note(again)).toContainText('The confidence loss is the interesting part.');
  await expect(note(again).locator('strong')).toHaveText('the');
});

test('a note that says Saved is there after a crash, and so are a status and a star that were told', async ({
  app,
}) => {
  const { page } = app;
  const messages = page.getByRole('region', { name: 'Messages' });
  // Told by the library, and so on the disk: the row alone would show them before.
  await page.keyboard.press('q');
  await expect(messages).toContainText('Marked 1 paper');
  await page.keyboard.press('s');
  await expect(messages).toContainText(/starred/i);
  await writeNote(page, 'Written just before the power went.');
  await expect(note(page).getByText('Saved', { exact: true })).toBeVisible();
  await app.kill();
  const again = await app.start();
  await expectCount(again, 'To read', 1);
  await expectCount(again, 'Starred', 1);
  await again.keyboard.type('gq');
  await expect(note(again)).toContainText('Written just before the power went.');
});

test('a note is saved when another paper is chosen, the window is left, or Escape is pressed', async ({ app }) => {
  const { page } = app;
  await writeNote(page, 'first');
  await row(page, secondTitle).click();
  await expectReading(page, secondTitle);
  await expectCount(page, 'With notes', 1);
  await writeNote(page, 'second');
  await page.keyboard.press('Escape');
  await expectCount(page, 'With notes', 2);
  await page.keyboard.press('k');
  await expectReading(page, firstTitle);
  await expect(note(page)).toContainText('first');
  await page.keyboard.press('j');
  await expect(note(page)).toContainText('second');
  await page.reload();
  await expectCount(page, 'With notes', 2);
});

test('text typed right before a reload is not lost', async ({ app }) => {
  const { page } = app;
  await writeNote(page, 'no time to save');
  await page.reload();
  await expectCount(page, 'With notes', 1);
  await expect(note(page)).toContainText('no time to save');
});

test('keys that are commands elsewhere are text in a note', async ({ app }) => {
  const { page } = app;
  await writeNote(page, 'q m x s / ? j k [ ] g i');
  await page.keyboard.press('Escape');
  await expect(note(page)).toContainText('q m x s / ? j k [ ] g i');
  await expectCount(page, 'Inbox', 55);
  await expectCount(page, 'Starred', 0);
});

test('HTML, scripts and hostile links in a note are text', async ({ app }) => {
  const { page } = app;
  await writeNote(
    page,
    '<img src=x onerror="document.title=1"> <script>alert(1)</script> [x](javascript:alert(1)) ![p](https://example.org/p.png)',
  );
  await page.keyboard.press('Escape');
  // Rendered: as it was written, which is what is shown until then, it has no elements anyway.
  const rendered = note(page).locator('.markdown');
  await expect(rendered).toContainText('<img src=x onerror="document.title=1">');
  await expect(rendered).toContainText('<script>alert(1)</script>');
  await expect(note(page).locator('img, script')).toHaveCount(0);
  await expect(page.locator('a[href^="javascript" i]')).toHaveCount(0);
  await expect(page).toHaveTitle('Offprint');
});

test('emptying a note removes it', async ({ app }) => {
  const { page } = app;
  await writeNote(page, 'short-lived');
  await page.keyboard.press('Escape');
  await expectCount(page, 'With notes', 1);
  await writeNote(page, '');
  await expectNote(page, 'short-lived');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.press('Delete');
  await page.keyboard.press('Escape');
  await expectCount(page, 'With notes', 0);
});
