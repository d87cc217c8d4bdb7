import { theApp } from './app.ts';
import { lack, loud, onlyOptions } from './loud.ts';
import { BrowserWindow } from './window.ts';

type Template = Electron.MenuItemConstructorOptions;

const itemOptions = [
  'accelerator',
  'acceleratorWorksWhenHidden',
  'after',
  'afterGroupContaining',
  'before',
  'beforeGroupContaining',
  'checked',
  'click',
  'enabled',
  'icon',
  'id',
  'label',
  'registerAccelerator',
  'role',
  'sublabel',
  'submenu',
  'toolTip',
  'type',
  'visible',
];

const window = () => BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0];

/** What choosing an entry of a role does. Empty: it is the system's, or shows a submenu. */
const roles: Readonly<Record<string, () => void>> = {
  about: () => theApp.showAboutPanel(),
  close: () => window()?.close(),
  copy: () => window()?.webContents.copy(),
  cut: () => window()?.webContents.cut(),
  delete: () => window()?.webContents.delete(),
  minimize: () => window()?.minimize(),
  paste: () => window()?.webContents.paste(),
  pasteandmatchstyle: () => window()?.webContents.paste(),
  quit: () => theApp.quit(),
  redo: () => window()?.webContents.redo(),
  reload: () => window()?.webContents.reload(),
  resetzoom: () => window()?.webContents.setZoomLevel(0),
  selectall: () => window()?.webContents.selectAll(),
  togglefullscreen: () => window()?.setFullScreen(!window()?.isFullScreen()),
  undo: () => window()?.webContents.undo(),
  zoomin: () => window()?.webContents.setZoomLevel((window()?.webContents.getZoomLevel() ?? 0) + 0.5),
  zoomout: () => window()?.webContents.setZoomLevel((window()?.webContents.getZoomLevel() ?? 0) - 0.5),
};
const systemRoles = [
  ...['appmenu', 'editmenu', 'filemenu', 'front', 'help', 'hide', 'hideothers', 'recentdocuments', 'services'],
  ...['clearrecentdocuments', 'sharemenu', 'startspeaking', 'stopspeaking', 'toggledevtools', 'unhide', 'viewmenu'],
  ...['window', 'windowmenu', 'zoom', 'showsubstitutions', 'togglesmartquotes', 'togglesmartdashes'],
  ...['toggletextreplacement', 'toggletabbar', 'toggleSpellChecker'.toLowerCase(), 'forcereload'],
];

const modifiers = 'Command|Cmd|Control|Ctrl|CommandOrControl|CmdOrCtrl|Alt|Option|AltGr|Shift|Super|Meta';
const keys =
  '[A-Z0-9]|F[1-9]|F1[0-9]|F2[0-4]|[^\\sA-Za-z0-9]|Plus|Space|Tab|Capslock|Numlock|Scrolllock|Backspace|Delete|' +
  'Insert|Return|Enter|Up|Down|Left|Right|Home|End|PageUp|PageDown|Escape|Esc|PrintScreen';
const acceleratorForm = new RegExp(`^((${modifiers})\\+)*(${keys})$`);

/** The double of an entry of a menu. */
export class MenuItem {
  readonly id: string;
  label: string;
  enabled: boolean;
  visible: boolean;
  checked: boolean;
  readonly type: string;
  readonly role: string | undefined;
  readonly accelerator: string | undefined;
  readonly registerAccelerator: boolean;
  readonly sublabel: string;
  readonly toolTip: string;
  readonly submenu: Menu | undefined;
  menu: Menu | undefined = undefined;
  readonly click: (...args: unknown[]) => void;

  constructor(options: Template) {
    onlyOptions('MenuItem', options, itemOptions);
    const { role, accelerator } = options;
    const known = role?.toLowerCase();
    if (known !== undefined && !(known in roles) && !systemRoles.includes(known)) lack(`the menu role ${role}`);
    if (accelerator && !acceleratorForm.test(accelerator)) throw new Error(`"${accelerator}" is no accelerator`);
    this.id = options.id ?? '';
    this.label = options.label ?? role ?? '';
    this.enabled = options.enabled ?? true;
    this.visible = options.visible ?? true;
    this.checked = options.checked ?? false;
    this.type = options.type ?? (options.submenu ? 'submenu' : 'normal');
    this.role = role;
    this.accelerator = accelerator ?? undefined;
    this.registerAccelerator = options.registerAccelerator ?? true;
    this.sublabel = options.sublabel ?? '';
    this.toolTip = options.toolTip ?? '';
    const { submenu } = options;
    this.submenu =
      submenu === undefined
        ? undefined
        : Array.isArray(submenu)
          ? Menu.buildFromTemplate(submenu)
          : (submenu as unknown as Menu);
    // As it is chosen: an entry that is greyed out cannot be.
    this.click = (event: unknown = {}, focused: unknown = window()) => {
      if (!this.enabled || !this.visible) return;
      if (this.type === 'checkbox') this.checked = !this.checked;
      if (this.type === 'radio')
        for (const other of this.menu?.items ?? []) if (other.type === 'radio') other.checked = other === self;
      if (known !== undefined) roles[known]?.();
      options.click?.(
        self as unknown as Electron.MenuItem,
        focused as Electron.BaseWindow,
        event as Electron.KeyboardEvent,
      );
    };
    const self = loud('MenuItem', this) as MenuItem;
    // biome-ignore lint/correctness/noConstructorReturn: who asks for what is not there is to be told.
    return self;
  }
}

/** The double of a menu. */
export class Menu {
  static shown: Menu | null = null;
  readonly items: MenuItem[] = [];

  constructor() {
    // biome-ignore lint/correctness/noConstructorReturn: who asks for what is not there is to be told.
    return loud('Menu', this) as Menu;
  }

  static buildFromTemplate(template: (Template | MenuItem)[]): Menu {
    const menu = new Menu();
    for (const item of template) menu.append(item instanceof MenuItem ? item : new MenuItem(item));
    return menu;
  }

  static setApplicationMenu(menu: Menu | null): void {
    theApp.mustBeReady('the application menu');
    Menu.shown = menu;
    theApp.applicationMenu = menu;
  }

  static getApplicationMenu(): Menu | null {
    return Menu.shown;
  }

  append(item: MenuItem): void {
    item.menu = this;
    this.items.push(item);
  }

  getMenuItemById(id: string): MenuItem | null {
    for (const item of this.items) {
      if (item.id === id) return item;
      const within = item.submenu?.getMenuItemById(id);
      if (within) return within;
    }
    return null;
  }

  /** Shows nothing: a test that looks at menus puts its own in the place of this. */
  popup(): void {}

  closePopup(): void {}
}
