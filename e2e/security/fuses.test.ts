import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

// What is asked for. That it is in the packed program file is read back in e2e/packaging/archive.test.ts.
const root = dirname(dirname(import.meta.dirname));
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const config = read('electron-builder.yml');

/** The lines of a block of the configuration, as names and values. */
function block(name: string): Record<string, string> {
  const [, lines = ''] = new RegExp(`^${name}:\\n((?: +.*\\n|#.*\\n)*)`, 'm').exec(config) ?? [];
  return Object.fromEntries(
    [...lines.matchAll(/^ {2}(\w+): (\S+)$/gm)].map(([, key = '', value = '']) => [key, value]),
  );
}

test('every fuse is set: what an attacker would use is off, what keeps code and cookies whole is on', () => {
  expect(block('electronFuses')).toEqual({
    runAsNode: 'false',
    enableNodeOptionsEnvironmentVariable: 'false',
    enableNodeCliInspectArguments: 'false',
    enableCookieEncryption: 'true',
    enableEmbeddedAsarIntegrityValidation: 'true',
    onlyLoadAppFromAsar: 'true',
    grantFileProtocolExtraPrivileges: 'false',
    loadBrowserProcessSpecificV8Snapshot: 'false',
  });
  expect(config.match(/^electronFuses:/gm)).toHaveLength(1);
});

test('the code is in an archive, which the fuses keep whole, and none of it lies beside it', () => {
  expect(config).toMatch(/^asar: true$/m);
  expect(config).not.toMatch(/asarUnpack|disableAsarIntegrity: true/);
});

test('no launcher takes the sandbox away, and what one is given is a file or a link and never a switch', () => {
  expect(config).not.toMatch(/no-sandbox|disable-setuid-sandbox/);
  expect(config.match(/executableArgs: .*/g)).toEqual(['executableArgs: ["--"]']);
  const installer = read('resources/windows/installer.nsh');
  const commands = installer.match(/shell\\open\\command".*/g) ?? [];
  expect(commands).not.toEqual([]);
  for (const command of commands) expect(command).toMatch(/" -- "%1"'$/);
});
