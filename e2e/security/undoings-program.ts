import type { Undoing } from './undoings.ts';

const mainFile = 'main/desktop/main.ts';
const mainTest = 'main/desktop/main.test.ts';
const sessionsFile = 'main/desktop/guard-sessions.ts';
const sessionsTest = 'main/desktop/guard-sessions.test.ts';
const devicesFile = 'main/desktop/guard-devices.ts';
const devicesTest = 'main/desktop/guard-devices.test.ts';
const contentsFile = 'main/desktop/guard-contents.ts';
const contentsTest = 'main/desktop/guard-contents.test.ts';
const credentialsFile = 'main/desktop/guard-credentials.ts';
const credentialsTest = 'main/desktop/guard-credentials.test.ts';
const linksFile = 'main/desktop/open-external.ts';
const linksTest = 'main/desktop/open-external.test.ts';
const switchesFile = 'main/desktop/launch-switches.ts';
const switchesTest = 'main/desktop/launch-switches.test.ts';
const packingFile = 'electron-builder.yml';
const fusesTest = 'e2e/security/fuses.test.ts';
const versionTest = 'e2e/security/electron-support.test.ts';

/** A line of the program's beginning that is not there. */
function beginning(item: number, what: string, from: string): Undoing {
  return { item, what, file: mainFile, from, to: '', tests: [mainTest] };
}

/** A switch that the installed program takes. */
function takes(item: number, name: string): Undoing {
  const from = "  'force-run': /^$/,\n";
  const to = `${from}  '${name}': /^/,\n`;
  return { item, what: `--${name} is taken`, file: switchesFile, from, to, tests: [switchesTest] };
}

/** A fuse that says the opposite. */
function fuse(name: string, value: boolean): Undoing {
  const [from, to] = [`  ${name}: ${value}\n`, `  ${name}: ${!value}\n`];
  return { item: 19, what: `${name} is ${!value}`, file: packingFile, from, to, tests: [fusesTest] };
}

