import type { Locator } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { importFile } from './import-parts.ts';
import {
  expectCount,
  expectReading,
  firstTitle,
  grid,
  hold,
  leaveDialog,
  openTags,
  resize,
  row,
  searchBox,
  secondTitle,
  writeNote,
} from './parts.ts';

/** Where an element is at this moment: to be asked again until it is right, as the window may still be moving. */
async function boxOf(locator: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await locator.boundingBox();
  if (!box) throw new Error('it is not to be seen');
  return box;
}

test('the ways to sort stand below each other, none upon another', async ({ app }) => {
  const { page } = app;
  await page.getByRole('button', { name: /^Sorted by/ }).click();
  const choices = page.locator('.sort-choice');
  await expect(choices).toHaveCount(14);
  await expect(async () => {
    let end = 0;
    for (let at = 0; at < 14; at += 1) {
      const { y, height } = await boxOf(choices.nth(at));
      expect(y).toBeGreaterThanOrEqual(end);
      end = y + height;
    }
  }).toPass();
});

for (const [width, height] of [
  [1280, 800],
  [900, 600],
  [560, 420],
] as const) {
  test(`a message leaves the note free, and the row of the keys, at ${width} × ${height}`, async ({ app }) => {
    const { page } = app;
    await resize(page, width, height);
    await page.keyboard.press('End');
    await page.keyboard.press('s');
    const toast = page.locator('.toast');
    await hold(page, /^Starred/);
    await expect(async () => {
      const last = await boxOf(grid(page).locator('[data-focused]'));
      expect((await boxOf(toast)).y).toBeGreaterThanOrEqual(last.y + last.height);
    }).toPass();
    await writeNote(page, 'seen while it is written');
    await expect(async () => {
      const field = await boxOf(page.locator('.note-rich'));
      const box = await boxOf(toast);
      const over = box.x < field.x + field.width && box.x + box.width > field.x && box.y + box.height > field.y;
      expect(over).toBe(false);
    }).toPass();
  });

  test(`the status control is whole in the reader at ${width} × ${height}`, async ({ app }) => {
    const { page } = app;
    await resize(page, width, height);
    await page.keyboard.press('x');
    await page.keyboard.press('ControlOrMeta+3');
    await expect(async () => {
      const control = await boxOf(page.locator('.status-control'));
      const last = await boxOf(page.locator('.status-control label').last());
      expect(last.x + last.width).toBeLessThanOrEqual(control.x + control.width);
      const star = await boxOf(page.locator('.icon-button.star'));
      expect(star.x).toBeGreaterThanOrEqual(control.x + control.width);
    }).toPass();
  });
}

test('tags leave the title room, and a short one is whole beside a long one', async ({ app }) => {
  const { page } = app;
  await openTags(page);
  for (const tag of ['brief', 'to be discussed at length on Tuesday afternoon']) {
    await page.keyboard.type(tag);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog').getByRole('listitem').filter({ hasText: tag })).toBeVisible();
  }
  await page.keyboard.press('Enter');
  await expectCount(page, 'brief', 1);
  const title = row(page, firstTitle).locator('[data-column=title]');
  const chips = row(page, firstTitle).locator('.chip');
  await expect(chips).toHaveCount(2);
  await expect.poll(async () => (await title.boundingBox())?.width ?? 0).toBeGreaterThanOrEqual(200);
  const brief = chips.filter({ hasText: 'brief' });
  await expect.poll(() => brief.evaluate((chip) => chip.scrollWidth - chip.clientWidth)).toBe(0);
});

test('text of other scripts runs its own way', async ({ app }) => {
  const { page } = app;
  const title = 'شبكات عصبية عميقة لمعالجة اللغة العربية';
  const abstract =
    'We show, on several benchmarks and with careful ablations, that the effect holds at every scale we tried. '.repeat(
      4,
    );
  const text = `Daily Papers\n\nQuiet Attention Heads Are Redundant\n\n${abstract}\n\n${title}\n\n${abstract}\n`;
  await importFile(page, 'arabic.txt', text);
  await expectCount(page, 'All papers', 57);
  await searchBox(page).fill('شبكات');
  await expectReading(page, title);
  await expect(row(page, title).locator('.title')).toHaveCSS('direction', 'rtl');
  await expect(page.getByRole('article').getByRole('heading', { level: 2 })).toHaveCSS('direction', 'rtl');
  await expect(page.locator('.abstract > p')).toHaveCSS('unicode-bidi', 'plaintext');
  await searchBox(page).fill('');
  await expect(row(page, firstTitle).locator('.title')).toHaveCSS('direction', 'ltr');
});

