import type { Locator, Page } from '@playwright/test';
import { triageCommands } from '../../shared/commands.ts';
import { expect, test } from '../fixtures.ts';
import { findings } from './axe.ts';
import { expectCount, expectReading, firstTitle, grid, leaveDialog, openTags, row, secondTitle } from './parts.ts';

/** The page of the paper that is looked at. */
const page = (window: Page): Locator => window.getByRole('application');

/** Expects the paper that is looked at, and its place. */
async function expectAt(window: Page, place: string, title: string): Promise<void> {
  await expect(page(window).getByRole('heading', { level: 2 })).toHaveText(title);
  await expect(page(window)).toHaveAccessibleName(`${place}: ${title}`);
  await expect(page(window)).toBeFocused();
}

/** What a screen reader was told last. */
const told = (window: Page): Locator => window.locator('p.unseen[role=status]').last();

async function begin(window: Page): Promise<void> {
  await window.keyboard.press('Shift+t');
  await expect(page(window)).toBeFocused();
}

const action = (window: Page, name: string): Locator =>
  window.getByRole('toolbar', { name: 'Decide' }).getByRole('button', { name, exact: true });

test('decides on one key and goes on, back and on again, and ends in the list on that paper', async ({ app }) => {
  const window = app.page;
  await begin(window);
  await expectAt(window, '1 of 55', firstTitle);
  await expect(page(window)).toContainText('Adversarial imitation learning (AIL) has stood out');
  await window.keyboard.press('m');
  await expectAt(window, '2 of 55', secondTitle);
  await expect(told(window)).toHaveText(`Read. 2 of 55: ${secondTitle}`);
  await expect(window.getByText(`Read ${firstTitle}`)).toBeVisible();
  await window.keyboard.press('q');
  await window.keyboard.press('x');
  await window.keyboard.press('r');
  await window.keyboard.press('j');
  await expect(page(window)).toHaveAccessibleName(/^6 of 55: /);
  for (let step = 0; step < 4; step += 1) await window.keyboard.press('k');
  await expectAt(window, '2 of 55', secondTitle);
  await expect(action(window, 'To read')).toHaveAttribute('aria-pressed', 'true');
  await window.keyboard.press('Escape');
  await expect(grid(window)).toBeFocused();
  await expectReading(window, secondTitle);
  for (const label of ['Read', 'To read', 'Reading', 'Skipped']) await expectCount(window, label, 1);
  // The rows have not moved.
  await expect(row(window, firstTitle).getByRole('gridcell', { name: 'Read', exact: true })).toBeVisible();
});

test('the next paper is there in the frame of the key', async ({ app }) => {
  const window = app.page;
  // A reader looks at a paper before deciding: meanwhile those ahead are fetched, however slow the machine.
  const fetching = new Set<unknown>();
  const ended = (request: unknown) => void fetching.delete(request);
  window.on('request', (request) => request.url().endsWith('/paper.get') && fetching.add(request));
  window.on('requestfinished', ended);
  window.on('requestfailed', ended);
  await begin(window);
  const seen: string[] = [];
  for (let step = 0; step < 12; step += 1) {
    await expect.poll(() => fetching.size).toBe(0);
    seen.push(
      await window.evaluate(
        () =>
          new Promise<string>((resolve) => {
            document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: 'x', bubbles: true }));
            requestAnimationFrame(() => {
              const of = (what: string) => document.querySelector(`.triage ${what}`)?.textContent ?? '';
              resolve(`${of('.triage-place')} ${of('article').length > 300 ? 'whole' : 'in part'}`);
            });
          }),
      ),
    );
  }
  expect(seen).toEqual(Array.from({ length: 12 }, (_, at) => `${at + 2} of 55 whole`));
});

