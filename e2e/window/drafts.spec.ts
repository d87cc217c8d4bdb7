import type { CDPSession, Page } from '@playwright/test';
import { type App, expect, test } from '../fixtures.ts';
import { findings } from './axe.ts';
import { expectNote, expectSaved, note, noteField, rewriteNote } from './note-parts.ts';
import { expectReading, firstTitle, row, secondTitle, writeNote } from './parts.ts';

/** Lets no timer of the page fire any more, so that nothing typed is saved by the pause after it. */
async function stopClock(page: Page): Promise<void> {
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 60_000);
}

/** Types at the end of the current paper's note, and waits until the program has been told of it; answers the paper's id. */
async function typeUnsaved(page: Page, text: string): Promise<string> {
  const kept = page.waitForResponse(
    (response) =>
      response.url().endsWith('/api/call/drafts.keep') &&
      String(response.request().postDataJSON().drafts[0]?.text).endsWith(text),
  );
  await writeNote(page, text);
  return (await kept).request().postDataJSON().drafts[0].id;
}

/** Changes a note behind the page's back, as another program on the same library does. */
async function setNote(page: Page, id: string, text: string): Promise<void> {
  const status = await page.evaluate(async (body) => {
    const headers = { 'Content-Type': 'application/json' };
    return (await fetch('api/call/note.set', { method: 'POST', headers, body })).status;
  }, JSON.stringify({ id, text }));
  expect(status).toBe(200);
}

/** Ends the process that draws the page, as a fault in it would: nothing of the page runs any more. */
async function crash(page: Page): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page);
  const crashed = page.waitForEvent('crash');
  session.send('Page.crash').catch(() => {});
  await crashed;
  return session;
}

/** The page that follows one that has crashed, with what its browser keeps for the tab; Playwright leaves that for dead. */
async function pageAfter(app: App, crashed: Page): Promise<Page> {
  const kept = await crashed.evaluate(() => ({ ...sessionStorage }));
  const address = crashed.url();
  await crash(crashed);
  const page = await crashed.context().newPage();
  await page.addInitScript((entries) => {
    for (const [key, value] of Object.entries(entries)) sessionStorage.setItem(key, value);
  }, kept);
  await page.goto(address);
  await expect(note(page)).toBeVisible();
  expect(app.page).toBe(crashed);
  return page;
}

test.describe('in a browser', () => {
  test.beforeEach(({ app: _ }, { project }) => {
    test.skip(project.name !== 'browser', 'it is a tab of the browser’s that crashes');
  });

  test('a page that breaks off while a note is written comes back with the text in the editor, and saves it', async ({
    app,
  }) => {
    const { page } = app;
    await row(page, secondTitle).click();
    await expectReading(page, secondTitle);
    await stopClock(page);
    const saves: string[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith('/api/call/note.set')) saves.push(request.url());
    });
    await typeUnsaved(page, 'typed a moment ago');
    expect(saves).toEqual([]);
    const session = await crash(page);
    // The same tab, which Playwright gives up: so it is asked by the protocol alone.
    await session.send('Page.reload');
    const read = async (expression: string) => (await session.send('Runtime.evaluate', { expression })).result.value;
    await expect
      .poll(() => read(`document.activeElement?.matches('.cm-content') && document.activeElement.textContent`))
      .toBe('typed a moment ago');
    await expect.poll(() => read(`document.querySelector('.note-state')?.textContent`)).toBe('Saved');
    expect(await read(`document.querySelector('.paper-title').textContent`)).toBe(secondTitle);
    expect(await read(`JSON.stringify([{ ...localStorage }, { ...sessionStorage }])`)).not.toContain('typed');
    await app.kill();
    expect(await app.offprint('list', 'note:moment')).toContain(secondTitle);
  });

  for (const [choice, expected] of [
    ['Keep this text', 'first, and mine'],
    ['Take the saved one', 'changed meanwhile'],
    ['Keep both', /^changed meanwhile\s+---\s+first, and mine$/],
  ] as const) {
    test(`where the note has been changed meanwhile neither text is lost: ${choice}`, async ({ app }) => {
      const { page } = app;
      await rewriteNote(page, 'first');
      // What is typed now never arrives; a stopped clock would stop the page that follows, too.
      await page.route('**/api/call/note.set', (route) =>
        route.request().postDataJSON().text.endsWith('mine') ? undefined : route.continue(),
      );
      await setNote(page, await typeUnsaved(page, ', and mine'), 'changed meanwhile');
      const again = await pageAfter(app, page);
      const question = note(again).getByRole('alert');
      await expect(question).toContainText('Not saved: it was changed elsewhere, too');
      await expect(question.getByText('changed meanwhile')).toBeHidden();
      await expectNote(again, 'first, and mine');
      await expect(noteField(again)).toBeFocused();
      expect(await findings(again)).toEqual([]);
      // By the keyboard: the question stands before the text.
      const button = question.getByRole('button', { name: choice, exact: true });
      await again.keyboard.press('Shift+Tab');
      for (
        let step = 0;
        step < 5 && !(await button.evaluate((element) => element === document.activeElement));
        step += 1
      )
        await again.keyboard.press('Shift+Tab');
      await expect(button).toBeFocused();
      await again.keyboard.press('Enter');
      await expect(question).toHaveCount(0);
      await expectSaved(again);
      await expectNote(again, expected);
      await again.keyboard.press('Escape');
      if (choice === 'Take the saved one') {
        await again.keyboard.press('ControlOrMeta+z');
        await expect(note(again)).toContainText('first, and mine');
      } else if (choice === 'Keep this text') {
        await again.keyboard.press('ControlOrMeta+z');
        await expect(note(again)).toContainText('changed meanwhile');
      }
    });
  }
});

test('loading anew after all is saved brings nothing up', async ({ app }) => {
  const { page } = app;
  await writeNote(page, 'saved');
  await expectSaved(page);
  await page.reload();
  await expectReading(page, firstTitle);
  await expect(note(page)).toContainText('saved');
  await expect(page.getByRole('grid')).toBeFocused();
  await expect(page.getByRole('region', { name: 'Messages' })).not.toContainText('back in');
});
