import { expect, test } from '../fixtures.ts';
import { findings } from './axe.ts';
import { expectNote, expectSaved, note, noteField, rewriteNote } from './note-parts.ts';
import {
  expectCount,
  expectReading,
  firstTitle,
  grid,
  leaveDialog,
  resize,
  row,
  secondTitle,
  writeNote,
} from './parts.ts';

const one = 'The confidence loss is the interesting part: it lets the strong model disagree with its teacher.';
const two = 'The confidence loss is not what matters here: the strong model never disagrees with its teacher.';
const three = 'Nothing of this holds up. See the later paper.';

const history = (page: Parameters<typeof note>[0]) =>
  page.getByRole('dialog', { name: 'Earlier versions of the note' });
const versions = (page: Parameters<typeof note>[0]) => history(page).getByRole('option');
const text = (page: Parameters<typeof note>[0]) => page.getByRole('dialog').getByRole('region', { name: 'Its text' });

test('an earlier text is found, compared with that of now, brought back, and taken back again', async ({ app }) => {
  const { page } = app;
  for (const said of [one, two, three]) await rewriteNote(page, said);
  await page.keyboard.press('Shift+h');
  await expect(versions(page)).toHaveText([
    /Today, .*96 characters.*The confidence loss is not/,
    /The confidence loss is the/,
  ]);
  await expect(page.getByRole('listbox', { name: 'Earlier versions, newest first' })).toBeFocused();
  await expect(text(page).locator('ins').first()).toBeVisible();
  expect(await findings(page)).toEqual([]);
  await page.keyboard.press('ArrowDown');
  await expect(versions(page).nth(1)).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('d');
  await expect(text(page)).toHaveText(one);
  await page.keyboard.press('Enter');
  await expect(history(page)).toHaveCount(0);
  await expect(note(page)).toContainText(one);
  await expectSaved(page);
  await expect(page.getByRole('region', { name: 'Messages' })).toContainText('The earlier note is back');
  await page.keyboard.press('ControlOrMeta+z');
  await expect(note(page)).toContainText(three);
  // Nothing of it is lost: what was brought back and taken back can be found again.
  await page.keyboard.press('Shift+h');
  await expect(versions(page).filter({ hasText: 'The confidence loss is the' })).not.toHaveCount(0);
});

test('a note that is being written takes the text that is brought back, and is written on', async ({ app }) => {
  const { page } = app;
  await rewriteNote(page, one);
  await rewriteNote(page, three);
  await writeNote(page, ' Unsaved so far.');
  await note(page).getByRole('button', { name: 'History' }).click();
  await expect(versions(page)).toHaveCount(1);
  // What was typed last is what the text is compared with, and can be brought back by Undo.
  await expect(text(page).locator('del').last()).toContainText('Unsaved so far');
  await page.keyboard.press('Enter');
  await expectNote(page, one);
  await expect(noteField(page)).toBeFocused();
  await expectSaved(page);
  await page.keyboard.press('ControlOrMeta+End');
  await page.keyboard.type(' Or so.');
  await page.keyboard.press('Escape');
  await expect(note(page)).toContainText(`${one} Or so.`);
  await page.keyboard.press('ControlOrMeta+z');
  await page.keyboard.press('ControlOrMeta+z');
  await expect(note(page)).toContainText(`${three} Unsaved so far.`);
});

