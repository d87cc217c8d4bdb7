import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { _electron, test as base, type ElectronApplication, expect, type Page } from '@playwright/test';
import { findElectron } from '../main/start/electron-runtime.ts';
import { DesktopHost, type EndedStart } from './desktop-host/host.ts';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const commandLine = join(root, 'main/cli/main.ts');

/** The main process of the desktop program, be it Electron's or the stand-in's. */
export interface Program {
  /**
   * Runs a function there, given by its source, with Electron's module and one argument: data in, data out. What it
   * puts in the place of Electron's own functions (a dialog's answer) stays until the program ends.
   */
  evaluate<Result, Argument>(
    run: (electron: typeof Electron.CrossProcessExports, argument: Argument) => Result,
    argument: Argument,
  ): Promise<Awaited<Result>>;
  /** Starts the program again on the same data folder, beside the one that runs; resolves when that start has ended. */
  startAgain(...args: string[]): Promise<EndedStart>;
  /** Resolves with the exit code when the program has ended by itself. */
  ended(): Promise<number | null>;
}

/** The program under test in one of its hosts, over a data folder of its own. */
export interface App {
  /** The window's page; a new one after {@link App.start}, and after a crash of the page before it. */
  readonly page: Page;
  /** The desktop program's main process; there is none in a browser. */
  readonly program: Program;
  readonly dataFolder: string;
  /** Starts the program and opens its window. The fixture has done so once already. */
  start(): Promise<Page>;
  /** Ends the program as a reader would. */
  quit(): Promise<void>;
  /** Ends the program as a power cut would: no handler of ours runs. */
  kill(): Promise<void>;
  /** Says that errors of this kind in the page are what the test is about. */
  expectTrouble(kind: RegExp): void;
  /** Runs the command line on the same data folder; the program must not be running. */
  offprint(...args: string[]): Promise<string>;
}

interface Host {
  open(dataFolder: string): Promise<Page>;
  program: Program | null;
  quit(): Promise<void>;
  kill(): Promise<void>;
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await new Promise((resolve) => child.once('exit', resolve));
}

