import { EventEmitter } from 'node:events';
import type * as Electron from 'electron';
import { checkPdfOptions } from './electron-double-saving.ts';
import { FakeSession } from './electron-double-session.ts';

/** An event that a listener can prevent, and whether one has. */
export function preventable<T extends object>(details?: T) {
  return {
    ...details,
    defaultPrevented: false,
    preventDefault() {
      this.defaultPrevented = true;
    },
  };
}

/** The double of a frame: the parts that say who it is. */
export interface FakeFrame {
  origin: string;
  url: string;
  parent: FakeFrame | null;
}

type UsedOfContents =
  | 'forcefullyCrashRenderer'
  | 'inspectElement'
  | 'isCrashed'
  | 'isDestroyed'
  | 'printToPDF'
  | 'reload'
  | 'replaceMisspelling'
  | 'send'
  | 'showDefinitionForSelection';

/** The double of the page in a window. */
export class FakeWebContents extends EventEmitter implements Pick<Electron.WebContents, UsedOfContents> {
  readonly mainFrame: FakeFrame = { origin: 'null', url: '', parent: null };
  /** What was sent to the page: channel and arguments. */
  readonly sent: unknown[][] = [];
  windowOpen: ((details: { url: string }) => Electron.WindowOpenHandlerResponse) | null = null;
  webRtcPolicy = 'default';
  reloads = 0;
  crashed = false;
  destroyed = false;

  send(channel: string, ...args: unknown[]): void {
    if (this.destroyed) throw new Error('Object has been destroyed');
    const message = [channel, ...structuredClone(args)];
    this.sent.push(message);
    this.emit('message-to-page', ...message);
  }

  setWindowOpenHandler(handler: NonNullable<FakeWebContents['windowOpen']>): void {
    this.windowOpen = handler;
  }

  setWebRTCIPHandlingPolicy(policy: string): void {
    this.webRtcPolicy = policy;
  }

  isCrashed(): boolean {
    return this.crashed;
  }

  isDestroyed(): boolean {
    return this.destroyed;
  }

  reload(): void {
    this.reloads += 1;
    this.crashed = false;
  }

  readonly session = new FakeSession();
  /** What was asked of the page, in order. */
  readonly did: string[] = [];

  replaceMisspelling(word: string): void {
    this.did.push(`replace with ${word}`);
  }

  showDefinitionForSelection(): void {
    if (process.platform !== 'darwin') throw new Error('showDefinitionForSelection is of macOS only');
    this.did.push('look up');
  }

  inspectElement(x: number, y: number): void {
    this.did.push(`inspect ${x}, ${y}`);
  }

  /** Ends the page's process, as the reader asks; it says so like any other that is gone. */
  forcefullyCrashRenderer(): void {
    this.did.push('end');
    setImmediate(() => this.crash('killed'));
  }

  /** What the page was printed with, each time; and the file that it makes, or what goes wrong. */
  readonly printed: Electron.PrintToPDFOptions[] = [];
  pdf: () => Buffer | Promise<Buffer> = () => Buffer.from('%PDF-1.7');

  async printToPDF(options: Electron.PrintToPDFOptions): Promise<Buffer> {
    if (this.destroyed) throw new Error('Object has been destroyed');
    checkPdfOptions(options);
    this.printed.push(options);
    return await this.pdf();
  }

  /** Ends the page's process. */
  crash(reason: string): void {
    this.crashed = true;
    this.emit('render-process-gone', {}, { reason, exitCode: 1 });
  }
}

type UsedOfWindow =
  | 'close'
  | 'destroy'
  | 'focus'
  | 'getNormalBounds'
  | 'isDestroyed'
  | 'isFullScreen'
  | 'isMaximized'
  | 'isMinimized'
  | 'loadURL'
  | 'maximize'
  | 'restore'
  | 'setBackgroundColor'
  | 'setBounds'
  | 'setFullScreen'
  | 'setOverlayIcon'
  | 'show';

