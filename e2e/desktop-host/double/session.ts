import { theApp } from './app.ts';
import { LoudEmitter, lack, loud, onlyOptions } from './loud.ts';

type Handler<Name extends keyof Electron.Session> = Electron.Session[Name] extends (
  handler: infer H,
  ...rest: never[]
) => void
  ? H
  : never;

type SchemeHandler = (request: Request) => Response | Promise<Response>;

/** Schemes that were declared before the program was ready. */
const declared = new Map<string, Electron.Privileges>();

const privileges = [
  'allowExtensions',
  'allowServiceWorkers',
  'bypassCSP',
  'codeCache',
  'corsEnabled',
  'secure',
  'standard',
  'stream',
  'supportFetchAPI',
];

class SchemeProtocol {
  readonly handlers = new Map<string, SchemeHandler>();

  registerSchemesAsPrivileged(schemes: Electron.CustomScheme[]): void {
    theApp.mustNotBeReady('registerSchemesAsPrivileged');
    for (const { scheme, privileges: given, ...more } of schemes) {
      onlyOptions('a scheme', more, []);
      onlyOptions('a scheme’s privileges', given, privileges);
      // Pages are shown under https (see addresses.ts), which has these two and not the other.
      if (!given?.standard || !given.secure || given.bypassCSP) lack('a scheme that is not standard and secure');
      declared.set(scheme, given);
    }
  }

  handle(scheme: string, handler: SchemeHandler): void {
    theApp.mustBeReady('protocol.handle');
    if (this.handlers.has(scheme)) throw new Error(`The scheme has been intercepted: ${scheme}`);
    if (!declared.has(scheme)) lack(`a handler of ${scheme}:, which was not declared`);
    this.handlers.set(scheme, handler);
  }

  unhandle(scheme: string): void {
    this.handlers.delete(scheme);
  }

  isProtocolHandled(scheme: string): boolean {
    return this.handlers.has(scheme);
  }
}

type BeforeRequest = (
  details: Electron.OnBeforeRequestListenerDetails,
  callback: (response: Electron.CallbackResponse) => void,
) => void;

const events = [
  'will-download',
  // Nothing here brings these about.
  'file-system-access-restricted',
  'hid-device-added',
  'select-hid-device',
  'select-serial-port',
  'select-usb-device',
  'spellcheck-dictionary-download-begin',
  'spellcheck-dictionary-download-failure',
  'spellcheck-dictionary-download-success',
  'spellcheck-dictionary-initialized',
];

export class Session extends LoudEmitter {
  permissionRequest: Handler<'setPermissionRequestHandler'> = null;
  permissionCheck: Handler<'setPermissionCheckHandler'> = null;
  beforeRequest: BeforeRequest | null = null;
  readonly availableSpellCheckerLanguages = ['de', 'en-GB', 'en-US', 'fr'];
  spellCheckerLanguages: string[] = ['en-US'];
  spellCheckerEnabled = true;
  readonly schemes = new SchemeProtocol();
  readonly protocol = loud('session.protocol', this.schemes);
  readonly webRequest = loud('session.webRequest', {
    onBeforeRequest: (...args: [BeforeRequest | null] | [unknown, BeforeRequest]) => {
      if (args.length !== 1) lack('a filter of webRequest.onBeforeRequest');
      this.beforeRequest = args[0] as BeforeRequest | null;
    },
  });

  constructor() {
    super('session', events);
    // biome-ignore lint/correctness/noConstructorReturn: who asks for what is not there is to be told.
    return loud('session', this);
  }

  setPermissionRequestHandler(handler: Handler<'setPermissionRequestHandler'>): void {
    this.permissionRequest = handler;
  }

  setPermissionCheckHandler(handler: Handler<'setPermissionCheckHandler'>): void {
    this.permissionCheck = handler;
  }

  // There are no devices, and no screens to share, in the browser of the tests.
  setDevicePermissionHandler(): void {}
  setDisplayMediaRequestHandler(): void {}
  setBluetoothPairingHandler(): void {}
  setUSBProtectedClassesHandler(): void {}
  setCertificateVerifyProc(): void {}
  setSSLConfig(): void {}
  setDownloadPath(): void {}
  setUserAgent(): void {}
  setSpellCheckerDictionaryDownloadURL(): void {}
  async setProxy(): Promise<void> {}
  async closeAllConnections(): Promise<void> {}

  setSpellCheckerLanguages(languages: string[]): void {
    for (const language of languages)
      if (!this.availableSpellCheckerLanguages.includes(language))
        throw new Error(`Invalid language code: ${language}`);
    this.spellCheckerLanguages = [...languages];
  }

  getSpellCheckerLanguages(): string[] {
    return [...this.spellCheckerLanguages];
  }

  setSpellCheckerEnabled(enabled: boolean): void {
    this.spellCheckerEnabled = enabled;
  }

  isSpellCheckerEnabled(): boolean {
    return this.spellCheckerEnabled;
  }

  isPersistent(): boolean {
    return true;
  }

  /** Whether a page may have a permission: the handler for questions and the one for requests must both say so. */
  async permits(contents: Electron.WebContents, permission: string, url: string): Promise<boolean> {
    const { permissionCheck: check, permissionRequest: request } = this;
    const details = { isMainFrame: true, requestingUrl: url };
    const checked = check?.(contents, permission as 'clipboard-read', originOf(url), details) ?? true;
    if (!checked) return false;
    if (!request) return true;
    return await new Promise((resolve) => request(contents, permission as 'clipboard-read', resolve, details));
  }
}

/** The origin of an address as Electron gives it to handlers: with a slash behind it. */
function originOf(address: string): string {
  const url = new URL(address);
  return `${url.protocol}//${url.host}/`;
}

let theDefault: Session | null = null;
const partitions = new Map<string, Session>();

/** The session of pages that name no other. */
export function defaultSession(): Session {
  theApp.mustBeReady('a session');
  if (theDefault) return theDefault;
  theDefault = new Session();
  theApp.emit('session-created', theDefault);
  return theDefault;
}

export const session = loud('session (the module)', {
  get defaultSession() {
    return defaultSession();
  },
  fromPartition: (name: string) => {
    theApp.mustBeReady('a session');
    const known = partitions.get(name);
    if (known) return known;
    const made = new Session();
    partitions.set(name, made);
    theApp.emit('session-created', made);
    return made;
  },
});

/** The protocol of the default session; declaring schemes comes before there is one. */
export const protocol = loud('protocol', {
  registerSchemesAsPrivileged: (schemes: Electron.CustomScheme[]) =>
    SchemeProtocol.prototype.registerSchemesAsPrivileged(schemes),
  handle: (scheme: string, handler: SchemeHandler) => defaultSession().schemes.handle(scheme, handler),
  unhandle: (scheme: string) => defaultSession().schemes.unhandle(scheme),
  isProtocolHandled: (scheme: string) => defaultSession().schemes.isProtocolHandled(scheme),
});
