import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hasProgram } from '../../e2e/packaging/system-packages.ts';
import { commandNames } from '../../main/cli/command-names.ts';

const here = import.meta.dirname;
const root = dirname(dirname(here));
const read = (name: string) => readFileSync(join(here, name), 'utf8');
const project = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<string, string>;
const metainfo = read('org.offprint.Offprint.metainfo.xml');
const element = (name: string) => new RegExp(`<${name}[^>]*>([^<]*)</${name}>`).exec(metainfo)?.[1];

describe('the AppStream metainfo', () => {
  test('says what package.json says', () => {
    expect(element('project_license')).toBe(project['license']);
    expect(element('summary')).toBe(project['description']);
    expect(element('url')).toBe(project['homepage']);
    expect(element('name')?.toLowerCase()).toBe(project['name']);
    expect(project['author']).toContain(element('developer_name'));
    // Its first release is the newest: whoever makes a release writes it down.
    expect(/<release version="([^"]*)" date="\d{4}-\d\d-\d\d"/.exec(metainfo)?.[1]).toBe(project['version']);
  });

  test('goes with the desktop file', () => {
    const desktop = read('org.offprint.Offprint.desktop');
    const types = [...metainfo.matchAll(/<mediatype>([^<]*)</g)].map(([, type]) => type);
    expect(desktop).toContain(`MimeType=${types.join(';')};\n`);
    const categories = [...metainfo.matchAll(/<category>([^<]*)</g)].map(([, each]) => each);
    expect(desktop).toContain(`Categories=${categories.join(';')};\n`);
    expect(element('launchable')).toBe('org.offprint.Offprint.desktop');
    expect(element('id')).toBe('org.offprint.Offprint');
  });

  test('does not say that the network is never used: looking for versions and fetching dictionaries may be turned on', () => {
    expect(metainfo).not.toContain('<internet>');
  });

  test.skipIf(!hasProgram('appstreamcli'))('appstreamcli finds no error and nothing to warn of', () => {
    const path = join(here, 'org.offprint.Offprint.metainfo.xml');
    const { stdout, status } = spawnSync('appstreamcli', ['validate', '--no-net', path], { encoding: 'utf8' });
    expect(stdout).not.toMatch(/^[EW]:/m);
    expect(status).toBe(0);
  });
});

describe('the types of files', () => {
  test('are ours and RIS; nothing that the system knows is claimed anew, and no common ending', () => {
    const globs = [...read('mime.xml').matchAll(/<mime-type type="([^"]*)">|<glob pattern="([^"]*)"/g)];
    expect(globs.map(([, type, glob]) => type ?? glob)).toEqual([
      ...['application/x-offprint-backup', '*.offprint', 'application/x-research-info-systems', '*.ris'],
    ]);
  });

  test.skipIf(!hasProgram('update-mime-database'))('update-mime-database takes them in', () => {
    const folder = mkdtempSync(join(tmpdir(), 'offprint-mime-'));
    const mime = join(folder, 'mime');
    mkdirSync(join(mime, 'packages'), { recursive: true });
    cpSync(join(here, 'mime.xml'), join(mime, 'packages/org.offprint.Offprint.xml'));
    const env = { ...process.env, XDG_DATA_DIRS: folder };
    const { stderr, status } = spawnSync('update-mime-database', [mime], { encoding: 'utf8', env });
    expect([status, stderr]).toEqual([0, '']);
    expect(readFileSync(join(mime, 'globs2'), 'utf8')).toContain('50:application/x-offprint-backup:*.offprint\n');
    expect(existsSync(join(mime, 'application/x-research-info-systems.xml'))).toBe(true);
    rmSync(folder, { recursive: true });
  });

  test.skipIf(!hasProgram('xmllint'))('xmllint reads them, and the metainfo', () => {
    for (const name of ['mime.xml', 'org.offprint.Offprint.metainfo.xml']) {
      expect(spawnSync('xmllint', ['--noout', join(here, name)], { encoding: 'utf8' }).stderr).toBe('');
    }
  });
});

