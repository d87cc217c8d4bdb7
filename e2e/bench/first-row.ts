import type { BrowserContext, Page } from '@playwright/test';

/** When things happened in a page, in milliseconds since 1970, as other processes of this computer count them. */
export interface PageMoments {
  /** The page itself has come. */
  answered: number;
  /** Its code asks for the first time; null where it asks for nothing. */
  asked: number | null;
  /** The first rows have come; null where they are not asked for. */
  rowsCame: number | null;
  /** The frame that shows the first row is painted. */
  firstRow: number;
  /** Rows in the page at that moment. */
  rows: number;
}

declare global {
  interface Window {
    offprintFirstRow?: Promise<{ at: number; rows: number }>;
  }
}

/** Runs in the page: notes when the first row is painted, or that it was there already. */
function watchForFirstRow(): void {
  window.offprintFirstRow ??= new Promise((resolve) => {
    const observer = new MutationObserver(look);
    function look(): void {
      if (document.querySelector('[data-index="0"][data-status]') === null) return;
      observer.disconnect();
      requestAnimationFrame(() => {
        // A task that follows the painting of that frame.
        const channel = new MessageChannel();
        channel.port1.onmessage = () =>
          resolve({ at: Date.now(), rows: document.querySelectorAll('[data-index]').length });
        channel.port2.postMessage(null);
      });
    }
    const attributes = { attributes: true, attributeFilter: ['data-status'] };
    observer.observe(document, { ...attributes, subtree: true, childList: true });
    look();
  });
}

/** Has every page that is opened from now on note when its first row is painted. */
export async function installFirstRow(pages: Page | BrowserContext): Promise<void> {
  await pages.addInitScript(watchForFirstRow);
}

/** Waits for the first row of a page. One that nobody watched from its beginning is watched from now on. */
export async function firstRowOf(page: Page): Promise<PageMoments> {
  await page.evaluate(watchForFirstRow);
  return await page.evaluate(async () => {
    const { at, rows } = (await window.offprintFirstRow) ?? { at: Number.NaN, rows: 0 };
    const began = Date.now() - performance.now();
    const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
    const calls = (performance.getEntriesByType('resource') as PerformanceResourceTiming[]).filter(({ name }) =>
      name.includes('/api/call/'),
    );
    const list = calls.find(({ name }) => name.endsWith('/list.open'));
    return {
      answered: began + (navigation?.responseEnd ?? Number.NaN),
      asked: calls.length === 0 ? null : began + Math.min(...calls.map(({ startTime }) => startTime)),
      rowsCame: list ? began + list.responseEnd : null,
      firstRow: at,
      rows,
    };
  });
}
