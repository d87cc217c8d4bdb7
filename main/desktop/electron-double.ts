import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import type * as Electron from 'electron';
import { Menu } from './electron-double-menu.ts';
import { FakeSession } from './electron-double-session.ts';
import { FakeWindow, preventable } from './electron-double-window.ts';

/**
 * A double of the `electron` module for unit tests: it records what it was told and keeps the
 * rules that matter here (what must happen before `ready`, what a prevented event stops). It shows
 * that the shell asks Electron for the right things, not that Electron does them.
 *
 * Use: `vi.mock('electron', () => import('./electron-double.ts'))`.
 */
type UsedOfApp =
  | 'configureHostResolver'
  | 'enableSandbox'
  | 'exit'
  | 'getAppPath'
  | 'getLocaleCountryCode'
  | 'getVersion'
  | 'isPackaged'
  | 'quit'
  | 'requestSingleInstanceLock'
  | 'setAboutPanelOptions'
  | 'setAppUserModelId'
  | 'setBadgeCount'
  | 'setName'
  | 'setPath'
  | 'whenReady';

class FakeApp extends EventEmitter implements Pick<Electron.App, UsedOfApp> {
  isPackaged = false;
  isReady = false;
  isSandboxed = false;
  /** What the single-instance lock answers. */
  givesLock = true;
  name = 'offprint';
  appPath = '/nowhere';
  exitCode: number | null = null;
  about: Electron.AboutPanelOptionsOptions | null = null;
  readonly paths = new Map<string, string>();
  readonly switches = new Map<string, string>();
  readonly commandLine = {
    appendSwitch: (name: string, value = '') => {
      this.mustNotBeReady(`the switch ${name}`);
      this.switches.set(name, value);
    },
  };
  #isQuitting = false;
  readonly #ready = Promise.withResolvers<void>();

  mustNotBeReady(what: string): void {
    if (this.isReady) throw new Error(`${what} comes too late: the program is ready`);
  }

  mustBeReady(what: string): void {
    if (!this.isReady) throw new Error(`${what} comes too early: the program is not ready`);
  }

  /**
   * Lets the program become ready, as Electron does once the main file has been read. The default
   * session is not announced; a shell that is right either way is right.
   */
  becomeReady(): void {
    this.isReady = true;
    this.#ready.resolve();
  }

  whenReady(): Promise<void> {
    return this.#ready.promise;
  }

  enableSandbox(): void {
    this.mustNotBeReady('enableSandbox');
    this.isSandboxed = true;
  }

  setName(name: string): void {
    this.name = name;
  }

  userModelId: string | null = null;

  setAppUserModelId(id: string): void {
    this.mustNotBeReady('setAppUserModelId');
    if (process.platform !== 'win32') throw new Error('setAppUserModelId is of Windows only');
    this.userModelId = id;
  }

  setPath(name: string, path: string): void {
    this.mustNotBeReady('setPath');
    if (!existsSync(path)) throw new Error(`${path} does not exist`);
    this.paths.set(name, path);
  }

  getAppPath(): string {
    return this.appPath;
  }

  /** Where the system says that it is, as `US`. */
  country = 'DE';

  getLocaleCountryCode(): string {
    this.mustBeReady('getLocaleCountryCode');
    return this.country;
  }

  getVersion(): string {
    return '0.0.0-double';
  }

  /** What the host resolver was told. */
  hostResolver: Electron.ConfigureHostResolverOptions | null = null;

  configureHostResolver(options: Electron.ConfigureHostResolverOptions): void {
    this.mustBeReady('configureHostResolver');
    this.hostResolver = options;
  }

  requestSingleInstanceLock(): boolean {
    return this.givesLock;
  }

  readonly addRecentDocument = () => void traces.push('app.addRecentDocument');
  readonly setUserTasks = () => void traces.push('app.setUserTasks');
  readonly setJumpList = () => void traces.push('app.setJumpList');
  readonly setUserActivity = () => void traces.push('app.setUserActivity');

  setAboutPanelOptions(options: Electron.AboutPanelOptionsOptions): void {
    this.about = options;
  }

  /** The dock of macOS; put one there for a test that is about it. */
  dock: { menu: Menu | null; setMenu(menu: Menu): void } | undefined = undefined;

  /** The numbers that were shown on the dock, the last one last. */
  readonly badges: number[] = [];

  setBadgeCount(count: number): boolean {
    this.mustBeReady('setBadgeCount');
    if (process.platform === 'win32') throw new Error('setBadgeCount does nothing on Windows');
    if (!Number.isInteger(count) || count < 0) throw new Error(`${count} is no count`);
    this.badges.push(count);
    return true;
  }

  quit(): void {
    this.emit('before-quit', preventable());
    this.#isQuitting = true;
    for (const window of FakeWindow.all()) {
      window.close();
      if (!window.isDestroyed()) {
        this.#isQuitting = false;
        return;
      }
    }
    this.#willQuit();
  }

