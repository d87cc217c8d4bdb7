import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseUpdateInfo } from 'electron-updater/out/providers/Provider.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readFeedAnswer } from '../../main/updates/feed-answer.ts';
import { linuxSides } from '../../resources/icons/containers.ts';
import { filesBelow, pack, stageProject, standInTools } from './stage.ts';
import { languages, standInRuntime } from './stand-in-runtime.ts';
import { hasProgram, type SystemPackage } from './system-packages.ts';

// The stand-ins are shell scripts, and packages of Linux are made on Linux.
const isLinux = process.platform === 'linux';
const root = dirname(dirname(import.meta.dirname));
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
const temporary = mkdtempSync(join(tmpdir(), 'offprint-linux-'));
const project = join(temporary, 'project');
const made = (name: string) => join(project, 'release', name);
const given = (name: string) => JSON.parse(readFileSync(`${made(name)}.given.json`, 'utf8')) as SystemPackage;

beforeAll(async () => {
  if (!isLinux) return;
  await standInRuntime(join(temporary, 'runtime'), 'linux');
  await stageProject(project);
  // What `npm run dist` makes here, both kinds of processors.
  await pack(project, join(temporary, 'runtime'), ['--linux'], standInTools(join(temporary, 'tools')));
}, 300_000);

afterAll(() => rmSync(temporary, { recursive: true, force: true }));

const debs = [`offprint_${version}_amd64.deb`, `offprint_${version}_arm64.deb`] as const;
const rpms = [`offprint-${version}.x86_64.rpm`, `offprint-${version}.aarch64.rpm`] as const;
const images = [`offprint-${version}-linux-x86_64.AppImage`, `offprint-${version}-linux-arm64.AppImage`] as const;
const archives = [`offprint-${version}-linux-x64.tar.gz`, `offprint-${version}-linux-arm64.tar.gz`] as const;
const [deb] = debs;
const id = 'org.offprint.Offprint';

/** What belongs in a system's folder of shared data: the desktop file and what goes with it, the icons by a name. */
const shared = (icon: string) =>
  [
    `applications/${id}.desktop`,
    ...iconsNamed(icon),
    `icons/hicolor/scalable/apps/${icon}.svg`,
    'man/man1/offprint.1',
    `metainfo/${id}.metainfo.xml`,
    `mime/packages/${id}.xml`,
  ].map((path) => `usr/share/${path}`);

const iconsNamed = (icon: string) => linuxSides.map((side) => `icons/hicolor/${side}x${side}/apps/${icon}.png`);

/** The program's own folder, but for what a kind of package adds. */
const program = [
  'LICENSE.electron.txt',
  'LICENSES.chromium.html',
  'chrome-sandbox',
  ...languages.map((language) => `locales/${language}.pak`),
  'offprint',
  'resources/LICENSE.offprint.txt',
  'resources/THIRD-PARTY-NOTICES.md',
  'resources/app-update.yml',
  'resources/app.asar',
  'resources/bin/offprint',
  'resources/daily-papers.txt',
  // Electron's sample, which stays when the runtime is a folder; the fuses keep it from being run.
  'resources/default_app.asar',
  'resources/formats.md',
  'resources/icons/256x256.png',
];

/** A desktop file's lines of a group, as pairs. */
function entryOf(path: string): Record<string, string> {
  const lines = readFileSync(path, 'utf8').trimEnd().split('\n');
  expect(lines[0]).toBe('[Desktop Entry]');
  const pairs = lines.slice(1).map((line) => line.split(/=(.*)/s).slice(0, 2) as [string, string]);
  expect(new Set(pairs.map(([key]) => key)).size).toBe(pairs.length);
  return Object.fromEntries(pairs);
}

