import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { findings } from './axe.ts';
import { expectNote, expectSaved, note, noteField, rewriteNote } from './note-parts.ts';
import { expectReading, firstTitle, row, secondTitle, writeNote } from './parts.ts';

/** Holds up whatever the page saves of its notes. Returns the function that lets it through. */
async function cutOff(page: Page): Promise<() => Promise<void>> {
  await page.route('**/api/call/note.set', (route) => route.abort());
  return () => page.unroute('**/api/call/note.set');
}

test.beforeEach(({ browserName: _ }, { project }) => {
  test.skip(project.name !== 'browser', 'the desktop program has one window');
});

test('two windows that write the same note lose nothing of either', async ({ app, context }) => {
  const { page } = app;
  await rewriteNote(page, 'first');
  const other = await context.newPage();
  await other.goto(page.url());
  await expectReading(other, firstTitle);
  await writeNote(other, ', and theirs');
  await expectSaved(other);
  await expect(note(page)).toContainText('first, and theirs');
  // Here the note is open before it is changed again.
  await writeNote(page, '');
  await expectNote(page, 'first, and theirs');
  await rewriteNote(other, 'theirs alone');
  await expect(note(page)).toContainText('This note was changed elsewhere.');
  await page.keyboard.type('!');
  const question = note(page).getByRole('alert');
  await expect(question).toContainText('Not saved: it was changed elsewhere, too');
  await expectNote(page, 'first, and theirs!');
  await expect(noteField(page)).toBeFocused();
  expect(await findings(page)).toEqual([]);
  await expect(note(other)).toContainText('theirs alone');
  // By the keyboard: the question stands before the text.
  const button = question.getByRole('button', { name: 'Keep both' });
  for (let step = 0; step < 6 && !(await button.evaluate((element) => element === document.activeElement)); step += 1)
    await page.keyboard.press('Shift+Tab');
  await expect(button).toBeFocused();
  await page.keyboard.press('Enter');
  await expectSaved(page);
  const both = /^theirs alone\s+---\s+first, and theirs!$/;
  await expectNote(page, both);
  await expect(note(other)).toContainText('first, and theirs!');
  await page.keyboard.press('Escape');
  await page.keyboard.press('ControlOrMeta+z');
  await expect(note(page)).not.toContainText('first');
  await other.close();
});

test('a window that was cut off writes over nothing when it is back, and says so on other papers', async ({
  app,
  context,
}) => {
  const { page } = app;
  app.expectTrouble(/ERR_FAILED/);
  await rewriteNote(page, 'first');
  const letThrough = await cutOff(page);
  await writeNote(page, ', and mine');
  await expect(note(page).getByRole('alert')).toContainText('Not saved');
  const other = await context.newPage();
  await other.goto(page.url());
  await expectReading(other, firstTitle);
  await rewriteNote(other, 'theirs');
  await other.close();
  await row(page, secondTitle).click();
  await expectReading(page, secondTitle);
  await letThrough();
  await note(page).getByRole('button', { name: 'Retry' }).click();
  const question = note(page).getByRole('alert');
  await expect(question).toContainText('The note of another paper was changed elsewhere, too.');
  await expect(page.locator('.toast[data-kind=error]')).toContainText('Both texts are kept');
  expect(await findings(page)).toEqual([]);
  await question.getByRole('button', { name: 'Show' }).click();
  await expectReading(page, firstTitle);
  await expect(note(page)).toContainText('first, and mine');
  await expect(question).toContainText('Not saved: it was changed elsewhere, too');
  await question.getByText('What is saved').click();
  await expect(question.getByText('theirs')).toBeVisible();
  // Left undecided: nothing of either is lost.
  await page.reload();
  await expectReading(page, firstTitle);
  await expect(note(page)).toContainText('theirs');
  await expect(note(page)).toContainText('first, and mine');
  await app.kill();
  expect(await app.offprint('list', 'note:theirs note:mine')).toContain(firstTitle);
});
