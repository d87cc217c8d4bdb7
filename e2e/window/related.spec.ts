import { expect, test } from '../fixtures.ts';
import { findings } from './axe.ts';
import { expectCount, expectReading, expectRows, goToSearch, row, searchBox, selected } from './parts.ts';

const debate = 'Debate Helps Weak-to-Strong Generalization';
const eliciting = 'Weak-to-Strong Generalization: Eliciting Strong Capabilities With Weak Supervision';

test('goes to papers like the one that is read, which the list does not hold, and back by steps', async ({ app }) => {
  const { page } = app;
  await goToSearch(page);
  await page.keyboard.type('title:debate ');
  await expectRows(page, 1);
  await page.keyboard.press('Escape');
  await expectReading(page, debate);
  await page.keyboard.press('Shift+r');
  const related = page.getByRole('region', { name: 'Related papers' });
  const papers = related.getByRole('listitem').getByRole('button');
  await expect(papers.first()).toBeFocused();
  await expect(papers.first()).toContainText(eliciting);
  await expect(papers.first()).toContainText('superhuman');
  expect(await findings(page)).toEqual([]);
  await page.keyboard.press('ArrowDown');
  await expect(papers.nth(1)).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expectReading(page, eliciting);
  await expectRows(page, 55);
  await expect(selected(page)).toContainText(eliciting);
  await expect(page.getByRole('button', { name: `Back to ${debate}` })).toBeVisible();
  await page.keyboard.press('Shift+r');
  await expect(papers.first()).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expectReading(page, 'Weak-to-Strong Reasoning');
  expect(await findings(page)).toEqual([]);
  await page.keyboard.press('b');
  await expectReading(page, eliciting);
  await expect(selected(page)).toContainText(eliciting);
  await page.keyboard.press('Alt+ArrowLeft');
  await expectReading(page, debate);
  await expectRows(page, 1);
  await expect(searchBox(page)).toHaveValue('title:debate ');
  await expect(selected(page)).toContainText(debate);
  await expect(page.getByRole('button', { name: /^Back to/ })).toHaveCount(0);
});

test('the list comes back with what has been marked in it meanwhile', async ({ app }) => {
  const { page } = app;
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await expectReading(page, debate);
  await page.keyboard.press('m');
  await expectCount(page, 'Inbox', 54);
  await page.keyboard.press('Shift+r');
  await expect(page.getByRole('region', { name: 'Related papers' }).getByRole('button').first()).toBeFocused();
  await page.keyboard.press('Enter');
  await expectReading(page, eliciting);
  await page.keyboard.press('m');
  await expectCount(page, 'Inbox', 53);
  await page.keyboard.press('b');
  await expectReading(page, debate);
  // Both are read now, and stay where they stood in the inbox.
  await expectRows(page, 55);
  await expect(selected(page)).toContainText(debate);
  await expect(row(page, eliciting).getByText('Read', { exact: true })).toBeAttached();
});