/** What the program itself sees to: sessions, navigation, windows, links, fuses, its version, how it is started. */
export const programUndoings: readonly Undoing[] = [
  {
    item: 1,
    what: 'requests leave the program',
    file: sessionsFile,
    from: 'callback({ cancel: !isAllowed })',
    to: 'callback({ cancel: false })',
    tests: [sessionsTest],
  },
  {
    item: 1,
    what: 'certificates are trusted that the system does not trust',
    file: credentialsFile,
    from: 'callback(false)',
    to: 'callback(true)',
    tests: [credentialsTest],
  },
  {
    item: 1,
    what: 'a certificate of the reader’s is shown to servers',
    file: credentialsFile,
    from: "app.on('select-client-certificate', (event, _contents, _address, _certificates, callback) => {\n    event.preventDefault();\n    callback();",
    to: "app.on('select-client-certificate', (_event, _contents, _address, certificates, callback) => {\n    callback(certificates[0]);",
    tests: [credentialsTest],
  },
  beginning(1, 'nobody sees to credentials', '  guardCredentials();\n'),
  beginning(1, 'the network is not cut off', '  network = limitNetwork(browserData, feed?.hosts ?? []);\n'),
  beginning(4, 'the sandbox is not for every process', '  app.enableSandbox();\n'),
  takes(4, 'no-sandbox'),
  {
    item: 4,
    what: 'the launcher takes the sandbox away',
    file: packingFile,
    from: 'executableArgs: ["--"]',
    to: 'executableArgs: ["--no-sandbox"]',
    tests: [fusesTest],
  },
  {
    item: 5,
    what: 'every permission asked for is given',
    file: sessionsFile,
    from: 'callback(permission === copyText && details.isMainFrame && isAppAddress(details.requestingUrl))',
    to: 'callback(true)',
    tests: [sessionsTest],
  },
  {
    item: 5,
    what: 'the one permission is given to any page',
    file: sessionsFile,
    from: ' && isAppAddress(details.requestingUrl)',
    to: '',
    tests: [sessionsTest],
  },
  {
    item: 5,
    what: 'every permission looked up is there',
    file: sessionsFile,
    from: '(_contents, permission, requestingOrigin, details) =>\n      permission === copyText && details.isMainFrame && isAppAddress(requestingOrigin)',
    to: '() => true',
    tests: [sessionsTest],
  },
  {
    item: 5,
    what: 'only the default session is guarded',
    file: sessionsFile,
    from: "  app.on('session-created', guardOnce);\n",
    to: '',
    tests: [sessionsTest],
  },
  {
    item: 5,
    what: 'the default session is not guarded',
    file: sessionsFile,
    from: '  void app.whenReady().then(() => guardOnce(session.defaultSession));\n',
    to: '',
    tests: [sessionsTest],
  },
  {
    item: 5,
    what: 'files are downloaded',
    file: sessionsFile,
    from: "  session.on('will-download', (event) => event.preventDefault());\n",
    to: '',
    tests: [sessionsTest],
  },
  {
    item: 5,
    what: 'devices are permitted',
    file: devicesFile,
    from: 'setDevicePermissionHandler(() => false)',
    to: 'setDevicePermissionHandler(() => true)',
    tests: [devicesTest],
  },
  {
    item: 5,
    what: 'the screen is shared by whatever Electron does',
    file: devicesFile,
    from: '  session.setDisplayMediaRequestHandler((_request, callback) => callback(null));\n',
    to: '',
    tests: [devicesTest],
  },
  ...(['hid', 'usb'] as const).map((kind) => ({
    item: 5,
    what: `the first ${kind} device is chosen`,
    file: devicesFile,
    from: `  session.on('select-${kind}-device', (event, _details, callback) => {\n    event.preventDefault();\n    callback();`,
    to: `  session.on('select-${kind}-device', (_event, details, callback) => {\n    callback(details.deviceList[0]?.deviceId);`,
    tests: [devicesTest],
  })),
  {
    item: 5,
    what: 'a Bluetooth device is left to Electron to choose',
    file: contentsFile,
    from: '  guardBluetooth(contents);\n',
    to: '',
    tests: [contentsTest],
  },
  takes(9, 'enable-experimental-web-platform-features'),
  {
    item: 9,
    what: '--enable-features turns on any feature',
    file: switchesFile,
    from: "'enable-features': /^(UseOzonePlatform|WaylandWindowDecorations|WaylandLinuxDrmSyncobj|,)+$/",
    to: "'enable-features': /^/",
    tests: [switchesTest],
  },
  takes(10, 'enable-blink-features'),
  {
    item: 12,
    what: 'webviews are attached as they come',
    file: contentsFile,
    from: "  contents.on('will-attach-webview', (event) => event.preventDefault());\n",
    to: '',
    tests: [contentsTest],
  },
  {
    item: 13,
    what: 'the page may go elsewhere',
    file: contentsFile,
    from: "  contents.on('will-navigate', (event) => {\n    event.preventDefault();",
    to: "  contents.on('will-navigate', (event) => {",
    tests: [contentsTest],
  },
  {
    item: 13,
    what: 'frames within the page may go elsewhere',
    file: contentsFile,
    from: 'if (!event.isMainFrame) event.preventDefault();',
    to: '',
    tests: [contentsTest],
  },
  {
    item: 13,
    what: 'the page may be sent on',
    file: contentsFile,
    from: "  contents.on('will-redirect', (event) => event.preventDefault());\n",
    to: '',
    tests: [contentsTest],
  },
  beginning(5, 'no session is guarded', '  guardAllSessions(() => network.spelling);\n'),
  beginning(13, 'no page is guarded', '  guardAllContents();\n'),
  {
    item: 14,
    what: 'the page may open windows',
    file: contentsFile,
    from: "return { action: 'deny' };",
    to: "return { action: 'allow' };",
    tests: [contentsTest],
  },
  {
    item: 14,
    what: 'a window that came all the same stays',
    file: contentsFile,
    from: "  contents.on('did-create-window', (child) => child.destroy());\n",
    to: '',
    tests: [contentsTest],
  },
  {
    item: 15,
    what: 'files are opened by the system',
    file: linksFile,
    from: "new Set(['http:', 'https:', 'mailto:'])",
    to: "new Set(['http:', 'https:', 'mailto:', 'file:'])",
    tests: [linksTest],
  },
  {
    item: 15,
    what: 'links are opened as they are',
    file: linksFile,
    from: '  const address = outwardAddress(link);\n',
    to: '  const address = link;\n',
    tests: [linksTest],
  },
  {
    item: 15,
    what: 'a name before the host makes one site look like another',
    file: linksFile,
    from: "  if (url.username !== '' || url.password !== '') return null;\n",
    to: '',
    tests: [linksTest],
  },
  {
    item: 15,
    what: 'control characters pass',
    file: linksFile,
    from: ' || /\\p{Cc}/u.test(link)',
    to: '',
    tests: [linksTest],
  },
  {
    item: 15,
    what: 'a link to a mail attaches files',
    file: linksFile,
    from: "new Set(['subject', 'body'])",
    to: "new Set(['subject', 'body', 'attach'])",
    tests: [linksTest],
  },
  {
    item: 16,
    what: 'any later Electron will do',
    file: 'package.json',
    from: '"electron": "',
    to: '"electron": "^',
    tests: [versionTest],
  },
  {
    item: 16,
    what: 'an Electron that is no longer mended may be shipped',
    file: 'e2e/security/electron-support.ts',
    from: 'const supportedMajors = 3;',
    to: 'const supportedMajors = 30;',
    tests: [versionTest],
  },
  {
    item: 16,
    what: 'releases do not ask whether Electron is mended',
    file: '.github/workflows/release.yml',
    from: '      - run: npm run check-electron\n',
    to: '',
    tests: [versionTest],
  },
  fuse('runAsNode', false),
  fuse('enableNodeOptionsEnvironmentVariable', false),
  fuse('enableNodeCliInspectArguments', false),
  fuse('enableCookieEncryption', true),
  fuse('enableEmbeddedAsarIntegrityValidation', true),
  fuse('onlyLoadAppFromAsar', true),
  fuse('grantFileProtocolExtraPrivileges', false),
  fuse('loadBrowserProcessSpecificV8Snapshot', false),
  {
    ...fuse('runAsNode', false),
    what: 'runAsNode is true in the packed program file',
    tests: ['e2e/packaging/archive.test.ts'],
  },
  beginning(18, 'the scheme is none of its own', '  registerAppScheme();\n'),
  takes(19, 'remote-debugging-port'),
  beginning(19, 'switches are not looked at', '    if (refuseLaunch(process.argv)) return;\n'),
];
