import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CommandDescription, commands } from '../../shared/commands.ts';
import { expect, test } from '../fixtures.ts';
import {
  expectCount,
  expectReading,
  expectRows,
  firstTitle,
  goToSearch,
  grid,
  lastTitle,
  leaveDialog,
  openTags,
  row,
  searchBox,
  secondTitle,
  selected,
  writeNote,
} from './parts.ts';

const all: readonly CommandDescription[] = commands;

test('goes through the list with j, k, arrows, Home, End and Space', async ({ app }) => {
  const { page } = app;
  await page.keyboard.press('j');
  await expectReading(page, secondTitle);
  await page.keyboard.press('k');
  await expectReading(page, firstTitle);
  await page.keyboard.press('ArrowDown');
  await expectReading(page, secondTitle);
  await page.keyboard.press('End');
  await expectReading(page, lastTitle);
  await page.keyboard.press('j');
  await expectReading(page, lastTitle);
  await page.keyboard.press('Home');
  await expectReading(page, firstTitle);
  await page.keyboard.press('Shift+g');
  await expectReading(page, lastTitle);
  await page.keyboard.type('gg');
  await expectReading(page, firstTitle);
  // A list that was scrolled away from the row that the keys start from comes back to it.
  await grid(page).evaluate((element) => element.scrollTo({ top: element.scrollHeight }));
  await expect(row(page, firstTitle)).not.toBeInViewport();
  await page.keyboard.press('Home');
  await expect(row(page, firstTitle)).toBeInViewport();
  // Space reads on in the abstract first, and then goes to the next paper.
  const scroller = page.getByRole('region', { name: firstTitle });
  const top = () => scroller.evaluate((element) => element.scrollTop);
  await page.keyboard.press('Space');
  await expect.poll(top).toBeGreaterThan(0);
  await expectReading(page, firstTitle);
  // The row is chosen with the press; the paper comes after it.
  const chosen = () => grid(page).getAttribute('aria-activedescendant');
  const first = await chosen();
  while ((await chosen()) === first) await page.keyboard.press('Space');
  await expectReading(page, secondTitle);
});

test('does the whole job without a pointer', async ({ app }) => {
  const { page } = app;
  await goToSearch(page);
  await page.keyboard.type('boosting tool');
  // All of it has been searched for: an answer to less would come and take the place of what follows.
  await expectRows(page, 1);
  await expect(selected(page)).toContainText('Boosting Tool Use');
  await page.keyboard.press('Enter');
  await expect(searchBox(page)).not.toBeFocused();
  await page.keyboard.press('q');
  await expectCount(page, 'To read', 1);
  await writeNote(page, 'compare with the survey');
  await page.keyboard.press('Escape');
  await expectCount(page, 'With notes', 1);
  await openTags(page);
  await page.keyboard.type('tools');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expectCount(page, 'tools', 1);
  await page.keyboard.type('gn');
  await expect(page.getByRole('heading', { name: 'With notes', level: 2 })).toBeVisible();
  await goToSearch(page);
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.press('Delete');
  await expectRows(page, 1);
});

test('moves the focus between the panes and hides them', async ({ app }) => {
  const { page } = app;
  await page.keyboard.press('ControlOrMeta+1');
  await expect(page.locator('nav:focus-within')).toHaveCount(1);
  await page.keyboard.press('ControlOrMeta+3');
  await expect(page.locator('[aria-label="Reader"]:focus-within')).toHaveCount(1);
  await page.keyboard.press('ControlOrMeta+2');
  await expect(page.locator('[role=grid]:focus-within')).toHaveCount(1);
  await page.keyboard.press('[');
  await expect(page.getByRole('navigation', { name: 'Views' })).toBeHidden();
  await page.keyboard.press(']');
  await expect(page.getByRole('region', { name: 'Reader' })).toBeHidden();
  await page.keyboard.press('[');
  await page.keyboard.press(']');
  await expect(page.getByRole('navigation', { name: 'Views' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Reader' })).toBeVisible();
});

test('shows every command and its key on ?', async ({ app }) => {
  const { page } = app;
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  for (const command of all.filter(({ keys }) => keys.length > 0)) await expect(help).toContainText(command.label);
  await leaveDialog(page);
  await page.keyboard.press('j');
  await expectReading(page, secondTitle);
});

test('rows are compact or comfortable, and the choice is remembered', async ({ app }) => {
  const { page } = app;
  const height = async () => (await row(page, firstTitle).boundingBox())?.height;
  await expect.poll(height).toBe(32);
  await page.keyboard.press('d');
  await expect.poll(height).toBe(52);
  await expect(row(page, firstTitle)).toContainText('Adversarial imitation learning (AIL) has stood out');
  const journal = join(app.dataFolder, 'journal');
  // Saved first: what a window sends as it goes may come too late for a program that is ended with it.
  await expect(() =>
    expect(
      readdirSync(journal)
        .map((name) => readFileSync(join(journal, name), 'utf8'))
        .join(),
    ).toContain('"comfortable"'),
  ).toPass();
  await app.quit();
  const again = await app.start();
  await expect.poll(async () => (await row(again, firstTitle).boundingBox())?.height).toBe(52);
});

test('a click with Shift or Control selects many, Escape keeps one', async ({ app }) => {
  const { page } = app;
  await row(page, firstTitle).click();
  await row(page, 'Weak-to-Strong Reasoning').click({ modifiers: ['Shift'] });
  await expect(selected(page)).toHaveCount(4);
  await page.keyboard.press('j');
  await expect(selected(page)).toHaveCount(1);
});
