import { EventEmitter } from 'node:events';
import type * as Electron from 'electron';

type Handler<Name extends keyof Electron.Session> = Electron.Session[Name] extends (
  handler: infer H,
  ...rest: never[]
) => void
  ? H
  : never;

/** The double of a session: keeps the handlers it was given, for a test to ask. */
export class FakeSession extends EventEmitter {
  permissionRequest: Handler<'setPermissionRequestHandler'> = null;
  permissionCheck: Handler<'setPermissionCheckHandler'> = null;
  devicePermission: Handler<'setDevicePermissionHandler'> = null;
  displayMedia: Handler<'setDisplayMediaRequestHandler'> = null;
  bluetoothPairing: Handler<'setBluetoothPairingHandler'> = null;
  readonly availableSpellCheckerLanguages = ['af', 'de', 'en-GB', 'en-US', 'es-419', 'fr', 'x'];
  spellCheckerLanguages = ['en-US'];
  spellCheckerEnabled = true;
  /** Words that were added to the dictionary. */
  readonly learned: string[] = [];
  dictionaryUrl = 'https://dictionaries.example/';
  beforeRequest:
    | ((
        details: Electron.OnBeforeRequestListenerDetails,
        callback: (response: Electron.CallbackResponse) => void,
      ) => void)
    | null = null;
  beforeSendHeaders:
    | ((
        details: Electron.OnBeforeSendHeadersListenerDetails,
        callback: (response: Electron.BeforeSendResponse) => void,
      ) => void)
    | null = null;
  readonly webRequest = {
    onBeforeSendHeaders: (listener: NonNullable<FakeSession['beforeSendHeaders']>) => {
      this.beforeSendHeaders = listener;
    },
    onBeforeRequest: (listener: NonNullable<FakeSession['beforeRequest']>) => {
      this.beforeRequest = listener;
    },
  };

  setPermissionRequestHandler(handler: Handler<'setPermissionRequestHandler'>): void {
    this.permissionRequest = handler;
  }

  setPermissionCheckHandler(handler: Handler<'setPermissionCheckHandler'>): void {
    this.permissionCheck = handler;
  }

  setDevicePermissionHandler(handler: Handler<'setDevicePermissionHandler'>): void {
    this.devicePermission = handler;
  }

  setDisplayMediaRequestHandler(handler: Handler<'setDisplayMediaRequestHandler'>, ...rest: unknown[]): void {
    // By which the system's own picker would answer instead of the handler.
    if (rest.length > 0) throw new Error('the system would choose a screen, and not ask');
    this.displayMedia = handler;
  }

  setBluetoothPairingHandler(handler: Handler<'setBluetoothPairingHandler'>): void {
    this.bluetoothPairing = handler;
  }

  setSpellCheckerLanguages(languages: string[]): void {
    const unknown = languages.filter((each) => !this.availableSpellCheckerLanguages.includes(each));
    if (unknown.length > 0) throw new Error(`Invalid language code provided: "${unknown[0]}" is not a valid language`);
    this.spellCheckerLanguages = languages;
    // As in Electron, this turns the checker on or off.
    this.spellCheckerEnabled = languages.length > 0;
  }

  addWordToSpellCheckerDictionary(word: string): boolean {
    this.learned.push(word);
    return true;
  }

  setSpellCheckerEnabled(enabled: boolean): void {
    this.spellCheckerEnabled = enabled;
  }

  setSpellCheckerDictionaryDownloadURL(url: string): void {
    this.dictionaryUrl = url;
  }
}
