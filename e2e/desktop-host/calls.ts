/** Media that a page can be shown in, as the system and the program have it. */
export interface ShownMedia {
  colorScheme: 'light' | 'dark';
  contrast: 'no-preference' | 'more';
}

/** Who sends a message: the frame as it is at that moment, addresses as the program knows them. */
export interface SendingFrame {
  url: string;
  origin: string;
}

/** A request of a page, as the program is asked about it. */
export interface AskedRequest {
  window: number;
  url: string;
  method: string;
  headers: Record<string, string>;
  resourceType: string;
  body: Uint8Array | null;
}

/** What becomes of an {@link AskedRequest}: its window is gone, it is refused, or what the handler of its scheme answers. */
export type AnsweredRequest =
  | { kind: 'gone' }
  | { kind: 'refused' }
  | { kind: 'answered'; status: number; headers: Record<string, string>; body: Uint8Array };

/** What a page asks by navigating or by opening a window. */
export interface AskedNavigation {
  window: number;
  url: string;
  isMainFrame: boolean;
}

/** What was clicked with the secondary button, or the menu key pressed on; names as in Electron's `context-menu`. */
export interface ContextMenuParameters {
  x: number;
  y: number;
  linkURL: string;
  linkText: string;
  selectionText: string;
  isEditable: boolean;
  [more: string]: unknown;
}

/** What the program (the child process with the double) is asked by the test's side. */
export interface ProgramCalls {
  /** `ipcRenderer.invoke` or `send`; answers the encoded outcome, null for `send`. */
  message(input: {
    window: number;
    channel: string;
    args: string;
    frame: SendingFrame;
    wantsAnswer: boolean;
  }): string | null;
  request(input: AskedRequest): AnsweredRequest;
  /** A frame is about to be somewhere else by the page's own doing; true when it may. */
  navigate(input: AskedNavigation): boolean;
  redirect(input: AskedNavigation): boolean;
  /** A page opens a window; true when it may. */
  openWindow(input: AskedNavigation & { frameName: string; features: string; disposition: string }): boolean;
  /** Those of Electron's permissions that the page at this address has. */
  permissions(input: { window: number; url: string; asked: readonly string[] }): readonly string[];
  /** True when a download may go on. */
  download(input: { window: number; url: string; name: string }): boolean;
  /** The main frame begins to load, by whatever doing. */
  loading(input: { window: number }): void;
  /** The page was drawn for the first time since it was loaded. */
  painted(input: { window: number }): void;
  title(input: { window: number; title: string }): void;
  contextMenu(input: { window: number; parameters: ContextMenuParameters }): void;
  /** The process of the page is gone. */
  gone(input: { window: number; reason: string }): void;
  /** Another start of the program, which found this one running. */
  secondStart(input: { argv: readonly string[]; folder: string; data: unknown }): void;
  /** Runs a function in the program, given by its source, with `electron` and the argument. */
  evaluate(input: { source: string; argument: unknown }): unknown;
}

/** What the test's side, which has the browser, is asked by the program. */
export interface StageCalls {
  /** A window was made; `preload` is the source of its preload script. */
  windowMade(input: { window: number; width: number; height: number; preload: Preload | null }): void;
  /** Resolves once loaded; what went wrong, or null. */
  load(input: { window: number; url: string }): string | null;
  reload(input: { window: number }): void;
  close(input: { window: number }): void;
  send(input: { window: number; channel: string; args: string }): void;
  resize(input: { window: number; width: number; height: number }): void;
  media(input: ShownMedia): void;
  /** Ends the process of a page at once. */
  crash(input: { window: number }): void;
  /** One of `document.execCommand`'s, as menus and `webContents` have them. */
  edit(input: { window: number; command: string; text?: string }): void;
  zoom(input: { window: number; factor: number }): void;
  pdf(input: { window: number; options: Record<string, unknown> }): Uint8Array;
  /** This start found another one running with the same browser data, which is to be told. */
  handOver(input: { argv: readonly string[]; folder: string; data: unknown }): void;
  /** The program asked Electron for what the double lacks, or did what a test must know of. */
  trouble(input: { text: string }): void;
  /** An address or path was handed to the system. */
  opened(input: { what: string }): void;
  ended(input: { code: number }): void;
}

/** A preload script and what its process has. */
export interface Preload {
  source: string;
  argv: readonly string[];
  platform: string;
}
