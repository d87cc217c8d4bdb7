import { expect, test } from '../fixtures.ts';
import { findings } from './axe.ts';
import { expectCount, expectRows, firstTitle, row } from './parts.ts';

const schemes = ['light', 'dark'] as const;

for (const colorScheme of schemes) {
  test(`axe finds nothing in any state, ${colorScheme}`, async ({ app }) => {
    test.slow();
    const { page } = app;
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    expect(await findings(page)).toEqual([]);
    // One of each status, a star, a tag, a note.
    for (const key of ['q', 'j', 'r', 'j', 'm', 'j', 'x', 's']) await page.keyboard.press(key);
    await page.keyboard.press('t');
    await page.keyboard.type('tools');
    await page.keyboard.press('Enter');
    expect(await findings(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await expectCount(page, 'tools', 1);
    await page.keyboard.press('n');
    await page.keyboard.type('# Heading\n\nA [link](https://example.org), `code` and a list:\n\n- one\n- two');
    expect(await findings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('/');
    await page.keyboard.type('weak');
    await expect(page.locator('mark').first()).toBeVisible();
    expect(await findings(page)).toEqual([]);
    await page.getByRole('searchbox', { name: 'Search' }).fill('nothing matches this at all');
    await expectRows(page, 0);
    expect(await findings(page)).toEqual([]);
    await page.getByRole('searchbox', { name: 'Search' }).fill('');
    await page.getByRole('searchbox', { name: 'Search' }).press('Escape');
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.press('d');
    expect(await findings(page)).toEqual([]);
    await page.keyboard.press('?');
    expect(await findings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('c');
    expect(await findings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.setViewportSize({ width: 600, height: 450 });
    expect(await findings(page)).toEqual([]);
  });
}

for (const colorScheme of schemes) {
  test(`axe finds nothing in menus, dialogs and messages, wide and narrow, ${colorScheme}`, async ({ app }) => {
    test.slow();
    const { page } = app;
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.getByRole('button', { name: /^Sorted by/ }).click();
    expect(await findings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Options and import' }).click();
    expect(await findings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByLabel('Files to import').setInputFiles([
      { name: 'one.txt', mimeType: 'text/plain', buffer: Buffer.from('') },
      { name: 'two.txt', mimeType: 'text/plain', buffer: Buffer.from('') },
    ]);
    await expect(page.getByRole('alert')).toContainText('2 files could not be imported');
    expect(await findings(page)).toEqual([]);
    await page.setViewportSize({ width: 560, height: 420 });
    expect(await findings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Details' }).click();
    await expect(page.getByRole('dialog', { name: 'Import report' })).toContainText('two.txt');
    expect(await findings(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.keyboard.press('ControlOrMeta+2');
    for (const key of ['?', 'c', 't', '[']) {
      await page.keyboard.press(key);
      await expect(page.getByRole('dialog')).toBeVisible();
      expect(await findings(page), `with the dialog of ${key}`).toEqual([]);
      await page.keyboard.press('Escape');
    }
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.press('s');
    await expect(page.getByText('Starred 55 papers')).toBeVisible();
    expect(await findings(page)).toEqual([]);
    await page.keyboard.press(']');
    await expect(page.getByRole('heading', { name: '55 papers selected' })).toBeVisible();
    expect(await findings(page)).toEqual([]);
  });
}

test('follows the system into the dark', async ({ app }) => {
  const { page } = app;
  const background = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  await page.emulateMedia({ colorScheme: 'light' });
  const light = await background();
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await background()).not.toBe(light);
});

for (const [width, height] of [
  [1280, 800],
  [900, 600],
  [560, 420],
] as const) {
  test(`nothing is cut off or scrolls sideways at ${width} × ${height}`, async ({ app }) => {
    const { page } = app;
    await page.setViewportSize({ width, height });
    await expect(row(page, firstTitle)).toBeVisible();
    const overflow = await page.evaluate(() => {
      const { scrollWidth, scrollHeight, clientWidth, clientHeight } = document.documentElement;
      return { sideways: scrollWidth - clientWidth, down: scrollHeight - clientHeight };
    });
    expect(overflow).toEqual({ sideways: 0, down: 0 });
    const title = await row(page, firstTitle).getByRole('gridcell').nth(2).boundingBox();
    expect(title?.width).toBeGreaterThan(170);
  });
}

test('below 900 pixels the reader covers the list, and goes again', async ({ app }) => {
  const { page } = app;
  await page.setViewportSize({ width: 800, height: 600 });
  await row(page, firstTitle).click();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('article')).toBeVisible();
  await expect(row(page, firstTitle)).toBeHidden();
  await page.keyboard.press('Escape');
  await expect(row(page, firstTitle)).toBeVisible();
});
