import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { type Browser, chromium, type Page } from '@playwright/test';
import { browserArguments, findBrowser } from '../browser.ts';
import { installClock, untilPainted } from './page-clock.ts';
import { typedQueries } from './typed-queries.ts';

const root = dirname(dirname(import.meta.dirname));

/** Time between a typist's keys, in milliseconds: that of a quick one. */
const betweenKeys = 100;
/** How often each view is opened, and the papers that are marked one by one. */
const openings = 5;
const marks = 40;

/** What a reader waits for in the window. Times in milliseconds, memory in megabytes. */
export interface WindowSamples {
  /** From each key to the painted rows. */
  typing: number[];
  /** From the key that opens a view to its painted rows, by view. */
  views: Record<string, number[]>;
  /** Frames of going through the whole list, and of going through a part of it row by row. */
  scrolling: Record<'whole' | 'rows', { frames: number[]; blankShare: number }>;
  /** From sending a mark to its answer, through the loopback connection. */
  marking: number[];
  memory: { service: number | null; page: number; pageHeap: number };
}

const viewKeys = {
  inbox: 'gi',
  queued: 'gq',
  reading: 'gr',
  read: 'gd',
  skipped: 'gx',
  starred: 'gs',
  notes: 'gn',
  all: 'ga',
};

/** Memory of a process in megabytes, where the system tells it. */
function residentMegabytes(pid: number): number | null {
  try {
    const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) / 1024;
  } catch {
    return null;
  }
}

/** Serves a library to a browser, as `offprint serve` does. */
export async function served(folder: string): Promise<{ url: string; process: ChildProcess; pid: number }> {
  const program = join(root, 'main/cli/main.ts');
  const args = ['--disable-warning=ExperimentalWarning', program, 'serve', '--no-open', '--json', '--data-dir', folder];
  const server = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const line = await new Promise<string>((resolve, reject) => {
    createInterface(server.stdout).once('line', resolve);
    server.once('exit', (code) => reject(new Error(`serve ended with ${code}`)));
  });
  const { url, pid } = JSON.parse(line) as { url: string; pid: number };
  return { url, process: server, pid };
}

async function typeQueries(page: Page): Promise<number[]> {
  const samples: number[] = [];
  for (const query of typedQueries) {
    await page.keyboard.press('/');
    for (const letter of query) {
      samples.push(await untilPainted(page, () => page.keyboard.type(letter)));
      await pause(betweenKeys);
    }
    // Emptied as a reader would, and that is no sample: it shows the view.
    await untilPainted(page, () => clearSearch(page));
    await page.keyboard.press('Escape');
  }
  return samples;
}

async function clearSearch(page: Page): Promise<void> {
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.press('Backspace');
}

async function openViews(page: Page): Promise<WindowSamples['views']> {
  const views: WindowSamples['views'] = {};
  for (let round = 0; round <= openings; round += 1) {
    for (const [view, keys] of Object.entries(viewKeys)) {
      const taken = await untilPainted(page, () => page.keyboard.type(keys));
      // The first round loads what is loaded once.
      if (round > 0) views[view] = [...(views[view] ?? []), taken];
      await pause(betweenKeys);
    }
  }
  return views;
}

async function scrollThrough(page: Page): Promise<WindowSamples['scrolling']> {
  await untilPainted(page, () => page.keyboard.type(viewKeys.all));
  await page.keyboard.press('Home');
  await page.locator('[data-index="0"][data-status]').waitFor();
  const whole = await page.evaluate(() => window.offprintClock.scroll(600, null));
  await page.keyboard.press('Home');
  const rows = await page.evaluate(() => window.offprintClock.scroll(300, 96));
  const figures = ({ frames, blank, rows: shown }: typeof whole) => ({
    frames,
    blankShare: blank / Math.max(1, shown),
  });
  return { whole: figures(whole), rows: figures(rows) };
}

async function markOneByOne(page: Page): Promise<number[]> {
  await untilPainted(page, () => page.keyboard.type(viewKeys.inbox));
  const samples: number[] = [];
  for (let index = 0; index < marks; index += 1) {
    const answered = page.waitForResponse((response) => response.url().endsWith('/papers.mark'));
    await page.keyboard.press('Shift+M');
    await answered;
    samples.push(await page.evaluate(() => window.offprintClock.calls['papers.mark'] ?? Number.NaN));
    await pause(betweenKeys / 2);
  }
  return samples;
}

async function pageMemory(browser: Browser, page: Page): Promise<{ page: number; pageHeap: number }> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const { metrics } = await session.send('Performance.getMetrics');
  const heap = metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? Number.NaN;
  const whole = await browser.newBrowserCDPSession();
  const { processInfo } = await whole.send('SystemInfo.getProcessInfo');
  const renderers = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => residentMegabytes(id) ?? 0);
  return { page: Math.max(0, ...renderers), pageHeap: heap / 1024 / 1024 };
}

/**
 * Uses the program in a browser as a reader does, and measures what they wait for: from the key to
 * the painted rows, with a pause as long as a typist's between keys.
 * @param folder a library, which is changed
 */
export async function driveWindow(folder: string): Promise<WindowSamples> {
  const server = await served(folder);
  const executablePath = findBrowser();
  const browser = await chromium.launch({
    args: [...browserArguments],
    ...(executablePath === null ? {} : { executablePath }),
  });
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, reducedMotion: 'reduce' });
    await installClock(page);
    await page.goto(server.url);
    await page.locator('[data-index="0"][data-status]').waitFor();
    const views = await openViews(page);
    await untilPainted(page, () => page.keyboard.type(viewKeys.all));
    const typing = await typeQueries(page);
    const scrolling = await scrollThrough(page);
    const marking = await markOneByOne(page);
    const memory = { service: residentMegabytes(server.pid), ...(await pageMemory(browser, page)) };
    return { typing, views, scrolling, marking, memory };
  } finally {
    await browser.close();
    server.process.kill('SIGTERM');
    await new Promise((resolve) => server.process.once('exit', resolve));
  }
}
