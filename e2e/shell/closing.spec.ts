import { expect, test } from '../fixtures.ts';
import { expectNote } from '../window/note-parts.ts';
import { expectCount, writeNote } from '../window/parts.ts';
import { answerQuestions, closeWindow, expectEnded, fillDisk } from './shell-parts.ts';

test('the window stays until what was typed is saved, and then the program ends', async ({ app }) => {
  test.skip(process.platform === 'darwin', 'the program outlives its window there');
  await writeNote(app.page, 'typed right before the window was closed');
  await closeWindow(app);
  await expectEnded(app);
  const page = await app.start();
  await expectCount(page, 'With notes', 1);
  await expect(page.locator('.note')).toContainText('typed right before the window was closed');
});

test('quitting saves what was typed, from the menu and when the machine is turned off', async ({ app }) => {
  await writeNote(app.page, 'typed before quitting');
  await app.program.evaluate(({ app: program }) => program.quit(), null);
  await expectEnded(app);
  await app.start();
  await expect(app.page.locator('.note')).toContainText('typed before quitting');
  await writeNote(app.page, ', and again');
  await app.program.evaluate(({ powerMonitor }) => {
    powerMonitor.emit('shutdown', { preventDefault() {} });
  }, null);
  await expectEnded(app);
  await app.start();
  await expect(app.page.locator('.note')).toContainText('typed before quitting, and again');
});

test('a machine that goes to sleep has what was typed on the disk', async ({ app }) => {
  // No timer of the page fires any more: the note is saved by the program's own word, or not at all.
  await app.page.clock.install();
  await app.page.clock.pauseAt(Date.now() + 60_000);
  await writeNote(app.page, 'typed before the lid was closed');
  await app.program.evaluate(({ powerMonitor }) => {
    powerMonitor.emit('suspend');
  }, null);
  await expect(app.page.locator('.note-state')).toHaveText('Saved');
  await app.kill();
  await app.start();
  await expect(app.page.locator('.note')).toContainText('typed before the lid was closed');
});

test('a note that cannot be saved holds the window until the reader has decided', async ({ app }) => {
  const { page } = app;
  await writeNote(page, 'before');
  await expect(page.locator('.note-state')).toHaveText('Saved');
  await fillDisk(app, true);
  await page.keyboard.type(', and while the disk was full');
  const asked = await answerQuestions(app, 0);
  await closeWindow(app);
  await expect.poll(asked).toEqual(['A note could not be saved.']);
  // It stays, and the text with it; once there is room again, it closes as ever.
  await expectNote(page, 'before, and while the disk was full');
  await fillDisk(app, false);
  await closeWindow(app);
  if (process.platform === 'darwin') await app.quit();
  else await expectEnded(app);
  await app.start();
  await expect(app.page.locator('.note')).toContainText('before, and while the disk was full');

  await fillDisk(app, true);
  await writeNote(app.page, ', never saved');
  await answerQuestions(app, 1);
  await app.program.evaluate(({ app: program }) => program.quit(), null);
  await app.program.ended();
  await app.start();
  await expect(app.page.locator('.note')).toContainText('before, and while the disk was full');
  await expect(app.page.locator('.note')).not.toContainText('never saved');
});
