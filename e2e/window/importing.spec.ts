import { readFileSync } from 'node:fs';
import { type App, expect, test } from '../fixtures.ts';
import { expectCount, expectReading, expectRows, firstTitle, row } from './parts.ts';

const sentence =
  'We show, on several benchmarks and with careful ablations, that the effect holds at every scale we tried. ';
const abstract = `${sentence.repeat(4).trim()}`;
const hostileTitle = '<img src=x onerror="window.__ran=1"> & <script>window.__ran=1</script> in Titles';

async function importText(page: App['page'], name: string, text: string | Buffer): Promise<void> {
  const choosing = page.waitForEvent('filechooser');
  await page.keyboard.press('ControlOrMeta+o');
  const buffer = typeof text === 'string' ? Buffer.from(text) : text;
  await (await choosing).setFiles({ name, mimeType: 'text/plain', buffer });
}

const messages = (page: App['page']) => page.getByRole('region', { name: 'Messages' });

test('imports a capture from the window and says what came in', async ({ app }) => {
  const { page } = app;
  const text = `Daily Papers\r\n\r\n\r\nQuiet Attention Heads Are Redundant\r\n\r\n${abstract}\r\n\r\nA Second Paper About Nothing\r\n\r\n${abstract}\r\n`;
  await importText(page, 'tuesday.txt', `\u{feff}${text}`);
  await expect(messages(page)).toContainText(/2 new/);
  await expectCount(page, 'All papers', 57);
  await expectCount(page, 'Inbox', 57);
  await page.keyboard.press('.');
  await expectRows(page, 57);
  await page.keyboard.press('Home');
  await expectReading(page, 'Quiet Attention Heads Are Redundant');
  await expect(
    page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: /tuesday.* 2 papers/ }),
  ).toBeVisible();
});

test('importing the same capture again changes nothing, and nothing of the reader’s', async ({ app }) => {
  const { page } = app;
  await page.keyboard.press('q');
  await expectCount(page, 'To read', 1);
  await importText(page, 'again.txt', readFileSync(new URL('../../resources/daily-papers.txt', import.meta.url)));
  await expect(messages(page)).toContainText(/unchanged|nothing new/i);
  await expectCount(page, 'All papers', 55);
  await expectCount(page, 'To read', 1);
});

test('refuses what is not a capture, by name and with the reason, and changes nothing', async ({ app }) => {
  const { page } = app;
  await importText(page, 'holiday.json', '{"not": "a capture"}');
  await expect(messages(page).getByRole('alert')).toContainText('holiday.json');
  await expect(messages(page).getByRole('alert')).toContainText(/JSON/);
  await expectCount(page, 'All papers', 55);
  await importText(page, 'empty.txt', '');
  await expect(messages(page).getByRole('alert')).toContainText('empty.txt');
  await expectCount(page, 'All papers', 55);
});

test('shows HTML and scripts in a title or an abstract as text', async ({ app }) => {
  const { page } = app;
  await importText(
    page,
    'hostile.txt',
    `Daily Papers\n\n${hostileTitle}\n\n<b onclick="window.__ran=1">bold</b> ${abstract}\n`,
  );
  await expectCount(page, 'All papers', 56);
  await page.keyboard.press('.');
  await expectRows(page, 56);
  await page.keyboard.press('Home');
  await expectReading(page, hostileTitle);
  await expect(row(page, hostileTitle)).toBeVisible();
  await expect(page.getByRole('article')).toContainText('<b onclick="window.__ran=1">bold</b>');
  expect(await page.evaluate(() => Reflect.get(window, '__ran') ?? null)).toBeNull();
  await expect(page).toHaveTitle('Offprint');
});

test('a dropped file is imported', async ({ app }) => {
  const { page } = app;
  const text = `Daily Papers\n\nDropped From the Desktop Onto the Window\n\n${abstract}\n`;
  const transfer = await page.evaluateHandle((content) => {
    const data = new DataTransfer();
    data.items.add(new File([content], 'dropped.txt', { type: 'text/plain' }));
    return data;
  }, text);
  await row(page, firstTitle).dispatchEvent('dragover', { dataTransfer: transfer });
  await row(page, firstTitle).dispatchEvent('drop', { dataTransfer: transfer });
  await expectCount(page, 'All papers', 56);
});
