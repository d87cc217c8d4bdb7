import { basename, dirname, join } from 'node:path';
import { pageCode } from '../built-code.ts';
import { expect, test } from '../fixtures.ts';

const root = dirname(dirname(import.meta.dirname));

declare global {
  interface Window {
    offprintIdle: { waiting: IdleRequestCallback[]; hadRow: boolean[] };
  }
}

test('until the first row is shown, the page asks for nothing but what that needs', async ({ app, context }, {
  project,
}) => {
  test.skip(project.name === 'electron', 'Playwright watches the first page of Electron only after it has begun');
  await app.quit();
  const asked: string[] = [];
  context.on('request', (request) => asked.push(basename(new URL(request.url()).pathname)));
  await context.addInitScript(() => {
    // The time with nothing to do comes when the test says so; and each time that it is asked for, was there a row?
    const idle: Window['offprintIdle'] = { waiting: [], hadRow: [] };
    window.offprintIdle = idle;
    window.requestIdleCallback = (work) => {
      idle.hadRow.push(document.querySelector('[data-index="0"][data-status]') !== null);
      return idle.waiting.push(work);
    };
  });
  const page = await app.start();
  await expect(page.locator('[data-index="0"][data-status]')).toBeVisible();
  const { first, later } = pageCode(join(root, 'out/renderer'));
  const code = () => asked.filter((name) => /\.(?:js|css)$/.test(name));
  expect([...code()].sort()).toEqual(first.map(({ name }) => name).sort());

  // A moment later the dialogs come, so that they open at once. Others wait for such a moment, too, and none before the row.
  const names = later.map(({ name }) => name);
  const dialogs = () => code().filter((name) => /^(?:palette|tags|import)-dialog-.*\.js$/.test(name)).length;
  await expect
    .poll(async () => {
      await page.evaluate(() => {
        for (const work of window.offprintIdle.waiting.splice(0)) work({ didTimeout: false, timeRemaining: () => 50 });
      });
      return dialogs();
    })
    .toBe(3);
  expect(await page.evaluate(() => window.offprintIdle.hadRow)).not.toContain(false);
  for (const name of code().slice(first.length)) expect(names).toContain(name);
});
