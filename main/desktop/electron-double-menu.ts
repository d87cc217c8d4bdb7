import type * as Electron from 'electron';

type Template = Electron.MenuItemConstructorOptions;
type Role = NonNullable<Template['role']>;

/**
 * The key that Electron gives an entry of a role, by the platform; null for none. Roles that are a whole menu, and
 * those that no program of ours has a use for, are not here, so that asking for one fails.
 */
const roleKeys: Partial<Record<Role, (isMac: boolean) => string | null>> = {
  about: () => null,
  close: () => 'CommandOrControl+W',
  copy: () => 'CommandOrControl+C',
  cut: () => 'CommandOrControl+X',
  delete: () => null,
  front: () => null,
  help: () => null,
  hide: () => 'Command+H',
  hideOthers: () => 'Command+Alt+H',
  minimize: () => 'CommandOrControl+M',
  paste: () => 'CommandOrControl+V',
  pasteAndMatchStyle: (isMac) => (isMac ? 'Cmd+Option+Shift+V' : 'Shift+CommandOrControl+V'),
  quit: () => 'CommandOrControl+Q',
  resetZoom: () => 'CommandOrControl+0',
  selectAll: () => 'CommandOrControl+A',
  services: () => null,
  showSubstitutions: () => null,
  startSpeaking: () => null,
  stopSpeaking: () => null,
  toggleDevTools: (isMac) => (isMac ? 'Alt+Command+I' : 'Ctrl+Shift+I'),
  toggleSmartDashes: () => null,
  toggleSmartQuotes: () => null,
  toggleSpellChecker: () => null,
  toggleTextReplacement: () => null,
  togglefullscreen: (isMac) => (isMac ? 'Control+Command+F' : 'F11'),
  unhide: () => null,
  window: () => null,
  zoom: () => null,
  zoomIn: () => 'CommandOrControl+Plus',
  zoomOut: () => 'CommandOrControl+-',
};

/** Roles that only macOS has. */
const macRoles = new Set<Role>([
  'front',
  'hide',
  'hideOthers',
  'services',
  'showSubstitutions',
  'startSpeaking',
  'stopSpeaking',
  'toggleSmartDashes',
  'toggleSmartQuotes',
  'toggleTextReplacement',
  'unhide',
]);

const known = new Set([
  'accelerator',
  'acceleratorWorksWhenHidden',
  'checked',
  'click',
  'enabled',
  'id',
  'label',
  'registerAccelerator',
  'role',
  'submenu',
  'type',
  'visible',
]);

