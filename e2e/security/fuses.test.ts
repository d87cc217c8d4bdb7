import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

// What is asked for. That it is in the packed program file is read back in e2e/packaging/archive.test.ts.
const config = readFileSync(join(dirname(dirname(import.meta.dirname)), 'electron-builder.yml'), 'utf8');

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
  expect(config).not.toMatch(/asarUnpack|disableAsarIntegrity/);
});

test('no installer starts the program without its sandbox', () => {
  expect(config).not.toMatch(/no-sandbox|executableArgs|disable-setuid-sandbox/);
});
