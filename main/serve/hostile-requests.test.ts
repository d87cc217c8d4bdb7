import { request } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { everyAnswer } from './every-answer.ts';
import { connectRaw, statusesIn } from './raw-testing.ts';
import { startTestServer, type TestServer } from './serve-testing.ts';

// What no browser sends: requests byte by byte, over sockets of their own.

let server: TestServer;
let handled = 0;
beforeAll(async () => {
  server = await startTestServer({
    'history.undo': () => {
      handled += 1;
      return Promise.resolve({ done: null, next: null } as never);
    },
  });
});
afterAll(() => server.close());

/** Fills in what only a running server knows. */
function fill(text: string): string {
  return text
    .replaceAll('HOST', `127.0.0.1:${server.port}`)
    .replaceAll('HOME', server.home)
    .replaceAll('COOKIE', `Cookie: ${server.cookie}`)
    .replaceAll('TOKEN', new URL(server.url).searchParams.get('token') ?? '');
}

/** Sends a text and returns all that comes back until the server closes the connection. */
const sendRaw = (text: string) => connectRaw(server.port, fill(text)).closed;

const call =
  'POST HOME/api/call/history.undo HTTP/1.1\r\nHost: HOST\r\nOrigin: http://HOST\r\nCOOKIE\r\nContent-Type: application/json\r\n';
const page = 'GET HOME/ HTTP/1.1\r\nHost: HOST\r\nCOOKIE\r\n';

/** Every header of every answer, one status, nothing of ours, and the connection ended. */
async function expectTurnedAway(text: string, status: number): Promise<void> {
  const before = handled;
  const answer = await sendRaw(text);
  // Windows forgets what has arrived when the other side ends the connection with more on its way there.
  if (process.platform === 'win32' && answer === '') return;
  expect(statusesIn(answer)).toEqual([status]);
  for (const [name, value] of Object.entries(everyAnswer))
    expect(answer.toLowerCase()).toContain(`\r\n${name}: ${value}\r\n`.toLowerCase());
  expect(answer).not.toMatch(/secret|<title>page|set-cookie|x-powered-by|\r\nserver:|node_modules|\n\s+at /i);
  expect(handled).toBe(before);
  expect((await server.send('GET', '~/', { cookie: server.cookie })).status).toBe(200);
}

