import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LoudEmitter, loud, onlyOptions, preventable } from './loud.ts';
import { answers, stage, tell } from './stage.ts';

/** The windows that are open, which come and go in another module. */
interface Windows {
  all(): { close(): void; destroy(): void; isDestroyed(): boolean }[];
}

const root = process.argv[1] ?? '';
const home = process.env['OFFPRINT_STAND_IN_HOME'] ?? '';
const lockFile = 'stand-in.lock';

const events = [
  'activate',
  'before-quit',
  'browser-window-created',
  'open-file',
  'open-url',
  'quit',
  'ready',
  'second-instance',
  'session-created',
  'web-contents-created',
  'will-finish-launching',
  'will-quit',
  'window-all-closed',
  // Nothing here brings these about.
  'certificate-error',
  'child-process-gone',
  'login',
  'render-process-gone',
  'select-client-certificate',
];

class App extends LoudEmitter {
  readonly isPackaged = false;
  /** macOS only; there, Electron's has methods of its own. */
  readonly dock = undefined;
  name = 'offprint';
  badgeCount = 0;
  applicationMenu: unknown = null;
  accessibilitySupportEnabled = false;
  readonly paths = new Map<string, string>();
  readonly switches = new Map<string, string>();
  readonly commandLine = loud('app.commandLine', {
    appendSwitch: (name: string, value = '') => {
      this.mustNotBeReady(`the switch ${name}`);
      this.switches.set(name, value);
    },
    hasSwitch: (name: string) => this.switches.has(name),
    getSwitchValue: (name: string) => this.switches.get(name) ?? '',
  });
  windows: Windows = { all: () => [] };
  about: unknown = null;
  isEnding = false;
  isQuitting = false;
  isItReady = false;
  readonly whenItIsReady = Promise.withResolvers<void>();

  constructor() {
    super('app', events);
  }

  mustNotBeReady(what: string): void {
    if (this.isItReady) throw new Error(`${what} comes too late: the app is ready`);
  }

  mustBeReady(what: string): void {
    if (!this.isItReady) throw new Error(`${what} cannot be used before the app is ready`);
  }

  becomeReady(): void {
    this.isItReady = true;
    this.emit('will-finish-launching');
    this.emit('ready', {}, {});
    this.whenItIsReady.resolve();
  }

  whenReady(): Promise<void> {
    return this.whenItIsReady.promise;
  }

  isReady(): boolean {
    return this.isItReady;
  }

  enableSandbox(): void {
    this.mustNotBeReady('enableSandbox');
  }

  disableHardwareAcceleration(): void {
    this.mustNotBeReady('disableHardwareAcceleration');
  }

  setName(name: string): void {
    this.name = name;
  }

  getName(): string {
    return this.name;
  }

  setPath(name: string, path: string): void {
    this.paths.set(name, path);
  }

  getPath(name: string): string {
    const set = this.paths.get(name);
    if (set !== undefined) return set;
    const path = join(home, name);
    mkdirSync(path, { recursive: true });
    return path;
  }

  setAppLogsPath(path?: string): void {
    this.setPath('logs', path ?? join(home, 'logs'));
  }

  getAppPath(): string {
    return root;
  }

  getVersion(): string {
    return (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version;
  }

  /** No name is ever asked for in the browser of the tests. */
  configureHostResolver(): void {
    this.mustBeReady('configureHostResolver');
  }

  getLocaleCountryCode(): string {
    return 'US';
  }

  getLocale(): string {
    return 'en-US';
  }

  getSystemLocale(): string {
    return 'en-US';
  }

  getPreferredSystemLanguages(): string[] {
    return ['en-US'];
  }

  isAccessibilitySupportEnabled(): boolean {
    return this.accessibilitySupportEnabled;
  }

  setBadgeCount(count: number): boolean {
    this.badgeCount = count;
    return true;
  }

  getBadgeCount(): number {
    return this.badgeCount;
  }

  setAppUserModelId(): void {}

  setDesktopName(): void {}

  setAsDefaultProtocolClient(): boolean {
    return true;
  }

  setAboutPanelOptions(options: object): void {
    onlyOptions('the about panel', options, [
      'applicationName',
      'applicationVersion',
      'authors',
      'copyright',
      'credits',
      'iconPath',
      'version',
      'website',
    ]);
    this.about = options;
  }

  showAboutPanel(): void {
    tell('opened', { what: 'the about panel' });
  }

  focus(): void {}

  /** By a file among the browser data, as Chromium does it. */
  requestSingleInstanceLock(data?: object): boolean {
    const folder = this.getPath('userData');
    const path = join(folder, lockFile);
    try {
      writeFileSync(path, String(process.pid), { flag: 'wx', mode: 0o600 });
    } catch {
      if (isAlive(Number(readFileSync(path, 'utf8')))) {
        // Chromium adds switches of its own to what it passes on.
        const [program = '', ...rest] = process.argv;
        const argv = [program, '--allow-file-access-from-files', ...rest];
        this.handingOver = stage.ask('handOver', { argv, folder: process.cwd(), data: data ?? null }).catch(() => {});
        return false;
      }
      writeFileSync(path, String(process.pid), { mode: 0o600 });
    }
    return true;
  }

  handingOver: Promise<void> = Promise.resolve();

  quit(): void {
    if (this.isEnding) return;
    const before = preventable();
    this.emit('before-quit', before);
    if (before.defaultPrevented) return;
    this.isQuitting = true;
    for (const window of this.windows.all()) {
      window.close();
      if (!window.isDestroyed()) {
        this.isQuitting = false;
        return;
      }
    }
    this.willQuit();
  }

  exit(code = 0): void {
    if (this.isEnding) return;
    this.isEnding = true;
    for (const window of this.windows.all()) window.destroy();
    this.emit('quit', {}, code);
    void this.handingOver.then(() => stage.ask('ended', { code })).finally(() => process.exit(code));
  }

  relaunch(): void {
    tell('opened', { what: 'the program, again' });
  }

  /** What Electron does when the last window is gone. */
  lastWindowClosed(): void {
    if (this.isEnding || this.isQuitting) return;
    if (this.listenerCount('window-all-closed') === 0) this.quit();
    else this.emit('window-all-closed');
  }

  private willQuit(): void {
    const event = preventable();
    this.emit('will-quit', event);
    if (event.defaultPrevented) this.isQuitting = false;
    else this.exit(0);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** The double of the program itself: as documented, for the parts that are used. */
export const theApp = new App();
export const app = loud('app', theApp);

answers.secondStart = ({ argv, folder, data }) => void theApp.emit('second-instance', {}, [...argv], folder, data);
