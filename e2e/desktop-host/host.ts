import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BrowserContext, Page } from '@playwright/test';
import type { Preload, ProgramCalls, ShownMedia, StageCalls } from './calls.ts';
import { joinLine, type Line } from './line.ts';
import { type BlankPage, makeBlankPage, ShownPage } from './shown-page.ts';

const folder = dirname(fileURLToPath(import.meta.url));
const root = dirname(dirname(folder));

/** How a program of the desktop host tells a test what goes on. */
export interface HostEvents {
  /** A page is shown in a window: a new window's, or the one that follows a crash. */
  onPage(page: Page): void;
  /** Something that no test may let pass: what the double lacks, what Electron would not do. */
  onTrouble(text: string): void;
}

/** How a start of the program that has ended went. */
export interface EndedStart {
  code: number | null;
  output: string;
}

interface Window {
  /** Resolves with the page that the window shows now. */
  shown: Promise<ShownPage>;
  preload: Preload | null;
  kept: Record<string, string>;
}

/**
 * The desktop program as built, in a process of its own under Node, with a double in the place of Electron's
 * module; each of its windows is a page of the test's browser. A stand-in: it shows that the shell's code does what
 * it should if Electron does what its documentation says.
 */
export class DesktopHost {
  readonly #context: BrowserContext;
  readonly #events: HostEvents;
  readonly #home = mkdtempSync(join(tmpdir(), 'offprint-stand-in-'));
  readonly #running = new Set<ChildProcess>();
  #main: Start | null = null;
  #isRouted = false;

  constructor(context: BrowserContext, events: HostEvents) {
    this.#context = context;
    this.#events = events;
  }

  /** Starts the program and waits for its first page. */
  async open(args: readonly string[]): Promise<Page> {
    const start = this.#start(args);
    this.#main = start;
    await this.#route();
    start.makePageAhead();
    return await start.firstPage;
  }

  /** Starts the program again, beside the one that runs; resolves when that start has ended. */
  async startAgain(args: readonly string[]): Promise<EndedStart> {
    const start = this.#start(args);
    return { code: await start.ended, output: start.output() };
  }

  #start(args: readonly string[]): Start {
    // The suite asks for no colours in a log, and Playwright asks its workers for them: Node complains of both together,
    // and whatever the program writes to standard error fails a test.
    const { FORCE_COLOR: _force, NO_COLOR: _no, ...env } = process.env;
    const child = fork(join(folder, 'program.ts'), [root, ...args], {
      cwd: root,
      serialization: 'advanced',
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      execArgv: ['--disable-warning=ExperimentalWarning'],
      env: { ...env, OFFPRINT_STAND_IN_HOME: this.#home, NODE_OPTIONS: '' },
    });
    this.#running.add(child);
    child.once('exit', () => this.#running.delete(child));
    return new Start(child, this.#context, this.#events, (input) => {
      // Where Electron keeps the browser data is where it looks for one that runs already.
      this.#main?.program.ask('secondStart', input).catch(() => {});
    });
  }