describe.skipIf(!isLinux)('made on Linux by electron-builder, with stand-ins for what it fetches', () => {
  test.each([
    ...debs,
    ...rpms,
  ])('%s puts every file where the system looks for it, and nothing else anywhere', (name) => {
    expect(filesBelow(`${made(name)}.contents`)).toEqual(
      [
        ...program.map((path) => `opt/Offprint/${path}`),
        // What electron-builder adds for packages of a system.
        'opt/Offprint/resources/apparmor-profile',
        'opt/Offprint/resources/package-type',
        'usr/bin/offprint',
        'usr/share/doc/offprint/copyright',
        ...shared('offprint'),
      ].toSorted(),
    );
    const kind = readFileSync(join(`${made(name)}.contents`, 'opt/Offprint/resources/package-type'), 'utf8');
    expect(kind).toBe(name.split('.').at(-1));
  });

  test.each(images)('%s holds the program, and what a desktop reads of it', (name) => {
    const contents = `${made(name)}.contents`;
    expect(filesBelow(contents)).toEqual(
      [
        ...program,
        '.DirIcon',
        'AppRun',
        'offprint.png',
        `${id}.desktop`,
        'usr/lib/libnone.so',
        ...iconsNamed('offprint').map((path) => `usr/share/${path}`),
        ...shared(id),
      ].toSorted(),
    );
    expect(
      readFileSync(join(contents, '.DirIcon')).equals(readFileSync(join(root, 'resources/icons/512x512.png'))),
    ).toBe(true);
  });

  test.each(archives)('%s unpacks into one folder with the same', (name) => {
    const listed = execFileSync('tar', ['-tzf', made(name)], { encoding: 'utf8' })
      .trimEnd()
      .split('\n');
    const folder = name.replace('.tar.gz', '');
    const files = listed.filter((path) => !path.endsWith('/')).toSorted();
    expect(files).toEqual([...program, ...shared(id)].map((path) => `${folder}/${path}`).toSorted());
  });

  test.each([...debs, ...rpms])('in %s both programs can be run, and the copyright read', (name) => {
    const mode = (path: string) => statSync(join(`${made(name)}.contents`, path)).mode & 0o777;
    expect([mode('usr/bin/offprint'), mode('opt/Offprint/offprint')]).toEqual([0o755, 0o755]);
    expect(mode('usr/share/doc/offprint/copyright') & 0o444).toBe(0o444);
  });

  test('packages say what they need, who keeps them and where they are at home', () => {
    const { options, lists } = given(deb);
    expect(options).toMatchObject({
      '--name': 'offprint',
      '--version': version,
      '--architecture': 'amd64',
      '--license': 'MIT',
      '--category': 'science',
      '--maintainer': 'The Offprint contributors <contributors@offprint.invalid>',
      '--url': 'https://offprint.invalid/',
    });
    expect(options['--description']).toMatch(/^A desktop reading list for research papers\n Read, mark and annotate/);
    for (const library of ['libgtk-3-0', 'libnss3', 'libgbm1', 'libsecret-1-0']) expect(lists['-d']).toContain(library);
    expect(lists['--deb-recommends']).toBeUndefined();
    for (const name of rpms) {
      expect(given(name).lists['-d']).toContain('gtk3');
      expect(given(name).options).toMatchObject({ '--rpm-summary': 'A desktop reading list for research papers' });
    }
    expect([...debs, ...rpms].map((name) => given(name).options['--architecture'])).toEqual([
      ...['amd64', 'arm64', 'amd64', 'aarch64'],
    ]);
  });
});

