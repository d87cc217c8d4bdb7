import type { Locator, Page } from '@playwright/test';
import { expect } from '../fixtures.ts';

/** Title of the first paper of the bundled capture. */
export const firstTitle = 'Adversarial Imitation Learning via Boosting';
/** Title of the second. */
export const secondTitle = 'Small LLMs Are Weak Tool Learners: A Multi-LLM Agent';
/** Title of the last. */
export const lastTitle = 'Making the Most of your Model: Methods for Finetuning and Applying Pretrained Transformers';

/** The list. */
export function grid(page: Page): Locator {
  return page.getByRole('grid');
}

/** The search box. */
export function searchBox(page: Page): Locator {
  return page.getByRole('combobox', { name: 'Search' });
}

/** The row of the paper whose title begins with `title`. */
export function row(page: Page, title: string): Locator {
  return grid(page).getByRole('row').filter({ hasText: title });
}

/** The selected rows. */
export function selected(page: Page): Locator {
  return grid(page).getByRole('row', { selected: true });
}

/** The reader pane's status control. */
export function statusRadio(page: Page, label: string): Locator {
  return page.getByRole('region', { name: 'Reader' }).getByRole('radio', { name: label, exact: true });
}

/** An entry of the views pane. */
export function view(page: Page, label: string): Locator {
  return page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: new RegExp(`^${label} `) });
}

/** Expects what the views pane says of how many papers a view holds. */
export async function expectCount(page: Page, label: string, count: number): Promise<void> {
  await expect(view(page, label)).toHaveAccessibleName(`${label} ${count} paper${count === 1 ? '' : 's'}`);
}

/** The titles of the first `count` rows at this moment; empty for one that is not there. */
export function firstTitles(page: Page, count: number): Promise<string[]> {
  return grid(page).evaluate((element, wanted) => {
    const titleAt = (at: number) => element.querySelector(`[role=row][aria-rowindex="${at + 2}"] .title`)?.textContent;
    return Array.from({ length: wanted }, (_, at) => titleAt(at) ?? '');
  }, count);
}

/** Expects the title of the paper in the reader pane. */
export async function expectReading(page: Page, title: string): Promise<void> {
  await expect(page.getByRole('article').getByRole('heading', { level: 2 })).toHaveText(title);
}

/** Gives the window a size, and waits until its panes stand as they do at that size. */
export async function resize(page: Page, width: number, height: number): Promise<void> {
  await page.setViewportSize({ width, height });
  // The page hears of it later, and a key may be faster.
  await expect.poll(() => page.evaluate(() => [innerWidth, innerHeight])).toEqual([width, height]);
  await expect(page.getByRole('navigation', { name: 'Views' })).toBeVisible({ visible: width >= 640 });
  await expect(page.getByRole('region', { name: 'Reader' })).toBeVisible({ visible: width >= 900 });
}

/** Opens the note of the current paper, and writes at its end, once its editor is there. */
export async function writeNote(page: Page, text: string): Promise<void> {
  await page.keyboard.press('n');
  await expect(page.locator('.cm-content')).toBeFocused();
  await page.keyboard.type(text);
}

/** Goes to the search box; what is typed next replaces what stands there. */
export async function goToSearch(page: Page): Promise<void> {
  await page.keyboard.press('/');
  await expect(searchBox(page)).toBeFocused();
}

/** Opens the tags of what is selected, and waits until they can be typed. */
export async function openTags(page: Page): Promise<void> {
  await page.keyboard.press('t');
  await expect(page.getByRole('combobox', { name: 'Add a tag' })).toBeFocused();
}

/** Leaves the dialog that is open by Escape. */
export async function leaveDialog(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
}

/** Puts the pointer on a message with this text, under which it stays as long as it is wanted. */
export async function hold(page: Page, message: string | RegExp): Promise<void> {
  await page.getByRole('region', { name: 'Messages' }).getByText(message).hover();
}

/** Expects how many rows the list has, as a screen reader is told; the header row is one of them. */
export async function expectRows(page: Page, count: number): Promise<void> {
  await expect(grid(page)).toHaveAttribute('aria-rowcount', String(count + 1));
}

/** The text on the clipboard, by pasting it: the desktop's page may not read it. The focus is then where it was. */
export async function copiedText(page: Page): Promise<string> {
  const focused = await page.evaluateHandle(() => document.activeElement);
  const field = await page.evaluateHandle(() => {
    const made = document.createElement('textarea');
    // Within a dialog, if one is open: nothing else takes the focus then.
    (document.activeElement?.closest('dialog') ?? document.body).append(made);
    made.focus();
    return made;
  });
  await page.keyboard.press('ControlOrMeta+v');
  const text = await field.evaluate((made) => {
    const { value } = made;
    made.remove();
    return value;
  });
  await focused.evaluate((element) => {
    if (element instanceof HTMLElement) element.focus();
  });
  return text;
}
