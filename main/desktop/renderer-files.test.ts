import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { securityHeaders } from '../../shared/content-security-policy.ts';
import { answerWithFile, pathOfAddress } from './renderer-files.ts';

let outside: string;
let folder: string;

beforeAll(() => {
  outside = mkdtempSync(join(tmpdir(), 'offprint-renderer-'));
  folder = join(outside, 'renderer');
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(outside, 'secret.txt'), 'secret');
  writeFileSync(join(folder, 'index.html'), '<!doctype html>');
  writeFileSync(join(folder, '.hidden.txt'), 'hidden');
  for (const name of ['index-1.js', 'index-1.css', 'inter.woff2', 'data', 'été x.txt']) {
    writeFileSync(join(folder, 'assets', name), `content of ${name}`);
  }
  symlinkSync(join(outside, 'secret.txt'), join(folder, 'assets', 'leak.txt'));
  symlinkSync(outside, join(folder, 'assets', 'up'));
  symlinkSync(join(folder, 'index.html'), join(folder, 'assets', 'inside.html'));
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
    ['app://offprint/assets/%C3%A9t%C3%A9%20x.txt', 'text/plain; charset=utf-8', 'content of été x.txt'],
    ['app://offprint/assets/inside.html', 'text/html; charset=utf-8', '<!doctype html>'],
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
    [403, 'app://offprint/index.html%00.png'],
    [403, 'app://offprint/.hidden.txt'],
    [403, 'app://offprint/%E0%A4%A'],
    [403, 'app://elsewhere/index.html'],
    [403, 'app://offprint/assets/leak.txt'],
    [403, 'app://offprint/assets/up/secret.txt'],
  ])('%i %s', async (status, address) => {
    const answer = await get(address);
    expect(answer.status).toBe(status);
    expect(await answer.text()).not.toContain('secret');
  });

  test.each(['POST', 'PUT', 'DELETE'])('405 %s', async (method) => {
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

test('no address names a path that leads out of the folder', () => {
  const piece = fc.constantFrom('..', '.', '/', '\\', '%2e', '%2f', '%5c', '%25', '%00', 'C:', 'a', '.b', 'é', '~');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const path = pathOfAddress(`app://offprint/${pieces.join('')}`);
      fc.pre(path !== null);
      expect(path).not.toMatch(/^\/|\\|:|%|\0/);
      for (const segment of path?.split('/') ?? []) expect(segment).not.toMatch(/^(\.|$)/);
    }),
  );
});
