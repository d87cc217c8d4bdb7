import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { getRawHeader } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { parseUpdateInfo } from 'electron-updater/out/providers/Provider.js';
import { Data, NtExecutable, NtExecutableResource, Resource } from 'resedit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readFeedAddress } from '../../main/updates/feed-address.ts';
import { readFeedAnswer } from '../../main/updates/feed-answer.ts';
import { filesBelow, pack, stageProject, standInTools } from './stage.ts';
import { languages, standInRuntime } from './stand-in-runtime.ts';
import { hasProgram } from './system-packages.ts';

// The stand-ins are shell scripts.
const isLinux = process.platform === 'linux';
const root = dirname(dirname(import.meta.dirname));
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
const temporary = mkdtempSync(join(tmpdir(), 'offprint-windows-'));
const project = join(temporary, 'project');
const made = (name: string) => join(project, 'release', name);
const runtime = join(temporary, 'runtime');
let tools: Record<string, string> = {};

beforeAll(async () => {
  if (!isLinux) return;
  await standInRuntime(runtime, 'win32');
  await stageProject(project);
  tools = standInTools(join(temporary, 'tools'));
  await pack(project, runtime, ['--win'], tools);
}, 300_000);

afterAll(() => rmSync(temporary, { recursive: true, force: true }));

function resourcesOf(path: string) {
  return NtExecutableResource.from(NtExecutable.from(readFileSync(path), { ignoreCert: true })).entries;
}

describe.skipIf(!isLinux).each([
  ['win-unpacked', 'x64'],
  ['win-arm64-unpacked', 'arm64'],
])(
  'made for Windows by electron-builder with stand-ins for the runtime and for what it fetches: %s',
  (folder, kind) => {
    const program = join(made(folder), 'Offprint.exe');

    test('holds the program, its resources and the command line', () => {
      expect(filesBelow(made(folder))).toEqual(
        [
          'LICENSE.electron.txt',
          'LICENSES.chromium.html',
          'Offprint.exe',
          ...languages.map((language) => `locales/${language}.pak`),
          'resources/LICENSE.offprint.txt',
          'resources/THIRD-PARTY-NOTICES.md',
          'resources/app-update.yml',
          'resources/app.asar',
          'resources/bin/offprint.cmd',
          'resources/daily-papers.txt',
          'resources/default_app.asar',
          'resources/formats.md',
          'resources/icons/256x256.png',
        ].toSorted(),
      );
    });

    test('the program says what it is, with our icon at every size', () => {
      const entries = resourcesOf(program);
      const [information] = Resource.VersionInfo.fromEntries(entries);
      expect(information?.getStringValues({ lang: 1033, codepage: 1200 })).toMatchObject({
        ProductName: 'Offprint',
        FileDescription: 'Offprint',
        CompanyName: 'The Offprint contributors',
        FileVersion: version,
      });
      const [group] = Resource.IconGroupEntry.fromEntries(entries);
      const ours = Data.IconFile.from(readFileSync(join(root, 'resources/icons/icon.ico')));
      expect(group?.icons.map(({ width }) => width || 256)).toEqual(ours.icons.map(({ width }) => width || 256));
    });

    test('the program knows its archive, and its fuses are set', async () => {
      const { headerString } = getRawHeader(join(made(folder), 'resources/app.asar'));
      const value = createHash('sha256').update(headerString).digest('hex');
      const integrity = resourcesOf(program).find(({ type }) => type === 'INTEGRITY');
      expect(integrity?.id).toBe('ELECTRONASAR');
      expect(JSON.parse(Buffer.from(integrity?.bin ?? new ArrayBuffer()).toString('utf8'))).toContainEqual({
        ...{ file: 'resources\\app.asar', alg: 'SHA256', value },
      });
      const fuses = await getCurrentFuseWire(program);
      const states = [
        FuseV1Options.RunAsNode,
        FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
        FuseV1Options.OnlyLoadAppFromAsar,
      ];
      expect(states.map((fuse) => String.fromCharCode(Number(fuses[fuse])))).toEqual(['0', '1', '1']);
    });

    test('is put into an installer for this user, which tells Windows of it by our script and by no other', () => {
      const { args, script } = JSON.parse(
        readFileSync(made(`offprint-${version}-win-${kind}.exe.given.json`), 'utf8'),
      ) as {
        args: string[];
        script: string;
      };
      const name = kind === 'x64' ? 'APP_64' : 'APP_ARM64';
      expect(args).toContain(`-D${name}=${made(`offprint-${version}-${kind}.nsis.7z`)}`);
      expect(args.filter((arg) => /^-DAPP_(?:32|64|ARM64)=/.test(arg))).toHaveLength(1);
      for (const define of [
        '-DONE_CLICK',
        '-DDO_NOT_CREATE_DESKTOP_SHORTCUT',
        '-DUNINSTALL_DISPLAY_NAME=Offprint',
        '-WX',
      ]) {
        expect(args).toContain(define);
      }
      for (const define of [
        'INSTALL_MODE_PER_ALL_USERS',
        'DELETE_APP_DATA_ON_UNINSTALL',
        'MULTIUSER_INSTALLMODE_ALLOW_ELEVATION',
      ]) {
        expect(args.filter((arg) => arg.startsWith(`-D${define}`))).toEqual([]);
      }
      expect(script).toContain(`!include "${join(project, 'resources/windows/installer.nsh')}"`);
      expect(script).not.toMatch(/APP_ASSOCIATE|elevate\.exe/);
      expect(filesBelow(made(`offprint-${version}-${kind}.nsis.7z.contents`))).toEqual(filesBelow(made(folder)));
    });

    test('names nobody as its publisher, being signed by nobody', () => {
      const feed = readFileSync(join(made(folder), 'resources/app-update.yml'), 'utf8');
      expect(feed).toContain('provider: generic\n');
      expect(feed).not.toContain('publisherName');
      // The program reads it itself, and does not ask the address that stands in.
      expect(readFeedAddress(feed)).toBeNull();
      const told = readFeedAddress(feed.replace('offprint.invalid', 'releases.example.org'));
      expect(told).toMatchObject({ url: 'https://releases.example.org/releases/', publishers: [] });
    });
  },
);

