import { createConnection } from 'node:net';
import { Hono } from 'hono';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contentSecurityPolicy, securityHeaders } from '../../shared/content-security-policy.ts';
import type { Handlers } from '../../shared/contract.ts';
import { longestNote } from '../../shared/paper.ts';
import { keepImage } from '../kept-images.ts';
import { answerCall, largestCall } from './calls.ts';
import { startServer } from './serve.ts';
import { type Answer, startTestServer, stateOfVersion, type TestServer } from './serve-testing.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({
    'history.undo': () => Promise.reject(new Error('/home/reader/secret-note')),
    'note.set': ({ text }) => Promise.resolve({ changedAt: text.length }),
  });
});
afterAll(() => server.close());

const page = () => ({ cookie: server.cookie, origin: server.origin });

function expectRefusal(answer: Answer, status: number): void {
  expect(answer.status).toBe(status);
  expect(answer.body).not.toContain('secret');
  expect(answer.headers['set-cookie']).toBeUndefined();
  expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  expect(answer.headers['content-security-policy']).toBe(contentSecurityPolicy);
}

test('the printed address is exchanged for a cookie that scripts and other sites cannot use', async () => {
  const address = new URL(server.url);
  expect(address.hostname).toBe('127.0.0.1');
  expect(Buffer.from(address.searchParams.get('token') ?? '', 'base64url')).toHaveLength(32);
  const answer = await server.send('GET', address.pathname + address.search);
  expect(answer.status).toBe(303);
  expect(answer.headers.location).toMatch(/^\/[\w-]{22}\/$/);
  expect(answer.headers.location).toBe(`${server.home}/`);
  expect(answer.headers['cache-control']).toBe('no-store');
  const cookie = String(answer.headers['set-cookie']);
  expect(cookie).toMatch(
    new RegExp(`^offprint-${server.port}=[\\w-]{43}; Path=${server.home}/; HttpOnly; SameSite=Strict$`),
  );
  expect(cookie).not.toContain(address.searchParams.get('token'));
});

test('a cookie of the same name, given by another server of this computer, does not lock the reader out', async () => {
  const other = `offprint-${server.port}=other`;
  for (const cookie of [`${other}; ${server.cookie}`, `${server.cookie}; ${other}`]) {
    expect((await server.call('library.state', '{}', { cookie })).status).toBe(200);
  }
});

test.each([
  ['no token', '/', {}],
  ['a wrong token', '/?token=wrong', {}],
  ['an empty token', '/?token=', {}],
  ['two tokens, the first wrong', '/?token=wrong&token=worse', {}],
  ['the token anywhere else', '~/index.html?token=TOKEN', {}],
  ['the token as the cookie', '~/', { cookie: 'offprint-PORT=TOKEN' }],
  ['a wrong cookie', '~/', { cookie: 'offprint-PORT=wrong' }],
  ['the cookie of another port', '~/', { cookie: 'offprint-1=x' }],
  ['no cookie, for a file', '~/assets/index-abc.js', {}],
  ['no cookie, for the events', '~/api/events', {}],
  ['no cookie, for the icon', '/favicon.ico', {}],
  ['no cookie, for what is not there', '~/nothing', {}],
  ['the cookie, outside of the path of the page', '/', { cookie: 'COOKIE' }],
  ['the cookie, for a call outside of the path of the page', '/api/call/library.state', { cookie: 'COOKIE' }],
  ['the cookie, for another path of the same length', '/xxxxxxxxxxxxxxxxxxxxxx/', { cookie: 'COOKIE' }],
  ['the cookie, for the path of the page without its end', '~', { cookie: 'COOKIE' }],
])('401 for %s', async (_name, path, headers) => {
  const token = new URL(server.url).searchParams.get('token') ?? '';
  const fill = (text: string) =>
    text.replace('TOKEN', token).replace('PORT', String(server.port)).replace('COOKIE', server.cookie);
  const filled = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, fill(value)]));
  const answer = await server.send('GET', fill(path), filled);
  expectRefusal(answer, 401);
  expect(answer.body).toContain('Open the one that Offprint printed.');
});

test('401 as an outcome for a call without the cookie, its body unread', async () => {
  const headers = { origin: server.origin, 'content-type': 'application/json', 'content-length': '90000000' };
  const answer = await server.send('POST', '~/api/call/library.state', headers, '{}').catch(() => null);
  if (answer) {
    expectRefusal(answer, 401);
    expect(JSON.parse(answer.body)).toMatchObject({ ok: false, error: { code: 'refused' } });
  }
  expectRefusal(await server.call('library.state', '{}', { cookie: '' }), 401);
});