const modifiers = new Set([
  'CommandOrControl',
  'CmdOrCtrl',
  'Command',
  'Cmd',
  'Control',
  'Ctrl',
  'Alt',
  'Option',
  'Shift',
]);
const keyName =
  /^([A-Z0-9!-/:-@[-`{-~]|F\d{1,2}|Plus|Space|Tab|Esc|Enter|Delete|Up|Down|Left|Right|Home|End|PageUp|PageDown)$/;

function isAccelerator(text: string): boolean {
  const parts = text.split('+');
  return parts.slice(0, -1).every((part) => modifiers.has(part)) && keyName.test(parts.at(-1) ?? '');
}

/** The double of one entry of a menu. Like Electron's, it flips its own mark when it is chosen. */
export class MenuItem {
  readonly id: string | undefined;
  readonly role: Role | undefined;
  readonly type: NonNullable<Template['type']>;
  readonly accelerator: string | null;
  readonly registerAccelerator: boolean;
  readonly submenu: Menu | undefined;
  readonly visible: boolean;
  /** How often something of it was set since it was made. */
  touched = 0;
  #label: string;
  #enabled: boolean;
  #checked: boolean;
  /** The entries of which one is chosen, this one among them. */
  group: readonly MenuItem[] = [];
  readonly #click: Template['click'];

  constructor(template: Template) {
    const { role, type, label, accelerator, submenu } = template;
    for (const [name, value] of Object.entries(template)) {
      if (!known.has(name)) throw new Error(`a menu entry has no ${name}`);
      if (value === undefined) throw new Error(`${name} of a menu entry is undefined`);
    }
    if (role !== undefined && !roleKeys[role]) throw new Error(`the double has no role ${role}`);
    if (role !== undefined && template.click) throw new Error(`${role} has a click of its own, which is never called`);
    if (role === undefined && type !== 'separator' && !label)
      throw new Error('an entry has neither a role nor a label');
    if (role !== undefined && macRoles.has(role) && process.platform !== 'darwin' && !Menu.anyPlatform) {
      throw new Error(`${role} is a role of macOS only`);
    }
    if (accelerator !== undefined && !isAccelerator(accelerator)) throw new Error(`${accelerator} is no accelerator`);
    if (template.checked !== undefined && type !== 'checkbox' && type !== 'radio') {
      throw new Error(`${label} is checked, but neither a checkbox nor a radio item`);
    }
    this.id = template.id;
    this.role = role;
    this.type = type ?? (submenu === undefined ? 'normal' : 'submenu');
    this.#label = label ?? role ?? '';
    this.accelerator = accelerator ?? null;
    this.registerAccelerator = template.registerAccelerator ?? true;
    this.submenu =
      submenu === undefined
        ? undefined
        : submenu instanceof Menu
          ? submenu
          : Menu.buildFromTemplate(submenu as Template[]);
    this.visible = template.visible ?? true;
    this.#enabled = template.enabled ?? true;
    this.#checked = template.checked ?? false;
    this.#click = template.click;
  }

  get label(): string {
    return this.#label;
  }

  set label(label: string) {
    this.touched += 1;
    this.#label = label;
  }

  get enabled(): boolean {
    return this.#enabled;
  }

  set enabled(enabled: boolean) {
    this.touched += 1;
    this.#enabled = enabled;
  }

  get checked(): boolean {
    return this.#checked;
  }

  /** As in Electron, a radio item that is set to anything at all becomes the chosen one of its group. */
  set checked(value: boolean) {
    this.touched += 1;
    if (this.type !== 'radio') {
      this.#checked = value;
      return;
    }
    for (const other of this.group) other.#checked = false;
    this.#checked = true;
  }

  /** The key that is shown: its own, or that of its role. */
  keyOn(platform: NodeJS.Platform): string | null {
    const ofRole = this.role === undefined ? null : (roleKeys[this.role]?.(platform === 'darwin') ?? null);
    // Windows closes programs with Alt+F4, which the system sees to.
    return this.accelerator ?? (this.role === 'quit' && platform === 'win32' ? null : ofRole);
  }

  /** Chooses the entry, as a reader does. */
  click(): void {
    if (!this.enabled) throw new Error(`${this.label} cannot be chosen now`);
    if (this.type === 'checkbox' || this.type === 'radio') this.checked = !this.checked;
    this.#click?.(this as unknown as Electron.MenuItem, undefined, {} as Electron.KeyboardEvent);
  }
}

/** Context menus that were opened, the last one last. */
export const popups: { menu: Menu; options: Electron.PopupOptions }[] = [];

/** The double of a menu. */
export class Menu {
  static applicationMenu: Menu | null = null;
  /** How many times an application menu was put up. */
  static timesSet = 0;
  /** What must be so for a menu to be put up; see `electron-double.ts`. */
  static mustBeReady: (what: string) => void = () => {};
  /** For tests that build the menus of other platforms than the one they run on. */
  static anyPlatform = false;
  readonly items: readonly MenuItem[];
  /** As it was given. */
  readonly template: Template[];

  constructor(template: Template[] = []) {
    this.template = template;
    this.items = template.map((each) => new MenuItem(each));
    let group: MenuItem[] = [];
    for (const item of this.items) {
      if (item.type !== 'radio') group = [];
      else {
        group.push(item);
        item.group = group;
      }
    }
    const ids = this.all().flatMap((item) => item.id ?? []);
    if (new Set(ids).size < ids.length) throw new Error('two entries of a menu have the same id');
  }

  static buildFromTemplate(template: Template[]): Menu {
    if (!Array.isArray(template)) throw new TypeError('Invalid template for Menu: Menu template must be an array');
    return new Menu(template);
  }

  static setApplicationMenu(menu: Menu | null): void {
    Menu.mustBeReady('the menu');
    Menu.applicationMenu = menu;
    Menu.timesSet += 1;
  }

  static getApplicationMenu(): Menu | null {
    return Menu.applicationMenu;
  }

  /** Every entry, those of submenus after the entry that opens them. */
  all(): MenuItem[] {
    return this.items.flatMap((item) => [item, ...(item.submenu?.all() ?? [])]);
  }

  getMenuItemById(id: string): MenuItem | null {
    return this.all().find((item) => item.id === id) ?? null;
  }

  popup(options: Electron.PopupOptions = {}): void {
    Menu.mustBeReady('a context menu');
    const { window, frame, x, y, sourceType, ...rest } = options;
    if (Object.keys(rest).length > 0) throw new Error(`popup has no ${Object.keys(rest)}`);
    if (!window) throw new Error('a context menu opens over the focused window, whichever that is');
    if (window.isDestroyed()) throw new Error('Object has been destroyed');
    if ((x === undefined) !== (y === undefined)) throw new Error('x and y belong together');
    if (this.items.length === 0) throw new Error('an empty menu was opened');
    popups.push({ menu: this, options });
  }
}
