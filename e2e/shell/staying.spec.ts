import { expect, test } from '../fixtures.ts';
import { startServed } from '../served.ts';
import { expectCount, expectReading, firstTitle, grid, searchBox, writeNote } from '../window/parts.ts';
import { answerQuestions, expectEnded, nextPage } from './shell-parts.ts';

test('a second start shows the window that is there, and what it was started with opens there', async ({ app }) => {
  const isFront = () =>
    app.program.evaluate(({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      return window?.isMinimized() === false && window.isFocused();
    }, null);
  await app.program.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize(), null);
  await expect.poll(isFront).toBe(false);
  expect((await app.program.startAgain()).code).toBe(0);
  await expect.poll(isFront).toBe(true);
  await expect(searchBox(app.page)).toHaveValue('');
  expect((await app.program.startAgain('offprint://search?q=weak%20tool')).code).toBe(0);
  await expect(searchBox(app.page)).toHaveValue('weak tool');
  const windows = await app.program.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length, null);
  expect(windows).toBe(1);
});

test('where the library is served to a browser already, a start opens that, and ends', async ({ app }) => {
  test.skip(test.info().project.name === 'electron', 'it would open a browser on this machine');
  await app.quit();
  const served = await startServed({ dataFolder: app.dataFolder });
  try {
    const { code, output } = await app.program.startAgain();
    expect({ code, output }).toMatchObject({
      code: 0,
      output: expect.stringMatching(/is running already \(process \d+\)/),
    });
  } finally {
    await served.end();
  }
});

test('a link that the system gives the program opens there', async ({ app }) => {
  await app.program.evaluate(({ app: program }) => {
    program.emit('open-url', { preventDefault() {} }, 'offprint://search?q=imitation');
  }, null);
  await expect(searchBox(app.page)).toHaveValue('imitation');
  await expectReading(app.page, firstTitle);
});

test('a page whose process is gone comes back with what was typed in it, and that is saved', async ({ app }) => {
  test.skip(test.info().project.name === 'electron', 'Playwright follows no page of Electron’s beyond a crash');
  const { page } = app;
  await page.keyboard.press('s');
  await expectCount(page, 'Starred', 1);
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 60_000);
  await writeNote(page, 'half a thought');
  await expect(page.locator('.note-state')).not.toHaveText('Saved');
  await app.program.evaluate(({ BrowserWindow }) => {
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer();
  }, null);
  const next = await nextPage(app, page);
  await expectCount(next, 'Starred', 1);
  await expectReading(next, firstTitle);
  await expect(next.locator('.note')).toContainText('half a thought');
  await expectCount(next, 'With notes', 1);
  await app.kill();
  await app.start();
  await expect(app.page.locator('.note')).toContainText('half a thought');
});

test('a page that keeps crashing is given up with a message', async ({ app }) => {
  test.skip(test.info().project.name === 'electron', 'Playwright follows no page of Electron’s beyond a crash');
  await app.program.evaluate(({ dialog }) => {
    dialog.showErrorBox = (title) => void process.stdout.write(title);
  }, null);
  await answerQuestions(app, 1);
  for (const round of [1, 2]) {
    const { page } = app;
    await app.program.evaluate(({ BrowserWindow }) => {
      BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer();
    }, null);
    if (round === 1) await nextPage(app, page);
  }
  await expectEnded(app);
  app.expectTrouble(/the window crashed twice/);
});

test('the window is where it was, and as large', async ({ app }) => {
  const place = { x: 40, y: 30, width: 1000, height: 700 };
  const bounds = () =>
    app.program.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getNormalBounds(), null);
  await app.program.evaluate(({ BrowserWindow }, to) => BrowserWindow.getAllWindows()[0]?.setBounds(to), place);
  await app.quit();
  await app.start();
  expect(await bounds()).toEqual(place);
  expect(await app.page.evaluate(() => innerWidth)).toBe(1000);
  await app.program.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.maximize(), null);
  await app.quit();
  await app.start();
  await expect
    .poll(() => app.program.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isMaximized(), null))
    .toBe(true);
  expect(await bounds()).toEqual(place);
  await expect(grid(app.page)).toBeVisible();
});

test('follows the system into the dark and back, unless the reader has said otherwise', async ({ app }) => {
  test.skip(test.info().project.name === 'electron', 'the system’s theme is not for tests to change');
  const { page } = app;
  const isDark = () => page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
  const system = (dark: boolean) =>
    app.program.evaluate(({ nativeTheme }, wanted) => {
      (nativeTheme as unknown as { system(to: { dark: boolean }): void }).system({ dark: wanted });
    }, dark);
  const behind = () =>
    app.program.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getBackgroundColor(), null);
  expect(await isDark()).toBe(false);
  const light = await behind();
  await system(true);
  await expect.poll(isDark).toBe(true);
  await expect.poll(behind).not.toBe(light);
  await system(false);
  await expect.poll(isDark).toBe(false);
  await expect.poll(behind).toBe(light);
});

test('says nothing to the program’s terminal, and loads nothing from anywhere', async ({ app, context }) => {
  const asked: string[] = [];
  context.on('request', (request) => asked.push(new URL(request.url()).host));
  await app.page.reload();
  await expectReading(app.page, firstTitle);
  expect(new Set(asked)).toEqual(new Set([new URL(app.page.url()).host]));
});