test('stars, tags and notes stay on the paper; undo goes back to the paper undone', async ({ app }) => {
  const window = app.page;
  await begin(window);
  await window.keyboard.press('s');
  await expect(action(window, 'Star')).toHaveAttribute('aria-pressed', 'true');
  await openTags(window);
  await window.keyboard.type('imitation');
  await window.keyboard.press('Enter');
  await window.keyboard.press('Enter');
  await expect(window.getByRole('dialog')).toHaveCount(0);
  await expectAt(window, '1 of 55', firstTitle);
  await expect(page(window)).toContainText('imitation');
  // Where it has tags, the next one is typed all the same, and what is typed in moves nowhere.
  await openTags(window);
  const field = window.getByRole('combobox', { name: 'Add a tag' });
  const place = await field.boundingBox();
  await window.keyboard.type('boost');
  expect(await field.boundingBox()).toEqual(place);
  await leaveDialog(window);
  await expect(page(window)).toBeFocused();
  await window.keyboard.press('n');
  await expect(window.getByRole('textbox', { name: 'Note' })).toBeFocused();
  await window.keyboard.type('m is text here');
  await expect(window.locator('.triage .note-state')).toHaveText('Saved');
  await window.keyboard.press('Escape');
  await expectAt(window, '1 of 55', firstTitle);
  await expect(window.locator('.triage').getByText('m is text here')).toBeVisible();

  await window.keyboard.press('j');
  await window.keyboard.press('m');
  await window.keyboard.press('x');
  await window.keyboard.press('u');
  await expect(page(window)).toHaveAccessibleName(/^3 of 55: /);
  await expect(told(window)).toHaveText(/^Undone\. 3 of 55: /);
  await window.keyboard.press('u');
  await expectAt(window, '2 of 55', secondTitle);
  await expect(action(window, 'Read')).toHaveAttribute('aria-pressed', 'false');
  await window.keyboard.press('ControlOrMeta+Shift+z');
  await expect(page(window)).toHaveAccessibleName(/^3 of 55: /);
  await window.keyboard.press('Escape');
  await expectCount(window, 'Read', 1);
  await expectCount(window, 'Skipped', 0);
  await expectCount(window, 'Starred', 1);
  await expectCount(window, 'imitation', 1);
  await expectCount(window, 'With notes', 1);
});

test('scrolls a long abstract by Space before it goes on', async ({ app }) => {
  const window = app.page;
  await window.setViewportSize({ width: 900, height: 500 });
  await begin(window);
  const top = () => page(window).evaluate((element) => element.scrollTop);
  await window.keyboard.press('Space');
  await expect.poll(top).toBeGreaterThan(0);
  await window.keyboard.press('Shift+Space');
  await expect.poll(top).toBe(0);
  const name = () => page(window).getAttribute('aria-label');
  for (let press = 0; press < 20 && (await name()) === `1 of 55: ${firstTitle}`; press += 1)
    await window.keyboard.press('Space');
  await expectAt(window, '2 of 55', secondTitle);
  expect(await top()).toBe(0);
  await window.keyboard.press('Escape');
  // Going on is no decision.
  await expectCount(window, 'Inbox', 55);
});

test('goes through a selection, sums up, and goes another round, to a view, or back on everything', async ({ app }) => {
  const window = app.page;
  for (let step = 0; step < 3; step += 1) await window.keyboard.press('Shift+j');
  await begin(window);
  await expectAt(window, '1 of 4', firstTitle);
  for (const key of ['m', 's', 'q', 'j', 'x']) await window.keyboard.press(key);
  const summary = window.getByRole('region', { name: 'The end of Inbox' });
  await expect(summary).toContainText('3 of 4 papers in');
  await expect(summary.getByRole('listitem')).toHaveText(['1read', '1to read', '1skipped', '1starred', '1left']);
  await expect(summary.getByRole('button', { name: 'Back to the list' })).toBeFocused();
  await expect(told(window)).toContainText('End of Inbox, selected, 3 of 4 decided');

  // What is left, in another round.
  await window.keyboard.press('Tab');
  await window.keyboard.press('Enter');
  await expect(page(window)).toHaveAccessibleName(/^1 of 1: /);
  await window.keyboard.press('q');
  const all = window.getByRole('region', { name: 'All decided' });
  await expect(all.getByRole('listitem')).toHaveText(['1to read']);
  await all.getByRole('button', { name: 'Go to To read' }).press('Enter');
  await expect(window.getByRole('heading', { name: 'To read', level: 2 })).toBeVisible();
  await expect(grid(window)).toBeFocused();
  await expect(grid(window)).toHaveAttribute('aria-rowcount', '3');

  // Everything of a round is taken back at once.
  await window.keyboard.press('ControlOrMeta+a');
  await begin(window);
  for (const key of ['m', 'm']) await window.keyboard.press(key);
  await window.getByRole('button', { name: 'Undo all' }).press('Enter');
  await expect(page(window)).toHaveAccessibleName(/^1 of 2: /);
  await window.keyboard.press('Escape');
  await expectCount(window, 'Read', 1);
  await expectCount(window, 'To read', 2);
  // The list's own Undo goes on where the round began.
  await window.keyboard.press('ControlOrMeta+z');
  await expectCount(window, 'To read', 1);
});

