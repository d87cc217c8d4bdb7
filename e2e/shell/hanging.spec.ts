import type { Page } from '@playwright/test';
import { type App, expect, test } from '../fixtures.ts';
import { expectNote } from '../window/note-parts.ts';
import { expectReading, firstTitle, writeNote } from '../window/parts.ts';
import { answerQuestions, entry, expectEnded, nextPage } from './shell-parts.ts';

test.beforeEach(({ app: _ }, { project }) => {
  test.skip(project.name === 'electron', 'Playwright follows no page of Electron’s that hangs or crashes');
});

/** Types a text that no timer of the page saves any more. */
async function typeUnsaved(page: Page, text: string): Promise<void> {
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 60_000);
  await writeNote(page, text);
  await expect(page.locator('.note-state')).not.toHaveText('Saved');
  // What was typed last is with the program once that answers again.
  await page.evaluate(() =>
    (Reflect.get(window, 'offprint') as { call(name: string, input: object): Promise<unknown> }).call(
      'library.state',
      {},
    ),
  );
}

/** Has the page do nothing but turn in a circle, as a fault in it would. */
function hang(page: Page): void {
  page
    .evaluate(() => {
      for (;;);
    })
    .catch(() => {});
}

/** What Chromium says of a page that does not answer to the reader's keys any more. */
async function sayUnresponsive(app: App): Promise<void> {
  await app.program.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.emit('unresponsive');
  }, null);
}

test('a page that hangs is loaded again where the reader wants that, with what was typed in it', async ({ app }) => {
  const { page } = app;
  // Said to hang: the stand-in reads what a page keeps for the session from the page itself.
  await typeUnsaved(page, 'half a thought');
  const asked = await answerQuestions(app, 1);
  await sayUnresponsive(app);
  const next = await nextPage(app, page);
  expect(await asked()).toEqual(['The window does not answer.']);
  await expectReading(next, firstTitle);
  await expectNote(next, 'half a thought');
  await expect(next.locator('.note-state')).toHaveText('Saved');
});

test('a page that answers again after all is left alone', async ({ app }) => {
  const { page } = app;
  await writeNote(page, 'a thought');
  const asked = await answerQuestions(app, 0);
  await sayUnresponsive(app);
  await expect.poll(asked).toEqual(['The window does not answer.']);
  await expect(page.locator('.note-state')).toHaveText('Saved');
  expect(app.page).toBe(page);
});

test('quitting with a page that hangs saves what was typed in it', async ({ app }) => {
  await typeUnsaved(app.page, 'typed before it hung');
  hang(app.page);
  await answerQuestions(app, 1);
  await app.program.evaluate(({ app: program }) => program.quit(), null);
  await expectEnded(app);
  await app.start();
  await expect(app.page.locator('.note')).toContainText('typed before it hung');
});

test('how many papers are unread stands on the dock where the settings ask for it', async ({ app }) => {
  test.skip(process.platform === 'win32', 'it is a picture on the taskbar there');
  const count = () => app.program.evaluate(({ app: program }) => program.getBadgeCount(), null);
  const show = (badge: boolean) =>
    app.page.evaluate(
      (shown) =>
        (Reflect.get(window, 'offprint') as { call(name: string, input: object): Promise<unknown> }).call(
          'settings.set',
          { badge: shown },
        ),
      badge,
    );
  expect(await count()).toBe(0);
  await show(true);
  await expect.poll(count).toBe(55);
  await app.page.keyboard.press('m');
  await expect.poll(count).toBe(54);
  await show(false);
  await expect.poll(count).toBe(0);
});

test('a window that filled the screen fills it again', async ({ app }) => {
  const isFull = () =>
    app.program.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isFullScreen(), null);
  await app.program.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setFullScreen(true), null);
  await app.quit();
  await app.start();
  await expect.poll(isFull).toBe(true);
});

test('nothing of the menu works behind a dialog', async ({ app }) => {
  const { page } = app;
  await expect.poll(async () => (await entry(app, 'toggleStar')).enabled).toBe(true);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toBeVisible();
  await expect.poll(async () => (await entry(app, 'toggleStar')).enabled).toBe(false);
  expect((await entry(app, 'settings')).enabled).toBe(true);
  await page.keyboard.press('Escape');
  await expect.poll(async () => (await entry(app, 'toggleStar')).enabled).toBe(true);
});