/** `serve` in a child process, seen through the project's Chromium page. */
function browserHost(newPage: () => Promise<Page>): Host {
  let child: ChildProcess | undefined;
  let page: Page | undefined;
  const end = async (signal: NodeJS.Signals) => {
    // Leaving the page as a reader does: it is told, and saves what is left to save.
    if (signal === 'SIGTERM') {
      const address = page?.url();
      await page?.goto('about:blank');
      // That is on its way after the page has gone; what is asked after it is answered after it.
      if (address?.startsWith('http')) await fetch(new URL('/', address)).catch(() => {});
    }
    await page?.close();
    child?.kill(signal);
    if (child) await ended(child);
  };
  return {
    program: null,
    async open(dataFolder) {
      const args = ['--disable-warning=ExperimentalWarning', commandLine, 'serve', '--no-open', '--json'];
      const server = spawn(process.execPath, [...args, '--data-dir', dataFolder], {
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      child = server;
      let complaint = '';
      server.stderr.on('data', (chunk: Buffer) => {
        complaint += chunk.toString();
      });
      const address = await new Promise<string>((resolve, reject) => {
        createInterface(server.stdout).once('line', (line) => resolve((JSON.parse(line) as { url: string }).url));
        server.once('exit', (code) => reject(new Error(`serve ended with ${code}: ${complaint}`)));
      });
      page = await newPage();
      await page.goto(address);
      return page;
    },
    quit: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  };
}

/** The desktop program through Playwright's Electron driver. */
function electronHost(onPage: (page: Page) => void): Host {
  let program: ElectronApplication | undefined;
  let args: string[] = [];
  const running = () => {
    if (!program) throw new Error('the program is not running');
    return program;
  };
  return {
    async open(dataFolder) {
      const noSandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
      args = [...noSandbox, root, '--data-dir', dataFolder];
      program = await _electron.launch({ args, cwd: root });
      const page = await program.firstWindow();
      onPage(page);
      return page;
    },
    program: {
      evaluate: (run, argument) => running().evaluate(run as never, argument) as never,
      async startAgain(...more) {
        const again = spawn(findElectron(root) ?? '', [...args, ...more], { cwd: root });
        let output = '';
        for (const stream of [again.stdout, again.stderr])
          stream.on('data', (data: Buffer) => {
            output += data.toString();
          });
        await ended(again);
        return { code: again.exitCode, output };
      },
      async ended() {
        const child = running().process();
        await ended(child);
        return child.exitCode;
      },
    },
    async quit() {
      await program?.close();
    },
    async kill() {
      const child = program?.process();
      child?.kill('SIGKILL');
      if (child) await ended(child);
    },
  };
}

/** The desktop program as built with a double in the place of Electron: see desktop-host/host.ts. */
function standInHost(host: DesktopHost): Host {
  let args: string[] = [];
  return {
    async open(dataFolder) {
      args = ['--data-dir', dataFolder];
      return await host.open(args);
    },
    program: {
      evaluate: (run, argument) => host.evaluate(String(run), argument) as never,
      startAgain: (...more) => host.startAgain([...args, ...more]),
      ended: () => host.ended(),
    },
    async quit() {
      await host.quit();
    },
    kill: () => host.kill(),
  };
}

/** The suite's `test`: every test gets a program of its own, on a fresh library of 55 papers. */
export const test = base.extend<{ app: App }>({
  app: async ({ context }, use, testInfo) => {
    const { name } = testInfo.project;
    // Where the runtime must be there, as in the hosted workflow, a missing one fails instead.
    const mayLack = !process.env['OFFPRINT_REQUIRE_ELECTRON'];
    const lacks = name === 'electron' && mayLack && findElectron(root) === null;
    testInfo.skip(lacks, 'the Electron runtime is not installed');
    const dataFolder = mkdtempSync(join(tmpdir(), 'offprint e2e é-'));
    const troubles: string[] = [];
    const expected: RegExp[] = [];
    let page: Page | undefined;
    const onPage = (opened: Page) => {
      page = opened;
      opened.on('pageerror', (error) => troubles.push(String(error)));
      opened.on('console', (message) => {
        if (message.type() === 'error') troubles.push(message.text());
      });
    };
    const standIn =
      name === 'desktop' ? new DesktopHost(context, { onPage, onTrouble: (text) => troubles.push(text) }) : null;
    const host = standIn
      ? standInHost(standIn)
      : name === 'electron'
        ? electronHost(onPage)
        : browserHost(async () => {
            const opened = await context.newPage();
            onPage(opened);
            return opened;
          });
    const app: App = {
      get page() {
        if (!page) throw new Error('the program is not running');
        return page;
      },
      get program() {
        if (!host.program) throw new Error('a browser is no program of ours');
        return host.program;
      },
      dataFolder,
      async start() {
        page = await host.open(dataFolder);
        // The first screenful: the list, and the first paper in the reader pane.
        await expect(page.getByRole('grid')).toBeVisible();
        await expect(page.getByRole('article').or(page.getByText('Nothing unread')).first()).toBeVisible();
        return page;
      },
      expectTrouble: (kind) => expected.push(kind),
      async quit() {
        await host.quit();
        page = undefined;
      },
      async kill() {
        await host.kill();
        page = undefined;
      },
      async offprint(...args) {
        const all = ['--disable-warning=ExperimentalWarning', commandLine, ...args, '--data-dir', dataFolder];
        return (await promisify(execFile)(process.execPath, all, { maxBuffer: 64 * 1024 * 1024 })).stdout;
      },
    };
    try {
      await app.start();
      await use(app);
    } finally {
      await host.kill();
      await standIn?.dispose();
      rmSync(dataFolder, { recursive: true, force: true, maxRetries: 5 });
    }
    const unexpected = troubles.filter((trouble) => !expected.some((kind) => kind.test(trouble)));
    expect(unexpected, 'errors in the page').toEqual([]);
  },
});

export { expect };
