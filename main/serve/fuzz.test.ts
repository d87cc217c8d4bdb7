import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callNames, type Handlers } from '../../shared/contract.ts';
import { everyAnswer } from './every-answer.ts';
import { connectRaw, statusesIn } from './raw-testing.ts';
import { startTestServer, stateOfVersion, type TestServer } from './serve-testing.ts';

// Whatever bytes come: no answer of the library without the cookie, each answer with all headers, and
// the server goes on. `npm run unit -- fuzz` with OFFPRINT_FUZZ=20000 tries more.

const numRuns = Number(process.env['OFFPRINT_FUZZ'] ?? 100);

let server: TestServer;
const handled: string[] = [];
beforeAll(async () => {
  const handlers = callNames.map((name) => [
    name,
    async () => {
      handled.push(name);
      return stateOfVersion(1);
    },
  ]);
  server = await startTestServer(Object.fromEntries(handlers) as unknown as Handlers);
});
afterAll(() => server.close());

/** Sends bytes, and no more after them; all that comes back. */
async function exchange(bytes: Buffer): Promise<string> {
  const { socket, closed } = connectRaw(server.port, bytes);
  // Once another request is answered that came later, this one has been looked at.
  socket.once('ready', () => void server.send('GET', '/').then(() => socket.end()));
  return closed;
}

async function expectNothingGiven(bytes: Buffer): Promise<void> {
  const before = handled.length;
  const answer = await exchange(bytes);
  for (const status of statusesIn(answer)) expect(status).toBeGreaterThanOrEqual(400);
  expect(answer).not.toMatch(/<title>page|set-cookie|export \{\}|secret|event-stream/i);
  const heads = answer.split('HTTP/1.1 ').slice(1);
  for (const head of heads) for (const name of Object.keys(everyAnswer)) expect(head).toContain(`${name}: `);
  expect(handled.slice(before)).toEqual([]);
}

async function expectToGoOn(): Promise<void> {
  expect((await server.send('GET', '~/', { cookie: server.cookie })).body).toContain('<title>page</title>');
  expect(server.reported).toEqual([]);
}

/** Pieces that requests are made of. */
const words = fc.constantFrom(
  ...[
    'GET',
    'POST',
    'HEAD',
    'OPTIONS',
    'CONNECT',
    'TRACE',
    'PRI',
    ' ',
    '  ',
    '\t',
    '\r\n',
    '\n',
    '\r',
    '\0',
    ':',
    ': ',
    ';',
  ],
  ...['/', '/?token=', '/launch', '*', 'http://evil.example/', '/assets/index-abc.js', '/api/events', '/%2e%2e/', '\\'],
  ...[
    'HTTP/1.1',
    'HTTP/1.0',
    'HTTP/0.9',
    'HTTP/2.0',
    'Host',
    'Cookie',
    'Origin',
    'Content-Length',
    'Transfer-Encoding',
  ],
  ...[
    'chunked',
    'identity',
    '0',
    '1',
    '-1',
    '99999999999',
    'Connection',
    'close',
    'keep-alive',
    'Upgrade',
    'websocket',
  ],
  ...[
    'Expect',
    '100-continue',
    'Content-Type',
    'application/json',
    'Authorization',
    'Bearer ',
    '{}',
    '[',
    '"',
    '\u00e9',
  ],
  ...['HOST', 'HOME', 'TOKENISH'],
);

const requests = fc.array(fc.oneof({ weight: 4, arbitrary: words }, fc.string({ maxLength: 20 })), { maxLength: 60 });