test('says so where there is nothing to go through', async ({ app }) => {
  const window = app.page;
  await window.keyboard.type('gd');
  await expect(window.getByRole('heading', { name: 'Read', level: 2 })).toBeVisible();
  await window.keyboard.press('Shift+t');
  await expect(window.getByRole('region', { name: 'Nothing to go through' })).toContainText('No paper is in Read.');
  expect(await findings(window)).toEqual([]);
  await window.keyboard.press('Escape');
  await expect(grid(window)).toBeFocused();
});

test('keeps decisions that could not be saved, says so, and saves them in order', async ({ app }, { project }) => {
  test.skip(project.name !== 'browser', 'calls cannot be intercepted there');
  const window = app.page;
  app.expectTrouble(/net::ERR/);
  await begin(window);
  await window.route('**/api/call/papers.mark', (route) => route.abort());
  await window.keyboard.press('m');
  await window.keyboard.press('x');
  const failure = window.getByRole('alert').filter({ hasText: 'Not saved' });
  await expect(failure).toContainText('2 decisions are kept here.');
  expect(await findings(window)).toEqual([]);
  await window.keyboard.press('k');
  await expect(action(window, 'Skip')).toHaveAttribute('aria-pressed', 'true');
  await window.unroute('**/api/call/papers.mark');
  await failure.getByRole('button', { name: 'Retry' }).press('Enter');
  await expect(failure).toHaveCount(0);
  await window.keyboard.press('Escape');
  await expectCount(window, 'Read', 1);
  await expectCount(window, 'Skipped', 1);
});

test('the help begins with its keys, and the menu’s commands mean the same', async ({ app }) => {
  const window = app.page;
  await begin(window);
  await window.keyboard.press('?');
  const help = window.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(help.getByRole('heading', { level: 3 }).first()).toHaveText('Going through a view');
  for (const { label } of triageCommands) await expect(help).toContainText(label);
  await leaveDialog(window);
  await expectAt(window, '1 of 55', firstTitle);
  // Going to a view leaves the mode.
  await window.keyboard.press('ControlOrMeta+k');
  await window.keyboard.type('go to skipped');
  await window.keyboard.press('Enter');
  await expect(page(window)).toHaveCount(0);
  await expect(window.getByRole('heading', { name: 'Skipped', level: 2 })).toBeVisible();
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing in it, at any size, ${colorScheme}`, async ({ app }) => {
    test.setTimeout(5 * 60_000);
    const window = app.page;
    await window.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    for (let step = 0; step < 2; step += 1) await window.keyboard.press('Shift+j');
    await begin(window);
    for (const key of ['m', 's']) await window.keyboard.press(key);
    for (const [width, height] of [
      [1280, 800],
      [900, 600],
      [560, 420],
    ] as const) {
      await window.setViewportSize({ width, height });
      expect(await findings(window), `${width} × ${height}`).toEqual([]);
      const overflow = await window.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        const ofPage = document.querySelector('.triage-page');
        const last = document.querySelector('.triage-actions > :last-child')?.getBoundingClientRect();
        return [
          scrollWidth - clientWidth,
          (ofPage?.scrollWidth ?? 0) - (ofPage?.clientWidth ?? 0),
          (last?.bottom ?? 0) > innerHeight || (last?.right ?? 0) > innerWidth,
        ];
      });
      expect(overflow, `${width} × ${height}`).toEqual([0, 0, false]);
    }
    await window.keyboard.press('n');
    await expect(window.getByRole('textbox', { name: 'Note' })).toBeFocused();
    expect(await findings(window)).toEqual([]);
    await window.keyboard.press('Escape');
    for (const key of ['x', 'j']) await window.keyboard.press(key);
    await expect(window.getByRole('region', { name: 'The end of Inbox' })).toBeVisible();
    expect(await findings(window)).toEqual([]);
  });
}
