import { app, BrowserWindow, type WebContents } from 'electron';
import { callNames, type EventName, type EventPayload, eventNames, type Handlers } from '../../shared/contract.ts';
import { appPage } from './app-address.ts';
import { askToClose } from './ask-to-close.ts';
import { argumentsOfNames } from './bridge-names.ts';
import { keepOnDisplays, workAreas } from './displays.ts';
import { type Flushing, flushBeforeClosing } from './flush-before-closing.ts';
import { recoverFromCrash } from './recover-from-crash.ts';
import { rememberBounds } from './remember-bounds.ts';
import type { ResourcePaths } from './resource-paths.ts';
import { sendEvent } from './send-event.ts';
import { windowBackground } from './theme.ts';
import { watchForHang } from './watch-for-hang.ts';
import { placeWindow, smallestWindow } from './window-bounds.ts';

/** The window of the program, open or not: there is at most one. */
export interface MainWindow {
  /** Brings the window to the front, opening it if it is not open. */
  show(): Promise<void>;
  /** Tells its page something; nothing happens when it is not open. */
  send<E extends EventName>(event: E, payload: EventPayload<E>): void;
  /** The window that is open, or null. */
  current(): BrowserWindow | null;
  /** True when a page is the one in this window. */
  owns(contents: WebContents): boolean;
}

/** How a window that closes knows that what was typed in it is saved; see {@link Flushing}. */
export type Leaving = Pick<Flushing, 'flushed' | 'drafts'>;

/**
 * Makes the program's window, without opening it.
 * @param handlers the library, which remembers where the window was
 * @param leaving how a window that closes knows that all is saved
 * @param paths where the preload script and the icon lie
 * @param stays called when the reader keeps a window that was about to close
 * @param attach called with each window as soon as it is made, before its page is loaded
 */
export function mainWindow(
  handlers: Handlers,
  leaving: Leaving,
  paths: Pick<ResourcePaths, 'preload' | 'icon'>,
  stays: () => void,
  attach: (window: BrowserWindow) => void,
): MainWindow {
  let opening: Promise<void> | null = null;
  let current: BrowserWindow | null = null;
  let isShown = false;

  const open = async () => {
    const { settings } = await handlers['library.state']({});
    const window = new BrowserWindow({
      ...placeWindow(settings.window, workAreas()),
      minWidth: smallestWindow.width,
      minHeight: smallestWindow.height,
      title: 'Offprint',
      icon: paths.icon,
      backgroundColor: windowBackground(),
      // Shown once it is drawn, so that no white flashes up.
      show: false,
      webPreferences: {
        preload: paths.preload,
        additionalArguments: argumentsOfNames({ calls: callNames, events: eventNames }),
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
        nodeIntegrationInWorker: false,
        nodeIntegrationInSubFrames: false,
        webSecurity: true,
        allowRunningInsecureContent: false,
        experimentalFeatures: false,
        webviewTag: false,
        navigateOnDragDrop: false,
        // Nothing of the window is drawn with it, and much of what goes wrong in a browser does there.
        webgl: false,
        devTools: !app.isPackaged,
        // Whether and in which languages is for the session to say; see `spelling.ts`.
        spellcheck: true,
      },
    });
    current = window;
    keepOnDisplays(window);
    const saveBounds = rememberBounds(window, (bounds) => handlers['settings.set']({ window: bounds }));
    const restart = recoverFromCrash(window);
    const isHung = watchForHang(window, { restart, isClosing: () => isClosing() });
    const isClosing = flushBeforeClosing(window, {
      ask: () => sendEvent(window.webContents, 'flush', {}),
      ...leaving,
      isHung,
      closeAnyway: (unsaved) => askToClose(window, unsaved),
      stays,
      save: saveBounds,
    });
    // The title bar never tells what is being read.
    window.on('page-title-updated', (event) => event.preventDefault());
    window.on('closed', () => {
      current = null;
      opening = null;
      isShown = false;
    });
    window.once('ready-to-show', () => {
      if (settings.window?.maximized) window.maximize();
      window.show();
      // A window must be there to fill a screen.
      if (settings.window?.fullScreen) window.setFullScreen(true);
      isShown = true;
    });
    attach(window);
    await window.loadURL(appPage).catch((error: unknown) => {
      // Closing the window while it loads is no failure.
      if (!window.isDestroyed()) throw error;
    });
  };

  return {
    async show() {
      opening ??= open().catch((error: unknown) => {
        opening = null;
        throw error;
      });
      await opening;
      // One that is not drawn yet shows itself in a moment.
      if (current === null || !isShown) return;
      if (current.isMinimized()) current.restore();
      current.show();
      current.focus();
    },
    send: (event, payload) => {
      if (current) sendEvent(current.webContents, event, payload);
    },
    current: () => current,
    owns: (contents) => current?.webContents === contents,
  };
}
