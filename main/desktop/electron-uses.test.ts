import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const folder = import.meta.dirname;
const files = readdirSync(folder)
  .filter((name) => name.endsWith('.ts') && !/\.test\.ts$|-testing\.ts$|double|^small-library/.test(name))
  .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));

/** The files in which something stands. */
const filesWith = (pattern: RegExp) => files.filter(({ text }) => pattern.test(text)).map(({ name }) => name);

/** What of Electron a file imports to use, types left out. */
function importedBy(text: string): string[] {
  return [...text.matchAll(/^import (?!type)\{([^}]*)\} from 'electron'/gm)].flatMap(([, names = '']) =>
    names
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '' && !name.startsWith('type ')),
  );
}

/** The parts of Electron that have power over the machine, and which files alone may use them. */
const powers: Readonly<Record<string, readonly string[]>> = {
  ipcMain: ['answer-calls.ts'],
  ipcRenderer: ['preload.ts'],
  contextBridge: ['preload.ts'],
  protocol: ['register-app-scheme.ts', 'serve-renderer.ts'],
  session: ['describe-host.ts', 'guard-sessions.ts', 'join-desktop.ts', 'update-session.ts'],
  clipboard: ['context-menu.ts'],
  autoUpdater: ['update-engine.ts'],
  shell: ['hand-over.ts', 'open-external.ts'],
};

/** Parts of Electron that stand for a picture, a number or a sentence, and that any file may use. */
const harmless = new Set([
  'app',
  'BrowserWindow',
  'dialog',
  'Menu',
  'MenuItem',
  'nativeImage',
  'nativeTheme',
  'powerMonitor',
  'screen',
]);

describe('what of Electron is used, and where', () => {
  test('each power lies in the hands of the files named for it', () => {
    for (const [power, holders] of Object.entries(powers)) {
      const found = files.filter(({ text }) => importedBy(text).includes(power)).map(({ name }) => name);
      expect(found, power).toEqual(holders);
    }
  });

  test('nothing is imported that is neither harmless nor named here', () => {
    for (const { name, text } of files) {
      const others = importedBy(text).filter((each) => !harmless.has(each) && !(each in powers));
      expect(others, name).toEqual([]);
      expect(text, name).not.toMatch(
        /import \* as \w+ from 'electron'|import\('electron'\)|require\(|@electron\/remote/,
      );
    }
  });
});

/** What would take a protection away, or go around one. */
const never: readonly RegExp[] = [
  // Pages from elsewhere: files, the network, code of ours put into a page.
  /loadFile\(/,
  /['"`]file:\/\//,
  /['"`]http:\/\//,
  /executeJavaScript|insertCSS|insertText\(|registerPreloadScript|setPreloads/,
  // What a page may be given.
  /enableBlinkFeatures|enableWebSQL|allowpopups|<webview|WebContentsView|BrowserView/,
  /(sandbox|contextIsolation|webSecurity): false/,
  /(nodeIntegration\w*|allowRunningInsecureContent|experimentalFeatures|webviewTag|plugins|webgl): true/,
  /action: 'allow'|createWindow/,
  /bypassCSP|allowServiceWorkers|allowExtensions|corsEnabled|disableCookieEncryption/,
  // Messages that go past the one guarded channel.
  /ipcMain\.(on|once|handleOnce|addListener)\b|\.ipc\b|sendSync|MessageChannelMain|postMessage/,
  // Sessions.
  /setCertificateVerifyProc|setSSLConfig|allowNTLMCredentials|setProxy|loadExtension|clearHostResolver/,
  /setPermission\w+Handler\(null|setDevicePermissionHandler\(null/,
  // Chromium, and what opens a way in.
  /removeSwitch|appendArgument|openDevTools|inspectElement|debugger\.attach|remote-debugging-port/,
  /no-sandbox|disable-web-security|ignore-certificate-errors|disable-site-isolation/,
];

/** Where one of these may stand all the same. */
const exceptions: Readonly<Record<string, string>> = {
  // Says what the switch does, and refuses it.
  'no-sandbox': 'refuse-launch.ts',
  // An entry that is there only in a program that is not installed; an installed one has no developer tools.
  inspectElement: 'context-menu.ts',
};

test.each(never)('nowhere in the shell stands %s', (pattern) => {
  for (const { name, text } of files) {
    for (const [found] of text.matchAll(new RegExp(pattern, 'g')))
      expect(exceptions[found], `${found} in ${name}`).toBe(name);
  }
});

test('one file alone opens windows, and one address is loaded', () => {
  expect(filesWith(/new BrowserWindow\(/)).toEqual(['main-window.ts']);
  expect(filesWith(/\.loadURL\(/)).toEqual(['main-window.ts']);
  const [opener] = files.filter(({ name }) => name === 'main-window.ts');
  expect(opener?.text.match(/loadURL\(\w*/g)).toEqual(['loadURL(appPage']);
});

test('one session alone is made beside the default one, and one may ask the network for something', () => {
  expect(filesWith(/fromPartition\(|fromPath\(/)).toEqual(['update-session.ts']);
  expect(filesWith(/\bonBeforeRequest\(/)).toEqual(['guard-sessions.ts', 'update-session.ts']);
  expect(filesWith(/\bnet\.(fetch|request)\(|\bsession\.fetch\(|\.fetch\(address/)).toEqual(['update-engine.ts']);
});

test('Chromium is given the switches of the network, and no other', () => {
  expect(filesWith(/appendSwitch\(/)).toEqual(['allowed-network.ts']);
});
