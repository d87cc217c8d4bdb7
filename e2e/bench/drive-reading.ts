import { setTimeout as pause } from 'node:timers/promises';
import { type Browser, type CDPSession, chromium, type Page } from '@playwright/test';
import { browserArguments, findBrowser } from '../browser.ts';
import { served } from './drive-window.ts';

/** Milliseconds from the key that selects a paper to its painted abstract, per paper. */
export interface ReadingSamples {
  /** Of papers that were not shown before in this window. */
  cold: number[];
  /** Of the last of them, gone back to. */
  warm: number[];
  /** What the page's own thread worked for each, whatever else the machine did. */
  work: Record<'cold' | 'warm', PageWork>;
}

/** Processor time of the page's thread, in milliseconds a paper. */
export type PageWork = Record<'whole' | 'script' | 'style' | 'layout', number>;

/** Milliseconds between a reader's keys: one who only skims. */
const betweenKeys = 50;
/** One of a screen's, in milliseconds. Keys come at any moment of it, and not always at the same one. */
const frame = 1000 / 60;

/** Puts a clock into the page: from a key to the frame that has another title, and its abstract, on the page. */
async function installReadingClock(page: Page): Promise<void> {
  await page.addInitScript(() => {
    let began = 0;
    let waiting: Promise<number> = Promise.resolve(0);
    const shown = () => document.querySelector('.paper .paper-title')?.textContent ?? '';
    window.addEventListener(
      'keydown',
      (event) => {
        began = event.timeStamp;
      },
      { capture: true },
    );
    const clock = {
      arm() {
        const before = shown();
        waiting = new Promise((resolve) => {
          const observer = new MutationObserver(() => {
            if (shown() === before || document.querySelector('.paper .abstract') === null) return;
            observer.disconnect();
            requestAnimationFrame(() => {
              // A task that follows the painting of the frame.
              const channel = new MessageChannel();
              channel.port1.onmessage = () => resolve(performance.now() - began);
              channel.port2.postMessage(null);
            });
          });
          observer.observe(document.body, { subtree: true, childList: true, characterData: true });
        });
      },
      painted: () => waiting,
    };
    Object.assign(window, { offprintReading: clock });
  });
}

type ReadingWindow = Window & { offprintReading: { arm(): void; painted(): Promise<number> } };

async function launch(): Promise<Browser> {
  const executablePath = findBrowser();
  return chromium.launch({
    args: [...browserArguments],
    ...(executablePath === null ? {} : { executablePath }),
  });
}

async function openPage(browser: Browser): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
  await installReadingClock(page);
  return page;
}

async function select(page: Page, key: string): Promise<number> {
  await page.evaluate(() => (window as unknown as ReadingWindow).offprintReading.arm());
  await page.keyboard.press(key);
  const taken = await page.evaluate(() => (window as unknown as ReadingWindow).offprintReading.painted());
  await pause(betweenKeys + Math.random() * frame);
  return taken;
}

/** What the page's thread has worked since it began, in milliseconds. */
async function worked(session: CDPSession): Promise<PageWork> {
  const { metrics } = await session.send('Performance.getMetrics');
  const of = (wanted: string) => 1000 * (metrics.find(({ name }) => name === wanted)?.value ?? Number.NaN);
  return {
    whole: of('TaskDuration'),
    script: of('ScriptDuration'),
    style: of('RecalcStyleDuration'),
    layout: of('LayoutDuration'),
  };
}

function workEach(before: PageWork, after: PageWork, papers: number): PageWork {
  const each = (kind: keyof PageWork) => (after[kind] - before[kind]) / papers;
  return { whole: each('whole'), script: each('script'), style: each('style'), layout: each('layout') };
}

/**
 * Goes through the papers of a library one by one, and back over the last of them.
 * @param folder a library
 * @param papers how many to go through
 * @param back how many to go back over
 */
export async function driveReading(folder: string, papers: number, back: number): Promise<ReadingSamples> {
  const server = await served(folder);
  const browser = await launch();
  try {
    const page = await openPage(browser);
    await page.goto(server.url);
    await page.locator('[data-index="0"][data-status]').waitFor();
    // What is loaded once, is loaded by the first few.
    for (let index = 0; index < 5; index += 1) await select(page, 'j');
    const cold: number[] = [];
    const warm: number[] = [];
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable', { timeDomain: 'threadTicks' });
    const started = await worked(session);
    for (let index = 0; index < papers - 6; index += 1) cold.push(await select(page, 'j'));
    const turned = await worked(session);
    for (let index = 0; index < back; index += 1) warm.push(await select(page, 'k'));
    const work = {
      cold: workEach(started, turned, cold.length),
      warm: workEach(turned, await worked(session), warm.length),
    };
    return { cold, warm, work };
  } finally {
    await browser.close();
    server.process.kill('SIGTERM');
    await new Promise((resolve) => server.process.once('exit', resolve));
  }
}

/**
 * The same keys, on a page that does nothing with them but write another title over a fixed paragraph: what is
 * left of the time is the browser's, and the wait for the next frame.
 * @param keys how many
 */
export async function driveBarePage(keys: number): Promise<number[]> {
  const browser = await launch();
  try {
    const page = await openPage(browser);
    await page.goto('about:blank');
    await page.evaluate(() => {
      const [paper, title, abstract] = ['article', 'h2', 'p'].map((name) => document.createElement(name));
      if (!paper || !title || !abstract) return;
      [paper.className, title.className, abstract.className] = ['paper', 'paper-title', 'abstract'];
      abstract.textContent = 'An abstract.';
      paper.append(title, abstract);
      document.body.append(paper);
      let count = 0;
      window.addEventListener('keydown', () => {
        count += 1;
        title.textContent = `Paper ${count}`;
      });
    });
    const times: number[] = [];
    for (let index = 0; index < keys; index += 1) times.push(await select(page, 'j'));
    return times;
  } finally {
    await browser.close();
  }
}
