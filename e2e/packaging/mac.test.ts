import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { getRawHeader } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { parseUpdateInfo } from 'electron-updater/out/providers/Provider.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPromise } from 'yauzl';
import { readFeedAnswer } from '../../main/updates/feed-answer.ts';
import { type PlistValue, readPlist } from './plist.ts';
import { filesBelow, pack, stageProject, standInTools } from './stage.ts';
import { electronsOwn, standInRuntime } from './stand-in-runtime.ts';

// The stand-ins are shell scripts. On macOS itself the program would be signed, which a stand-in cannot be.
const isLinux = process.platform === 'linux';
const root = dirname(dirname(import.meta.dirname));
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
const temporary = mkdtempSync(join(tmpdir(), 'offprint-mac-'));
const project = join(temporary, 'project');
const made = (name: string) => join(project, 'release', name);
const contents = (folder: string) => join(made(folder), 'Offprint.app', 'Contents');

beforeAll(async () => {
  if (!isLinux) return;
  await standInRuntime(join(temporary, 'runtime'), 'darwin');
  await stageProject(project);
  const options = ['--mac', 'zip', '--arm64', '--x64'];
  await pack(project, join(temporary, 'runtime'), options, standInTools(join(temporary, 'tools')));
}, 300_000);

afterAll(() => rmSync(temporary, { recursive: true, force: true }));

describe.skipIf(!isLinux).each([
  ['mac-arm64', `offprint-${version}-mac-arm64.zip`],
  ['mac', `offprint-${version}-mac-x64.zip`],
])('made for macOS by electron-builder with a stand-in for the runtime: %s', (folder, zip) => {
  const information = (): Record<string, PlistValue> =>
    readPlist(readFileSync(join(contents(folder), 'Info.plist'), 'utf8'));

  test('it opens its own files, is one of those that open references, and opens its links', () => {
    const { CFBundleDocumentTypes: types, CFBundleURLTypes: links } = information();
    const icon = { CFBundleTypeIconFile: 'icon.icns', CFBundleTypeRole: 'Viewer' };
    expect(types).toEqual([
      { ...icon, CFBundleTypeExtensions: ['offprint'], CFBundleTypeName: 'Offprint backup', LSHandlerRank: 'Owner' },
      { ...icon, CFBundleTypeExtensions: ['bib'], CFBundleTypeName: 'BibTeX references', LSHandlerRank: 'Alternate' },
      { ...icon, CFBundleTypeExtensions: ['ris'], CFBundleTypeName: 'RIS references', LSHandlerRank: 'Alternate' },
    ]);
    expect(links).toEqual([
      { CFBundleTypeRole: 'Viewer', CFBundleURLName: 'Offprint link', CFBundleURLSchemes: ['offprint'] },
    ]);
    expect(information()['UTExportedTypeDeclarations']).toEqual([
      {
        UTTypeIdentifier: 'org.offprint.backup',
        UTTypeDescription: 'Offprint backup',
        UTTypeConformsTo: ['public.data', 'public.archive'],
        UTTypeTagSpecification: {
          'public.filename-extension': ['offprint'],
          'public.mime-type': ['application/x-offprint-backup'],
        },
      },
    ]);
  });

  test('it says what it is, and needs the macOS that Electron needs', () => {
    expect(information()).toMatchObject({
      CFBundleIdentifier: 'org.offprint.Offprint',
      CFBundleName: 'Offprint',
      CFBundleShortVersionString: version,
      LSApplicationCategoryType: 'public.app-category.reference',
      LSMinimumSystemVersion: electronsOwn.minimumSystem,
      NSRequiresAquaSystemAppearance: false,
    });
    expect(
      readFileSync(join(contents(folder), 'Resources/icon.icns')).equals(
        readFileSync(join(root, 'resources/icons/icon.icns')),
      ),
    ).toBe(true);
  });

  test('it asks for no camera, microphone, Bluetooth or anything else', () => {
    expect(Object.keys(information()).filter((key) => /Usage/.test(key))).toEqual([]);
  });

  test('it may fetch without encryption from this machine alone', () => {
    const transport = information()['NSAppTransportSecurity'] as Record<string, PlistValue>;
    const { NSExceptionDomains: domains, ...rest } = transport;
    expect(rest).toEqual({ NSAllowsLocalNetworking: true });
    expect(Object.keys(domains as object).toSorted()).toEqual(['127.0.0.1', 'localhost']);
  });

  test('its archive is the one that its information knows', () => {
    const { headerString } = getRawHeader(join(contents(folder), 'Resources/app.asar'));
    const hash = createHash('sha256').update(headerString).digest('hex');
    expect(information()['ElectronAsarIntegrity']).toMatchObject({
      'Resources/app.asar': { algorithm: 'SHA256', hash },
    });
  });

  test('its fuses are set', async () => {
    const fuses = await getCurrentFuseWire(join(made(folder), 'Offprint.app'));
    const states = [
      FuseV1Options.RunAsNode,
      FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
      FuseV1Options.OnlyLoadAppFromAsar,
    ];
    expect(states.map((fuse) => String.fromCharCode(Number(fuses[fuse])))).toEqual(['0', '1', '1']);
  });

  test('it has its resources, the command line and where to look for newer ones', () => {
    expect(filesBelow(join(contents(folder), 'Resources'))).toEqual(
      [
        'LICENSE.offprint.txt',
        'THIRD-PARTY-NOTICES.md',
        'app-update.yml',
        'app.asar',
        'bin/offprint',
        'daily-papers.txt',
        'de.lproj/locale.pak',
        'default_app.asar',
        'formats.md',
        'icon.icns',
        'icons/256x256.png',
      ].toSorted(),
    );
    expect(statSync(join(contents(folder), 'Resources/bin/offprint')).mode & 0o777).toBe(0o755);
    expect(readFileSync(join(contents(folder), 'Resources/app-update.yml'), 'utf8')).toContain('provider: generic\n');
  });

  test('its zip holds all of it', async () => {
    const names: string[] = [];
    const file = await openPromise(made(zip));
    for await (const { fileName } of file.eachEntry()) if (!fileName.endsWith('/')) names.push(fileName);
    expect(names.toSorted()).toEqual(
      filesBelow(join(made(folder), 'Offprint.app'))
        .map((path) => `Offprint.app/${path}`)
        .toSorted(),
    );
  });
});