/** The double of a window. */
export class FakeWindow extends EventEmitter implements Pick<Electron.BrowserWindow, UsedOfWindow> {
  /** What the rest of the double must hear of. */
  static program: {
    windowMade(window: FakeWindow): void;
    lastWindowClosed(): void;
    load(url: string): Promise<Response>;
  };
  static readonly #open = new Set<FakeWindow>();

  static all(): FakeWindow[] {
    return [...FakeWindow.#open];
  }

  static getAllWindows(): FakeWindow[] {
    return FakeWindow.all();
  }

  readonly options: Electron.BrowserWindowConstructorOptions;
  readonly webContents = new FakeWebContents();
  /** What was asked of the window, in order. */
  readonly did: string[] = [];
  background: string;
  bounds: Electron.Rectangle;
  maximized = false;
  fullScreen = false;
  minimized = false;
  page: Response | null = null;
  #destroyed = false;

  constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
    super();
    this.options = options;
    this.background = options.backgroundColor ?? '#fff';
    this.bounds = { x: options.x ?? 0, y: options.y ?? 0, width: options.width ?? 800, height: options.height ?? 600 };
    FakeWindow.program.windowMade(this);
    FakeWindow.#open.add(this);
  }

  async loadURL(url: string): Promise<void> {
    const page = await FakeWindow.program.load(url);
    if (this.#destroyed) throw new Error('ERR_ABORTED (-3)');
    this.page = page;
    this.webContents.mainFrame.url = url;
    this.webContents.mainFrame.origin = new URL(url).protocol === 'app:' ? `app://${new URL(url).host}` : 'null';
  }

  show(): void {
    this.did.push('show');
  }

  focus(): void {
    this.did.push('focus');
  }

  restore(): void {
    this.did.push('restore');
    this.minimized = false;
  }

  maximize(): void {
    this.did.push('maximize');
    this.maximized = true;
    this.emit('maximize');
  }

  setFullScreen(isFull: boolean): void {
    this.did.push(isFull ? 'fill the screen' : 'leave the screen');
    this.fullScreen = isFull;
    this.emit(isFull ? 'enter-full-screen' : 'leave-full-screen');
  }

  isFullScreen(): boolean {
    return this.fullScreen;
  }

  setBounds(bounds: Electron.Rectangle): void {
    if (this.maximized || this.fullScreen) throw new Error('this would take the window out of the state that it is in');
    for (const value of Object.values(bounds))
      if (!Number.isInteger(value)) throw new TypeError('Error processing argument');
    this.did.push('move');
    this.move(bounds);
  }

  /** Moves the window, as a reader does. */
  move(bounds: Electron.Rectangle): void {
    this.bounds = bounds;
    this.emit('move');
    this.emit('resize');
  }

  /** What was laid over the button of the taskbar, the last one last. */
  readonly overlays: { image: unknown; description: string }[] = [];

  setOverlayIcon(image: unknown, description: string): void {
    if (process.platform !== 'win32') throw new Error('setOverlayIcon is of Windows only');
    this.overlays.push({ image, description });
  }

  setBackgroundColor(color: string): void {
    this.background = color;
  }

  getNormalBounds(): Electron.Rectangle {
    return this.bounds;
  }

  isMaximized(): boolean {
    return this.maximized;
  }

  isMinimized(): boolean {
    return this.minimized;
  }

  isDestroyed(): boolean {
    return this.#destroyed;
  }

  close(): void {
    const event = preventable();
    this.emit('close', event);
    if (!event.defaultPrevented) this.destroy();
  }

  destroy(): void {
    if (this.#destroyed) return;
    this.#destroyed = true;
    this.webContents.destroyed = true;
    FakeWindow.#open.delete(this);
    this.emit('closed');
    if (FakeWindow.all().length === 0) FakeWindow.program.lastWindowClosed();
  }
}
