import type { Undoing } from './undoings.ts';

const windowFile = 'main/desktop/main-window.ts';
const windowTest = 'main/desktop/main-window.test.ts';
const usesTest = 'main/desktop/electron-uses.test.ts';
const policyFile = 'shared/content-security-policy.ts';
const policyTest = 'shared/content-security-policy.test.ts';
const pageFile = 'renderer/index.html';
const pageTest = 'e2e/security/inline.test.ts';
const filesFile = 'main/desktop/renderer-files.ts';
const filesTest = 'main/desktop/renderer-files.test.ts';
const preloadFile = 'main/desktop/preload.ts';
const preloadTest = 'main/desktop/preload.test.ts';

/** An option of the page's that says the opposite. */
function option(item: number, name: string, value: boolean): Undoing {
  const [from, to] = [`${name}: ${value},`, `${name}: ${!value},`];
  return { item, what: `${name} is ${!value}`, file: windowFile, from, to, tests: [windowTest] };
}

/** An option of the page's that is not said any more, and left to what Electron makes of it. */
function optionLeft(item: number, name: string, value: boolean): Undoing {
  const from = `        ${name}: ${value},\n`;
  return { item, what: `${name} is left to Electron`, file: windowFile, from, to: '', tests: [windowTest] };
}

/** What the page is given, and what it may do: its options, its policy, where it comes from, what it sees. */
export const pageUndoings: readonly Undoing[] = [
  {
    item: 1,
    what: 'the window loads a page from the network',
    file: windowFile,
    from: 'loadURL(appPage)',
    to: "loadURL('http://localhost:5173/')",
    tests: [windowTest, usesTest],
  },
  {
    item: 1,
    what: 'the page has a script from elsewhere',
    file: pageFile,
    from: '<div id="root"></div>',
    to: '<script src="http://example.org/x.js"></script><div id="root"></div>',
    tests: [pageTest],
  },
  option(2, 'nodeIntegration', false),
  option(2, 'nodeIntegrationInWorker', false),
  option(2, 'nodeIntegrationInSubFrames', false),
  optionLeft(2, 'nodeIntegration', false),
  option(3, 'contextIsolation', true),
  optionLeft(3, 'contextIsolation', true),
  {
    item: 3,
    what: 'the preload script goes around the bridge',
    file: preloadFile,
    from: 'contextBridge.exposeInMainWorld(bridgeName, Object.freeze(bridge))',
    to: 'Reflect.set(globalThis, bridgeName, bridge)',
    tests: [preloadTest],
  },
  option(4, 'sandbox', true),
  optionLeft(4, 'sandbox', true),
  option(6, 'webSecurity', true),
  optionLeft(6, 'webSecurity', true),
  {
    item: 7,
    what: 'scripts may be inline',
    file: policyFile,
    from: `'script-src': "'self'"`,
    to: `'script-src': "'self' 'unsafe-inline'"`,
    tests: [policyTest],
  },
  {
    item: 7,
    what: 'what is not named may come from anywhere',
    file: policyFile,
    from: `'default-src': "'none'"`,
    to: `'default-src': '*'`,
    tests: [policyTest],
  },
  {
    item: 7,
    what: 'text may be turned into script',
    file: policyFile,
    from: `  'require-trusted-types-for': "'script'",\n`,
    to: '',
    tests: [policyTest],
  },
  {
    item: 7,
    what: 'answers go without the policy',
    file: filesFile,
    from: '{ ...securityHeaders, ...headers }',
    to: 'headers',
    tests: [filesTest],
  },
  {
    item: 7,
    what: 'a file type may be guessed',
    file: policyFile,
    from: "'nosniff'",
    to: "'sniff'",
    tests: [policyTest],
  },
  {
    item: 7,
    what: 'the build puts small files into others',
    file: 'vite.config.ts',
    from: 'assetsInlineLimit: 0',
    to: 'assetsInlineLimit: 4096',
    tests: [pageTest],
  },
  {
    item: 7,
    what: 'the page has a script of its own',
    file: pageFile,
    from: '<div id="root"></div>',
    to: '<script>document.title = "x"</script><div id="root"></div>',
    tests: [pageTest],
  },
  option(8, 'allowRunningInsecureContent', false),
  optionLeft(8, 'allowRunningInsecureContent', false),
  option(9, 'experimentalFeatures', false),
  optionLeft(9, 'experimentalFeatures', false),
  {
    item: 10,
    what: 'a feature of Blink is turned on',
    file: windowFile,
    from: '        webviewTag: false,\n',
    to: "        webviewTag: false,\n        enableBlinkFeatures: 'DirectSockets',\n",
    tests: [windowTest, usesTest],
  },
  option(11, 'webviewTag', false),
  optionLeft(11, 'webviewTag', false),
  {
    item: 11,
    what: 'the page has a webview that opens windows',
    file: pageFile,
    from: '<div id="root"></div>',
    to: '<webview allowpopups></webview><div id="root"></div>',
    tests: [pageTest],
  },
  {
    item: 18,
    what: 'the window loads a file',
    file: windowFile,
    from: 'loadURL(appPage)',
    to: "loadFile('out/renderer/index.html')",
    tests: [usesTest, windowTest],
  },
  {
    item: 18,
    what: 'links are followed out of the folder',
    file: filesFile,
    from: 'if ((await realpath(file)) !== file)',
    to: 'if (false)',
    tests: [filesTest],
  },
  {
    item: 18,
    what: 'addresses are decoded',
    file: filesFile,
    from: 'const path = new URL(address).pathname;',
    to: 'const path = decodeURIComponent(new URL(address).pathname);',
    tests: [filesTest],
  },
  {
    item: 18,
    what: 'any name will do',
    file: filesFile,
    from: 'plainName.test(name)',
    to: "name !== ''",
    tests: [filesTest],
  },
  {
    item: 18,
    what: 'names of devices will do',
    file: filesFile,
    from: ' && !deviceName.test(name)',
    to: '',
    tests: [filesTest],
  },
  {
    item: 18,
    what: 'other hosts are the program, too',
    file: 'main/desktop/app-address.ts',
    from: ' || url.host !== appHost',
    to: '',
    tests: ['main/desktop/app-address.test.ts'],
  },
  {
    item: 18,
    what: 'the scheme goes past the policy',
    file: 'main/desktop/register-app-scheme.ts',
    from: 'secure: true,',
    to: 'secure: true, bypassCSP: true,',
    tests: ['main/desktop/register-app-scheme.test.ts'],
  },
  {
    item: 20,
    what: 'the page gets Electron’s own messages',
    file: preloadFile,
    from: 'Object.freeze(bridge)',
    to: 'Object.freeze({ ...bridge, ipcRenderer })',
    tests: [preloadTest],
  },
  {
    item: 20,
    what: 'the page gets Electron’s event object',
    file: preloadFile,
    from: 'listener(payload)',
    to: 'Reflect.apply(listener, null, [payload, _event])',
    tests: [preloadTest],
  },
  {
    item: 20,
    what: 'the page may call what is no call',
    file: preloadFile,
    from: 'if (!names.calls.includes(name))',
    to: 'if (false)',
    tests: [preloadTest],
  },
];
