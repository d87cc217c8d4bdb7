import type { BrowserContext, CDPSession, Frame, Page, Request, Route } from '@playwright/test';
import { programAddress, shownAddress } from './addresses.ts';
import type { Preload, ProgramCalls, ShownMedia } from './calls.ts';
import type { Line } from './line.ts';
import { permissionNames, permissionsAsked } from './permissions.ts';
import {
  type Delivered,
  deliverFunction,
  preloadWorld,
  scriptsOf,
  scriptThatKeeps,
  type Told,
  tellBinding,
} from './worlds.ts';

/** What the page of a window has to do with. */
export interface Surroundings {
  window: number;
  program: Line<ProgramCalls>;
  preload: Preload | null;
  /** What the page was keeping for the session when its process went; empty for a new window. */
  kept: Readonly<Record<string, string>>;
  /** Says what a test must know of. */
  trouble(text: string): void;
  crashed(): void;
}

/** A page that waits for its window: made ahead of time, it spares the start of the program the wait. */
export interface BlankPage {
  page: Page;
  session: CDPSession;
}

/** Makes a page with nothing on it. */
export async function makeBlankPage(context: BrowserContext): Promise<BlankPage> {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await Promise.all([session.send('Page.enable'), session.send('Runtime.enable')]);
  return { page, session };
}

/** The page of one window in Chromium, joined to the program. A page that has crashed is followed by another one. */
export class ShownPage {
  readonly page: Page;
  readonly session: CDPSession;
  readonly around: Surroundings;
  isCrashed = false;
  #world: number | null = null;
  #lastUrl = 'about:blank';
  /** What a frame of the page is about to navigate to by its own doing, and whether that is the main one. */
  readonly #wanted = new Map<string, { isMainFrame: boolean }>();

  private constructor(blank: BlankPage, around: Surroundings) {
    this.page = blank.page;
    this.session = blank.session;
    this.around = around;
  }

  /** Gives a window a page. */
  static async give(blank: BlankPage, around: Surroundings): Promise<ShownPage> {
    const shown = new ShownPage(blank, around);
    await shown.#join();
    return shown;
  }