test('a column ticked off keeps the focus, and comes back where it was', async ({ app }) => {
  const { page } = app;
  await page.keyboard.press('c');
  const box = page.getByRole('dialog').getByRole('checkbox', { name: 'Status' });
  await expect(box).toBeFocused();
  await page.keyboard.press('Space');
  await expect(grid(page).getByRole('columnheader')).toHaveCount(5);
  await expect(box).toBeFocused();
  await page.keyboard.press('Space');
  await leaveDialog(page);
  await expect(grid(page).getByRole('columnheader').first()).toHaveAttribute('data-column', 'status');
  await expect(grid(page)).toBeFocused();
});

test('columns that are moved in the dialog stay in that order', async ({ app }) => {
  const { page } = app;
  await page.keyboard.press('c');
  const later = page.getByRole('button', { name: 'Move Status later' });
  await later.click();
  await later.press('Enter');
  await expect(later).toBeFocused();
  await page.getByRole('dialog').getByRole('checkbox', { name: 'Authors' }).check();
  await leaveDialog(page);
  const ids = () =>
    grid(page)
      .getByRole('columnheader')
      .evaluateAll((all) => all.map((each) => each.dataset['column']));
  await resize(page, 1920, 1000);
  await expect.poll(ids).toEqual(['starred', 'title', 'status', 'tags', 'note', 'added', 'authors']);
  await page.keyboard.press('c');
  await page.getByRole('button', { name: 'Reset' }).click();
  await leaveDialog(page);
  await expect.poll(ids).toEqual(['status', 'starred', 'title', 'tags', 'note', 'added']);
});

test('the list says how many the view holds when rows have left it', async ({ app }) => {
  const { page } = app;
  const count = page.locator('.list-count');
  await page.keyboard.press('m');
  await expect(count).toHaveText('54 papers, 55 shown');
  await page.keyboard.press('.');
  await expect(count).toHaveText('54 papers');
  await expectReading(page, secondTitle);
  await page.keyboard.press('ControlOrMeta+z');
  await expect(count).toHaveText('55 papers');
  await expect(row(page, firstTitle)).toBeVisible();
  await page.keyboard.press('ControlOrMeta+a');
  await expect(count).toHaveText('55 of 55 selected');
});

test('an empty view fills when Undo brings papers back to it', async ({ app }) => {
  const { page } = app;
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.press('m');
  await expectCount(page, 'Inbox', 0);
  await page.keyboard.press('.');
  await expect(page.getByText('Inbox is empty')).toBeVisible();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(page.getByText('Inbox is empty')).toBeHidden();
  await expect(row(page, firstTitle)).toBeVisible();
});

test('text that the reader has set twice as large is not cut off', async ({ app }) => {
  const { page } = app;
  await page.addInitScript(() => {
    document.addEventListener('readystatechange', () => {
      document.documentElement.style.fontSize = '200%';
    });
  });
  await page.reload();
  await expectReading(page, firstTitle);
  const cut = (locator: Locator) => locator.evaluate((element) => element.scrollHeight - element.clientHeight);
  for (const density of ['compact', 'comfortable']) {
    await expect(grid(page)).toHaveAttribute('data-density', density);
    await expect(async () => {
      const [first, second] = [await boxOf(row(page, firstTitle)), await boxOf(row(page, secondTitle))];
      expect(second.y).toBe(first.y + first.height);
      expect(first.height).toBe(density === 'compact' ? 64 : 104);
    }).toPass();
    await expect.poll(() => cut(row(page, firstTitle))).toBeLessThanOrEqual(0);
    await page.keyboard.press('d');
  }
  const heading = page.getByRole('article').getByRole('heading', { level: 2 });
  const leading = () =>
    heading.evaluate((element) => {
      const { lineHeight, fontSize } = getComputedStyle(element);
      return Number.parseFloat(lineHeight) - Number.parseFloat(fontSize);
    });
  await expect.poll(leading).toBeGreaterThan(0);
  const entry = page.getByRole('navigation', { name: 'Views' }).getByRole('button').first();
  await expect.poll(() => cut(entry)).toBeLessThanOrEqual(0);
});