test.each([
  'evil.example',
  'evil.example:PORT',
  '127.0.0.1',
  '127.0.0.1:1',
  '127.0.0.1.evil.example:PORT',
  '[::1]:PORT',
  '0.0.0.0:PORT',
  'LOCALHOST.:PORT',
])('421 for the host %s, even with the cookie', async (host) => {
  const named = host.replace('PORT', String(server.port));
  expectRefusal(await server.send('GET', '~/', { host: named, cookie: server.cookie }), 421);
  const address = new URL(server.url);
  expectRefusal(await server.send('GET', address.pathname + address.search, { host: named }), 421);
});

test('421 for another host in a whole address, whatever the header says', async () => {
  const address = new URL(server.url);
  expect((await server.send('GET', `${server.origin}${server.home}/`, page())).status).toBe(200);
  for (const asked of ['http://evil.example/', `http://evil.example:${server.port}/${address.search}`]) {
    const host = `127.0.0.1:${server.port}`;
    expectRefusal(await server.send('GET', asked, { host, cookie: server.cookie }), 421);
  }
});

test('a picture of a note is given under its name, as what it is, to those who have the cookie', async () => {
  const png = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  const name = await keepImage(server.dataFolder, 'image/png', png);
  const answer = await server.send('GET', `~/images/${name}`, { cookie: server.cookie });
  expect(answer.status).toBe(200);
  expect(answer.headers).toMatchObject({
    'content-type': 'image/png',
    'x-content-type-options': 'nosniff',
    'content-length': String(png.length),
  });
  expectRefusal(await server.send('GET', `~/images/${name}`), 401);
  expectRefusal(await server.send('GET', `~/images/${name}`, { ...page(), 'sec-fetch-site': 'cross-site' }), 403);
  expectRefusal(await server.send('POST', `~/images/${name}`, page()), 405);
});

test.each([
  ['another file', '~/images/x.png'],
  ['a way out of the folder', '~/images/..%2fsecret.txt'],
  ['a folder deeper', `~/images/a/${'a'.repeat(32)}.png`],
  ['a picture that is not there', `~/images/${'a'.repeat(32)}.png`],
  ['the folder', '~/images/'],
])('no picture is %s', async (_what, path) => {
  expectRefusal(await server.send('GET', path, { cookie: server.cookie }), 404);
});

test('localhost is the same computer', async () => {
  const host = `localhost:${server.port}`;
  const state = await server.call('library.state', '{}', { host, origin: `http://${host}` });
  expect(state.status).toBe(200);
  expectRefusal(await server.call('library.state', '{}', { host }), 403);
});

test.each([
  ['another origin', { origin: 'https://evil.example' }],
  ['another port of this computer', { origin: 'http://127.0.0.1:1' }],
  ['https', { origin: 'https://127.0.0.1:PORT' }],
  ['an opaque origin', { origin: 'null' }],
  ['a request of another site', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' }],
  ['a request of another port', { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors' }],
])('403 for %s, for calls, events and files', async (_name, headers) => {
  const filled = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, value.replace('PORT', String(server.port))]),
  );
  expectRefusal(await server.call('library.state', '{}', filled), 403);
  expectRefusal(await server.send('GET', '~/api/events', { ...page(), ...filled }), 403);
  expectRefusal(await server.send('GET', '~/assets/index-abc.js', { ...page(), ...filled }), 403);
});

test('a link on another page leads to the page and to nothing else', async () => {
  const link = { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'navigate' };
  expect((await server.send('GET', '~/', { ...page(), ...link, origin: server.origin })).status).toBe(200);
  for (const path of ['~/api/events', '~/assets/index-abc.js', '~/index.html']) {
    expectRefusal(await server.send('GET', path, { cookie: server.cookie, ...link }), 403);
  }
});

test('403 for a call that does not say where it comes from', async () => {
  const headers = { cookie: server.cookie, 'content-type': 'application/json' };
  expectRefusal(await server.send('POST', '~/api/call/library.state', headers, '{}'), 403);
  const said = { ...headers, 'sec-fetch-site': 'same-origin' };
  expect((await server.send('POST', '~/api/call/library.state', said, '{}')).status).toBe(200);
});

test.each([
  'application/x-www-form-urlencoded',
  'text/plain',
  'multipart/form-data; boundary=x',
  '',
])('415 for a form of type "%s"', async (type) => {
  expectRefusal(await server.call('library.state', '{}', { 'content-type': type }), 415);
});