describe.skipIf(!isLinux)('for macOS', () => {
  test('the feed names both zips, with their hashes', () => {
    const feed = readFileSync(made('latest-mac.yml'), 'utf8');
    const release = readFeedAnswer(feed, (yaml) => parseUpdateInfo(yaml, '', new URL('https://a.example/')));
    expect([release.version, release.files.length]).toEqual([version, 2]);
    const named = [...feed.matchAll(/ - url: (\S+)\n {4}sha512: (\S+)/g)].map((each) => each.slice(1));
    const hash = (name: string) =>
      createHash('sha512')
        .update(readFileSync(made(name)))
        .digest('base64');
    const zips = ['x64', 'arm64'].map((kind) => `offprint-${version}-mac-${kind}.zip`);
    expect(named.toSorted()).toEqual(zips.map((name) => [name, hash(name)]).toSorted());
  });
});

describe('the entitlements', () => {
  test('are one: to compile while running', () => {
    const entitlements = readPlist(readFileSync(join(root, 'resources/mac/entitlements.plist'), 'utf8'));
    expect(entitlements).toEqual({ 'com.apple.security.cs.allow-jit': true });
  });

  test('are those that the program and its helpers are signed with, hardened', () => {
    const configuration = readFileSync(join(root, 'electron-builder.yml'), 'utf8');
    const mac = /^mac:\n((?: .*\n)+)/m.exec(configuration)?.[1];
    expect(mac).toContain('  hardenedRuntime: true\n');
    expect(mac).toContain('  entitlements: resources/mac/entitlements.plist\n');
    expect(mac).toContain('  entitlementsInherit: resources/mac/entitlements.plist\n');
    expect(mac).not.toMatch(/identity|notarize/);
  });
});