test.each([
  ['no host', 'GET / HTTP/1.1\r\n\r\n', 400],
  ['no host, of HTTP/1.0', 'GET / HTTP/1.0\r\n\r\n', 400],
  ['an empty host', 'GET HOME/ HTTP/1.1\r\nHost:\r\nCOOKIE\r\n\r\n', 400],
  ['two hosts', 'GET HOME/ HTTP/1.1\r\nHost: HOST\r\nHost: evil.example\r\nCOOKIE\r\n\r\n', 400],
  ['two hosts, the other way round', 'GET HOME/ HTTP/1.1\r\nHost: evil.example\r\nHost: HOST\r\nCOOKIE\r\n\r\n', 400],
  ['two hosts that are the same', 'GET HOME/ HTTP/1.1\r\nHost: HOST\r\nHost: HOST\r\nCOOKIE\r\n\r\n', 400],
  ['a user before the host', 'GET HOME/ HTTP/1.1\r\nHost: a@HOST\r\nCOOKIE\r\n\r\n', 400],
  ['another host in its address', 'GET http://evil.example/ HTTP/1.1\r\nHost: HOST\r\nCOOKIE\r\n\r\n', 421],
  ['another host beside its address', 'GET http://HOST/ HTTP/1.1\r\nHost: evil.example\r\nCOOKIE\r\n\r\n', 421],
  ['a host that there cannot be', 'GET HOME/ HTTP/1.1\r\nHost: 127.0..0.1\r\nCOOKIE\r\n\r\n', 421],
  ['an address of another kind', 'GET ftp://HOST/ HTTP/1.1\r\nHost: HOST\r\nCOOKIE\r\n\r\n', 400],
  ['another host, of HTTP/1.0', 'GET HOME/ HTTP/1.0\r\nHost: evil.example\r\nCOOKIE\r\n\r\n', 421],
  ['HTTP/0.9', 'GET HOME/\r\n\r\n', 400],
  ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400],
  ['HTTP/3', 'GET / HTTP/3.0\r\nHost: HOST\r\n\r\n', 400],
  ['a version that there is not', 'GET / HTTP/1.9\r\nHost: HOST\r\n\r\n', 400],
  [
    'an upgrade to HTTP/2',
    'GET / HTTP/1.1\r\nHost: HOST\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n\r\n',
    401,
  ],
  [
    'a web socket',
    'GET HOME/api/events HTTP/1.1\r\nHost: HOST\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
    401,
  ],
  [
    'a web socket of another page',
    'GET HOME/api/events HTTP/1.1\r\nHost: HOST\r\nOrigin: http://evil.example\r\nCOOKIE\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
    403,
  ],
  ['TLS', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03', 400],
  ['zeros', '\0\0\0\0\r\n\r\n', 400],
  ['CONNECT', 'CONNECT evil.example:443 HTTP/1.1\r\nHost: HOST\r\nCOOKIE\r\n\r\n', 405],
  ['CONNECT to itself', 'CONNECT HOST HTTP/1.1\r\nHost: HOST\r\n\r\n', 405],
  ['TRACE', 'TRACE / HTTP/1.1\r\nHost: HOST\r\n\r\n', 401],
  ['TRACK', 'TRACK / HTTP/1.1\r\nHost: HOST\r\n\r\n', 400],
  ['OPTIONS *', 'OPTIONS * HTTP/1.1\r\nHost: HOST\r\n\r\n', 400],
  [
    'a preflight',
    'OPTIONS HOME/api/call/history.undo HTTP/1.1\r\nHost: HOST\r\nOrigin: http://evil.example\r\nAccess-Control-Request-Method: POST\r\nAccess-Control-Request-Headers: content-type\r\n\r\n',
    403,
  ],
  [
    'a preflight for a private network',
    'OPTIONS / HTTP/1.1\r\nHost: HOST\r\nAccess-Control-Request-Method: GET\r\nAccess-Control-Request-Private-Network: true\r\n\r\n',
    401,
  ],
  ['an expectation', 'GET / HTTP/1.1\r\nHost: HOST\r\nExpect: pigs\r\n\r\n', 417],
  [
    'waiting to be asked for more',
    'POST / HTTP/1.1\r\nHost: HOST\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n',
    401,
  ],
  ['a header that goes on in the next line', `${page}X: a\r\n b\r\n\r\n`, 400],
  ['a host that goes on in the next line', 'GET / HTTP/1.1\r\nHost: evil.example\r\n HOST\r\nCOOKIE\r\n\r\n', 400],
  ['a blank before the colon', 'GET / HTTP/1.1\r\nHost : HOST\r\n\r\n', 400],
  ['lines that end in LF', 'GET HOME/ HTTP/1.1\nHost: HOST\nCOOKIE\n\n', 400],
  ['lines that end in CR', 'GET HOME/ HTTP/1.1\rHost: HOST\rCOOKIE\r\r', 400],
  ['a CR in a header', 'GET / HTTP/1.1\r\nHost: HOST\rX: y\r\n\r\n', 400],
  ['a zero in a header', 'GET / HTTP/1.1\r\nHost: HOST\r\nX: a\0b\r\n\r\n', 400],
  ['a zero in the path', 'GET HOME/\0 HTTP/1.1\r\nHost: HOST\r\nCOOKIE\r\n\r\n', 400],
  ['a letter that is not of ASCII in the path', 'GET HOME/\u00e9 HTTP/1.1\r\nHost: HOST\r\nCOOKIE\r\n\r\n', 400],
  ['a blank in the path', 'GET HOME/ x HTTP/1.1\r\nHost: HOST\r\nCOOKIE\r\n\r\n', 400],
  ['a backslash in the path', 'GET HOME/\\..\\secret.txt HTTP/1.1\r\nHost: HOST\r\nCOOKIE\r\n\r\n', 400],
  ['a method in small letters', 'get HOME/ HTTP/1.1\r\nHost: HOST\r\nCOOKIE\r\n\r\n', 400],
  ['a long header', `${page}X: ${'x'.repeat(100_000)}\r\n\r\n`, 431],
  ['many headers', `${page}${'a: b\r\n'.repeat(5000)}\r\n`, 431],
  ['many cookies', `GET HOME/ HTTP/1.1\r\nHost: HOST\r\nCookie: ${'a=b; '.repeat(10_000)}\r\n\r\n`, 431],
  ['a long path', `GET HOME/${'a'.repeat(100_000)} HTTP/1.1\r\nHost: HOST\r\nCOOKIE\r\n\r\n`, 431],
  ['a length and chunks', `${call}Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nG`, 400],
  ['chunks and a length', `${call}Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n2\r\n{}\r\n0\r\n\r\n`, 400],
  ['chunks twice', `${call}Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n`, 400],
  [
    'chunks and another encoding',
    `${call}Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n2\r\n{}\r\n0\r\n\r\n`,
    400,
  ],
  ['a compressed body', `${call}Transfer-Encoding: gzip, chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n`, 400],
  ['an encoding that there is not', `${call}Transfer-Encoding: xchunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n`, 400],
  ['an encoding behind a vertical tab', `${call}Transfer-Encoding: \x0bchunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n`, 400],
  ['two lengths', `${call}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`, 400],
  ['two lengths that are the same', `${call}Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}`, 400],
  ['two lengths in one', `${call}Content-Length: 2, 2\r\n\r\n{}`, 400],
  ['a length with a sign', `${call}Content-Length: +2\r\n\r\n{}`, 400],
  ['a length below zero', `${call}Content-Length: -2\r\n\r\n{}`, 400],
  ['a length in other digits', `${call}Content-Length: 0x2\r\n\r\n{}`, 400],
  ['a length beyond all numbers', `${call}Content-Length: ${'9'.repeat(30)}\r\n\r\n{}`, 400],
  ['chunks of no length', `${call}Transfer-Encoding: chunked\r\n\r\nZZ\r\n{}\r\n0\r\n\r\n`, 400],
  ['a chunk beyond all numbers', `${call}Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n{}\r\n0\r\n\r\n`, 400],
  ['a chunk shorter than it says', `${call}Transfer-Encoding: chunked\r\n\r\n5\r\n{}\r\n0\r\n\r\n\r\n`, 400],
  ['a chunk longer than it says', `${call}Transfer-Encoding: chunked\r\n\r\n1\r\n{}\r\n0\r\n\r\n`, 400],
  [
    'chunks with long words to them',
    `${call}Transfer-Encoding: chunked\r\n\r\n2;${'a'.repeat(20_000)}\r\n{}\r\n0\r\n\r\n`,
    413,
  ],
  [
    'two types',
    `${call.replace('Content-Type: ', 'Content-Type: text/plain\r\nContent-Type: ')}Content-Length: 2\r\n\r\n{}`,
    400,
  ],
  ['two origins', `${call}Origin: http://evil.example\r\nContent-Length: 2\r\n\r\n{}`, 400],
])('%s', (_what, text, status) => expectTurnedAway(text, status));