describe('the manual page', () => {
  const page = read('offprint.1');

  test('names every command', () => {
    const section = page.split('.SH ').find((each) => each.startsWith('COMMANDS')) ?? '';
    const named = new Set(section.split(/[^a-z]+/));
    expect(commandNames.filter((name) => name !== 'help' && !named.has(name))).toEqual([]);
  });

  test.skipIf(process.platform !== 'linux' || !hasProgram('man'))('is set without a warning', () => {
    const { stderr, status } = spawnSync('man', ['--warnings', '-l', join(here, 'offprint.1')], {
      encoding: 'utf8',
      env: { ...process.env, MANROFFSEQ: '', MANWIDTH: '80', LC_ALL: 'C.UTF-8' },
    });
    expect([status, stderr]).toEqual([0, '']);
  });
});

describe.skipIf(process.platform === 'win32')('what deb and rpm run', () => {
  let system = '';
  let said = '';
  beforeEach(() => {
    system = mkdtempSync(join(tmpdir(), 'offprint-scripts-'));
    said = join(system, 'said');
    for (const folder of ['opt/Offprint/resources', 'etc/apparmor.d', 'bin']) {
      mkdirSync(join(system, folder), { recursive: true });
    }
    writeFileSync(join(system, 'opt/Offprint/chrome-sandbox'), '');
    writeFileSync(join(system, 'opt/Offprint/resources/apparmor-profile'), 'profile');
    writeFileSync(said, '');
  });
  afterEach(() => rmSync(system, { recursive: true }));

  const profile = () => existsSync(join(system, 'etc/apparmor.d/offprint'));
  const mode = () => statSync(join(system, 'opt/Offprint/chrome-sandbox')).mode & 0o7777;

  /** Puts an AppArmor into the system, which understands the profile or is too old for it. */
  function withAppArmor(understands: boolean): void {
    const parser = join(system, 'bin/apparmor_parser');
    writeFileSync(parser, `#!/bin/sh\necho "$@" >> '${said}'\nexit ${understands ? 0 : 1}\n`);
    chmodSync(parser, 0o755);
  }

  function run(name: string, ...args: string[]): number | null {
    const env = { PATH: `${join(system, 'bin')}:/usr/bin:/bin`, DPKG_ROOT: system };
    return spawnSync('/bin/sh', [join(here, name), ...args], { env }).status;
  }

  test('makes the helper of the sandbox root’s, where there is no AppArmor, too', () => {
    rmSync(join(system, 'etc/apparmor.d'), { recursive: true });
    expect(run('after-install.sh', 'configure')).toBe(0);
    expect(mode()).toBe(0o4755);
    expect(profile()).toBe(false);
  });

  test('puts the profile where AppArmor looks for it, if it understands it', () => {
    withAppArmor(true);
    expect(run('after-install.sh', 'configure')).toBe(0);
    expect(readFileSync(join(system, 'etc/apparmor.d/offprint'), 'utf8')).toBe('profile');
    // Asked about, but nothing was told to the kernel of the machine that this test runs on.
    expect(readFileSync(said, 'utf8')).toMatch(/^--skip-kernel-load \S* ?\S*\n$/);
  });

  test('leaves the profile out where AppArmor is too old for it', () => {
    withAppArmor(false);
    expect(run('after-install.sh', '1')).toBe(0);
    expect(profile()).toBe(false);
    expect(mode()).toBe(0o4755);
  });

  test.each([
    ['dpkg, an upgrade', 'upgrade', true],
    ['dpkg, an upgrade that failed', 'abort-upgrade', true],
    ['rpm, an upgrade', '1', true],
    ['dpkg, removing', 'remove', false],
    ['dpkg, purging', 'purge', false],
    ['rpm, removing', '0', false],
  ])('%s: the profile stays only when the program does', (_, argument, stays) => {
    withAppArmor(true);
    run('after-install.sh', 'configure');
    expect(profile()).toBe(true);
    expect(run('after-remove.sh', argument)).toBe(0);
    expect(profile()).toBe(stays);
  });
});