test.each([
  '~/assets/../../secret.txt',
  '~/assets/..%2f..%2fsecret.txt',
  '~/assets/%2e%2e/%2e%2e/secret.txt',
  '~/%252e%252e/secret.txt',
  '~/assets/..%252f..%252fsecret.txt',
  '~/..%5csecret.txt',
  '~/assets/link.txt',
  '~//etc/passwd',
  '~/%2fetc/passwd',
  '~/etc/passwd',
  '~/assets/',
  '~/assets',
  '~/assets/index-abc.js%00.txt',
  '~/assets//index-abc.js',
  '~/ASSETS/index-abc.js',
  '~/index.html/',
  '~/%',
  '~/constructor',
  '~/__proto__',
])('nothing but the files of the page is served: %s', async (path) => {
  const answer = await server.send('GET', path, page());
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.status).toBeLessThan(500);
  expect(answer.body).not.toMatch(/secret|root:/);
  expect(answer.headers['content-security-policy']).toBe(contentSecurityPolicy);
});

test('the page is never kept, its files for ever, and each has its type and the headers of the policy', async () => {
  const index = await server.send('GET', '~/', page());
  expect(index.headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
  expect(index.body).toContain('<title>page</title>');
  const script = await server.send('GET', '~/assets/index-abc.js', page());
  expect(script.headers['content-type']).toMatch(/^text\/javascript/);
  expect(script.headers['cache-control']).toBe('private, max-age=31536000, immutable');
  for (const answer of [index, script]) {
    expect(answer.status).toBe(200);
    for (const [name, value] of Object.entries(securityHeaders)) expect(answer.headers[name.toLowerCase()]).toBe(value);
    expect(answer.headers['x-powered-by']).toBeUndefined();
  }
  const head = await server.send('HEAD', '~/', page());
  expect([head.status, head.body]).toEqual([200, '']);
});

test.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'PROPFIND'])('405 for %s', async (method) => {
  const answer = await server.send(method, '~/api/call/library.state', page());
  expectRefusal(answer, 405);
  expect(answer.headers.allow).toBe('GET, HEAD, POST');
});

test('405 for posting to the page', async () => {
  expectRefusal(await server.send('POST', '~/', { ...page(), 'content-type': 'application/json' }, '{}'), 405);
});

test('TRACE does not give the cookie back', async () => {
  const answer = await server.send('TRACE', '~/', page());
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.body).not.toContain(server.cookie);
});

test('a call is answered with its outcome, failures with their code and words', async () => {
  const state = await server.call('library.state', '{}');
  expect(state.headers['content-type']).toMatch(/^application\/json/);
  expect(JSON.parse(state.body)).toEqual({ ok: true, value: stateOfVersion(1) });
  const missing = await server.call('list.close', '{"result":1}');
  expect(missing.status).toBe(200);
  expect(JSON.parse(missing.body)).toEqual({ ok: false, error: { code: 'not-found', message: 'Not here.' } });
});

test('a mistake of ours is reported, and its words stay inside', async () => {
  const answer = await server.call('history.undo', '{}');
  expect(JSON.parse(answer.body)).toMatchObject({ ok: false, error: { code: 'internal' } });
  expect(answer.body).not.toContain('secret');
  expect(server.reported).toEqual([new Error('/home/reader/secret-note')]);
});

test.each([
  ['unknown', '{}', 404],
  ['constructor', '{}', 404],
  ['__proto__', '{}', 404],
  ['library.state/more', '{}', 404],
  ['library.state', '', 400],
  ['library.state', '{', 400],
  ['library.state', '{}{}', 400],
  ['library.state', Buffer.from([0xff, 0xfe, 0x00]), 400],
  ['library.state', 'null', 200],
  ['list.close', '{"result":"1"}', 200],
  ['list.close', '[]', 200],
])('a failed outcome for the call %s with the body %s', async (name, body, status) => {
  const answer = await server.call(name, body);
  expect(answer.status).toBe(status);
  expect(JSON.parse(answer.body)).toMatchObject({ ok: false, error: { code: 'bad-input' } });
});

test('an answer that takes long is waited for with blanks, and is the same JSON in the end', async () => {
  const work = Promise.withResolvers<{ done: string | null }>();
  const underWay = new Set<Promise<unknown>>();
  const handlers = { 'history.undo': () => work.promise } as unknown as Handlers;
  const app = new Hono().post(
    '/:name',
    answerCall(handlers, () => {}, underWay, 1),
  );
  const headers = { 'content-type': 'application/json' };
  const answer = await app.request('/history.undo', { method: 'POST', headers, body: '{}' });
  expect([answer.status, answer.headers.get('content-type'), underWay.size]).toEqual([200, 'application/json', 1]);
  const reader = answer.body?.getReader();
  const read = async () => new TextDecoder().decode((await reader?.read())?.value);
  expect([await read(), await read()]).toEqual([' ', ' ']);
  work.resolve({ done: 'Imported 3 papers' });
  let rest = '';
  while (!rest.includes('}}')) rest += await read();
  expect(JSON.parse(rest)).toEqual({ ok: true, value: { done: 'Imported 3 papers' } });
  expect(underWay.size).toBe(0);
});

