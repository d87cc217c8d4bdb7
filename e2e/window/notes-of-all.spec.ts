import { type App, expect, test } from '../fixtures.ts';
import { findings } from './axe.ts';
import { expectNote, expectSaved, rewriteNote } from './note-parts.ts';
import { copiedText, expectReading, firstTitle, leaveDialog, secondTitle, view, writeNote } from './parts.ts';

type Page = App['page'];

/** The id of the paper in the reader, by its Offprint link. */
async function currentId(page: Page): Promise<string> {
  await page.keyboard.press('Shift+y');
  return decodeURIComponent((await copiedText(page)).replace('offprint://paper/', ''));
}

const field = (page: Page) => page.getByRole('dialog').locator('.cm-content');

test('a note links to a paper, which shows where it is linked from and leads there and back; its tag is one', async ({
  app,
}) => {
  const { page } = app;
  await expectReading(page, firstTitle);
  const id = await currentId(page);
  await page.keyboard.press('j');
  await expectReading(page, secondTitle);
  await writeNote(page, '');
  await page.keyboard.insertText(`Builds on [[${id}|imitation]]. #agents/tools`);
  await page.keyboard.press('Escape');
  await expectSaved(page);
  await expect(view(page, 'agents')).toBeVisible();
  await page.keyboard.press('k');
  await expectReading(page, firstTitle);
  const linked = page.getByRole('region', { name: 'Linked from' }).getByRole('button');
  await expect(linked).toHaveText(new RegExp(`${secondTitle}.*Builds on imitation\\.`, 's'));
  expect(await findings(page)).toEqual([]);
  await linked.focus();
  await page.keyboard.press('Enter');
  await expectReading(page, secondTitle);
  await page.keyboard.press('b');
  await expectReading(page, firstTitle);
});

test('all notes stand by their day, are found by typing, and lead to their paper', async ({ app }) => {
  const { page } = app;
  await expectReading(page, firstTitle);
  await rewriteNote(page, 'The *confidence* loss is the interesting part.');
  await page.keyboard.press('j');
  await expectReading(page, secondTitle);
  await rewriteNote(page, 'Three agents instead of one.');
  await page.keyboard.type('gj');
  const dialog = page.getByRole('dialog', { name: 'Notes by date' });
  const options = dialog.getByRole('option');
  await expect(options).toHaveText([new RegExp(secondTitle), new RegExp(firstTitle)]);
  await expect(dialog.getByRole('group', { name: 'Today' })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await expect(dialog.getByRole('region', { name: 'Its text' }).locator('em')).toHaveText('confidence');
  expect(await findings(page)).toEqual([]);
  await page.keyboard.type('three');
  await expect(options).toHaveCount(1);
  await expect(dialog.getByRole('status')).toHaveText('1 note');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('confid');
  await expect(options).toHaveText([new RegExp(firstTitle)]);
  await page.keyboard.press('Enter');
  await expect(dialog).toHaveCount(0);
  await expectReading(page, firstTitle);
});

test('the scratch note is written from its key, saves itself, and is there again', async ({ app }) => {
  const { page } = app;
  await expectReading(page, firstTitle);
  await page.keyboard.type('gw');
  await expect(field(page)).toBeFocused();
  await page.keyboard.type('Ask **Ada** about the loss');
  const dialog = page.getByRole('dialog', { name: 'Scratch note' });
  await expect(dialog.getByText('Saved', { exact: true })).toBeVisible();
  expect(await findings(page)).toEqual([]);
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(dialog.locator('strong')).toHaveText('Ada');
  expect(await findings(page)).toEqual([]);
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(field(page)).toBeFocused();
  await page.keyboard.type('!');
  // Saved on leaving, without waiting for the pause.
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await app.quit();
  const again = await app.start();
  await expectReading(again, firstTitle);
  await again.keyboard.type('gw');
  await expect(field(again)).toHaveText('Ask **Ada** about the loss!');
});

test('a template is written in the settings, and an empty note begins with it', async ({ app }) => {
  const { page } = app;
  await expectReading(page, firstTitle);
  await page.keyboard.press('ControlOrMeta+,');
  const dialog = page.getByRole('dialog', { name: 'Settings' });
  await dialog.getByRole('button', { name: 'Add template' }).press('Enter');
  await expect(dialog.getByRole('textbox', { name: 'Name' })).toBeFocused();
  await page.keyboard.type('Claims');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText('# {{title}}\nRead by me: {{unknown}}');
  expect(await findings(page)).toEqual([]);
  await leaveDialog(page);
  expect(await findings(page)).toEqual([]);
  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type('new note claims');
  await page.keyboard.press('Enter');
  await expectNote(page, `# ${firstTitle}\nRead by me: {{unknown}}`);
  await expectSaved(page);
});
