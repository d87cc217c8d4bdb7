import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Handlers } from '../../shared/contract.ts';
import { usualLimits } from './limits.ts';
import { connectRaw, type RawConnection, statusesIn } from './raw-testing.ts';
import { startTestServer, stateOfVersion, type TestServer } from './serve-testing.ts';

// Many connections, slow ones, and requests that never end, while the reader's page goes on.

let server: TestServer;
let connections: RawConnection[];
beforeEach(() => {
  connections = [];
});
afterEach(async () => {
  for (const { socket } of connections) socket.destroy();
  // Once this is answered, the server has seen that they are gone, and does not wait for their pages to save.
  await server.send('GET', '/');
  await server.close();
});

async function start(limits: Partial<typeof usualLimits> = {}, own: Partial<Handlers> = {}): Promise<void> {
  server = await startTestServer(own, { limits });
}

function connect(text = ''): RawConnection {
  const connection = connectRaw(server.port, text);
  connections.push(connection);
  return connection;
}

/** How many of the connections that were made are still open, seen from here. */
const stillOpen = () => connections.filter(({ socket }) => !socket.destroyed && socket.readable).length;

const host = () => `Host: 127.0.0.1:${server.port}\r\n`;
const known = () =>
  `${host()}Origin: ${server.origin}\r\nCookie: ${server.cookie}\r\nContent-Type: application/json\r\n`;
const callHead = () => `POST ${server.home}/api/call/library.state HTTP/1.1\r\n${known()}`;
const eventsHead = () => `GET ${server.home}/api/events HTTP/1.1\r\n${known()}\r\n`;

/** A reader's page loads, calls and listens, on new connections. */
async function expectPageToWork(): Promise<void> {
  expect((await server.send('GET', '~/', { cookie: server.cookie })).body).toContain('<title>page</title>');
  expect(JSON.parse((await server.call('library.state', '{}')).body)).toEqual({ ok: true, value: stateOfVersion(1) });
  const events = connect(eventsHead());
  expect(await events.until(/: listening/)).toContain('text/event-stream');
  events.socket.destroy();
  // One who has the printed address comes in, too.
  const { pathname, search } = new URL(server.url);
  expect((await server.send('GET', pathname + search)).status).toBe(303);
}

test('a thousand connections without a key keep nobody out, whatever they ask for and however they stop', async () => {
  await start();
  const request = `GET /api/events HTTP/1.1\r\n${host()}`;
  const body = `POST / HTTP/1.1\r\n${host()}Content-Length: 9999999\r\n\r\n{`;
  for (let count = 0; count < 200; count += 1) {
    for (const text of ['', 'GET / HT', request, `${request}\r\n`, body]) connect(text);
  }
  await expectPageToWork();
  await vi.waitFor(() => expect(stillOpen()).toBeLessThanOrEqual(usualLimits.strangers), { timeout: 20_000 });
  await expectPageToWork();
  const said = connections.flatMap(({ received }) => statusesIn(received()));
  // How far each got before it had to make room is the system's to say.
  expect(said).toContain(401);
  expect([200, 401, 503]).toEqual(expect.arrayContaining(said));
});

test('of those without a key the first makes room for the last', async () => {
  await start({ strangers: 3 });
  const [first, second] = [connect('GET / HTTP/1.1\r\n'), connect()];
  await first.until(/^$/);
  connect();
  connect();
  expect(statusesIn(await first.closed)).toEqual([503]);
  connect();
  // It had not asked for anything, and is told nothing.
  expect(await second.closed).toBe('');
  await expectPageToWork();
});

test('the reader’s own connections are not among those that make room', async () => {
  await start({ strangers: 2 });
  const events = connect(eventsHead());
  await events.until(/: listening/);
  for (let count = 0; count < 50; count += 1) connect('GET / ');
  await expectPageToWork();
  server.tell('library.changed', { state: stateOfVersion(7), rows: true });
  expect(await events.until(/data: /)).toContain('"version":7');
});

test('a page that was left idle makes room for a new one; one that is at work does not', async () => {
  await start({ known: 2 });
  const idle = connect(`GET ${server.home}/ HTTP/1.1\r\n${known()}\r\n`);
  await idle.until(/<title>page/);
  const events = connect(eventsHead());
  await events.until(/: listening/);
  const more = connect(eventsHead());
  expect(await more.until(/: listening/)).toContain('200 OK');
  expect(statusesIn(await idle.closed)).toEqual([200]);
  const refused = connect(`GET ${server.home}/ HTTP/1.1\r\n${known()}\r\n`);
  expect(statusesIn(await refused.closed)).toEqual([503]);
  expect([events.socket.destroyed, more.socket.destroyed]).toEqual([false, false]);
});

