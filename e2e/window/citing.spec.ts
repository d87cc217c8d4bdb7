import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { findings } from './axe.ts';
import { copiedText, firstTitle, grid, leaveDialog, resize, writeNote } from './parts.ts';

const settings = (page: Page) => page.getByRole('dialog', { name: 'Settings' });
const messages = (page: Page) => page.getByRole('region', { name: 'Messages' });

async function openSettings(page: Page): Promise<void> {
  await page.keyboard.press('ControlOrMeta+,');
  await expect(settings(page).getByRole('radio', { name: 'System' })).toBeFocused();
}

async function tabTo(page: Page, role: 'button' | 'textbox' | 'radio' | 'combobox', name: string): Promise<void> {
  const wanted = settings(page).getByRole(role, { name, exact: true });
  await expect(async () => {
    await page.keyboard.press('Tab');
    await expect(wanted).toBeFocused({ timeout: 1 });
  }).toPass({ intervals: [0] });
}

test('a citation is copied by one key in the style that was chosen, and from the palette in any other', async ({
  app,
}) => {
  const { page } = app;
  await expect(grid(page)).toBeFocused();
  await page.keyboard.press('y');
  await expect(messages(page)).toContainText('Copied as APA');
  const apa = await copiedText(page);
  expect(apa).toBe(`${firstTitle}. (n.d.).`);
  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type('citation as ieee');
  await expect(page.getByRole('dialog').getByRole('option', { selected: true })).toContainText('Copy citation as IEEE');
  await page.keyboard.press('Enter');
  await expect(messages(page)).toContainText('Copied as IEEE');
  expect(await copiedText(page)).toBe(`[1] “${firstTitle}.”`);
  await page.keyboard.press('Shift+ArrowDown');
  await openSettings(page);
  await tabTo(page, 'radio', 'APA');
  for (let times = 0; times < 4; times += 1) await page.keyboard.press('ArrowRight');
  await expect(settings(page).getByRole('radio', { name: 'BibTeX' })).toBeChecked();
  await leaveDialog(page);
  await page.keyboard.press('y');
  await expect(messages(page)).toContainText('Copied 2 papers as BibTeX');
  expect((await copiedText(page)).match(/^@\w+\{[A-Z]\w+,$/gm)).toHaveLength(2);
});

test('the pattern of citation keys shows what comes of it, and where it goes wrong', async ({ app }) => {
  const { page } = app;
  await openSettings(page);
  await tabTo(page, 'textbox', 'Citation keys');
  await expect(settings(page)).toContainText('As in Vaswani2017Attention');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('[auth:lower][year4]');
  await expect(settings(page).getByRole('status').filter({ hasText: 'At character' })).toContainText('takes no number');
  expect(await findings(page)).toEqual([]);
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Backspace');
  await page.keyboard.type(']');
  await expect(settings(page)).toContainText('As in vaswani2017');
  await leaveDialog(page);
  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.type('citation key');
  await page.keyboard.press('Enter');
  await expect(messages(page)).toContainText('Copied the citation key');
  expect(await copiedText(page)).toBe('Adversarial');
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`a folder has a Markdown file for each paper with a note, ${colorScheme}`, async ({ app }, { outputDir }) => {
    const { page } = app;
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expect(grid(page)).toBeFocused();
    await writeNote(page, 'Worth a second look.');
    await page.keyboard.press('Escape');
    const vault = join(outputDir, 'vault');
    mkdirSync(vault, { recursive: true });
    await openSettings(page);
    await tabTo(page, 'button', 'Turn on…');
    await page.keyboard.press('Enter');
    await expect(settings(page).getByRole('textbox', { name: 'In the folder' })).toBeFocused();
    await page.keyboard.type('vault');
    await page.keyboard.press('Enter');
    await expect(settings(page).getByRole('alert')).toBeVisible();
    expect(await findings(page)).toEqual([]);
    await page.screenshot({ path: join(outputDir, `folder-form-${colorScheme}.png`) });
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type(vault);
    await page.keyboard.press('Enter');
    await expect(settings(page).getByRole('status').filter({ hasText: '1 file written' })).toBeVisible();
    expect(await findings(page)).toEqual([]);
    await page.screenshot({ path: join(outputDir, `folder-${colorScheme}.png`) });
    const [name = ''] = readdirSync(vault);
    expect(name).toMatch(/^[A-Z]\w+\.md$/);
    expect(readFileSync(join(vault, name), 'utf8')).toContain('Worth a second look.');
    await leaveDialog(page);
    await writeNote(page, ' And a third.');
    await page.keyboard.press('Escape');
    await expect
      .poll(() => readFileSync(join(vault, name), 'utf8'), { timeout: 10_000 })
      .toContain('Worth a second look. And a third.');
    await resize(page, 900, 600);
    await openSettings(page);
    await tabTo(page, 'button', 'Update now');
    await page.screenshot({ path: join(outputDir, `folder-narrow-${colorScheme}.png`) });
  });
}