test('calls are not made by GET', async () => {
  expectRefusal(await server.send('GET', '~/api/call/library.state', page()), 404);
});

test('413 for a body larger than any call needs, said beforehand or not', async () => {
  const body = Buffer.alloc(largestCall + 1, 0x20);
  const said = await server.call('library.state', body);
  expectRefusal(said, 413);
  expect(JSON.parse(said.body)).toMatchObject({ ok: false, error: { code: 'bad-input' } });
  expectRefusal(await server.call('library.state', body, { 'transfer-encoding': 'chunked' }), 413);
});

test('a call whose length is not said beforehand is answered like any other', async () => {
  const answer = await server.call('library.state', '{}', { 'transfer-encoding': 'chunked' });
  expect([answer.status, JSON.parse(answer.body)]).toEqual([200, { ok: true, value: stateOfVersion(1) }]);
});

test('a page that goes away in the middle of a call is not reported as a mistake of ours', async () => {
  server.reported.length = 0;
  const head = `POST /api/call/library.state HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nOrigin: ${server.origin}`;
  for (const length of ['Content-Length: 9', 'Transfer-Encoding: chunked']) {
    const socket = createConnection(server.port, '127.0.0.1');
    const closed = new Promise((resolve) => socket.on('close', resolve));
    socket.on('error', () => {});
    socket.write(`${head}\r\nCookie: ${server.cookie}\r\nContent-Type: application/json\r\n${length}\r\n\r\n`, () =>
      socket.resetAndDestroy(),
    );
    await closed;
  }
  expect((await server.call('library.state', '{}')).status).toBe(200);
  expect(server.reported).toEqual([]);
});

test('bytes that are no text are refused, not replaced', async () => {
  const body = Buffer.concat([
    Buffer.from('{"id":"arxiv:2306.12345","text":"'),
    Buffer.from([0xff]),
    Buffer.from('"}'),
  ]);
  expectRefusal(await server.call('note.set', body), 400);
});

test('the longest note fits, however it is written', async () => {
  const text = '\\u0001'.repeat(longestNote);
  const answer = await server.call('note.set', `{"id":"arxiv:2306.12345","text":"${text}"}`);
  expect(JSON.parse(answer.body)).toEqual({ ok: true, value: { changedAt: longestNote } });
});

test.each([
  'GET / HTTP/1.1\r\n\r\n',
  'GET / HTTP/1.0\r\n\r\n',
  'GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n',
  'GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n',
  'GET /\\..\\secret.txt HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n',
  'CONNECT evil.example:443 HTTP/1.1\r\nHost: HOST\r\n\r\n',
  `GET / HTTP/1.1\r\nHost: HOST\r\nCookie: ${'x'.repeat(100_000)}\r\n\r\n`,
  'POST /api/call/library.state HTTP/1.1\r\nHost: HOST\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
  '\0\0\0\0\r\n\r\n',
])('what is not a proper request is refused: %j', async (text) => {
  const answer = await new Promise<string>((resolve) => {
    let received = '';
    const socket = createConnection(server.port, '127.0.0.1', () => {
      socket.write(text.replaceAll('HOST', `127.0.0.1:${server.port}`));
    });
    socket.on('data', (data) => {
      received += data;
      if (/^HTTP\/1.1 4\d\d/.test(received)) socket.end();
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(received));
  });
  expect(answer).toMatch(/^(HTTP\/1.1 4\d\d |$)/);
  expect(answer).not.toContain('secret');
  expect((await server.call('library.state', '{}')).status).toBe(200);
});

test('a taken port, and a page that is not built, are said in one sentence', async () => {
  const library = { handlers: {} as never, on: () => () => {}, stopImport: async () => {} };
  const options = { library, port: server.port, report: () => {} };
  await expect(startServer({ ...options, rendererFolder: '/nowhere' })).rejects.toThrow(/npm run build/);
  const other = await startTestServer();
  try {
    const rendererFolder = `${import.meta.dirname}/../../renderer`;
    await expect(startServer({ ...options, port: other.port, rendererFolder })).rejects.toThrow();
  } finally {
    await other.close();
  }
});
