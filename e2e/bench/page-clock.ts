import type { Page } from '@playwright/test';

/** What the page itself measures; put there by {@link installClock}. Times in milliseconds. */
interface PageClock {
  /** Waits for the next answer of the list: from the last key or click to the frame that shows it. */
  painted: () => Promise<number>;
  arm(): void;
  /** Milliseconds from sending a call to its answer, of the last one of each name. */
  calls: Record<string, number>;
  /** Scrolls a grid and tells how long each frame took and how many of its rows were blank in it. */
  scroll(frames: number, step: number | null): Promise<{ frames: number[]; blank: number; rows: number }>;
}

declare global {
  interface Window {
    offprintClock: PageClock;
  }
}

/** Puts the clock into every document that the page opens. */
export async function installClock(page: Page): Promise<void> {
  await page.addInitScript(() => {
    let began = 0;
    let waiting: Promise<number> = Promise.resolve(0);
    const note = (event: Event) => {
      began = event.timeStamp;
    };
    window.addEventListener('keydown', note, { capture: true });
    window.addEventListener('pointerdown', note, { capture: true });

    const calls: Record<string, number> = {};
    const plain = window.fetch;
    window.fetch = async (...request) => {
      const from = performance.now();
      const response = await plain(...request);
      const name = /\/api\/call\/(.+)$/.exec(String(request[0]))?.[1];
      if (name !== undefined) calls[name] = performance.now() - from;
      return response;
    };

    /** After the frame that shows what has just changed: a task that follows its painting. */
    const afterPaint = () =>
      new Promise<number>((resolve) => {
        requestAnimationFrame(() => {
          const channel = new MessageChannel();
          channel.port1.onmessage = () => resolve(performance.now());
          channel.port2.postMessage(null);
        });
      });

    window.offprintClock = {
      calls,
      arm() {
        waiting = new Promise((resolve) => {
          const opened = () => document.querySelector('[role="grid"]')?.getAttribute('data-opened');
          const before = opened();
          const observer = new MutationObserver(() => {
            if (opened() === before) return;
            observer.disconnect();
            void afterPaint().then((at) => resolve(at - began));
          });
          const attributes = { attributes: true, attributeFilter: ['data-opened'] };
          observer.observe(document.body, { ...attributes, subtree: true, childList: true });
        });
      },
      painted: () => waiting,
      async scroll(frames, step) {
        const grid = document.querySelector<HTMLElement>('[role="grid"]');
        if (!grid) throw new Error('there is no list');
        const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
        const whole = grid.scrollHeight - grid.clientHeight;
        const by = step ?? whole / frames;
        const taken: number[] = [];
        let blank = 0;
        let rows = 0;
        let last = await nextFrame();
        for (let frame = 1; frame <= frames; frame += 1) {
          grid.scrollTop = Math.min(whole, step === null ? frame * by : grid.scrollTop + by);
          const now = await nextFrame();
          taken.push(now - last);
          last = now;
          const shown = [...grid.querySelectorAll('[data-index]')];
          rows += shown.length;
          blank += shown.filter((row) => row.getAttribute('aria-busy') === 'true').length;
        }
        return { frames: taken, blank, rows };
      },
    };
  });
}

/** Does something in the window and tells how long it took from the key or click until the list's answer was painted. */
export async function untilPainted(page: Page, act: () => Promise<unknown>): Promise<number> {
  await page.evaluate(() => window.offprintClock.arm());
  await act();
  return page.evaluate(() => window.offprintClock.painted());
}
