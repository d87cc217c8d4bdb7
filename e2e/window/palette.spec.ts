import type { Locator, Page } from '@playwright/test';
import { type CommandDescription, commands } from '../../shared/commands.ts';
import { expect, test } from '../fixtures.ts';
import { findings } from './axe.ts';
import { expectNote } from './note-parts.ts';
import { expectCount, expectReading, goToSearch, grid, openTags, writeNote } from './parts.ts';

const all: readonly CommandDescription[] = commands;

const field = (page: Page): Locator => page.getByRole('combobox', { name: 'Command, view or paper' });
const options = (page: Page): Locator => page.getByRole('dialog').getByRole('option');
const active = (page: Page): Locator => page.getByRole('dialog').getByRole('option', { selected: true });

async function openPalette(page: Page): Promise<void> {
  await page.keyboard.press('ControlOrMeta+k');
  await expect(field(page)).toBeFocused();
}

test('lists every command with its key, and runs what was found by a few letters', async ({ app }, { project }) => {
  const { page } = app;
  // A page is updated with the program that serves it, and that one opens nothing here.
  const left = project.name === 'browser' ? ['palette', 'checkForUpdates', 'showLogs'] : ['palette'];
  await openPalette(page);
  const list = page.getByRole('listbox', { name: 'Commands, views and papers' });
  for (const { label } of all.filter(({ id }) => !left.includes(id))) await expect(list).toContainText(label);
  await page.keyboard.type('gst');
  await expect(active(page)).toContainText('Go to Starred');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.getByRole('heading', { name: 'Starred', level: 2 })).toBeVisible();
  await expect(grid(page)).toBeFocused();
  // What was chosen last comes first.
  await openPalette(page);
  await expect(options(page).first()).toContainText('Go to Starred');
});

/** Asks for the palette and types while its code is held up; answers with what lets the code come. */
async function typeBeforeItIsThere(page: Page, letters: string): Promise<() => void> {
  const held = Promise.withResolvers<null>();
  await page.route('**/palette-dialog*.js', async (route) => {
    await held.promise;
    await route.continue();
  });
  await page.reload();
  await expect(grid(page)).toBeFocused();
  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type(letters);
  return () => held.resolve(null);
}

test('what is typed before it is there comes into it', async ({ app }, { project }) => {
  test.skip(project.name !== 'browser', 'its files come over the network, where they can be held up');
  const { page } = app;
  const letItCome = await typeBeforeItIsThere(page, 'go to starred');
  letItCome();
  await expect(field(page)).toHaveValue('go to starred');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Starred', level: 2 })).toBeVisible();
  await expectCount(page, 'Inbox', 55);
});

test('Enter that is given before it is there is heard when it is', async ({ app }, { project }) => {
  test.skip(project.name !== 'browser', 'its files come over the network, where they can be held up');
  const { page } = app;
  const letItCome = await typeBeforeItIsThere(page, 'go to starred');
  await page.keyboard.press('Enter');
  letItCome();
  await expect(page.getByRole('heading', { name: 'Starred', level: 2 })).toBeVisible();
  await expect(grid(page)).toBeFocused();
  await expectCount(page, 'Inbox', 55);
});

test('acts on the papers as a key would, and not where there are none', async ({ app }) => {
  const { page } = app;
  await openPalette(page);
  await page.keyboard.type('mark read and');
  await page.keyboard.press('Enter');
  await expectCount(page, 'Read', 1);
  await page.keyboard.type('gx');
  await expect(page.getByText('Skipped is empty')).toBeVisible();
  await openPalette(page);
  await page.keyboard.type('mark read and');
  await expect(active(page)).toHaveAttribute('aria-disabled', 'true');
  await page.keyboard.press('Enter');
  await expect(field(page)).toBeFocused();
});

test('moves through what was found with the arrows, round the ends', async ({ app }) => {
  const { page } = app;
  await openPalette(page);
  await page.keyboard.type('theme');
  await expect(options(page).filter({ hasText: 'Theme' })).toHaveCount(3);
  const first = await active(page).textContent();
  await page.keyboard.press('ArrowDown');
  await expect(active(page)).not.toHaveText(first ?? '');
  await page.keyboard.press('ArrowUp');
  await expect(active(page)).toHaveText(first ?? '');
  await expect(field(page)).toHaveAttribute('aria-activedescendant', (await active(page).getAttribute('id')) ?? '');
  await page.keyboard.press('ArrowUp');
  await expect(options(page).last()).toHaveAttribute('aria-selected', 'true');
});

test('goes to a paper by its title, in the list or among all', async ({ app }) => {
  const { page } = app;
  const title = 'Boosting Tool Use of Large Language Models via Iterative Reinforced Fine-Tuning';
  await openPalette(page);
  await page.keyboard.type('boosting tool use');
  await expect(options(page).filter({ hasText: title })).toBeVisible();
  while (!(await active(page).textContent())?.includes('Boosting Tool')) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expectReading(page, title);
  await expect(page.getByRole('heading', { name: 'Inbox', level: 2 })).toBeVisible();
  // From a view that does not have it.
  await page.keyboard.type('gs');
  await expect(page.getByText('Starred is empty')).toBeVisible();
  await openPalette(page);
  await page.keyboard.type('adversarial imitation');
  await expect(options(page).filter({ hasText: 'Adversarial Imitation' })).toBeVisible();
  await page.keyboard.press('Enter');
  await expectReading(page, 'Adversarial Imitation Learning via Boosting');
  await expect(page.getByRole('heading', { name: 'All papers', level: 2 })).toBeVisible();
  await expect(grid(page)).toBeFocused();
});

test('goes to tags, and leaves by Escape or its own key with the focus where it was', async ({ app }) => {
  const { page } = app;
  await openTags(page);
  await page.keyboard.type('reinforcement');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await expectCount(page, 'reinforcement', 1);
  for (const key of ['Escape', 'ControlOrMeta+k']) {
    await openPalette(page);
    await page.keyboard.press(key);
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await expect(grid(page)).toBeFocused();
  }
  await goToSearch(page);
  await openPalette(page);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page.locator('.list-bar input')).toBeFocused();
  await openPalette(page);
  await page.keyboard.type('reinf');
  await expect(active(page)).toContainText('reinforcement');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'reinforcement', level: 2 })).toBeVisible();
});

test('opens over a note that is being written, and over the help', async ({ app }) => {
  const { page } = app;
  await writeNote(page, 'half a thought');
  await openPalette(page);
  await page.keyboard.press('Escape');
  const note = page.getByRole('textbox', { name: 'Note' });
  await expect(note).toBeFocused();
  await expectNote(page, 'half a thought');
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await openPalette(page);
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toHaveCount(0);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing in the palette, ${colorScheme}`, async ({ app }) => {
    const { page } = app;
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await openPalette(page);
    expect(await findings(page)).toEqual([]);
    await page.keyboard.type('weak');
    await expect(page.getByRole('group', { name: 'Papers' })).toBeVisible();
    expect(await findings(page)).toEqual([]);
    await page.setViewportSize({ width: 560, height: 420 });
    expect(await findings(page)).toEqual([]);
    await field(page).fill('zzzzzz');
    await expect(page.getByText('Nothing is called that.')).toBeVisible();
    expect(await findings(page)).toEqual([]);
  });
}
