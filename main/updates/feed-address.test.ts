import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { feedAddress, readFeedAddress } from './feed-address.ts';

const feed = (url: string) => `provider: generic\nurl: ${url}\nupdaterCacheDirName: offprint-updater\n`;

test('the feed of a build is read as electron-builder writes it', () => {
  expect(readFeedAddress(feed('https://releases.example.org/offprint'))).toEqual({
    url: 'https://releases.example.org/offprint/',
    page: 'https://releases.example.org/offprint/',
    hosts: ['releases.example.org'],
    publishers: [],
  });
});

test('GitHub sends on to hosts of its own, and has a page for people', () => {
  expect(readFeedAddress(feed('https://github.com/someone/offprint/releases/latest/download/'))).toEqual({
    url: 'https://github.com/someone/offprint/releases/latest/download/',
    page: 'https://github.com/someone/offprint/releases/latest',
    hosts: ['github.com', 'objects.githubusercontent.com', 'release-assets.githubusercontent.com'],
    publishers: [],
  });
});

test.each([
  ['publisherName: Some One', ['Some One']],
  [
    "publisherName:\n  - 'CN=Some One, O=It''s us, C=DE'\n  - Other\nchannel: latest",
    ["CN=Some One, O=It's us, C=DE", 'Other'],
  ],
  ['publisherName: []', []],
  ['publisherName: &name Some', []],
  ['channel: latest', []],
])('who signed the build: %j', (line, publishers) => {
  expect(readFeedAddress(`${feed('https://releases.example.org/')}${line}\n`)?.publishers).toEqual(publishers);
});

test.each([
  '',
  'provider: github\nowner: someone\nrepo: offprint\n',
  'url: https://releases.example.org/\n',
  feed('https://offprint.invalid/releases/'),
  feed('https://invalid/'),
  feed('http://releases.example.org/'),
  feed('https://releases.example.org:8443/'),
  feed('https://a:b@releases.example.org/'),
  feed('https://releases.example.org/?token=1'),
  feed('https://127.0.0.1/'),
  feed('https://[::1]/'),
  feed('https://localhost/'),
  feed('https://*.example.org/'),
  feed('https://releases.example.org,EXCLUDE/'),
  feed('"https://releases.example.org/"'),
  feed('file:///tmp/'),
  feed('*alias'),
])('none of ours: %j', (text) => {
  expect(readFeedAddress(text)).toBeNull();
});

test('a build that was told of no feed has none', () => {
  const folder = mkdtempSync(join(tmpdir(), 'offprint-feed-'));
  try {
    expect(feedAddress(folder)).toBeNull();
    writeFileSync(join(folder, 'app-update.yml'), feed('https://releases.example.org/'));
    expect(feedAddress(folder)?.hosts).toEqual(['releases.example.org']);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
