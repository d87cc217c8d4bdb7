import type { Page } from '@playwright/test';
import type { Host, UpdateState } from '../../shared/host-calls.ts';
import { expect, test } from '../fixtures.ts';
import { findings } from './axe.ts';
import { firstTitle, grid, leaveDialog, resize, row } from './parts.ts';

const settings = (page: Page) => page.getByRole('dialog', { name: 'Settings' });

async function openSettings(page: Page): Promise<void> {
  await page.keyboard.press('ControlOrMeta+,');
  await expect(settings(page).getByRole('radio', { name: 'System' })).toBeFocused();
}

/** Goes on by Tab until something has the focus. */
async function tabTo(
  page: Page,
  name: string | RegExp,
  role: 'button' | 'checkbox' | 'textbox' | 'combobox' = 'button',
) {
  const wanted = settings(page).getByRole(role, { name, exact: typeof name === 'string' });
  await expect(async () => {
    await page.keyboard.press('Tab');
    await expect(wanted).toBeFocused({ timeout: 1 });
  }).toPass({ intervals: [0] });
  return wanted;
}

test('settings are chosen by the keyboard alone, hold at once, and are there after a restart', async ({ app }) => {
  const { page } = app;
  await openSettings(page);
  // A served page is updated with the program that serves it, and has nothing to say of that.
  const updates = settings(page).getByRole('heading', { name: 'Updates' });
  await expect(updates).toHaveCount(test.info().project.name === 'browser' ? 0 : 1);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowRight');
  await expect(grid(page)).toHaveAttribute('data-density', 'comfortable');
  await tabTo(page, /^Mark a paper read/, 'checkbox');
  await page.keyboard.press('Space');
  const seconds = await tabTo(page, 'Seconds', 'textbox');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('700');
  await expect(settings(page).getByRole('status').filter({ hasText: '1 to 600' })).toBeVisible();
  await expect(seconds).toHaveAttribute('aria-invalid', 'true');
  await page.keyboard.press('Backspace');
  await expect(seconds).toHaveAttribute('aria-invalid', 'false');
  await leaveDialog(page);
  await expect(grid(page)).toBeFocused();
  await app.quit();
  const again = await app.start();
  await expect(again.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(grid(again)).toHaveAttribute('data-density', 'comfortable');
  await openSettings(again).catch(() => {});
  await expect(settings(again).getByRole('radio', { name: 'Dark' })).toBeChecked();
  await expect(settings(again).getByRole('textbox', { name: 'Seconds' })).toHaveValue('70');
  await expect(settings(again)).toContainText(/Offprint \d+\.\d+\.\d+/);
  await expect(settings(again).locator('.path')).toHaveText(app.dataFolder);
});

test('a paper is read when it has been open for as long as was chosen', async ({ app }) => {
  const { page } = app;
  await openSettings(page);
  await tabTo(page, /^Mark a paper read/, 'checkbox');
  await page.keyboard.press('Space');
  await tabTo(page, 'Seconds', 'textbox');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('1');
  await leaveDialog(page);
  await expect(row(page, firstTitle).getByRole('gridcell', { name: 'Read', exact: true })).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing in the settings, wide and narrow, ${colorScheme}; backups are one step away`, async ({
    app,
  }) => {
    test.setTimeout(5 * 60_000);
    const { page } = app;
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await openSettings(page);
    expect(await findings(page)).toEqual([]);
    await leaveDialog(page);
    await resize(page, 560, 420);
    await openSettings(page);
    expect(await findings(page)).toEqual([]);
    const sideways = () => settings(page).evaluate((dialog) => dialog.scrollWidth - dialog.clientWidth);
    expect(await sideways()).toBe(0);
    await tabTo(page, 'Backups and earlier states…');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('dialog', { name: 'Backups and earlier states' })).toBeVisible();
  });
}

/** What a desktop program answers, where its words are to be seen; the answers themselves are tested in its own files. */
async function asDesktop(
  page: Page,
  updates: UpdateState,
  host: Partial<Host> = {},
): Promise<(next: UpdateState) => void> {
  let state = updates;
  const spelling = { languages: ['de', 'en-GB', 'en-US', 'fr', 'sv'], fetches: true };
  const answers: Record<string, () => unknown> = {
    'host.describe': () => ({ kind: 'desktop', badge: true, pdf: true, logs: true, spelling, ...host }),
    'updates.state': () => state,
    'updates.check': () => state,
    'updates.fetch': () => state,
  };
  for (const [name, answer] of Object.entries(answers))
    await page.route(`**/api/call/${name}`, (route) => route.fulfill({ json: { ok: true, value: answer() } }));
  await page.reload();
  await expect(grid(page)).toBeFocused();
  return (next) => {
    state = next;
  };
}

test.describe('in a browser that answers as a desktop program', () => {
  test.beforeEach(({ app: _ }, { project }) => {
    test.skip(project.name !== 'browser', 'its calls cannot be answered otherwise');
  });

  test('a newer version is one line that can be dismissed, and is fetched and installed from the settings', async ({
    app,
  }) => {
    const { page } = app;
    const available = { kind: 'available', version: '9.9.9', installs: true, page: 'https://example.org/' } as const;
    const become = await asDesktop(page, available);
    const line = page.getByRole('button', { name: 'Offprint 9.9.9 is out' });
    await expect(line).toBeVisible();
    await line.press('Enter');
    const known = settings(page).getByRole('status').filter({ hasText: '9.9.9' });
    await expect(known).toHaveText('Offprint 9.9.9 is out.');
    await expect(settings(page).getByRole('checkbox', { name: /^Check for updates automatically/ })).toBeFocused();
    become({ kind: 'fetching', version: '9.9.9', done: 0.4 });
    await tabTo(page, 'Download');
    await page.keyboard.press('Enter');
    await expect(known).toHaveText('Downloading Offprint 9.9.9');
    await expect(settings(page).getByRole('progressbar')).toHaveAttribute('value', '0.4');
    expect(await findings(page)).toEqual([]);
    await leaveDialog(page);
    await expect(line).toHaveCount(0);
    become({ kind: 'ready', version: '9.9.9' });
    await page.reload();
    const ready = page.getByRole('button', { name: 'Offprint 9.9.9 is ready' });
    await expect(ready).toBeVisible();
    await ready.press('Enter');
    await expect(settings(page).getByRole('button', { name: 'Restart now' })).toBeVisible();
    await leaveDialog(page);
    await ready.press('Tab');
    await expect(page.getByRole('button', { name: 'Dismiss' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(ready).toHaveCount(0);
    await expect(grid(page)).toBeFocused();
  });

  test('what is known of newer versions is said in plain words', async ({ app }) => {
    const { page } = app;
    const become = await asDesktop(page, { kind: 'off' });
    await openSettings(page);
    const look = settings(page).getByRole('checkbox', { name: /^Check for updates automatically/ });
    const known = settings(page).locator('.settings-known');
    await expect(look).not.toBeChecked();
    await expect(known).toBeHidden();
    await expect(settings(page)).toContainText('Both are off.');
    become({ kind: 'next-start' });
    await tabTo(page, /^Check for updates automatically/, 'checkbox');
    await page.keyboard.press('Space');
    await expect(known).toHaveText('Takes effect when Offprint next starts. Until then it cannot reach the network.');
    await expect(look).toBeChecked();
    for (const [state, words, button] of [
      [{ kind: 'current', checkedAt: null }, 'Not checked yet.', 'Check now'],
      [{ kind: 'current', checkedAt: Date.now() }, /^Offprint was up to date today at /, 'Check now'],
      [{ kind: 'failed', message: 'The release feed could not be reached.' }, 'could not be reached', 'Try again'],
    ] as const) {
      await leaveDialog(page);
      become(state);
      await page.reload();
      await expect(grid(page)).toBeFocused();
      await openSettings(page);
      await expect(known.getByRole('status')).toContainText(words);
      await expect(known.getByRole('button', { name: button })).toBeVisible();
    }
    become({ kind: 'available', version: '9.9.9', installs: false, page: 'https://example.org/get' });
    await tabTo(page, 'Try again');
    await page.keyboard.press('Enter');
    await expect(known.getByRole('link')).toHaveAttribute('href', 'https://example.org/get');
  });

  test('who checks for updates is answered at once, and where Offprint may not, too', async ({ app }) => {
    const { page } = app;
    const check = async () => {
      await page.keyboard.press('ControlOrMeta+k');
      await page.keyboard.type('check for updates');
      await expect(page.getByRole('option', { selected: true })).toContainText('Check for updates');
      await page.keyboard.press('Enter');
    };
    await asDesktop(page, { kind: 'off' });
    await check();
    await expect(settings(page).getByRole('checkbox', { name: /^Check for updates automatically/ })).toBeFocused();
    await expect(settings(page).getByRole('status').filter({ hasText: 'has not checked' })).toBeVisible();
    expect(await findings(page)).toEqual([]);
    await leaveDialog(page);
    await asDesktop(page, { kind: 'elsewhere', by: 'Flatpak' });
    await check();
    await expect(settings(page).getByText('Offprint is updated by Flatpak.')).toBeFocused();
    expect(await findings(page)).toEqual([]);
  });

  test('languages are chosen by the keyboard, and said to be fetched; what the program cannot do is not there', async ({
    app,
  }) => {
    const { page } = app;
    await asDesktop(page, { kind: 'elsewhere', by: 'the package manager of the system' });
    await openSettings(page);
    await expect(settings(page)).toContainText('Offprint is updated by the package manager of the system.');
    await expect(settings(page)).toContainText(
      'The dictionary of a language is fetched once, over the network, from a server of Google’s.',
    );
    const language = await tabTo(page, 'Language', 'combobox');
    // The reader's own comes first.
    await expect(language).toHaveValue('en-US');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    const chosen = settings(page).locator('.settings-languages');
    await expect(chosen).toHaveText('English (United States)');
    await expect(settings(page)).toContainText('Only fetching dictionaries uses the network');
    await expect(settings(page)).toContainText('It is on.');
    await settings(page).getByRole('button', { name: 'Do not check English (United States)' }).press('Enter');
    await expect(settings(page)).toContainText('The spelling of notes is not checked.');
    await expect(language).toBeFocused();
    expect(await findings(page)).toEqual([]);
    await asDesktop(page, { kind: 'off' }, { badge: false, spelling: { languages: [], fetches: false } });
    await openSettings(page);
    await expect(settings(page).getByRole('heading', { name: 'Spelling' })).toHaveCount(0);
    await expect(settings(page).getByRole('checkbox', { name: /unread/ })).toHaveCount(0);
  });
});
