import { expect, test } from '../fixtures.ts';
import {
  expectCount,
  expectRows,
  firstTitle,
  hold,
  openTags,
  row,
  secondTitle,
  selected,
  statusRadio,
} from './parts.ts';

test('marks each status and a star from the keyboard, and undoes them', async ({ app }) => {
  const { page } = app;
  for (const [key, label, name] of [
    ['q', 'To read', 'To read'],
    ['r', 'Reading', 'Reading'],
    ['x', 'Skipped', 'Skipped'],
    ['m', 'Read', 'Read'],
    ['u', 'Unread', 'Inbox'],
  ] as const) {
    await page.keyboard.press(key);
    await expect(statusRadio(page, label)).toBeChecked();
    await expectCount(page, name, name === 'Inbox' ? 55 : 1);
  }
  await page.keyboard.press('s');
  // The message first: it does not stay.
  await expect(page.getByRole('region', { name: 'Messages' })).toContainText(/star/i);
  await expectCount(page, 'Starred', 1);
  await page.keyboard.press('ControlOrMeta+z');
  await expectCount(page, 'Starred', 0);
  await page.keyboard.press('ControlOrMeta+z');
  await expectCount(page, 'Read', 1);
  await expectCount(page, 'Inbox', 54);
  await page.keyboard.press('ControlOrMeta+Shift+z');
  await expectCount(page, 'Read', 0);
  await expectCount(page, 'Inbox', 55);
});

test('marks from the status control with the pointer', async ({ app }) => {
  const { page } = app;
  await row(page, secondTitle).click();
  await page.getByRole('region', { name: 'Reader' }).getByText('Reading', { exact: true }).click();
  await expectCount(page, 'Reading', 1);
  await expect(row(page, secondTitle).getByRole('gridcell', { name: 'Reading', exact: true })).toBeVisible();
});

test('marks many at once: a range, picked rows, and everything, each one undo', async ({ app }) => {
  const { page } = app;
  for (let step = 0; step < 3; step += 1) await page.keyboard.press('Shift+ArrowDown');
  await expect(selected(page)).toHaveCount(4);
  await expect(page.getByRole('heading', { name: '4 papers selected' })).toBeVisible();
  await page.keyboard.press('q');
  await expectCount(page, 'To read', 4);
  await page.keyboard.press('ControlOrMeta+z');
  await expectCount(page, 'To read', 0);

  await row(page, firstTitle).click();
  await row(page, 'Weak-to-Strong Reasoning').click({ modifiers: ['ControlOrMeta'] });
  await expect(selected(page)).toHaveCount(2);
  await page.keyboard.press('s');
  await expectCount(page, 'Starred', 2);

  await page.keyboard.press('ControlOrMeta+a');
  await expect(page.getByRole('heading', { name: '55 papers selected' })).toBeVisible();
  await page.keyboard.press('m');
  await hold(page, 'Marked 55 papers');
  await expectCount(page, 'Read', 55);
  await expectCount(page, 'Inbox', 0);
  await page.getByRole('region', { name: 'Messages' }).getByRole('button', { name: 'Undo' }).click();
  await expectCount(page, 'Inbox', 55);
  await expectCount(page, 'Starred', 2);
});

test('tags papers, and a tag is a view', async ({ app }) => {
  const { page } = app;
  await page.keyboard.press('Shift+ArrowDown');
  await openTags(page);
  await page.keyboard.type('to discuss');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expectCount(page, 'to discuss', 2);
  await page.getByRole('button', { name: 'to discuss 2 papers' }).click();
  await expectRows(page, 2);
  await expect(row(page, firstTitle)).toBeVisible();
});

test('is all there after a restart, and after the capture is imported again', async ({ app }) => {
  const { page } = app;
  await page.keyboard.press('q');
  await page.keyboard.press('s');
  await expectCount(page, 'Starred', 1);
  await expectCount(page, 'To read', 1);
  await app.quit();
  const report = JSON.parse(await app.offprint('import', 'resources/daily-papers.txt', '--json'));
  expect(report.files[0]).toMatchObject({ new: 0, merged: 0, unchanged: 55, skipped: [] });
  const again = await app.start();
  await expectCount(again, 'Starred', 1);
  await expectCount(again, 'To read', 1);
  await expectCount(again, 'All papers', 55);
});
