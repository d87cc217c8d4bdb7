import { type App, expect, test } from '../fixtures.ts';
import { findings } from './axe.ts';
import { expectNote, expectSaved, note } from './note-parts.ts';
import { expectCount, expectReading, firstTitle, leaveDialog, row, secondTitle, writeNote } from './parts.ts';

/** Lets no timer of the page fire any more: what is saved from here on is saved by something else than the pause. */
async function stopClock(page: App['page']): Promise<void> {
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 60_000);
}

/** The notes that the page sends to be saved. */
function sentNotes(page: App['page']): string[] {
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/api/call/note.set')) sent.push(request.postDataJSON().text);
  });
  return sent;
}

test.describe('in a browser', () => {
  test.beforeEach(({ browserName: _ }, { project }) => {
    test.skip(project.name !== 'browser', 'the desktop window calls its library otherwise');
  });

  for (const [when, leave] of [
    ['the tab goes into the background', 'visibilitychange'],
    ['the page is stopped in the background', 'freeze'],
  ] as const) {
    test(`what was typed is saved at once when ${when}`, async ({ app }) => {
      const { page } = app;
      const sent = sentNotes(page);
      await stopClock(page);
      await writeNote(page, 'typed a moment ago');
      expect(sent).toEqual([]);
      await page.evaluate((event) => {
        Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
        document.dispatchEvent(new Event(event));
      }, leave);
      await expectSaved(page);
      expect(sent).toEqual(['typed a moment ago']);
      await app.kill();
      expect(await app.offprint('list', 'has:note')).toContain(firstTitle);
    });
  }

  test('what was typed is saved when the focus goes elsewhere, or to another paper', async ({ app }) => {
    const { page } = app;
    const sent = sentNotes(page);
    await stopClock(page);
    await writeNote(page, 'first');
    await page.keyboard.press('ControlOrMeta+2');
    await expectSaved(page);
    await row(page, secondTitle).click();
    await expectReading(page, secondTitle);
    await writeNote(page, 'second');
    await row(page, firstTitle).click();
    await expectCount(page, 'With notes', 2);
    expect(sent).toEqual(['first', 'second']);
  });

  test('Saved is said of nothing but what is on the disk, and Saving of what takes long', async ({ app }) => {
    const { page } = app;
    const answer = Promise.withResolvers<void>();
    await page.route('**/api/call/note.set', async (route) => {
      await answer.promise;
      await route.continue();
    });
    await writeNote(page, 'on its way');
    await expect(page.locator('.note-state')).toHaveText('Saving…');
    await page.keyboard.press('Escape');
    await expect(note(page)).toContainText('on its way');
    await expect(page.locator('.note-state')).toHaveText('Saving…');
    answer.resolve();
    await expectSaved(page);
  });

  test('a note that cannot be saved stays with its error, on Retry, Copy and other papers, until it is saved', async ({
    app,
    context,
  }) => {
    const { page } = app;
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const message = 'The journal could not be written (ENOSPC). Nothing of it was changed.';
    await page.route('**/api/call/note.set', (route) =>
      route.fulfill({ json: { ok: false, error: { code: 'unreadable', message } } }),
    );
    await writeNote(page, 'precious');
    const alert = note(page).getByRole('alert');
    await expect(alert).toContainText(`Not saved. ${message} The text is kept here.`);
    await expect(page.locator('.note-state')).toBeEmpty();
    expect(await findings(page)).toEqual([]);
    await alert.getByRole('button', { name: 'Copy' }).click();
    await expect(page.getByRole('region', { name: 'Messages' })).toContainText('Note copied');
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('precious');
    await alert.getByRole('button', { name: 'Retry' }).click();
    await expect(alert).toContainText('Not saved');
    await expectNote(page, 'precious');
    await row(page, secondTitle).click();
    await expectReading(page, secondTitle);
    await expect(note(page).getByRole('alert')).toContainText('The note of another paper is not saved.');
    // What the note said before can be looked at, and takes the place of nothing that is not saved.
    await row(page, firstTitle).click();
    await expectReading(page, firstTitle);
    await page.keyboard.press('Shift+h');
    await expect(page.getByRole('dialog')).toContainText('There are none yet');
    await leaveDialog(page);
    await expect(note(page)).toContainText('precious');
    await page.unroute('**/api/call/note.set');
    await note(page).getByRole('button', { name: 'Retry' }).click();
    await expectSaved(page);
    await expect(note(page).getByRole('alert')).toHaveCount(0);
    await app.kill();
    expect(await app.offprint('list', 'note:precious')).toContain(firstTitle);
  });
});

test('closing and opening again, and loading anew, lose nothing that was typed', async ({ app }) => {
  const { page } = app;
  await writeNote(page, 'one, ');
  await page.reload();
  await expectReading(page, firstTitle);
  await expect(note(page)).toContainText('one,');
  await writeNote(page, 'two');
  await app.quit();
  const again = await app.start();
  await expect(note(again)).toContainText('one, two');
});
