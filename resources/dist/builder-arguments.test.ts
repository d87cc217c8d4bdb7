import { expect, test } from 'vitest';
import { builderArguments, type Release, readTyped } from './builder-arguments.ts';

const release = (platform: NodeJS.Platform, isSigned: boolean, env: Release['env'] = {}) =>
  builderArguments({ platform, isSigned, env });

const azure = {
  OFFPRINT_AZURE_ENDPOINT: 'https://weu.codesigning.example/',
  OFFPRINT_AZURE_ACCOUNT: 'offprint',
  OFFPRINT_AZURE_PROFILE: 'release',
  OFFPRINT_AZURE_PUBLISHER: 'CN=The Offprint contributors',
};
const identity = { CSC_LINK: 'certificate.p12' };
const apiKey = { APPLE_API_KEY: 'key.p8', APPLE_API_KEY_ID: 'A1', APPLE_API_ISSUER: 'b2' };

test('nothing is published, wherever it is built and whatever the environment says', () => {
  for (const platform of ['linux', 'darwin', 'win32'] as const) {
    expect(release(platform, false, { CI: 'true', GH_TOKEN: 'x' }).slice(0, 2)).toEqual(['--publish', 'never']);
  }
});

test('the feed is what the environment says, if it is an https address', () => {
  expect(release('linux', false, { OFFPRINT_FEED: 'https://offprint.example/releases/' })).toContain(
    '-c.publish.url=https://offprint.example/releases/',
  );
  expect(release('linux', false, { OFFPRINT_FEED: '' })).toEqual(['--publish', 'never']);
  for (const feed of ['http://offprint.example/', 'offprint.example', 'file:///tmp/']) {
    expect(() => release('linux', false, { OFFPRINT_FEED: feed })).toThrow('OFFPRINT_FEED is not an https address.');
  }
});

test('Windows: signed by Azure when all four variables are set, and not when one is missing', () => {
  expect(release('win32', true, azure)).toEqual([
    ...['--publish', 'never', '-c.forceCodeSigning=true'],
    '-c.win.azureSignOptions.endpoint=https://weu.codesigning.example/',
    '-c.win.azureSignOptions.codeSigningAccountName=offprint',
    '-c.win.azureSignOptions.certificateProfileName=release',
    '-c.win.azureSignOptions.publisherName=CN=The Offprint contributors',
  ]);
  for (const name of Object.keys(azure)) {
    expect(() => release('win32', false, { ...azure, [name]: ' ' })).toThrow(`${name} must be set, too.`);
  }
});

test('Windows: a release needs something to sign with; an ordinary build does not', () => {
  expect(() => release('win32', true)).toThrow('There is nothing to sign with');
  expect(release('win32', true, { WIN_CSC_LINK: 'x.p12' })).toEqual(['--publish', 'never', '-c.forceCodeSigning=true']);
  expect(release('win32', false)).toEqual(['--publish', 'never']);
});

test('macOS: without an identity the program is signed by nobody, so that it starts at all', () => {
  expect(release('darwin', false)).toEqual([
    ...['--publish', 'never', '-c.mac.identity=-', '-c.mac.hardenedRuntime=false'],
  ]);
  expect(release('darwin', false, identity)).toEqual(['--publish', 'never']);
});

test('macOS: a release needs an identity, and somebody to notarise as', () => {
  expect(() => release('darwin', true, apiKey)).toThrow('There is nothing to sign with');
  expect(() => release('darwin', true, identity)).toThrow('There is nobody to notarise as');
  for (const way of [
    apiKey,
    { APPLE_ID: 'a@example.org', APPLE_APP_SPECIFIC_PASSWORD: 'x', APPLE_TEAM_ID: 'T' },
    { APPLE_KEYCHAIN_PROFILE: 'offprint' },
  ]) {
    expect(release('darwin', true, { ...identity, ...way })).toEqual([
      '--publish',
      'never',
      '-c.forceCodeSigning=true',
    ]);
    for (const name of Object.keys(way)) {
      expect(() => release('darwin', true, { ...identity, ...way, [name]: '' })).toThrow('nobody to notarise as');
    }
  }
});

test('what was typed goes to electron-builder, but for what is ours, and for publishing', () => {
  expect(readTyped(['--linux', '--signed', '--x64'])).toEqual({ isSigned: true, options: ['--linux', '--x64'] });
  for (const publish of [['--publish', 'always'], ['-p', 'always'], ['--publish=always'], ['-p=always']]) {
    expect(readTyped([...publish, '--dir'])).toEqual({ isSigned: false, options: ['--dir'] });
  }
});
