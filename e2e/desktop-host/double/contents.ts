import { makeCodec } from '../codec.ts';
import { LoudEmitter, lack, loud, onlyOptions } from './loud.ts';
import { defaultSession, type Session } from './session.ts';
import { stage, tell } from './stage.ts';

export const codec = makeCodec();

const events = [
  'context-menu',
  'destroyed',
  'did-fail-load',
  'did-finish-load',
  'did-start-loading',
  'dom-ready',
  'page-title-updated',
  'render-process-gone',
  'will-frame-navigate',
  'will-navigate',
  'will-redirect',
  'zoom-changed',
  // Nothing here brings these about.
  'before-input-event',
  'did-create-window',
  'preload-error',
  'responsive',
  'select-bluetooth-device',
  'unresponsive',
  'will-attach-webview',
  'will-prevent-unload',
];

/** The commands of editing that menus and the program send to a page. */
const editCommands = ['copy', 'cut', 'delete', 'paste', 'redo', 'selectAll', 'undo'] as const;

/** The double of the page in a window. */
export class WebContents extends LoudEmitter {
  readonly id: number;
  readonly session: Session = defaultSession();
  readonly mainFrame = loud('webContents.mainFrame', {
    origin: 'null',
    url: '',
    parent: null,
    top: null,
    isDestroyed: () => this.isItDestroyed,
    detached: false,
    name: '',
  });
  windowOpen: ((details: Electron.HandlerDetails) => Electron.WindowOpenHandlerResponse) | null = null;
  zoom = 1;
  isItCrashed = false;
  isItDestroyed = false;
  userAgent = 'stand-in';

  constructor(id: number) {
    super('webContents', events);
    this.id = id;
    // biome-ignore lint/correctness/noConstructorReturn: who asks for what is not there is to be told.
    return loud('webContents', this);
  }

  private mustBeThere(): void {
    if (this.isItDestroyed) throw new TypeError('Object has been destroyed');
  }

  send(channel: string, ...args: unknown[]): void {
    this.mustBeThere();
    let text: string;
    try {
      text = codec.encode(args);
    } catch (error) {
      throw error instanceof DOMException ? new Error('Failed to serialize arguments') : error;
    }
    if (!this.isItCrashed) tell('send', { window: this.id, channel, args: text });
  }

  setWindowOpenHandler(handler: NonNullable<WebContents['windowOpen']>): void {
    this.windowOpen = handler;
  }

  setWebRTCIPHandlingPolicy(): void {}
  setBackgroundThrottling(): void {}
  setIgnoreMenuShortcuts(): void {}
  focus(): void {}
  stop(): void {}

  async setVisualZoomLevelLimits(): Promise<void> {}

  isCrashed(): boolean {
    return this.isItCrashed;
  }

  isDestroyed(): boolean {
    return this.isItDestroyed;
  }

  isDevToolsOpened(): boolean {
    return false;
  }

  isLoading(): boolean {
    return false;
  }

  getURL(): string {
    return this.mainFrame.url;
  }

  reload(): void {
    this.mustBeThere();
    this.isItCrashed = false;
    tell('reload', { window: this.id });
  }

  forcefullyCrashRenderer(): void {
    tell('crash', { window: this.id });
  }

  setZoomFactor(factor: number): void {
    this.zoom = factor;
    tell('zoom', { window: this.id, factor });
  }

  getZoomFactor(): number {
    return this.zoom;
  }

  setZoomLevel(level: number): void {
    this.setZoomFactor(1.2 ** level);
  }

  getZoomLevel(): number {
    return Math.log(this.zoom) / Math.log(1.2);
  }

  edit(command: (typeof editCommands)[number]): void {
    tell('edit', { window: this.id, command });
  }

  copy(): void {
    this.edit('copy');
  }

  cut(): void {
    this.edit('cut');
  }

  paste(): void {
    this.edit('paste');
  }

  undo(): void {
    this.edit('undo');
  }

  redo(): void {
    this.edit('redo');
  }

  delete(): void {
    this.edit('delete');
  }

  selectAll(): void {
    this.edit('selectAll');
  }

  async insertText(text: string): Promise<void> {
    await stage.ask('edit', { window: this.id, command: 'insertText', text });
  }

  replaceMisspelling(text: string): void {
    tell('edit', { window: this.id, command: 'insertText', text });
  }

  showDefinitionForSelection(): void {
    tell('opened', { what: 'the dictionary, for the selection' });
  }

  async printToPDF(options: Electron.PrintToPDFOptions): Promise<Buffer> {
    onlyOptions('printToPDF', options, [
      'displayHeaderFooter',
      'generateDocumentOutline',
      'generateTaggedPDF',
      'margins',
      'pageSize',
      'preferCSSPageSize',
      'printBackground',
    ]);
    const { pageSize, margins, generateDocumentOutline, generateTaggedPDF, ...same } = options;
    if (typeof pageSize === 'object') lack('a page size in numbers of printToPDF');
    const pdf = await stage.ask('pdf', {
      window: this.id,
      options: {
        ...same,
        ...(pageSize !== undefined && { format: pageSize }),
        ...(generateDocumentOutline !== undefined && { outline: generateDocumentOutline }),
        ...(generateTaggedPDF !== undefined && { tagged: generateTaggedPDF }),
        ...(margins && { margin: inInches(margins) }),
      },
    });
    return Buffer.from(pdf);
  }

  print(options: object, done?: (success: boolean, reason: string) => void): void {
    onlyOptions('print', options, ['silent', 'printBackground', 'margins', 'header', 'footer']);
    tell('opened', { what: 'the print dialog' });
    done?.(true, '');
  }
}

function inInches(margins: Electron.PrintToPDFMargins): Record<string, string> {
  return Object.fromEntries(
    (['top', 'bottom', 'left', 'right'] as const).map((side) => [side, `${margins[side] ?? 0.4}in`]),
  );
}