test.each([
  ['a length', 'Content-Length: 0\r\n\r\n'],
  ['chunks', 'Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n'],
  ['a length that leaves the next request over', 'Content-Length: 3\r\n\r\nabc'],
])('after a refusal with %s nothing that follows on the connection is answered', async (_what, rest) => {
  const first = `POST /api/call/history.undo HTTP/1.1\r\nHost: HOST\r\nContent-Type: application/json\r\n${rest}`;
  const before = handled;
  const answer = await sendRaw(`${first}${call}Content-Length: 2\r\n\r\n{}${page}\r\n`);
  expect(statusesIn(answer)).toEqual([401]);
  expect(handled).toBe(before);
});

test('the reader’s own requests may follow each other on one connection', async () => {
  const connection = connectRaw(
    server.port,
    fill(`${page}\r\n${call}Content-Length: 2\r\n\r\n{}${page}Connection: close\r\n\r\n`),
  );
  expect(statusesIn(await connection.closed)).toEqual([200, 200, 200]);
});

test('what comes after a request that cannot be read is not put into the middle of an answer', async () => {
  // The answer to the first has begun, and never ends.
  const events = 'GET HOME/api/events HTTP/1.1\r\nHost: HOST\r\nCOOKIE\r\n\r\n';
  const connection = connectRaw(server.port, fill(events));
  await connection.until(/: listening/);
  connection.socket.write('\0\0\0\r\n\r\n');
  expect(statusesIn(await connection.closed)).toEqual([200]);
});

test('the first address of a browser is good once, the printed one again and again, and neither tells the other', async () => {
  const launch = new URL(server.launch());
  expect(launch.origin).toBe(server.origin);
  expect(launch.searchParams.get('token')).not.toBe(new URL(server.url).searchParams.get('token'));
  const open = (address: URL) => server.send('GET', address.pathname + address.search);
  // Looking at the head of it does not use it up.
  expect((await server.send('HEAD', launch.pathname + launch.search)).status).toBe(401);
  const first = await open(launch);
  expect([first.status, first.headers.location]).toEqual([303, `${server.home}/`]);
  expect(String(first.headers['set-cookie'])).toContain(server.cookie);
  const second = await open(launch);
  expect([second.status, second.headers['set-cookie']]).toEqual([401, undefined]);
  for (let time = 0; time < 3; time += 1) expect((await open(new URL(server.url))).status).toBe(303);
});

