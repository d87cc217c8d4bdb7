import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type FeedAddress, feedAddress } from './feed-address.ts';
import { type Origin, updatedElsewhere } from './updated-elsewhere.ts';

let resources: string;

beforeEach(() => {
  resources = mkdtempSync(join(tmpdir(), 'offprint-origin-'));
});
afterEach(() => rmSync(resources, { recursive: true }));

const feed: FeedAddress = {
  url: 'https://a.example/',
  page: 'https://a.example/',
  hosts: ['a.example'],
  publishers: [],
};
const by = (origin: Partial<Origin> = {}) =>
  updatedElsewhere({ isPackaged: true, resources, env: {}, store: null, feed, ...origin });
const put = (name: string, text: string) => writeFileSync(join(resources, name), text);

test('a program that was fetched from its makers looks after itself, an AppImage and an archive, too', () => {
  expect(by()).toBeNull();
  expect(by({ env: { APPIMAGE: '/home/a/Offprint.AppImage', OFFPRINT_UPDATES: 'on' } })).toBeNull();
});

test.each<[string, Partial<Origin>]>([
  ['updating the folder that it was started from', { isPackaged: false }],
  ['those who set up this machine', { env: { OFFPRINT_UPDATES: 'off' } }],
  ['Flatpak', { env: { FLATPAK_ID: 'org.offprint.Offprint' } }],
  ['Snap', { env: { SNAP: '/snap/offprint/1' } }],
  ['the Microsoft Store', { store: 'microsoft' }],
  ['the App Store', { store: 'apple' }],
  ['hand: this build knows no place where newer ones are', { feed: null }],
])('otherwise by %s', (who, origin) => {
  expect(by(origin)).toBe(who);
});

test.each([
  'deb',
  'rpm',
  'pacman',
  'whatever comes\n',
])('a package of the system (%j) is the system’s to update', (type) => {
  put('package-type', type);
  expect(by()).toBe('the package manager of the system');
});

test('a distribution can say that it does, and who it is', () => {
  put('updates-elsewhere', 'Debian\nmore\n');
  expect(by()).toBe('Debian');
  put('updates-elsewhere', '');
  expect(by()).toBe('those who packed it');
  put('updates-elsewhere', `\u202eA\u0000B\u2028${'x'.repeat(500)}`);
  expect(by()).toBe(`AB${'x'.repeat(78)}`);
});

test('as long as the project has no home, no build asks anybody', () => {
  put(
    'app-update.yml',
    'provider: generic\nurl: https://offprint.invalid/releases/\nupdaterCacheDirName: offprint-updater\n',
  );
  expect(by({ feed: feedAddress(resources) })).toBe('hand: this build knows no place where newer ones are');
});
