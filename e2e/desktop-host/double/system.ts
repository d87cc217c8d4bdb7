import { LoudEmitter, loud, onlyOptions } from './loud.ts';
import { tell } from './stage.ts';

const display = {
  id: 1,
  bounds: { x: 0, y: 0, width: 1920, height: 1080 },
  workArea: { x: 0, y: 0, width: 1920, height: 1040 },
  scaleFactor: 1,
};

/** What the one display leaves to windows. */
export function workArea(): Electron.Rectangle {
  return { ...display.workArea };
}

export const screen = loud(
  'screen',
  Object.assign(new LoudEmitter('screen', ['display-added', 'display-metrics-changed', 'display-removed']), {
    getPrimaryDisplay: () => display,
    getAllDisplays: () => [display],
    getDisplayMatching: () => display,
    getCursorScreenPoint: () => ({ x: 0, y: 0 }),
  }),
);

class NativeTheme extends LoudEmitter {
  systemIsDark = false;
  systemWantsContrast = false;
  source: Electron.NativeTheme['themeSource'] = 'system';

  constructor() {
    super('nativeTheme', ['updated']);
  }

  get themeSource() {
    return this.source;
  }

  set themeSource(source) {
    if (!['system', 'light', 'dark'].includes(source)) throw new TypeError(`Error processing argument: ${source}`);
    if (source === this.source) return;
    this.source = source;
    this.changed();
  }

  get shouldUseDarkColors(): boolean {
    return this.source === 'system' ? this.systemIsDark : this.source === 'dark';
  }

  get shouldUseHighContrastColors(): boolean {
    return this.systemWantsContrast;
  }

  get prefersReducedTransparency(): boolean {
    return false;
  }

  get inForcedColorsMode(): boolean {
    return false;
  }

  get shouldUseInvertedColorScheme(): boolean {
    return false;
  }

  /** What the system has changed to; for tests. */
  system({
    dark = this.systemIsDark,
    contrast = this.systemWantsContrast,
  }: {
    dark?: boolean;
    contrast?: boolean;
  }): void {
    this.systemIsDark = dark;
    this.systemWantsContrast = contrast;
    this.changed();
  }

  changed(): void {
    tell('media', {
      colorScheme: this.shouldUseDarkColors ? 'dark' : 'light',
      contrast: this.systemWantsContrast ? 'more' : 'no-preference',
    });
    this.emit('updated');
  }
}

export const nativeTheme = loud('nativeTheme', new NativeTheme());

export const powerMonitor = loud(
  'powerMonitor',
  new LoudEmitter('powerMonitor', [
    'lock-screen',
    'on-ac',
    'on-battery',
    'resume',
    'shutdown',
    'suspend',
    'unlock-screen',
    'user-did-become-active',
    'user-did-resign-active',
  ]),
);

export const shell = loud('shell', {
  openExternal: async (url: string) => tell('opened', { what: url }),
  openPath: async (path: string) => {
    tell('opened', { what: path });
    return '';
  },
  showItemInFolder: (path: string) => tell('opened', { what: path }),
  beep: () => {},
});

/** The system's clipboard, as far as the program itself writes to it. */
export const clipboard = loud('clipboard', {
  text: '',
  async writeText(text: string) {
    this.text = text;
  },
  readText(): string {
    return this.text;
  },
});

/** Pictures that the program draws; they are shown nowhere here. */
export const nativeImage = loud('nativeImage', {
  createEmpty: () => loud('a picture', { addRepresentation: () => {} }),
});

/** A dialog that no test has answered is one that nobody expected: it is cancelled, and the test told. */
function unexpected(what: string): void {
  tell('trouble', { text: `a dialog that nobody expected: ${what}` });
}

const messageOptions = [
  'buttons',
  'cancelId',
  'defaultId',
  'detail',
  'icon',
  'message',
  'noLink',
  'normalizeAccessKeys',
  'signal',
  'title',
  'type',
];
const openOptions = ['buttonLabel', 'defaultPath', 'filters', 'message', 'properties', 'title'];
const saveOptions = [...openOptions, 'nameFieldLabel', 'showsTagField'];

/** The options are the last argument; a window may stand before them. */
const optionsOf = <T>(args: [T] | [unknown, T]): T => (args.length === 1 ? args[0] : args[1]);

export const dialog = loud('dialog', {
  showErrorBox: (title: string, content: string) => unexpected(`${title}: ${content}`),
  showMessageBox: async (...args: [Electron.MessageBoxOptions] | [unknown, Electron.MessageBoxOptions]) => {
    const options = optionsOf(args);
    onlyOptions('showMessageBox', options, messageOptions);
    unexpected(options.message);
    return { response: options.cancelId ?? 0, checkboxChecked: false };
  },
  showOpenDialog: async (...args: [Electron.OpenDialogOptions] | [unknown, Electron.OpenDialogOptions]) => {
    onlyOptions('showOpenDialog', optionsOf(args), openOptions);
    unexpected('open');
    return { canceled: true, filePaths: [] };
  },
  showSaveDialog: async (...args: [Electron.SaveDialogOptions] | [unknown, Electron.SaveDialogOptions]) => {
    onlyOptions('showSaveDialog', optionsOf(args), saveOptions);
    unexpected('save');
    return { canceled: true, filePath: '' };
  },
});
