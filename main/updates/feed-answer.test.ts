import { parseUpdateInfo } from 'electron-updater/out/providers/Provider.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isPrerelease, longestAnswer, NoRelease, readFeedAnswer } from './feed-answer.ts';

const parse = (text: string) => parseUpdateInfo(text, '', new URL('https://a.example/latest.yml'));
const read = (text: string) => readFeedAnswer(text, parse);
const digest = `${'A'.repeat(86)}==`;

/** As electron-builder 26 writes it. */
const answer = `version: 1.2.3
files:
  - url: offprint-1.2.3-win-x64.exe
    sha512: ${digest}
    size: 98765432
  - url: offprint-1.2.3-win-arm64.exe
    sha512: ${digest}
    size: 87654321
path: offprint-1.2.3-win-x64.exe
sha512: ${digest}
releaseDate: '2026-11-23T08:15:00.000Z'
`;

test('a release is read, and nothing else of the answer', () => {
  const more =
    'stagingPercentage: 10\nreleaseNotes: "Great news! <b>a & b</b>"\npackages:\n  x64:\n    path: ../../evil\n';
  expect(read(answer + more)).toEqual({
    version: '1.2.3',
    files: [
      { url: 'offprint-1.2.3-win-x64.exe', sha512: digest, size: 98765432 },
      { url: 'offprint-1.2.3-win-arm64.exe', sha512: digest, size: 87654321 },
    ],
    path: 'offprint-1.2.3-win-x64.exe',
    sha512: digest,
    releaseDate: '2026-11-23T08:15:00.000Z',
  });
  expect(read(`${answer}minimumSystemVersion: 10.0.22631\n`).minimumSystemVersion).toBe('10.0.22631');
});

test.each(['0.0.1', '10.20.30', '1.0.0-beta.2', '2.0.0-rc.1.x-y'])('%s is a version', (version) => {
  expect(read(answer.replace('1.2.3', version)).version).toBe(version);
  expect(isPrerelease(version)).toBe(version.includes('-'));
});

describe('anything else is none', () => {
  test.each([
    '1.2',
    'v1.2.3',
    '1.2.3.4',
    '01.2.3',
    '1.2.3+build',
    '1.2.3-',
    '1.2.3-..',
    '99999999.0.0',
    "'1.2.3 <b>'",
    '../1.2.3',
    '[1, 2, 3]',
    '1e3',
    '~',
    "''",
    "'1.2.3\n'",
  ])('the version %s', (version) => {
    expect(() => read(answer.replace('1.2.3', version))).toThrow(NoRelease);
  });

  test.each([
    '../../evil.exe',
    '/evil.exe',
    'https://evil.example/a.exe',
    '//evil.example/a.exe',
    'a%2f..%2fb.exe',
    'a\\b.exe',
    '.exe',
    'a b.exe',
    'a.exe?x=1',
    'a.exe#x',
    "''",
    '-x.exe',
    'C:evil.exe',
    'a..',
    `${'a'.repeat(200)}.exe`,
  ])('the file %s', (url) => {
    expect(() => read(answer.replace('- url: offprint-1.2.3-win-x64.exe', `- url: ${url}`))).toThrow(NoRelease);
    expect(() => read(answer.replace('path: offprint-1.2.3-win-x64.exe', `path: ${url}`))).toThrow(NoRelease);
  });

  test.each([
    ['no digest', answer.replace(`    sha512: ${digest}\n`, '')],
    ['a short digest', answer.replace(digest, 'AAAA==')],
    ['no size', answer.replace('    size: 98765432\n', '')],
    ['a size of nothing', answer.replace('98765432', '0')],
    ['more than a gigabyte', answer.replace('98765432', '9876543210')],
    ['no files', answer.replace(/files:\n(?: {2}.*\n)+/, 'files: []\n')],
    [
      'too many files',
      answer.replace('files:\n', `files:\n${`  - { url: a, sha512: ${digest}, size: 1 }\n`.repeat(30)}`),
    ],
    ['nothing', ''],
    ['a page', '<!doctype html><title>Sign in</title>'],
    ['a list', '- 1\n- 2\n'],
    ['an anchor', `${answer}a: &a [x]\nb: *a\n`],
    ['a tag', `${answer}a: !!js/function "x"\n`],
    ['too much', answer + '#'.repeat(longestAnswer)],
    ['half of it', answer.slice(0, 60)],
  ])('%s', (_what, text) => {
    expect(() => read(text)).toThrow(NoRelease);
  });

  test('what makes much of little is not even parsed', () => {
    const lines = ['a0: &a0 [x, x]', ...Array.from({ length: 40 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]`)];
    const parsed = () => {
      throw new Error('parsed');
    };
    expect(() => readFeedAnswer(lines.join('\n'), parsed)).toThrow('not plain');
  });

  test('whatever comes is a release of plain words and numbers, or none', () => {
    const piece = fc.constantFrom(
      'version: 1.2.3\n',
      'files:\n',
      '  - url: a\n',
      '    size: 1\n',
      'path: a\n',
      '{',
      '[',
      '"',
      '*',
      '&',
      ': ',
      '\n',
    );
    const text = fc.oneof(
      fc.string(),
      fc.array(piece).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (given) => {
        try {
          expect(read(given).version).toMatch(/^[\w.-]{5,100}$/);
        } catch (error) {
          expect(error).toBeInstanceOf(NoRelease);
        }
      }),
      { numRuns: 300 },
    );
  });
});
