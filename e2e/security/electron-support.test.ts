import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { whyNotToShip } from './electron-support.ts';

const root = dirname(dirname(import.meta.dirname));
const read = (path: string) => readFileSync(join(root, path), 'utf8');

/** The oldest major version of Electron that was mended when this was last looked at; it only ever rises. */
const oldestMended = 43;

describe('the Electron of this program', () => {
  const { devDependencies } = JSON.parse(read('package.json')) as { devDependencies: Record<string, string> };
  const version = devDependencies['electron'] ?? '';

  test('is one exact, stable version, and of a major version that is mended', () => {
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(Number.parseInt(version, 10)).toBeGreaterThanOrEqual(oldestMended);
  });

  test('is the one that is installed and that types are checked against, by its checksum', () => {
    const { packages } = JSON.parse(read('package-lock.json')) as {
      packages: Record<string, { version: string; integrity: string }>;
    };
    const locked = packages['node_modules/electron'];
    expect(locked?.version).toBe(version);
    expect(locked?.integrity).toMatch(/^sha512-/);
  });

  test('is looked at before each release', () => {
    expect(read('package.json')).toContain('"check-electron": "node e2e/security/check-electron.ts"');
    expect(read('.github/workflows/release.yml')).toMatch(/^ +- run: npm run check-electron$/m);
  });
});

test.each([
  ['45.4.1', ['44.1.0', '45.4.1', '46.0.0-beta.3'], null],
  ['45.4.1', ['45.4.1', '46.2.0', '47.0.1'], null],
  ['45.4.1', ['45.4.1', '48.0.0'], /no longer mended/],
  ['45.4.1', ['45.4.1', '45.4.2'], /45\.4\.2/],
  ['45.4.1', ['45.4.1', '45.10.0'], /45\.10\.0/],
  ['45.4.1', ['45.3.9', '45.4.0', '44.9.9'], null],
  ['46.0.0-beta.3', ['46.0.0-beta.3'], /exact, stable/],
  ['^45.4.1', ['45.4.1'], /exact, stable/],
  ['latest', ['45.4.1'], /exact, stable/],
  ['45.4.1', [], /No version/],
])('Electron %s, where there are %j', (version, published, reason) => {
  const why = whyNotToShip(version, published);
  if (reason === null) expect(why).toBeNull();
  else expect(why).toMatch(reason);
});
