import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { describeProgram } from './about.ts';
import { app } from './electron-double.ts';

vi.mock('electron', () => import('./electron-double.ts'));

beforeEach(() => {
  app.appPath = mkdtempSync(join(tmpdir(), 'offprint-about-'));
});

afterEach(() => rmSync(app.appPath, { recursive: true }));

const packageSays = (text: string) => writeFileSync(join(app.appPath, 'package.json'), text);

test('About says what the program is, which version, whose, and what it is made of', () => {
  packageSays('{ "homepage": "https://example.org/" }');
  describeProgram('/icon.png');
  expect(app.about).toEqual({
    applicationName: 'Offprint',
    applicationVersion: app.getVersion(),
    copyright: '© The Offprint contributors. MIT licence.',
    credits: expect.stringMatching(/reading list.*https:\/\/example\.org\/.*Electron.*THIRD-PARTY-NOTICES/s),
    authors: ['The Offprint contributors'],
    website: 'https://example.org/',
    iconPath: '/icon.png',
  });
});

test.each([
  ['none', '{}'],
  ['one that leads nowhere', '{ "homepage": "https://offprint.invalid/" }'],
  ['one that is no web page', '{ "homepage": "file:///etc/passwd" }'],
  ['no text at all', 'x'],
])('a package that names %s has no website', (_what, text) => {
  packageSays(text);
  describeProgram('/icon.png');
  expect(app.about).not.toHaveProperty('website');
  expect(app.about?.credits).not.toContain('://');
});
