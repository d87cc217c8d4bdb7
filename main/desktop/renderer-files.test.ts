import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { securityHeaders } from '../../shared/content-security-policy.ts';
import { answerWithFile, answerWithImage, pathOfAddress } from './renderer-files.ts';

let outside: string;
let folder: string;

beforeAll(() => {
  outside = mkdtempSync(join(tmpdir(), 'offprint-renderer-'));
  folder = join(outside, 'renderer');
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(outside, 'secret.txt'), 'secret');
  writeFileSync(join(folder, 'index.html'), '<!doctype html>');
  writeFileSync(join(folder, '.hidden.txt'), 'hidden');
  for (const name of ['index-1.js', 'index-1.css', 'inter.woff2', 'data', 'a.b_c-D.txt']) {
    writeFileSync(join(folder, 'assets', name), `content of ${name}`);
  }
  symlinkSync(join(outside, 'secret.txt'), join(folder, 'assets', 'leak.txt'));
  symlinkSync(outside, join(folder, 'assets', 'up'));
  symlinkSync(join(folder, 'index.html'), join(folder, 'assets', 'inside.html'));
  symlinkSync(join(folder, 'assets'), join(folder, 'files'));
  symlinkSync(folder, join(outside, 'way-to-renderer'));
});

afterAll(() => rmSync(outside, { recursive: true }));

const get = (address: string, method = 'GET') => answerWithFile(folder, new Request(address, { method }));

describe('what is there', () => {
  test.each([
    ['app://offprint/', 'text/html; charset=utf-8', '<!doctype html>'],
    ['app://offprint/index.html', 'text/html; charset=utf-8', '<!doctype html>'],
    ['app://offprint/index.html?q=1#top', 'text/html; charset=utf-8', '<!doctype html>'],
    ['app://offprint/assets/index-1.js', 'text/javascript; charset=utf-8', 'content of index-1.js'],
    ['app://offprint/assets/index-1.css', 'text/css; charset=utf-8', 'content of index-1.css'],
    ['app://offprint/assets/inter.woff2', 'font/woff2', 'content of inter.woff2'],
    ['app://offprint/assets/a.b_c-D.txt', 'text/plain; charset=utf-8', 'content of a.b_c-D.txt'],
    ['app://offprint/assets/../index.html', 'text/html; charset=utf-8', '<!doctype html>'],
  ])('%s is answered as %s', async (address, type, content) => {
    const answer = await get(address);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('Content-Type')).toBe(type);
    expect(await answer.text()).toBe(content);
  });

  test('HEAD tells the length and sends nothing', async () => {
    const answer = await get('app://offprint/index.html', 'HEAD');
    expect(answer.headers.get('Content-Length')).toBe('15');
    expect(await answer.text()).toBe('');
  });

  test('the folder itself may be reached over a link, as a program’s folder often is', async () => {
    const answer = await answerWithFile(join(outside, 'way-to-renderer'), new Request('app://offprint/index.html'));
    expect(await answer.text()).toBe('<!doctype html>');
  });
});

describe('what is refused', () => {
  test.each([
    [404, 'app://offprint/missing.html'],
    [404, 'app://offprint/assets'],
    [404, 'app://offprint/assets/data'],
    // The parser of addresses takes these dots away, encoded ones too: they never leave the root.
    [404, 'app://offprint/../secret.txt'],
    [404, 'app://offprint/assets/%2e%2e/%2e%2e/secret.txt'],
    [403, 'app://offprint/..%2fsecret.txt'],
    [403, 'app://offprint/%2e%2e%2fsecret.txt'],
    [403, 'app://offprint/assets%2f..%2f..%2fsecret.txt'],
    [403, 'app://offprint/%252e%252e%252fsecret.txt'],
    [403, 'app://offprint/..%5csecret.txt'],
    [403, 'app://offprint//etc/passwd'],
    [403, 'app://offprint/%2fetc%2fpasswd'],
    [403, 'app://offprint/C:/Windows/win.ini'],
    [403, 'app://offprint/C%3a%5cWindows%5cwin.ini'],
    [403, 'app://offprint/%5c%5chost%5cshare%5cx.txt'],
    [403, 'app://offprint/index.html%00.png'],
    [403, 'app://offprint/index.html%0d%0aX-Header:%20x'],
    [403, 'app://offprint/.hidden.txt'],
    [403, 'app://offprint/%E0%A4%A'],
    [403, 'app://offprint/assets/%C3%A9.txt'],
    [403, 'app://offprint/assets/\u202Etxt.exe'],
    [403, 'app://offprint/index%2ehtml'],
    // What Windows takes for another way to say the same file, or for a device.
    [403, 'app://offprint/index.html.'],
    [403, 'app://offprint/index.html%20'],
    [403, 'app://offprint/index.html::$DATA'],
    [403, 'app://offprint/INDEX~1.HTM'],
    [403, 'app://offprint/con'],
    [403, 'app://offprint/assets/NUL.txt'],
    [403, 'app://offprint/assets/com1.html'],
    [403, 'app://offprint/lpt9.js'],
    [403, 'app://offprint/CONIN$'],
    [404, 'app://offprint/INDEX.HTML'],
    [404, 'app://offprint/Assets/index-1.js'],
    [403, 'app://elsewhere/index.html'],
    [403, 'app://offprint:8080/index.html'],
    [403, 'app://offprint.evil.example/index.html'],
    [403, 'https://offprint/index.html'],
    [403, 'file:///etc/passwd'],
    [403, `app://offprint/${'x'.repeat(100_000)}.html`],
    [403, `app://offprint/index.html?${'x'.repeat(100_000)}`],
    // Links: to a file and to a folder, out of the folder and within it.
    [403, 'app://offprint/assets/leak.txt'],
    [403, 'app://offprint/assets/up/secret.txt'],
    [403, 'app://offprint/assets/up/renderer/index.html'],
    [403, 'app://offprint/assets/inside.html'],
    [403, 'app://offprint/files/index-1.js'],
  ])('%i %s', async (status, address) => {
    const answer = await get(address);
    expect(answer.status).toBe(status);
    expect(await answer.text()).not.toContain('secret');
  });

  test.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'PROPFIND'])('405 %s', async (method) => {
    expect((await get('app://offprint/index.html', method)).status).toBe(405);
  });
});

