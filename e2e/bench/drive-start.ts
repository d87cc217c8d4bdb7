import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { _electron, type Browser, type Page } from '@playwright/test';
import { DesktopHost } from '../desktop-host/host.ts';
import { firstRowOf, installFirstRow } from './first-row.ts';

const root = dirname(dirname(import.meta.dirname));
const viewport = { width: 1280, height: 800 };

/** One start, in milliseconds since the process was asked for. */
export interface Start {
  /** The code of the program is loaded. */
  loaded: number;
  /** The library is open. */
  opened: number;
  /** The address is known. */
  serving: number;
  /** The page has come. */
  answered: number;
  /** The page's code runs, and asks for the first time. */
  asked: number;
  /** The first rows have come to the page. */
  rowsCame: number;
  /** The first row is painted. */
  firstRow: number;
  /** Rows in the page then. */
  rows: number;
}

/** When the last start of the log of a library began, and had its library open. */
function lastStart(folder: string): { loaded: number; opened: number } {
  const moments = new Map<string, number>();
  for (const line of readFileSync(join(folder, 'logs/offprint.log'), 'utf8').trimEnd().split('\n')) {
    const { event, at } = JSON.parse(line) as { event: string; at: string };
    moments.set(event, Date.parse(at));
  }
  return { loaded: moments.get('start') ?? Number.NaN, opened: moments.get('opened') ?? Number.NaN };
}

async function end(child: ChildProcess): Promise<void> {
  child.kill('SIGTERM');
  if (child.exitCode === null && child.signalCode === null) {
    await new Promise((resolve) => child.once('exit', resolve));
  }
}

/**
 * Starts a process that prints one line when it serves a page, opens that page in a browser that runs already and has
 * a window open, and waits for the first row.
 * @param addressIn where the address is in the line
 */
async function startAndLook(browser: Browser, args: readonly string[], addressIn: (line: string) => string) {
  // A context of its own has nothing in its cache, as a port that was never used before.
  const context = await browser.newContext({ viewport });
  const page = await context.newPage();
  await installFirstRow(page);
  const began = Date.now();
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const line = await new Promise<string>((resolve, reject) => {
      createInterface(child.stdout).once('line', resolve);
      child.once('exit', (code) => reject(new Error(`it ended with ${code}`)));
    });
    const serving = Date.now();
    await page.goto(addressIn(line), { waitUntil: 'commit' });
    return { began, serving: serving - began, ...(await firstRowOf(page)) };
  } finally {
    await context.close();
    await end(child);
  }
}

/** Starts `serve` as built. */
export async function startServe(browser: Browser, folder: string): Promise<Start> {
  const program = join(root, 'out/main/cli.js');
  const args = ['--disable-warning=ExperimentalWarning', program, 'serve', '--no-open', '--json', '--data-dir', folder];
  const addressIn = (line: string) => (JSON.parse(line) as { url: string }).url;
  const { began, serving, rows, ...moments } = await startAndLook(browser, args, addressIn);
  const { loaded, opened } = lastStart(folder);
  return {
    loaded: loaded - began,
    opened: opened - began,
    serving,
    answered: moments.answered - began,
    asked: (moments.asked ?? Number.NaN) - began,
    rowsCame: (moments.rowsCame ?? Number.NaN) - began,
    firstRow: moments.firstRow - began,
    rows,
  };
}

/** Runs in a process of its own, given by its source: nothing but one page of static rows, served. */
function serveRows(count: number): void {
  const rows = Array.from(
    { length: count },
    (_, index) => `<div data-index="${index}" data-status="unread">${index}</div>`,
  );
  const page = `<!doctype html><meta charset="utf-8"><title>Rows</title>${rows.join('')}`;
  const server = process.getBuiltinModule('node:http').createServer((_request, response) => {
    response.setHeader('Content-Type', 'text/html');
    response.end(page);
  });
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    if (typeof address === 'object') process.stdout.write(`${address?.port}\n`);
  });
}

/**
 * The bare operation: a Node process that serves one page with so many static rows, to the same browser.
 * @returns milliseconds until the first row is painted
 */
export async function startBare(browser: Browser, rows: number): Promise<number> {
  const addressIn = (line: string) => `http://127.0.0.1:${line}/`;
  const { began, firstRow } = await startAndLook(browser, ['-e', `(${serveRows})(${rows})`], addressIn);
  return firstRow - began;
}

/**
 * Starts the desktop program as built, with a stand-in for Electron: its own code, between a page and Node that are
 * not Electron's.
 * @returns milliseconds until the first row is painted
 */
export async function startStandIn(browser: Browser, folder: string): Promise<number> {
  const context = await browser.newContext({ viewport });
  await installFirstRow(context);
  const host = new DesktopHost(context, {
    onPage: () => {},
    onTrouble: (text) => process.stderr.write(`${text}\n`),
  });
  try {
    const began = Date.now();
    const page = await host.open(['--data-dir', folder]);
    const { firstRow } = await firstRowOf(page);
    await host.quit();
    return firstRow - began;
  } finally {
    await host.dispose();
    await context.close();
  }
}

/**
 * Starts the desktop program in Electron, as Playwright does: with what it needs to listen to it. Should the first row
 * be painted before it is listened for, it counts from when that was found.
 * @returns milliseconds until the first row is painted
 */
export async function startElectron(folder: string): Promise<number> {
  const noSandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const began = Date.now();
  const program = await _electron.launch({ args: [...noSandbox, root, '--data-dir', folder], cwd: root });
  try {
    await installFirstRow(program.context());
    const page: Page = await program.firstWindow();
    const { firstRow } = await firstRowOf(page);
    return firstRow - began;
  } finally {
    await program.close();
  }
}
