import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { runOffprint, type Served, startServed } from '../served.ts';
import { expectNote, expectSaved, note, noteField } from '../window/note-parts.ts';
import { expectReading, firstTitle, writeNote } from '../window/parts.ts';

let folder: string;
let dataFolder: string;
let served: Served | null;

test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'offprint-saving-'));
  dataFolder = join(folder, 'data');
  served = null;
});

test.afterEach(async () => {
  await served?.end('SIGKILL');
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

test('on a full disk a note stays with its error, and is saved once there is room', async ({ page }) => {
  const fullWhile = join(folder, 'full');
  served = await startServed({ dataFolder, fullWhile });
  await page.goto(served.url);
  await expectReading(page, firstTitle);
  await writeNote(page, 'before, ');
  await expectSaved(page);
  writeFileSync(fullWhile, '');
  await page.keyboard.type('and while it was full');
  await expect(note(page).getByRole('alert')).toContainText(/Not saved\. .*ENOSPC.* The text is kept here\./);
  await expectNote(page, 'before, and while it was full');
  await page.keyboard.press('Escape');
  await expect(note(page)).toContainText('before, and while it was full');
  rmSync(fullWhile);
  await note(page).getByRole('button', { name: 'Retry' }).click();
  await expectSaved(page);
  await served.end('SIGKILL');
  expect((await runOffprint(dataFolder, ['list', '"while it was full"'])).stdout).toContain(firstTitle);
});

test('a note is saved when the program is back at its address', async ({ page, context }) => {
  served = await startServed({ dataFolder });
  const { port } = served;
  await page.goto(served.url);
  await expectReading(page, firstTitle);
  await writeNote(page, 'before, ');
  await expectSaved(page);
  await served.end('SIGKILL');
  await page.keyboard.type('meanwhile, ');
  await expect(note(page).getByRole('alert')).toContainText('Offprint is not answering');
  served = await startServed({ dataFolder, port });
  // The page's key was that of the program before; it says what to do, and the text stays.
  await note(page).getByRole('button', { name: 'Retry' }).click();
  await expect(note(page).getByRole('alert')).toContainText('Open the one that Offprint printed.');
  await expectNote(page, 'before, meanwhile, ');
  const other = await context.newPage();
  await other.goto(served.url);
  await expectReading(other, firstTitle);
  await other.close();
  await note(page).getByRole('button', { name: 'Retry' }).click();
  await expectSaved(page);
  await noteField(page).focus();
  await page.keyboard.type('after');
  await expectSaved(page);
  await served.end('SIGKILL');
  expect((await runOffprint(dataFolder, ['list', '"before meanwhile after"'])).stdout).toContain(firstTitle);
});

test('a program that is told to stop saves first what was typed in its pages', async ({ page }) => {
  served = await startServed({ dataFolder });
  await page.goto(served.url);
  await expectReading(page, firstTitle);
  // No timer of the page fires any more: the note is saved by the program's own word, or not at all.
  await page.clock.install();
  await page.clock.pauseAt(Date.now() + 60_000);
  await writeNote(page, 'typed as it stopped');
  await served.end('SIGTERM');
  expect((await runOffprint(dataFolder, ['list', '"typed as it stopped"'])).stdout).toContain(firstTitle);
});