test.each([
  'app://offprint/',
  'app://offprint/missing.html',
  'app://offprint/..%2fsecret.txt',
])('every answer carries every security header: %s', async (address) => {
  const { headers } = await get(address);
  for (const [name, value] of Object.entries(securityHeaders)) expect(headers.get(name), name).toBe(value);
});

/** Pieces of addresses that have led out of folders. */
const piece = fc.oneof(
  fc.constantFrom(
    '..',
    '.',
    '/',
    '\\',
    '%2e',
    '%2E',
    '%2f',
    '%5c',
    '%25',
    '%252e',
    '%252f',
    '%00',
    '\0',
    '%c0%af',
    '\n',
  ),
  fc.constantFrom('C:', 'C%3a', 'con', 'nul.txt', '~', '$', '?', '#', '@', ':', '.b', 'é', '．．', '／', 'secret.txt'),
  fc.constantFrom('assets', 'up', 'files', 'leak.txt', 'inside.html', 'index.html', 'index-1.js', 'renderer', 'a'),
  fc.string({ unit: 'binary', maxLength: 4 }),
);

const pieces = fc.array(piece, { maxLength: 12 }).map((all) => all.join(''));

test('no address names a path that leads out of the folder', () => {
  fc.assert(
    fc.property(pieces, (path) => {
      const named = pathOfAddress(`app://offprint/${path}`);
      if (named === null) return;
      expect(named).toMatch(/^[\w.-]+(\/[\w.-]+)*$/);
      for (const name of named.split('/')) expect(name).not.toMatch(/^\.|\.$/);
    }),
    { numRuns: 2000 },
  );
});

test('whatever is asked for, the answer is a file of the folder or a refusal', async () => {
  const given = new Set([
    '<!doctype html>',
    'content of index-1.js',
    'content of index-1.css',
    'content of inter.woff2',
  ]);
  given.add('content of a.b_c-D.txt');
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('app://offprint', 'app://offprint:1', 'app://', 'file://'),
      pieces,
      async (host, path) => {
        const url = `${host}/${path}`;
        const answer = await answerWithFile(folder, { url, method: 'GET' } as Request);
        expect([200, 403, 404]).toContain(answer.status);
        if (answer.status === 200) expect(given).toContain(await answer.text());
        expect(answer.headers.get('X-Content-Type-Options')).toBe('nosniff');
      },
    ),
    { numRuns: 1000 },
  );
});

describe('pictures of notes', () => {
  const name = `${'a'.repeat(32)}.png`;
  const png = '\x89PNG\r\n\x1a\n';

  beforeAll(() => {
    mkdirSync(join(outside, 'images'));
    writeFileSync(join(outside, 'images', name), png, 'latin1');
    writeFileSync(join(outside, 'images', `${'b'.repeat(32)}.png`), '<script>alert(1)</script>');
  });

  const ask = (path: string, method = 'GET') =>
    answerWithImage(outside, new Request(`app://offprint/${path}`, { method }));

  test('are answered as what they are, with every header of the page', async () => {
    const answer = await ask(`images/${name}`);
    expect(answer?.status).toBe(200);
    expect(answer?.headers.get('Content-Type')).toBe('image/png');
    for (const [header, value] of Object.entries(securityHeaders)) expect(answer?.headers.get(header)).toBe(value);
    expect(new Uint8Array((await answer?.arrayBuffer()) ?? new ArrayBuffer(0))).toEqual(
      Uint8Array.from(Buffer.from(png, 'latin1')),
    );
  });

  test.each([`images/${'b'.repeat(32)}.png`, `images/${'c'.repeat(32)}.gif`])('none is %s', async (path) => {
    expect((await ask(path))?.status).toBe(404);
  });

  test.each([
    'images/',
    'images/x.png',
    `images/../${name}`,
    `images/${name}/x`,
    `images%2f${name}`,
    'index.html',
  ])('no address of one is %s', async (path) => expect(await ask(path)).toBeNull());

  test('nothing but GET is answered', async () => {
    expect(await ask(`images/${name}`, 'POST')).toBeNull();
  });
});