test('a link on a page that is not ours opens the library all the same, when the address is right', async () => {
  const { pathname, search } = new URL(server.url);
  const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
  const answer = await server.send('GET', pathname + search, link);
  expect(answer.status).toBe(200);
  // The browser would bring no strict cookie where it is sent on to, so it must begin anew there.
  expect(answer.body).toContain(`<meta http-equiv="refresh" content="0;url=${server.home}/">`);
  expect(String(answer.headers['set-cookie'])).toContain(server.cookie);
  for (const dest of ['iframe', 'frame', 'embed', 'object']) {
    const framed = await server.send('GET', pathname + search, { ...link, 'sec-fetch-dest': dest });
    expect([dest, framed.status, framed.headers['set-cookie']]).toEqual([dest, 403, undefined]);
  }
});

test.each([
  ['no key', {}],
  ['an empty key', { authorization: 'Bearer ' }],
  ['a wrong key', { authorization: 'Bearer wrong' }],
  ['the cookie', { cookie: 'COOKIE' }],
  ['the cookie as the key', { authorization: 'Bearer SESSION' }],
  ['the key in the address', {}, '?token=TOKEN'],
])('who has %s is given no key for another browser', async (_what, headers, more = '') => {
  const known = { COOKIE: server.cookie, SESSION: server.cookie.split('=')[1] ?? '' };
  const filled = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      value.replace(/COOKIE|SESSION/, (word) => known[word as 'COOKIE']),
    ]),
  );
  expect((await server.send('POST', `/launch${fill(more)}`, filled)).status).toBe(401);
});

test('another page is given no key for another browser, whatever it knows', async () => {
  const authorization = fill('Bearer TOKEN');
  const good = await server.send('POST', '/launch', { authorization });
  expect([good.status, good.body]).toEqual([200, expect.stringMatching(/^[\w-]{43}$/)]);
  for (const own of [{ origin: 'http://evil.example' }, { 'sec-fetch-site': 'same-site' }, { host: 'evil.example' }]) {
    const { status, body } = await server.send('POST', '/launch', { authorization, ...own });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(body).not.toContain('Bearer');
  }
  expect((await server.send('GET', '/launch', { authorization })).status).toBe(401);
});

test('who has no key gets one and the same answer, whatever there is and whatever was wrong', async () => {
  const asked = [
    '/',
    '/?token=wrong',
    '~/',
    '~',
    '~/index.html',
    '~/assets/index-abc.js',
    '~/assets/nothing.js',
    '/launch',
  ];
  const answers = new Set<string>();
  for (const path of asked) {
    for (const headers of [{}, { cookie: `offprint-${server.port}=wrong` }]) {
      const { status, body, headers: given } = await server.send('GET', path, headers);
      answers.add(JSON.stringify({ status, body, given: { ...given, date: '' } }));
    }
  }
  expect([...answers]).toHaveLength(1);
  const heads = new Set<string>();
  for (const path of asked) {
    const { status, headers } = await server.send('HEAD', path);
    heads.add(JSON.stringify({ status, headers: { ...headers, date: '' } }));
  }
  expect([...heads]).toHaveLength(1);
});

test('a call that waits to be asked for more is asked for nothing, and answered once it has come', async () => {
  const answer = await new Promise<number>((resolve, reject) => {
    let asked = false;
    const sent = request(
      {
        ...{ host: '127.0.0.1', port: server.port, method: 'POST', path: `${server.home}/api/call/library.state` },
        headers: {
          ...{ cookie: server.cookie, origin: server.origin, 'content-type': 'application/json' },
          ...{ expect: '100-continue', 'content-length': '2' },
        },
      },
      (response) => resolve(asked ? 100 : (response.statusCode ?? 0)),
    );
    sent.on('continue', () => {
      asked = true;
    });
    sent.on('error', reject);
    sent.end('{}');
  });
  expect(answer).toBe(200);
});

// Elsewhere there is only one, unless somebody has added others.
test.runIf(process.platform === 'linux')('at another loopback address it answers to that one only', async () => {
  const other = await startTestServer({}, { address: '127.0.0.2' });
  try {
    expect(other.url).toMatch(/^http:\/\/127\.0\.0\.2:\d+\//);
    const { cookie, port } = other;
    expect((await other.send('GET', '~/', { cookie })).status).toBe(200);
    for (const host of [`127.0.0.1:${port}`, `localhost:${port}`, '127.0.0.2', `[::1]:${port}`]) {
      expect((await other.send('GET', '~/', { cookie, host })).status).toBe(421);
    }
    // Nobody listens at the usual one.
    expect(await connectRaw(port).closed).toBe('');
    expect(await connectRaw(port, `GET / HTTP/1.1\r\nHost: 127.0.0.2:${port}\r\n\r\n`).closed).toBe('');
  } finally {
    await other.close();
  }
});

test('an address of another computer is refused in words', async () => {
  await expect(startTestServer({}, { address: '203.0.113.1' })).rejects.toThrow(
    '203.0.113.1 is no address of this computer.',
  );
});