test('many event streams of one reader leave room for the page', async () => {
  await start();
  for (let count = 0; count < 150; count += 1) connect(eventsHead());
  const ended = connections.map(({ until }) => until(/: listening/));
  const statuses = (await Promise.all(ended)).flatMap(statusesIn);
  expect(statuses.filter((status) => status === 200)).toHaveLength(usualLimits.streams);
  expect(new Set(statuses)).toEqual(new Set([200, 503]));
  expect(JSON.parse((await server.call('library.state', '{}')).body)).toMatchObject({ ok: true });
});

test('many calls that never arrive whole leave room for the page', async () => {
  await start();
  for (let count = 0; count < 100; count += 1) connect(`${callHead()}Content-Length: 5000000\r\n\r\n{`);
  await vi.waitFor(() => expect(stillOpen()).toBeLessThanOrEqual(usualLimits.arriving), { timeout: 20_000 });
  expect((await server.send('GET', '~/', { cookie: server.cookie })).status).toBe(200);
  for (const { socket } of connections) socket.destroy();
  await vi.waitFor(async () => expect((await server.call('library.state', '{}')).status).toBe(200));
});

test.each([
  ['headers', 'GET / HTTP/1.1\r\nX: ', { headersTimeout: 1 }, [408]],
  ['nothing', '', { headersTimeout: 1 }, [408]],
  ['a body', 'CALLContent-Length: 9\r\n\r\n{', { headersTimeout: 1, requestTimeout: 1 }, [408]],
  ['chunks', 'CALLTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n', { headersTimeout: 1, requestTimeout: 1 }, [408]],
  ['a second request', 'GET / HTTP/1.1\r\nHost: HOST\r\n\r\n', { keepAliveTimeout: 1 }, [401]],
])('who sends %s and no more is not waited for', async (_what, text, limits, statuses) => {
  await start({ connectionsCheckingInterval: 1, ...limits });
  const slow = connect(text.replace('CALL', callHead()).replace('HOST', `127.0.0.1:${server.port}`));
  expect(statusesIn(await slow.closed)).toEqual(statuses);
  expect(server.reported).toEqual([]);
});

test('the limits of time are such that nobody has to hurry, and nobody is waited for long', async () => {
  await start();
  expect(usualLimits).toMatchObject({ headersTimeout: 10_000, requestTimeout: 60_000, keepAliveTimeout: 5_000 });
  // Signs of life are sent every 20 seconds.
  expect(usualLimits.standstill).toBeGreaterThan(40_000);
  expect(usualLimits.strangers).toBeGreaterThan(500);
});

test('who does not read a large answer is given up, and the answer with it', async () => {
  const large = { ...stateOfVersion(1), dataFolder: 'x'.repeat(30_000_000) };
  await start({ standstill: 100, known: 1 }, { 'library.state': () => Promise.resolve(large) });
  const deaf = connect(`${callHead()}Content-Length: 2\r\n\r\n{}`);
  await deaf.until(/200 OK/);
  deaf.socket.pause();
  // There is room for one connection.
  await vi.waitFor(async () => expect((await server.send('GET', '~/', { cookie: server.cookie })).status).toBe(200), {
    timeout: 20_000,
  });
  deaf.socket.resume();
  expect((await deaf.closed).length).toBeLessThan(30_000_000);
});

test('who asks for much at once has it done one after the other', async () => {
  let [most, now] = [0, 0];
  await start(
    {},
    {
      'library.state': async () => {
        now += 1;
        most = Math.max(most, now);
        await new Promise((resolve) => setImmediate(resolve));
        now -= 1;
        return stateOfVersion(1);
      },
    },
  );
  const connection = connect(`${callHead()}Content-Length: 2\r\n\r\n{}`.repeat(300));
  await vi.waitFor(() => expect(statusesIn(connection.received())).toHaveLength(300), { timeout: 20_000 });
  expect(most).toBe(1);
});

test('a body that is longer than it was said to be is not taken for another request', async () => {
  let states = 0;
  await start(
    {},
    {
      'library.state': async () => {
        states += 1;
        return stateOfVersion(states);
      },
    },
  );
  const connection = connect(`${callHead()}Content-Length: 2\r\n\r\n{}{}{}{}`);
  expect(statusesIn(await connection.closed).at(-1)).toBe(400);
  expect(states).toBeLessThanOrEqual(1);
});
