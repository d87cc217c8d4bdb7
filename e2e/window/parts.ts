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

/** The titles of the first `count` rows, as shown. */
export async function firstTitles(page: Page, count: number): Promise<string[]> {
  const cells = grid(page)
    .locator('[role=row][aria-rowindex]')
    .filter({ has: page.getByRole('gridcell') });
  const titles: string[] = [];
  for (let index = 0; index < count; index += 1) {
    titles.push(await cells.nth(index).getByRole('gridcell').nth(2).innerText());
  }
  return titles;
}

/** Expects the title of the paper in the reader pane. */
export async function expectReading(page: Page, title: string): Promise<void> {
  await expect(page.getByRole('article').getByRole('heading', { level: 2 })).toHaveText(title);
}

/** Expects how many rows the list has, as a screen reader is told; the header row is one of them. */
export async function expectRows(page: Page, count: number): Promise<void> {
  await expect(grid(page)).toHaveAttribute('aria-rowcount', String(count + 1));
}