describe.skipIf(!isLinux)('the desktop file', () => {
  const ownPath = join(root, `resources/linux/${id}.desktop`);
  const installed = () => entryOf(join(`${made(deb)}.contents`, `usr/share/applications/${id}.desktop`));

  test('says what Offprint is, what it opens, and that nothing that is opened is taken for a switch', () => {
    expect(installed()).toEqual({
      Name: 'Offprint',
      GenericName: 'Reading List',
      Comment: 'Read, mark and annotate research papers, on your own computer, from the keyboard',
      Exec: '/opt/Offprint/offprint -- %U',
      Icon: 'offprint',
      Type: 'Application',
      Terminal: 'false',
      Categories: 'Science;Literature;',
      Keywords: 'papers;research;reading;abstracts;arXiv;bibliography;',
      MimeType:
        'application/x-offprint-backup;text/x-bibtex;application/x-research-info-systems;x-scheme-handler/offprint;',
      StartupNotify: 'true',
      StartupWMClass: 'Offprint',
      'X-GNOME-SingleWindow': 'true',
    });
  });

  test('is the same in every kind of package, but for where the program is', () => {
    expect(entryOf(ownPath)).toEqual({ ...installed(), Exec: 'offprint -- %U', Icon: id });
    for (const name of [...debs, ...rpms]) {
      expect(entryOf(join(`${made(name)}.contents`, `usr/share/applications/${id}.desktop`))).toEqual(installed());
    }
    for (const name of images) {
      const { 'X-AppImage-Version': marked, ...entry } = entryOf(join(`${made(name)}.contents`, `${id}.desktop`));
      // No switch that would turn Chromium's sandbox off.
      expect(entry).toEqual({ ...installed(), Exec: 'AppRun -- %U' });
      expect(marked).toBe(version);
    }
  });

  test('is named as the program names itself to the system', () => {
    const text = readFileSync(join(root, 'electron-builder.yml'), 'utf8');
    expect(text).toContain(`desktopName: ${id}.desktop`);
  });

  test.skipIf(!hasProgram('desktop-file-validate'))('desktop-file-validate finds nothing amiss in any', () => {
    for (const path of [
      ownPath,
      join(`${made(deb)}.contents`, `usr/share/applications/${id}.desktop`),
      join(`${made(images[0])}.contents`, `${id}.desktop`),
    ]) {
      const { stdout, status } = spawnSync('desktop-file-validate', [path], { encoding: 'utf8' });
      expect([status, stdout]).toEqual([0, '']);
    }
  });
});

describe.skipIf(!isLinux)('the feed', () => {
  const hash = (name: string) =>
    createHash('sha512')
      .update(readFileSync(made(name)))
      .digest('base64');

  test.each([
    ['latest-linux.yml', [images[0], debs[0], rpms[0]]],
    ['latest-linux-arm64.yml', [images[1], debs[1], rpms[1]]],
  ])('%s names what was made, with the hashes and sizes of it', (name, files) => {
    const text = readFileSync(made(name), 'utf8');
    expect(text).toMatch(new RegExp(`^version: ${version.replaceAll('.', '\\.')}$`, 'm'));
    const release = readFeedAnswer(text, (yaml) => parseUpdateInfo(yaml, '', new URL('https://a.example/')));
    expect(release.files.map(({ url }) => url)).toEqual(files);
    const named = [...text.matchAll(/ - url: (\S+)\n {4}sha512: (\S+)\n {4}size: (\d+)/g)].map((each) => each.slice(1));
    expect(named).toEqual(files.map((file) => [file, hash(file), String(statSync(made(file)).size)]));
  });
});

describe.skipIf(!isLinux || !hasProgram('dpkg'))(
  'the deb, made by dpkg-deb and installed into a folder by dpkg',
  () => {
    const system = join(temporary, 'system');
    const dpkg = (...args: string[]) => {
      const options = [`--root=${system}`, '--force-script-chrootless', '--force-not-root', '--force-depends'];
      const { status, stderr } = spawnSync('dpkg', [...options, '--force-architecture', '--log=/dev/null', ...args], {
        encoding: 'utf8',
      });
      return { status, stderr };
    };
    const mode = (path: string) => statSync(join(system, path)).mode & 0o7777;

    beforeAll(() => {
      for (const folder of ['var/lib/dpkg/info', 'var/lib/dpkg/updates'])
        mkdirSync(join(system, folder), { recursive: true });
      execFileSync('touch', [join(system, 'var/lib/dpkg/status'), join(system, 'var/lib/dpkg/available')]);
    });

    test('comes, with the helper of the sandbox root’s, and a command on the path', () => {
      expect(dpkg('--install', made(deb))).toMatchObject({ status: 0 });
      expect(mode('opt/Offprint/chrome-sandbox')).toBe(0o4755);
      expect(mode('usr/bin/offprint')).toBe(0o755);
    });

    test('stays whole when a newer one takes its place, and goes without a rest', () => {
      expect(dpkg('--install', made(deb))).toMatchObject({ status: 0 });
      expect(mode('opt/Offprint/chrome-sandbox')).toBe(0o4755);
      expect(dpkg('--purge', 'offprint')).toMatchObject({ status: 0 });
      expect(filesBelow(system).filter((path) => !path.startsWith('var/lib/dpkg/'))).toEqual([]);
    });
  },
);