  exit(code = 0): void {
    this.exitCode ??= code;
    for (const window of FakeWindow.all()) window.destroy();
    this.emit('quit', {}, code);
  }

  /** What Electron does when the last window is gone. */
  lastWindowClosed(): void {
    if (this.exitCode === null && !this.#isQuitting) this.emit('window-all-closed');
  }

  #willQuit(): void {
    const event = preventable();
    this.emit('will-quit', event);
    if (event.defaultPrevented) this.#isQuitting = false;
    else this.exit(0);
  }
}

export const app = new FakeApp();

FakeWindow.program = {
  windowMade: (window) => {
    app.mustBeReady('a window');
    app.emit('web-contents-created', {}, window.webContents);
  },
  lastWindowClosed: () => app.lastWindowClosed(),
  load: (url) => protocol.load(url),
};

Menu.mustBeReady = (what) => app.mustBeReady(what);

export { FakeWindow as BrowserWindow };

class FakeProtocol implements Pick<Electron.Protocol, 'handle' | 'registerSchemesAsPrivileged'> {
  schemes: Electron.CustomScheme[] = [];
  readonly handlers = new Map<string, (request: Request) => Response | Promise<Response>>();

  registerSchemesAsPrivileged(schemes: Electron.CustomScheme[]): void {
    app.mustNotBeReady('registerSchemesAsPrivileged');
    this.schemes = schemes;
  }

  handle(scheme: string, handler: (request: Request) => Response | Promise<Response>): void {
    app.mustBeReady('protocol.handle');
    this.handlers.set(scheme, handler);
  }

  /** Loads an address as a page would. */
  async load(url: string): Promise<Response> {
    const handler = this.handlers.get(new URL(url).protocol.slice(0, -1));
    if (!handler) throw new Error(`ERR_UNKNOWN_URL_SCHEME ${url}`);
    return await handler(new Request(url));
  }
}

export const protocol = new FakeProtocol();

/** The sessions that were made, by their partition. */
export const partitions = new Map<
  string,
  { session: FakeSession; options: Electron.FromPartitionOptions | undefined }
>();

export const session = {
  defaultSession: new FakeSession(),
  fromPartition(name: string, options?: Electron.FromPartitionOptions): FakeSession {
    app.mustBeReady('a session');
    const known = partitions.get(name)?.session;
    if (known) return known;
    const made = new FakeSession();
    partitions.set(name, { session: made, options });
    app.emit('session-created', made);
    return made;
  },
};

/** Addresses handed to the system. */
export const openedOutside: string[] = [];

/** What the system answers when it is to open a folder: nothing when it does. */
export const openingPaths = { answer: '' };

export const shell = {
  openExternal: async (url: string) => void openedOutside.push(url),
  openPath: async (path: string) => {
    openedOutside.push(path);
    return openingPaths.answer;
  },
};

class FakeNativeTheme extends EventEmitter implements Pick<Electron.NativeTheme, 'themeSource'> {
  systemIsDark = false;
  inForcedColorsMode = false;
  #source: Electron.NativeTheme['themeSource'] = 'system';

  get themeSource() {
    return this.#source;
  }

  set themeSource(source) {
    this.#source = source;
    this.emit('updated');
  }

  get shouldUseDarkColors(): boolean {
    return this.#source === 'system' ? this.systemIsDark : this.#source === 'dark';
  }
}

export const nativeTheme = new FakeNativeTheme();

class FakePowerMonitor extends EventEmitter {
  override on(event: string, listener: (...args: unknown[]) => void): this {
    app.mustBeReady('the power monitor');
    return super.on(event, listener);
  }
}

export const powerMonitor = new FakePowerMonitor();

/** What would leave traces of the reader outside of the data folder, by name; each call of it. */
export const traces: string[] = [];

const leaves = (name: string) => () => void traces.push(name);

export const crashReporter = { start: leaves('crashReporter.start'), addExtraParameter: leaves('crash parameter') };

export const netLog = { startLogging: leaves('netLog.startLogging') };

export const contentTracing = { startRecording: leaves('contentTracing.startRecording') };

/** The displays that are there, the primary one first. */
export const displays = [{ id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1040 } }];

class FakeScreen extends EventEmitter {
  getPrimaryDisplay() {
    app.mustBeReady('the screen');
    return displays[0];
  }

  // The primary one need not come first.
  getAllDisplays() {
    app.mustBeReady('the screen');
    return displays.toReversed();
  }
}

export const screen = new FakeScreen();

export {
  chosenFolders,
  clipboard,
  clipboardTexts,
  clipboardTrouble,
  dialog,
  errorBoxes,
  questions,
} from './electron-double-dialogs.ts';
export { nativeImage } from './electron-double-image.ts';
export { contextBridge, ipcMain, ipcRenderer, mainWorld } from './electron-double-ipc.ts';
export { Menu, MenuItem, popups } from './electron-double-menu.ts';
export { chosenFiles } from './electron-double-saving.ts';
export { autoUpdater } from './electron-double-updates.ts';
