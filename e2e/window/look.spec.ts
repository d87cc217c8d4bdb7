import AxeBuilder from '@axe-core/playwright';
import { type App, expect, test } from '../fixtures.ts';
import { expectCount, expectRows, firstTitle, row } from './parts.ts';

/** Axe's findings, as rule and place, for WCAG 2.2 A and AA and best practice. */
async function findings(page: App['page']): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}`));
}

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
