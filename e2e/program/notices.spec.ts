import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { noticesFile, noticesFor, packagesOfBuild } from '../../resources/notices.ts';

test('the third-party notices name all that is bundled, with version and licence (else: npm run notices)', () => {
  const packages = packagesOfBuild();
  expect(packages.map(({ name }) => name)).toEqual(expect.arrayContaining(['react', 'zod', 'hono']));
  const fonts = packages.filter(({ name }) => name.startsWith('@fontsource'));
  expect(fonts.map(({ identifier }) => identifier)).toEqual(['OFL-1.1', 'OFL-1.1', 'OFL-1.1']);
  expect(readFileSync(noticesFile, 'utf8')).toBe(noticesFor(packages));
});

test('everything bundled may be shipped under its licence', () => {
  // CPAL covers citeproc alone, which is bundled unchanged: see resources/citation-styles/README.md.
  const allowed = [
    'MIT',
    'ISC',
    'BSD-2-Clause',
    'BSD-3-Clause',
    'Apache-2.0',
    '0BSD',
    'OFL-1.1',
    'BlueOak-1.0.0',
    'CPAL-1.0 OR AGPL-1.0',
  ];
  const others = packagesOfBuild().filter(({ identifier }) => !allowed.includes(identifier));
  expect(others.map(({ name, identifier }) => `${name}: ${identifier}`)).toEqual([]);
});
