import { expect, test } from '../fixtures.ts';
import { findings } from './axe.ts';
import { noteField } from './note-parts.ts';
import {
  expectReading,
  goToSearch,
  type grid,
  leaveDialog,
  searchBox,
  secondTitle,
  selected,
  writeNote,
} from './parts.ts';

/** The colours of an element as they are drawn, once nothing moves any more. */
const coloursOf = async (locator: ReturnType<typeof grid>) => {
  await expect.poll(() => locator.page().evaluate(() => document.getAnimations().length)).toBe(0);
  return locator.evaluate((element) => {
    const { color: ink, backgroundColor: ground } = getComputedStyle(element);
    return { ink, ground };
  });
};

test('in the system’s own colours what is chosen has them, and so has the focus', async ({ app }) => {
  test.setTimeout(5 * 60_000);
  const { page } = app;
  await page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
  const system = await page.evaluate(() => {
    const probe = document.body.appendChild(document.createElement('p'));
    probe.style.cssText = 'forced-color-adjust: none; color: HighlightText; background: Highlight';
    const { color: ink, backgroundColor: ground } = getComputedStyle(probe);
    probe.remove();
    return { ink, ground };
  });
  await page.keyboard.press('j');
  await expectReading(page, secondTitle);
  expect(await coloursOf(selected(page))).toEqual(system);
  expect(await coloursOf(selected(page).locator('.title'))).toMatchObject({ ink: system.ink });
  expect(await coloursOf(page.locator('.view-line:has([aria-current])'))).toEqual(system);
  expect(await coloursOf(page.locator('.view[aria-current] > .icon'))).toMatchObject({ ink: system.ink });
  expect(await coloursOf(page.locator('.status-control label:has(:checked)'))).toEqual(system);
  const ring = await selected(page).evaluate((row) => getComputedStyle(row).outlineColor);
  expect(ring).toBe(system.ink);
  expect(await findings(page)).toEqual([]);
  await page.keyboard.press('ControlOrMeta+,');
  await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible();
  expect(await coloursOf(page.locator('.choice input:checked + span').first())).toEqual(system);
  await leaveDialog(page);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`with more contrast the small print and the lines are stronger, ${colorScheme}`, async ({ app }) => {
    test.setTimeout(5 * 60_000);
    const { page } = app;
    const strength = async (contrast: 'more' | 'no-preference') => {
      await page.emulateMedia({ colorScheme, contrast, reducedMotion: 'reduce' });
      return page.evaluate(() => {
        const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
        const lightness = (colour: string) => {
          if (!canvas) throw new Error('no canvas');
          canvas.fillStyle = colour;
          canvas.fillRect(0, 0, 1, 1);
          const [red = 0, green = 0, blue = 0] = canvas.getImageData(0, 0, 1, 1).data;
          return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
        };
        const ground = lightness(getComputedStyle(document.documentElement).backgroundColor);
        const from = (colour: string) => Math.abs(lightness(colour) - ground);
        const style = (selector: string) => getComputedStyle(document.querySelector(selector) ?? document.body);
        return { words: from(style('.views-foot .count').color), line: from(style('.reader-bar').borderBlockEndColor) };
      });
    };
    const usual = await strength('no-preference');
    const more = await strength('more');
    expect(more.words).toBeGreaterThan(usual.words);
    expect(more.line).toBeGreaterThan(usual.line);
    expect(await findings(page)).toEqual([]);
  });
}

test('with reduced motion nothing moves', async ({ app }) => {
  const { page } = app;
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.evaluate(() => {
    const moved: string[] = [];
    Reflect.set(window, 'moved', moved);
    for (const kind of ['transitionrun', 'animationstart'])
      document.addEventListener(kind, ({ target }) => {
        const lengths = (target as Element).getAnimations().map(({ effect }) => effect?.getComputedTiming().duration);
        if (lengths.some((length) => Number(length) > 0)) moved.push((target as Element).className);
      });
  });
  await page.keyboard.press('s');
  await expect(page.getByRole('region', { name: 'Messages' })).toContainText('Starred');
  await page.getByRole('button', { name: 'Options and import' }).hover();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toBeVisible();
  await leaveDialog(page);
  expect(await page.evaluate(() => Reflect.get(window, 'moved'))).toEqual([]);
});

test('spelling is for notes, not for searches, and nothing corrects a search by itself', async ({ app }) => {
  const { page } = app;
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  for (const [name, value] of [
    ['spellcheck', 'false'],
    ['autocorrect', 'off'],
    ['autocapitalize', 'off'],
    ['autocomplete', 'off'],
  ] as const)
    await expect(searchBox(page)).toHaveAttribute(name, value);
  await writeNote(page, 'a');
  await expect(noteField(page)).toHaveAttribute('spellcheck', 'true');
  await page.keyboard.press('Escape');
  await goToSearch(page);
});

test.describe('for a reader in Germany', () => {
  test.use({ locale: 'de-DE' });

  test('dates and numbers are written as there', async ({ app }, { project }) => {
    test.skip(project.name === 'electron', 'its locale is the system’s');
    const { page } = app;
    const written = await page.evaluate(() => (12_345.6).toLocaleString());
    expect(written).toBe('12.345,6');
    const added = page.getByRole('article').getByText(/^added /);
    await expect(added).toHaveAttribute('title', /^\d{1,2}\. [A-Z]\p{L}+ \d{4} um \d{2}:\d{2}$/u);
  });
});