  async #join(): Promise<void> {
    const { session, page, around } = this;
    const { window, program } = around;
    session.on('Runtime.executionContextCreated', ({ context }) => {
      const { frameId } = (context.auxData ?? {}) as { frameId?: string };
      if (context.name === preloadWorld && frameId === this.#mainFrame) this.#world = context.id;
    });
    session.on('Runtime.executionContextsCleared', () => {
      this.#world = null;
    });
    session.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
      if (name === tellBinding) this.#hear(JSON.parse(payload) as Told, executionContextId);
    });
    session.on('Page.frameRequestedNavigation', ({ frameId, url, disposition }) => {
      if (disposition === 'currentTab') this.#wants(url, frameId === this.#mainFrame);
      else {
        // Chromium says of such a page only that it is there, and not who opened it.
        page.context().once('page', (other) => void other.close().catch(() => {}));
        this.#askToOpen(url, '', '', disposition === 'newWindow' ? 'new-window' : 'background-tab');
      }
    });
    // Whether it may open was asked, and it may not.
    page.on('popup', (other) => void other.close().catch(() => {}));
    session.on('Page.frameStartedNavigating', ({ frameId, navigationType }) => {
      if (frameId === this.#mainFrame && /^(differentDocument|reload|historyDifferentDocument)/.test(navigationType))
        void program.ask('loading', { window }).catch(() => {});
    });
    session.on('Page.windowOpen', ({ url, windowName, windowFeatures }) =>
      this.#askToOpen(url, windowName === '_blank' ? '' : windowName, windowFeatures.join(), 'foreground-tab'),
    );
    page.on('download', async (download) => {
      const may = await program
        .ask('download', { window, url: programAddress(download.url()), name: download.suggestedFilename() })
        .catch(() => false);
      if (may) around.trouble('a download went on, which the stand-in cannot do');
      await download.cancel().catch(() => {});
    });
    page.on('crash', () => {
      this.isCrashed = true;
      around.crashed();
    });
    const scripts = scriptsOf(around.preload);
    const { frameTree } = await session.send('Page.getFrameTree');
    this.#mainFrame = frameTree.frame.id;
    await Promise.all([
      session.send('Runtime.addBinding', { name: tellBinding, executionContextName: preloadWorld }),
      session.send('Page.addScriptToEvaluateOnNewDocument', { source: scripts.page }),
      session.send('Page.addScriptToEvaluateOnNewDocument', { source: scripts.preload, worldName: preloadWorld }),
    ]);
  }

  #mainFrame = '';

  #hear(told: Told, from: number): void {
    const { window, program, trouble } = this.around;
    if (from !== this.#world) return;
    if (told.tell === 'lack') trouble(`the stand-in for Electron lacks ${told.what}`);
    else if (told.tell === 'painted') void program.ask('painted', { window }).catch(() => {});
    else if (told.tell === 'title') void program.ask('title', { window, title: told.title }).catch(() => {});
    else if (told.tell === 'context-menu') {
      const { parameters } = told;
      const named = { ...parameters, pageURL: programAddress(String(parameters['pageURL'])) };
      void program.ask('contextMenu', { window, parameters: named }).catch(() => {});
    } else {
      const { id, channel, args } = told;
      const frame = { url: programAddress(told.url), origin: programAddress(told.origin) };
      program
        .ask('message', { window, channel, args, frame, wantsAnswer: id !== null })
        .then((answer) => {
          if (id !== null && answer !== null) this.#deliver({ deliver: 'answer', id, answer }, from);
        })
        // The program has ended: nobody answers, as in Electron.
        .catch(() => {});
    }
  }

  #deliver(delivered: Delivered, world: number): void {
    this.session
      .send('Runtime.callFunctionOn', {
        functionDeclaration: `function (text) { ${deliverFunction}(text); }`,
        executionContextId: world,
        arguments: [{ value: JSON.stringify(delivered) }],
      })
      .then(({ exceptionDetails }) => {
        const words = exceptionDetails?.exception?.description ?? exceptionDetails?.text;
        if (words !== undefined) this.around.trouble(`the preload script threw ${words}`);
      })
      // The page is gone, or another one has come in its place.
      .catch(() => {});
  }

  /** What the program sends to the page. A page that is not there yet hears nothing. */
  send(channel: string, args: string): void {
    if (this.#world !== null) this.#deliver({ deliver: 'message', channel, args }, this.#world);
  }

  /**
   * What Chromium itself forbids (by the page's policy, say) ends before the program is asked, as in Electron: so it is
   * asked when the request comes. Of an address that makes no request (mailto:), it is asked at once.
   */
  #wants(url: string, isMainFrame: boolean): void {
    if (/^https?:/.test(url)) this.#wanted.set(url, { isMainFrame });
    else void this.#mayNavigate(url, isMainFrame);
  }

  #mayNavigate(url: string, isMainFrame: boolean): Promise<boolean> {
    const { window, program } = this.around;
    return program.ask('navigate', { window, url: programAddress(url), isMainFrame }).catch(() => false);
  }

  #askToOpen(url: string, frameName: string, features: string, disposition: string): void {
    const { window, program, trouble } = this.around;
    const input = { window, url: programAddress(url), isMainFrame: true, frameName, features, disposition };
    program
      .ask('openWindow', input)
      .then((may) => may && trouble('a page may open a window, which the stand-in cannot do'))
      .catch(() => {});
  }

  /** Shows an address; what went wrong as Chromium names it, or null. */
  async load(address: string): Promise<string | null> {
    const { window, program, kept } = this.around;
    const url = shownAddress(address);
    this.#lastUrl = url;
    const given = await program.ask('permissions', { window, url: address, asked: permissionsAsked });
    await this.page.context().grantPermissions(permissionNames(given), { origin: new URL(url).origin });
    const restored = Object.keys(kept).length === 0 ? null : await this.#keep();
    try {
      await this.page.goto(url, { waitUntil: 'load' });
      return null;
    } catch (error) {
      return /net::(\w+)/.exec(String(error))?.[1] ?? 'ERR_FAILED';
    } finally {
      if (restored) await this.session.send('Page.removeScriptToEvaluateOnNewDocument', restored).catch(() => {});
    }
  }

  #keep() {
    const source = scriptThatKeeps(this.around.kept);
    return this.session.send('Page.addScriptToEvaluateOnNewDocument', { source, worldName: preloadWorld });
  }

  /** Loads again what was shown last. */
  async reload(): Promise<void> {
    if (this.page.url() === 'about:blank') await this.load(programAddress(this.#lastUrl));
    else await this.page.reload();
  }

  /** The address that was loaded last, as the program knows it. */
  get address(): string {
    return programAddress(this.#lastUrl);
  }

  /** Ends the page's process at once; what it was keeping for the session is returned. */
  async crash(): Promise<Record<string, string>> {
    const kept = await this.page.evaluate(() => ({ ...sessionStorage }));
    this.session.send('Page.crash').catch(() => {});
    return kept as Record<string, string>;
  }

  async media({ colorScheme, contrast }: ShownMedia): Promise<void> {
    await this.page.emulateMedia({ colorScheme, contrast });
  }

  /** Serves a request of this page as the program says. */
  async serve(route: Route, request: Request): Promise<void> {
    const { window, program, trouble } = this.around;
    const shownUrl = request.url();
    if (request.isNavigationRequest()) {
      // What the page asked by itself was heard of before: it stands before the request on the browser's one wire.
      const wanted = this.#wanted.get(shownUrl);
      this.#wanted.delete(shownUrl);
      if (wanted && !(await this.#mayNavigate(shownUrl, wanted.isMainFrame))) return route.abort('aborted');
    }
    const answer = await program.ask('request', {
      window,
      url: programAddress(shownUrl),
      method: request.method(),
      headers: request.headers(),
      resourceType: request.resourceType(),
      body: request.postDataBuffer(),
    });
    if (answer.kind === 'gone') return route.abort('aborted');
    if (answer.kind === 'refused') return route.abort('blockedbyclient');
    const { status, headers, body } = answer;
    if (status >= 300 && status < 400 && request.isNavigationRequest()) {
      const url = programAddress(new URL(headers['location'] ?? '', shownUrl).href);
      if (await program.ask('redirect', { window, url, isMainFrame: isMain(request.frame()) }))
        trouble('a page may be redirected, which the stand-in cannot do');
      return route.abort('aborted');
    }
    await route.fulfill({ status, headers, body: Buffer.from(body) });
  }
}

function isMain(frame: Frame): boolean {
  return frame.parentFrame() === null;
}
