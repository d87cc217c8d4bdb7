import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const script = join(import.meta.dirname, 'install-and-drive.sh');

let folder: string;

/** Puts a program into the folder that writes down how it was called, by its own name. */
function standIn(path: string, more = ''): void {
  const name = path.split('/').at(-1);
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), `#!/bin/sh\necho "${name} $*" >> "$CALLS"\n${more}\n`);
  chmodSync(join(folder, path), 0o755);
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'offprint-install-'));
  mkdirSync(join(folder, 'e2e/smoke'), { recursive: true });
  mkdirSync(join(folder, 'release'));
  copyFileSync(script, join(folder, 'e2e/smoke/install-and-drive.sh'));
  for (const name of ['sudo', 'rpm', 'tar', 'hdiutil', 'codesign', 'cp']) standIn(`bin/${name}`);
  standIn('bin/xvfb-run', 'shift; exec "$@"');
  standIn('node_modules/node/bin/node');
  standIn('node_modules/node/bin/node.exe');
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs the script where these were made, on a system that calls itself so; what it called of what changes something. */
function runOn(system: string, machine: string, ...made: string[]) {
  for (const name of made) standIn(`release/${name}`);
  standIn('local/Programs/offprint/Uninstall Offprint.exe');
  writeFileSync(join(folder, 'bin/uname'), `#!/bin/sh\n[ "$1" = -s ] && echo ${system} || echo ${machine}\n`);
  chmodSync(join(folder, 'bin/uname'), 0o755);
  const calls = join(folder, 'calls');
  writeFileSync(calls, '');
  const env = {
    PATH: `${join(folder, 'bin')}:${process.env['PATH']}`,
    CALLS: calls,
    LOCALAPPDATA: join(folder, 'local'),
  };
  const { status, stderr } = spawnSync('bash', [join(folder, 'e2e/smoke/install-and-drive.sh')], {
    encoding: 'utf8',
    env,
  });
  const called = readFileSync(calls, 'utf8').trimEnd().split('\n');
  return { status, stderr, called };
}

const driven = (called: readonly string[]) =>
  called.flatMap((line) => /^node(?:\.exe)? .*e2e\/smoke\/run\.ts (.*)$/.exec(line)?.[1] ?? []);

// The names are those of electron-builder.yml.
describe.skipIf(process.platform === 'win32')('what is installed and driven', () => {
  test('on Linux: the deb, the AppImage and the tar.gz, each before a screen of its own', () => {
    const made = [
      'offprint_0.1.0_amd64.deb',
      'offprint-0.1.0-linux-x86_64.AppImage',
      'offprint-0.1.0-linux-x64.tar.gz',
    ];
    const { status, stderr, called } = runOn('Linux', 'x86_64', ...made, 'offprint-0.1.0.x86_64.rpm');
    expect([status, stderr]).toEqual([0, '']);
    const [deb, image, archive, ...others] = driven(called);
    expect(deb).toBe('/opt/Offprint/offprint /usr/bin/offprint');
    expect(image).toMatch(/release\/offprint-0\.1\.0-linux-x86_64\.AppImage .*\.AppImage$/);
    expect(archive).toMatch(/\/offprint .*\/resources\/bin\/offprint$/);
    expect(others).toEqual([]);
    expect(called.filter((line) => line.startsWith('xvfb-run '))).toHaveLength(3);
    expect(called).toContain('rpm --query --package --list release/offprint-0.1.0.x86_64.rpm');
  });

  test('on macOS: the dmg for this processor', () => {
    const made = ['offprint-0.1.0-mac-arm64.dmg', 'offprint-0.1.0-mac-x64.dmg', 'offprint-0.1.0-mac-arm64.zip'];
    for (const [machine, name] of [
      ['arm64', 'offprint-0.1.0-mac-arm64.dmg'],
      ['x86_64', 'offprint-0.1.0-mac-x64.dmg'],
    ] as const) {
      const { status, called } = runOn('Darwin', machine, ...made);
      expect(status).toBe(0);
      expect(driven(called)).toHaveLength(1);
      expect(called.filter((line) => line.startsWith('hdiutil attach '))).toEqual([
        expect.stringContaining(`release/${name} `),
      ]);
    }
  });

  test('on Windows: the installer for x64', () => {
    const made = ['offprint-0.1.0-win-x64.exe', 'offprint-0.1.0-win-arm64.exe'];
    const { status, called } = runOn('MINGW64_NT-10.0', 'x86_64', ...made);
    expect(status).toBe(0);
    expect(called.filter((line) => line.startsWith('offprint-'))).toEqual(['offprint-0.1.0-win-x64.exe //S']);
    expect(driven(called)).toHaveLength(1);
  });

  test('nothing to install is a failure', () => {
    expect(runOn('Linux', 'x86_64', 'offprint-0.1.0.x86_64.rpm')).toMatchObject({ status: 1 });
  });
});

test('the script has no list that may be empty, at which the bash 3.2 of macOS ends it', () => {
  expect(readFileSync(script, 'utf8')).not.toMatch(/\$\{\w+\[[@*]\]/);
});