describe.skipIf(!isLinux)('for Windows', () => {
  test('the feed names an installer for each kind of processor, with its hash', () => {
    const text = readFileSync(made('latest.yml'), 'utf8');
    const release = readFeedAnswer(text, (yaml) => parseUpdateInfo(yaml, '', new URL('https://a.example/')));
    expect([release.version, release.files.length]).toEqual([version, 2]);
    const named = [...text.matchAll(/ - url: (\S+)\n {4}sha512: (\S+)/g)];
    const hash = (name: string) =>
      createHash('sha512')
        .update(readFileSync(made(name)))
        .digest('base64');
    expect(named.map((each) => each.slice(1))).toEqual(
      ['x64', 'arm64'].map((kind) => [
        `offprint-${version}-win-${kind}.exe`,
        hash(`offprint-${version}-win-${kind}.exe`),
      ]),
    );
  });
});

const canSign = isLinux && hasProgram('openssl') && hasProgram('osslsigncode');

describe.skipIf(!canSign)('with a certificate made by openssl, signed by osslsigncode', () => {
  const signed = join(temporary, 'signed');
  const certificate = join(temporary, 'certificate.pem');

  beforeAll(async () => {
    const run = (program: string, args: string[]) => {
      const { status, stderr } = spawnSync(program, args, { encoding: 'utf8' });
      if (status !== 0) throw new Error(stderr);
    };
    const [key, bundle] = [join(temporary, 'key.pem'), join(temporary, 'certificate.p12')];
    const usage = ['-addext', 'extendedKeyUsage=codeSigning', '-addext', 'keyUsage=digitalSignature'];
    run('openssl', [
      'req',
      '-x509',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-days',
      '2',
      '-subj',
      '/CN=Offprint Test/O=Nobody',
      ...usage,
      '-keyout',
      key,
      '-out',
      certificate,
    ]);
    run('openssl', ['pkcs12', '-export', '-inkey', key, '-in', certificate, '-passout', 'pass:x', '-out', bundle]);
    cpSync(project, signed, {
      recursive: true,
      filter: (path) => path !== join(project, 'release'),
      verbatimSymlinks: true,
    });
    await pack(signed, runtime, ['--win', 'nsis', '--x64', '-c.forceCodeSigning=true'], {
      ...tools,
      WIN_CSC_LINK: bundle,
      WIN_CSC_KEY_PASSWORD: 'x',
      USE_SYSTEM_SIGNCODE: 'true',
      // Without a time stamp, which takes a network.
      ELECTRON_BUILDER_OFFLINE: 'true',
    });
  }, 300_000);

  test('the program is signed, by SHA-256 alone', () => {
    const program = join(signed, 'release/win-unpacked/Offprint.exe');
    const { stdout } = spawnSync('osslsigncode', ['verify', '-CAfile', certificate, '-in', program], {
      encoding: 'utf8',
    });
    expect(stdout).toMatch(/Message digest algorithm\s*: SHA256/);
    expect(stdout).toMatch(/Subject: .*CN ?= ?Offprint Test/);
    expect(stdout).toMatch(/Signature verification: ok/);
    expect(stdout).not.toContain('SHA1\n');
  });

  test('and knows by whom an update must be signed', () => {
    const feed = readFileSync(join(signed, 'release/win-unpacked/resources/app-update.yml'), 'utf8');
    expect(feed).toMatch(/^publisherName:\n {2}- Offprint Test$/m);
    const told = readFeedAddress(feed.replace('offprint.invalid', 'releases.example.org'));
    expect(told?.publishers).toEqual(['Offprint Test']);
  });
});
