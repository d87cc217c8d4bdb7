import { readFileSync } from 'node:fs';
import { theApp } from './app.ts';
import { WebContents } from './contents.ts';
import { LoudEmitter, lack, loud, onlyOptions, preventable } from './loud.ts';
import { stage, tell } from './stage.ts';
import { workArea } from './system.ts';

const events = [
  'blur',
  'close',
  'closed',
  'enter-full-screen',
  'focus',
  'hide',
  'leave-full-screen',
  'maximize',
  'minimize',
  'move',
  'moved',
  'page-title-updated',
  'ready-to-show',
  'resize',
  'resized',
  'restore',
  'show',
  'unmaximize',
  // Nothing here brings these about.
  'always-on-top-changed',
  'app-command',
  'query-session-end',
  'responsive',
  'session-end',
  'swipe',
  'unresponsive',
];

const windowOptions = [
  'autoHideMenuBar',
  'backgroundColor',
  'height',
  'icon',
  'minHeight',
  'minWidth',
  'show',
  'title',
  'titleBarStyle',
  'trafficLightPosition',
  'webPreferences',
  'width',
  'x',
  'y',
];

/** Preferences of a page that may have any value here, and those that must have this one to be true of the stand-in. */
const freePreferences = ['additionalArguments', 'devTools', 'preload', 'spellcheck', 'webgl', 'autoplayPolicy'];
const fixedPreferences: Readonly<Record<string, boolean>> = {
  allowRunningInsecureContent: false,
  contextIsolation: true,
  disableDialogs: true,
  enableWebSQL: false,
  experimentalFeatures: false,
  navigateOnDragDrop: false,
  nodeIntegration: false,
  nodeIntegrationInSubFrames: false,
  nodeIntegrationInWorker: false,
  plugins: false,
  safeDialogs: true,
  sandbox: true,
  webSecurity: true,
  webviewTag: false,
};

const open = new Map<number, BrowserWindow>();
let last = 0;

/** An open window by its number. */
export function windowOf(window: number): BrowserWindow | null {
  return open.get(window) ?? null;
}

/** The page of an open window. */
export function contentsOf(window: number): WebContents | null {
  return windowOf(window)?.webContents ?? null;
}

/** The double of a window. Where it stands is kept here; its page has its size in the browser. */
export class BrowserWindow extends LoudEmitter {
  readonly id: number;
  readonly webContents: WebContents;
  bounds: Electron.Rectangle;
  normal: Electron.Rectangle;
  least: { width: number; height: number };
  title: string;
  background: string;
  isItVisible: boolean;
  isItMaximized = false;
  isItMinimized = false;
  isItFullScreen = false;
  isItFocused = false;
  isItDestroyed = false;
  wasPainted = false;
  readonly self: BrowserWindow;

  constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
    super('BrowserWindow', events);
    theApp.mustBeReady('a BrowserWindow');
    onlyOptions('BrowserWindow', options, windowOptions);
    const preferences = options.webPreferences ?? {};
    onlyOptions('webPreferences', preferences, [...freePreferences, ...Object.keys(fixedPreferences)]);
    for (const [name, value] of Object.entries(fixedPreferences)) {
      const given = Reflect.get(preferences, name) as boolean | undefined;
      if (given !== undefined && given !== value) lack(`webPreferences with ${name}: ${given}`);
    }
    last += 1;
    this.id = last;
    this.bounds = { x: options.x ?? 0, y: options.y ?? 0, width: options.width ?? 800, height: options.height ?? 600 };
    this.normal = this.bounds;
    this.least = { width: options.minWidth ?? 0, height: options.minHeight ?? 0 };
    this.title = options.title ?? 'Electron';
    this.background = options.backgroundColor ?? '#FFF';
    this.isItVisible = options.show ?? true;
    this.self = loud('BrowserWindow', this) as BrowserWindow;
    this.webContents = new WebContents(this.id);
    open.set(this.id, this.self);
    const { preload, additionalArguments = [] } = preferences;
    tell('windowMade', {
      window: this.id,
      width: this.bounds.width,
      height: this.bounds.height,
      preload:
        preload === undefined
          ? null
          : {
              source: readFileSync(preload, 'utf8'),
              argv: [process.execPath, '--type=renderer', ...additionalArguments],
              platform: process.platform,
            },
    });
    theApp.emit('web-contents-created', {}, this.webContents);
    theApp.emit('browser-window-created', {}, this.self);
    // biome-ignore lint/correctness/noConstructorReturn: who asks for what is not there is to be told.
    return this.self;
  }

  static getAllWindows(): BrowserWindow[] {
    return [...open.values()];
  }

  static getFocusedWindow(): BrowserWindow | null {
    return BrowserWindow.getAllWindows().find((window) => window.isItFocused) ?? null;
  }

  static fromWebContents(contents: WebContents): BrowserWindow | null {
    return open.get(contents.id) ?? null;
  }

  async loadURL(url: string): Promise<void> {
    const failed = await stage.ask('load', { window: this.id, url });
    if (this.isItDestroyed) throw new Error(`ERR_ABORTED (-3) loading '${url}'`);
    if (failed !== null) {
      this.webContents.emit('did-fail-load', {}, -2, failed, url, true);
      throw new Error(`${failed} (-2) loading '${url}'`);
    }
    const { mainFrame } = this.webContents;
    mainFrame.url = url;
    mainFrame.origin = `${new URL(url).protocol}//${new URL(url).host}`;
    this.webContents.emit('dom-ready', {});
    this.webContents.emit('did-finish-load', {});
  }

  show(): void {
    this.becomeVisible();
    this.focus();
  }

  showInactive(): void {
    this.becomeVisible();
  }

  private becomeVisible(): void {
    if (this.isItVisible) return;
    this.isItVisible = true;
    this.emit('show');
  }

  hide(): void {
    this.isItVisible = false;
    this.emit('hide');
  }

  focus(): void {
    if (this.isItFocused) return;
    this.isItFocused = true;
    this.emit('focus');
  }

  blur(): void {
    this.isItFocused = false;
    this.emit('blur');
  }

  flashFrame(): void {}

  setBackgroundColor(color: string): void {
    this.background = color;
  }

  getBackgroundColor(): string {
    return this.background;
  }

  setTitle(title: string): void {
    this.title = title;
  }

  getTitle(): string {
    return this.title;
  }

  setOverlayIcon(): void {}
  setRepresentedFilename(): void {}
  setProgressBar(): void {}
  setAutoHideMenuBar(): void {}
  setMenuBarVisibility(): void {}

  getBounds(): Electron.Rectangle {
    return { ...this.bounds };
  }

  getNormalBounds(): Electron.Rectangle {
    return { ...this.normal };
  }

  setBounds(wanted: Partial<Electron.Rectangle>): void {
    const { width, height, x, y } = { ...this.bounds, ...wanted };
    const bounds = { x, y, width: Math.max(width, this.least.width), height: Math.max(height, this.least.height) };
    this.normal = bounds;
    this.moveTo(bounds);
  }

  private moveTo(bounds: Electron.Rectangle): void {
    const before = this.bounds;
    this.bounds = bounds;
    if (before.x !== bounds.x || before.y !== bounds.y) this.emit('move');
    if (before.width === bounds.width && before.height === bounds.height) return;
    tell('resize', { window: this.id, width: bounds.width, height: bounds.height });
    this.emit('resize');
  }

  maximize(): void {
    if (this.isItMaximized) return;
    this.isItMaximized = true;
    this.becomeVisible();
    this.moveTo(workArea());
    this.emit('maximize');
  }

  unmaximize(): void {
    if (!this.isItMaximized) return;
    this.isItMaximized = false;
    this.moveTo(this.normal);
    this.emit('unmaximize');
  }

  minimize(): void {
    this.isItMinimized = true;
    this.blur();
    this.emit('minimize');
  }

  restore(): void {
    if (!this.isItMinimized) return;
    this.isItMinimized = false;
    this.emit('restore');
  }

  setFullScreen(isFull: boolean): void {
    if (isFull === this.isItFullScreen) return;
    this.isItFullScreen = isFull;
    this.emit(isFull ? 'enter-full-screen' : 'leave-full-screen');
  }

  isFullScreen(): boolean {
    return this.isItFullScreen;
  }

  isMaximized(): boolean {
    return this.isItMaximized;
  }

  isMinimized(): boolean {
    return this.isItMinimized;
  }

  isVisible(): boolean {
    return this.isItVisible;
  }

  isFocused(): boolean {
    return this.isItFocused;
  }

  isDestroyed(): boolean {
    return this.isItDestroyed;
  }

  close(): void {
    if (this.isItDestroyed) return;
    const event = preventable();
    this.emit('close', event);
    if (!event.defaultPrevented) this.destroy();
  }

  destroy(): void {
    if (this.isItDestroyed) return;
    this.isItDestroyed = true;
    this.webContents.isItDestroyed = true;
    open.delete(this.id);
    tell('close', { window: this.id });
    this.webContents.emit('destroyed');
    this.emit('closed');
    if (open.size === 0) theApp.lastWindowClosed();
  }
}

theApp.windows = { all: () => BrowserWindow.getAllWindows() };