/** A request that would be answered, were the cookie in it the right one. */
const nearly = fc.record({
  method: fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'OPTIONS'),
  path: fc.constantFrom(
    'HOME/',
    'HOME/api/call/history.undo',
    'HOME/api/events',
    'HOME/assets/index-abc.js',
    '/',
    '/?token=TOKENISH',
    '/launch',
  ),
  host: fc.constantFrom('HOST', 'HOST', 'localhost', 'evil.example'),
  cookie: fc.constantFrom(
    '',
    'NAME=',
    'NAME=TOKENISH',
    'NAME="TOKENISH"',
    'NAME=undefined',
    'NAME=null',
    'name=TOKENISH; NAME=x',
  ),
  more: fc.array(
    fc.constantFrom(
      'Origin: http://HOST',
      'Sec-Fetch-Site: same-origin',
      'Authorization: Bearer TOKENISH',
      'Content-Type: application/json',
      'Content-Length: 2',
      'Transfer-Encoding: chunked',
      'Expect: 100-continue',
      'Connection: upgrade',
      'Upgrade: h2c',
    ),
    { maxLength: 6 },
  ),
  body: fc.constantFrom('', '{}', '2\r\n{}\r\n0\r\n\r\n'),
});

const changes = fc.array(
  fc.record({ at: fc.nat(), kind: fc.constantFrom('drop', 'put', 'twice'), byte: fc.integer({ min: 0, max: 255 }) }),
  { maxLength: 4 },
);

/** Fills in what is known of the server, and a key that is not quite any of its. */
function fill(text: string): Buffer {
  const key = server.cookie.split('=')[1] ?? '';
  const wrong = (key[0] === 'A' ? 'B' : 'A') + key.slice(1);
  return Buffer.from(
    text
      .replaceAll('HOST', `127.0.0.1:${server.port}`)
      .replaceAll('HOME', server.home)
      .replaceAll('NAME', `offprint-${server.port}`)
      .replaceAll('TOKENISH', wrong),
    'latin1',
  );
}

/** Bytes with a few of them left out, put in or doubled. */
function changed(bytes: Buffer, all: readonly { at: number; kind: string; byte: number }[]): Buffer {
  let result = bytes;
  for (const { at, kind, byte } of all) {
    const place = at % (result.length + 1);
    const after = kind === 'drop' ? place + 1 : place;
    const middle = kind === 'drop' ? [] : kind === 'put' ? [byte] : result.subarray(place, place + 1);
    result = Buffer.concat([result.subarray(0, place), Buffer.from(middle), result.subarray(after)]);
  }
  return result;
}

test('random bytes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), (bytes) => expectNothingGiven(Buffer.from(bytes))),
    { numRuns },
  );
  await expectToGoOn();
});

test('the words of requests in any order', async () => {
  await fc.assert(
    fc.asyncProperty(requests, (parts) => expectNothingGiven(fill(parts.join('')))),
    { numRuns },
  );
  await expectToGoOn();
});

test('proper requests with all but the right key, and a few bytes changed', async () => {
  await fc.assert(
    fc.asyncProperty(nearly, changes, ({ method, path, host, cookie, more, body }, few) => {
      const lines = [
        `${method} ${path} HTTP/1.1`,
        `Host: ${host}`,
        ...(cookie === '' ? [] : [`Cookie: ${cookie}`]),
        ...more,
      ];
      return expectNothingGiven(changed(fill(`${lines.join('\r\n')}\r\n\r\n${body}`), few));
    }),
    { numRuns: numRuns * 2 },
  );
  await expectToGoOn();
});

test('any body of a call with the right key is answered as a call, once', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...callNames, 'nothing', '%00', '..'),
      fc.oneof(fc.json(), fc.string(), fc.constant('{"__proto__":{"polluted":1}}'), fc.constant('[[[['.repeat(5000))),
      async (name, body) => {
        const answer = await server.call(name, body);
        expect([200, 400, 404]).toContain(answer.status);
        if (answer.headers['content-type']?.startsWith('application/json')) {
          expect(JSON.parse(answer.body)).toHaveProperty('ok');
        }
        expect(Reflect.get({}, 'polluted')).toBeUndefined();
      },
    ),
    { numRuns },
  );
  await expectToGoOn();
});
