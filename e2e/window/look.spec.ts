import { expect, test } from '../fixtures.ts';
import { findings } from './axe.ts';
import { bibtexEntry, chooseFiles, confirmImport, preview } from './import-parts.ts';
import {
  expectCount,
  expectRows,
  firstTitle,
  goToSearch,
  grid,
  hold,
  leaveDialog,
  openTags,
  resize,
  row,
  searchBox,
  statusRadio,
  writeNote,
} from './parts.ts';

const schemes = ['light', 'dark'] as const;
/** Axe looks at every element ten times over; a slow machine takes minutes. */
const axeTimeout = 5 * 60_000;

for (const colorScheme of schemes) {
  test(`axe finds nothing in any state, ${colorScheme}`, async ({ app }) => {
    test.setTimeout(axeTimeout);
    const { page } = app;
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect(await findings(page)).toEqual([]);
    // One of each status, a star, a tag, a note.
    for (const key of ['q', 'j', 'r', 'j', 'm', 'j', 'x', 's']) await page.keyboard.press(key);
    for (const label of ['To read', 'Reading', 'Read', 'Skipped', 'Starred']) await expectCount(page, label, 1);
    await expect(statusRadio(page, 'Skipped')).toBeChecked();
    await openTags(page);
    await page.keyboard.type('tools');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog').getByRole('listitem')).toContainText('tools');
    expect(await findings(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await expectCount(page, 'tools', 1);
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await writeNote(page, '# Heading\n\nA [link](https://example.org), `code` and a list:\n\n- one\ntwo');
    await expect(page.locator('.note-state')).toHaveText('Saved');
    expect(await findings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await expect(page.locator('.note li')).toHaveText(['one', 'two']);
    expect(await findings(page)).toEqual([]);
    await goToSearch(page);
    await page.keyboard.type('weak');
    await expect(page.locator('mark').first()).toBeVisible();
    expect(await findings(page)).toEqual([]);
    await searchBox(page).fill('nothing matches this at all');
    await expectRows(page, 0);
    expect(await findings(page)).toEqual([]);
    await searchBox(page).fill('');
    // What has been marked has left the view.
    await expectRows(page, 51);
    await searchBox(page).press('Escape');
    await page.keyboard.press('ControlOrMeta+a');
    await expect(page.getByRole('heading', { name: '51 papers selected' })).toBeVisible();
    await page.keyboard.press('d');
    await expect(grid(page)).toHaveAttribute('data-density', 'comfortable');
    expect(await findings(page)).toEqual([]);
    for (const key of ['?', 'c']) {
      await page.keyboard.press(key);
      await expect(page.getByRole('dialog')).toBeVisible();
      expect(await findings(page), `with the dialog of ${key}`).toEqual([]);
      await leaveDialog(page);
    }
    await resize(page, 600, 450);
    expect(await findings(page)).toEqual([]);
  });
}

for (const colorScheme of schemes) {
  test(`axe finds nothing in menus, dialogs and messages, wide and narrow, ${colorScheme}`, async ({ app }) => {
    test.setTimeout(axeTimeout);
    const { page } = app;
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (const menu of [/^Sorted by/, 'Options and import']) {
      await page.getByRole('button', { name: menu }).click();
      await expect(page.locator('[popover]:popover-open')).toHaveCount(1);
      expect(await findings(page), `with the menu ${menu}`).toEqual([]);
      await page.keyboard.press('Escape');
      await expect(page.locator('[popover]:popover-open')).toHaveCount(0);
    }
    await resize(page, 560, 420);
    const entry = bibtexEntry('a', { title: 'A Paper Beside an Empty File' });
    await chooseFiles(page, { name: 'one.bib', text: entry }, { name: 'two.txt', text: '' });
    await expect(preview(page)).toContainText('two.txt');
    expect(await findings(page)).toEqual([]);
    await confirmImport(page);
    await hold(page, /^Imported/);
    expect(await findings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Details' }).click();
    await expect(page.getByRole('dialog', { name: 'Import report' })).toContainText('two.txt');
    expect(await findings(page)).toEqual([]);
    await leaveDialog(page);
    await expect(grid(page)).toBeFocused();
    for (const key of ['?', 'c', 't', '[']) {
      await page.keyboard.press(key);
      await expect(page.getByRole('dialog')).toBeVisible();
      expect(await findings(page), `with the dialog of ${key}`).toEqual([]);
      await leaveDialog(page);
    }
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.press('s');
    await hold(page, 'Starred 56 papers');
    expect(await findings(page)).toEqual([]);
    await page.keyboard.press(']');
    await expect(page.getByRole('heading', { name: '56 papers selected' })).toBeVisible();
    expect(await findings(page)).toEqual([]);
  });
}

test('follows the system into the dark', async ({ app }) => {
  const { page } = app;
  const background = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  await page.emulateMedia({ colorScheme: 'light' });
  const light = await background();
  await page.emulateMedia({ colorScheme: 'dark' });
  await expect.poll(background).not.toBe(light);
});

for (const [width, height] of [
  [1280, 800],
  [900, 600],
  [560, 420],
] as const) {
  test(`nothing is cut off or scrolls sideways at ${width} × ${height}`, async ({ app }) => {
    const { page } = app;
    await resize(page, width, height);
    // The columns that there is no room for go a moment after the window has its size.
    const overflow = () =>
      grid(page).evaluate((list) => {
        const { scrollWidth, scrollHeight, clientWidth, clientHeight } = document.documentElement;
        const ofList = list.scrollWidth - list.clientWidth;
        return { sideways: scrollWidth - clientWidth, down: scrollHeight - clientHeight, ofList };
      });
    await expect.poll(overflow).toEqual({ sideways: 0, down: 0, ofList: 0 });
    const title = row(page, firstTitle).locator('[data-column=title]');
    await expect.poll(async () => (await title.boundingBox())?.width ?? 0).toBeGreaterThan(170);
  });
}

test('below 900 pixels the reader covers the list, and goes again', async ({ app }) => {
  const { page } = app;
  await resize(page, 800, 600);
  for (const open of [() => row(page, firstTitle).click(), () => page.keyboard.press('Enter')]) {
    await open();
    await expect(page.getByRole('article')).toBeVisible();
    await expect(row(page, firstTitle)).toBeHidden();
    await page.keyboard.press('Escape');
    await expect(row(page, firstTitle)).toBeVisible();
    await expect(grid(page)).toBeFocused();
  }
});