test('a deleted note is found, its paper gone to, and it is brought back', async ({ app }) => {
  const { page } = app;
  await rewriteNote(page, one);
  await rewriteNote(page, '');
  await row(page, secondTitle).click();
  await expectReading(page, secondTitle);
  await rewriteNote(page, two);
  await rewriteNote(page, '');
  await expectCount(page, 'With notes', 0);
  await grid(page).focus();
  await page.keyboard.type('ge');
  const deleted = page.getByRole('dialog', { name: 'Deleted notes' });
  await expect(deleted.getByRole('option')).toHaveText([/Small LLMs/, /Adversarial Imitation/]);
  await expect(text(page)).toHaveText(two);
  expect(await findings(page)).toEqual([]);
  await page.keyboard.press('ArrowDown');
  await expect(text(page)).toHaveText(one);
  await page.keyboard.press('Enter');
  await expect(deleted).toContainText(`The note on “${firstTitle}” is back.`);
  await expect(deleted.getByRole('option')).toHaveText([/Small LLMs/]);
  await page.keyboard.press('ControlOrMeta+z');
  // The last one deleted is now that of which the return was taken back; it is still the chosen one.
  await expect(deleted.getByRole('option')).toHaveText([/Adversarial Imitation/, /Small LLMs/]);
  await expect(deleted.getByRole('option', { selected: true })).toContainText(firstTitle);
  await page.keyboard.press('o');
  await expect(deleted).toHaveCount(0);
  await expectReading(page, firstTitle);
  await page.keyboard.press('Shift+h');
  await expect(versions(page).first()).toContainText('The confidence loss is the');
});

test('versions and deleted notes are there after a restart, and when nothing is, that is said', async ({ app }) => {
  const { page } = app;
  await page.keyboard.press('Shift+h');
  await expect(history(page)).toContainText('There are none yet');
  expect(await findings(page)).toEqual([]);
  await leaveDialog(page);
  await page.keyboard.type('ge');
  await expect(page.getByRole('dialog')).toContainText('There are no deleted notes.');
  expect(await findings(page)).toEqual([]);
  await leaveDialog(page);
  await rewriteNote(page, one);
  await rewriteNote(page, three);
  await row(page, secondTitle).click();
  await expectReading(page, secondTitle);
  await rewriteNote(page, two);
  await rewriteNote(page, '');
  await expectCount(page, 'With notes', 1);
  await app.kill();
  const again = await app.start();
  await expectReading(again, firstTitle);
  await again.keyboard.press('Shift+h');
  await expect(versions(again)).toHaveText([/The confidence loss is the/]);
  await leaveDialog(again);
  await again.keyboard.type('ge');
  await expect(again.getByRole('dialog', { name: 'Deleted notes' }).getByRole('option')).toHaveText([/Small LLMs/]);
  await expect(text(again)).toHaveText(two);
});

test('the history of the paper that is gone through is shown there', async ({ app }) => {
  const { page } = app;
  await rewriteNote(page, one);
  await rewriteNote(page, three);
  await page.keyboard.press('Shift+t');
  await expect(page.locator('.triage-note')).toContainText(three);
  await page.keyboard.press('Shift+h');
  await expect(versions(page)).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(history(page)).toHaveCount(0);
  await expect(page.locator('.triage-note')).toContainText(one);
  await page.keyboard.press('m');
  await expect(page.locator('.triage-place')).toHaveText(/^2 of/);
});

test('a long note with many versions fits small windows, and is read by the keyboard alone', async ({ app }) => {
  const { page } = app;
  const long = Array.from({ length: 120 }, (_, at) => `Line ${at + 1} of a long note on one paper.`).join('\n');
  for (let at = 0; at < 8; at += 1) await rewriteNote(page, `${long}\n${`Another end, ${at}. `.repeat(5)}`);
  await resize(page, 900, 600);
  await page.keyboard.press('Shift+h');
  await expect(versions(page)).toHaveCount(7);
  await expect(text(page).getByRole('button', { name: /lines the same$/ })).toBeVisible();
  expect(await findings(page)).toEqual([]);
  await page.keyboard.press('d');
  await expect(text(page)).toContainText('Line 1 of');
  await text(page).focus();
  await page.keyboard.press('End');
  await expect.poll(() => text(page).evaluate((element) => element.scrollTop)).toBeGreaterThan(0);
  await resize(page, 640, 500);
  await expect(versions(page).first()).toBeInViewport();
  await expect(text(page)).toBeInViewport();
  await expect(page.getByRole('button', { name: 'Restore' })).toBeInViewport();
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
});