  /** Runs a function in the program's main process, as Playwright does for Electron. */
  async evaluate(source: string, argument: unknown): Promise<unknown> {
    if (!this.#main) throw new Error('the program is not running');
    return await this.#main.program.ask('evaluate', { source, argument });
  }

  /** What was handed to the system to be opened, in order. */
  get opened(): readonly string[] {
    return this.#main?.opened ?? [];
  }

  /** Everything the running program wrote to its standard output and standard error. */
  get output(): string {
    return this.#main?.output() ?? '';
  }

  /** Quits as a reader does; resolves when the program has ended. */
  async quit(): Promise<number | null> {
    const start = this.#main;
    if (!start) return null;
    await start.program.ask('evaluate', { source: '({ app }) => app.quit()', argument: null }).catch(() => {});
    return await this.ended();
  }

  /** Resolves with the program's exit code once it has ended and its pages are closed. */
  async ended(): Promise<number | null> {
    const code = (await this.#main?.ended) ?? null;
    await this.#main?.closePages();
    return code;
  }

  /** Ends everything at once. */
  async kill(): Promise<void> {
    for (const child of this.#running) child.kill('SIGKILL');
    await this.ended();
    this.#main = null;
  }

  /** Kills what still runs, and takes away what it left outside of the data folder. */
  async dispose(): Promise<void> {
    await this.kill();
    rmSync(this.#home, { recursive: true, force: true, maxRetries: 5 });
  }

  async #route(): Promise<void> {
    if (this.#isRouted) return;
    this.#isRouted = true;
    await this.#context.route('**/*', async (route, request) => {
      const shown = await this.#main?.pageOf(route).catch(() => null);
      // A page that no window made goes nowhere.
      if (!shown) return await route.abort('aborted').catch(() => {});
      await shown.serve(route, request).catch(() => route.abort('aborted').catch(() => {}));
    });
  }
}

/** One start of the program. */
class Start {
  readonly program: Line<ProgramCalls>;
  readonly firstPage: Promise<Page>;
  readonly ended: Promise<number | null>;
  readonly opened: string[] = [];
  readonly #context: BrowserContext;
  readonly #events: HostEvents;
  readonly #windows = new Map<number, Window>();
  readonly #pages = new Set<Page>();
  #ahead: Promise<BlankPage> | null = null;
  #media: ShownMedia | null = null;
  #output = '';
  #tellFirst: (page: Page) => void = () => {};

  constructor(
    child: ChildProcess,
    context: BrowserContext,
    events: HostEvents,
    handOver: (input: Parameters<StageCalls['handOver']>[0]) => void,
  ) {
    this.#context = context;
    this.#events = events;
    let complaints = '';
    child.stdout?.on('data', (data: Buffer) => {
      this.#output += data.toString();
    });
    child.stderr?.on('data', (data: Buffer) => {
      this.#output += data.toString();
      complaints += data.toString();
    });
    child.once('close', () => complaints !== '' && events.onTrouble(`the program wrote ${complaints}`));
    this.ended = new Promise((resolve) => child.once('close', (code) => resolve(code)));
    this.firstPage = new Promise((resolve, reject) => {
      this.#tellFirst = resolve;
      child.once('close', (code) => reject(new Error(`the program ended with ${code}: ${this.#output}`)));
    });
    // Nobody may be waiting for it.
    this.firstPage.catch(() => {});
    const shown = async (window: number) => await this.#windows.get(window)?.shown;
    const wire = {
      send: (message: unknown) => void (child.connected && child.send(message as object, () => {})),
      on: (event: 'message', listener: (message: unknown) => void) => child.on(event, listener),
    };
    this.program = joinLine<ProgramCalls, StageCalls>(wire, {
      windowMade: (input) => this.#open(input),
      load: async ({ window, url }) => {
        const page = await shown(window);
        if (!page) return 'ERR_ABORTED';
        const failed = await page.load(url);
        this.#tellFirst(page.page);
        return failed;
      },
      reload: async ({ window }) => await this.#reload(window),
      close: async ({ window }) => {
        const closing = this.#windows.get(window);
        this.#windows.delete(window);
        await (await closing?.shown)?.page.close().catch(() => {});
      },
      send: async ({ window, channel, args }) => (await shown(window))?.send(channel, args),
      resize: async ({ window, width, height }) =>
        await (await shown(window))?.page.setViewportSize({ width, height }).catch(() => {}),
      media: async (media) => {
        this.#media = media;
        for (const window of this.#windows.keys()) await (await shown(window))?.media(media).catch(() => {});
      },
      crash: async ({ window }) => {
        const crashing = this.#windows.get(window);
        const page = await crashing?.shown;
        if (crashing && page) crashing.kept = await page.crash();
      },
      edit: async ({ window, command, text }) => {
        await (await shown(window))?.page.evaluate(([name, value]) => document.execCommand(name, false, value), [
          command,
          text ?? '',
        ] as const);
      },
      zoom: async ({ window, factor }) => {
        const session = (await shown(window))?.session;
        await session?.send('Emulation.setPageScaleFactor', { pageScaleFactor: factor });
      },
      pdf: async ({ window, options }) => {
        const page = await shown(window);
        if (!page) throw new Error('the window has no page');
        return await page.page.pdf(options);
      },
      handOver,
      trouble: ({ text }) => events.onTrouble(text),
      opened: ({ what }) => void this.opened.push(what),
      ended: () => {},
    });
    child.once('close', () => this.program.cut('the program has ended'));
  }

  output(): string {
    return this.#output;
  }

  /** Makes the page of the first window while the program starts, which it has no part in. */
  makePageAhead(): void {
    this.#ahead = this.#makePage();
    // Should the program end before it has a window.
    this.#ahead.catch(() => {});
  }

  async #makePage(): Promise<BlankPage> {
    const blank = await makeBlankPage(this.#context);
    this.#pages.add(blank.page);
    return blank;
  }

  async pageOf(route: { request(): { frame(): { page(): Page } } }): Promise<ShownPage | null> {
    const page = route.request().frame().page();
    for (const { shown } of this.#windows.values()) {
      const one = await shown;
      if (one.page === page) return one;
    }
    return null;
  }

  async closePages(): Promise<void> {
    await Promise.all([...this.#pages].map((page) => page.close().catch(() => {})));
  }

  #open({ window, width, height, preload }: Parameters<StageCalls['windowMade']>[0]): void {
    const opened: Window = { preload, kept: {}, shown: this.#show(window, preload, {}) };
    opened.shown = opened.shown.then(async (shown) => {
      const size = shown.page.viewportSize();
      if (size?.width !== width || size.height !== height) await shown.page.setViewportSize({ width, height });
      return shown;
    });
    this.#windows.set(window, opened);
  }

  async #show(window: number, preload: Preload | null, kept: Record<string, string>): Promise<ShownPage> {
    const blank = await (this.#ahead ?? this.#makePage());
    this.#ahead = null;
    const shown = await ShownPage.give(blank, {
      window,
      program: this.program,
      preload,
      kept,
      trouble: this.#events.onTrouble,
      crashed: () => void this.program.ask('gone', { window, reason: 'crashed' }).catch(() => {}),
    });
    if (this.#media) await shown.media(this.#media);
    this.#events.onPage(blank.page);
    return shown;
  }

  async #reload(window: number): Promise<void> {
    const reloading = this.#windows.get(window);
    const before = await reloading?.shown;
    if (!reloading || !before) return;
    if (!before.isCrashed) return await before.reload();
    // Playwright does nothing more with a page that has crashed: another one takes its place, and what the page
    // was keeping for the session is there again.
    const size = before.page.viewportSize();
    reloading.shown = this.#show(window, reloading.preload, reloading.kept).then(async (shown) => {
      if (size) await shown.page.setViewportSize(size);
      return shown;
    });
    await (await reloading.shown).load(before.address);
    await before.page.close().catch(() => {});
  }
}
