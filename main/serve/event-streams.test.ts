import { createConnection, type Socket } from 'node:net';
import { expect, test, vi } from 'vitest';
import { events } from '../../shared/contract.ts';
import { eventStreams } from './event-streams.ts';
import { startTestServer, stateOfVersion, type TestServer } from './serve-testing.ts';

interface Listening {
  socket: Socket;
  /** Resolves with everything received once it matches. */
  received(pattern: RegExp): Promise<string>;
  closed: Promise<unknown>;
}

function connect(server: TestServer, text: string): Listening {
  const socket = createConnection(server.port, '127.0.0.1', () => socket.write(text));
  let all = '';
  let look = () => {};
  socket.on('error', () => {});
  socket.on('data', (data) => {
    all += data;
    look();
  });
  return {
    socket,
    closed: new Promise((resolve) => socket.on('close', resolve)),
    received: (pattern) =>
      new Promise((resolve) => {
        look = () => pattern.test(all) && resolve(all);
        look();
      }),
  };
}

function listen(server: TestServer): Listening {
  const head = `GET ${server.home}/api/events HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nCookie: ${server.cookie}\r\n\r\n`;
  return connect(server, head);
}

test('every listening page is told of every change', async () => {
  const server = await startTestServer();
  try {
    const pages = [listen(server), listen(server)];
    for (const page of pages) expect(await page.received(/: listening/)).toMatch(/text\/event-stream/);
    server.tell('library.changed', { state: stateOfVersion(7), rows: true });
    for (const page of pages) {
      const text = await page.received(/data: .*\n\n/);
      const data = /^event: library.changed\ndata: (.*)$/m.exec(text)?.[1] ?? '';
      expect(events['library.changed'].parse(JSON.parse(data)).state.version).toBe(7);
    }
  } finally {
    await server.close();
  }
});

const progress = { job: 1, phase: 'reading' as const, file: 'x', index: 1, files: 1, done: 0.5, papers: 0 };

test('a page that does not read gets the newest of each event only, and is told that rows changed', async () => {
  const streams = eventStreams();
  const reader = streams.open().getReader();
  const read = async () => new TextDecoder().decode((await reader.read()).value);
  expect(await read()).toContain('listening');
  for (let version = 1; version <= 1000; version += 1) {
    streams.tell('library.changed', { state: stateOfVersion(version), rows: version === 500 });
    streams.tell('import.progress', { ...progress, papers: version });
  }
  const told = [await read(), await read(), await read()].map((text) => {
    const [, event, data] = /^event: (.*)\ndata: (.*)$/m.exec(text) ?? [];
    return [event, JSON.parse(data ?? '')];
  });
  expect(told).toEqual([
    ['library.changed', { state: stateOfVersion(1), rows: false }],
    ['import.progress', { ...progress, papers: 1000 }],
    ['library.changed', { state: stateOfVersion(1000), rows: true }],
  ]);
  streams.close();
  expect((await reader.read()).done).toBe(true);
});

test('a page that has gone is forgotten', async () => {
  const streams = eventStreams();
  await streams.open().cancel();
  streams.tell('library.changed', { state: stateOfVersion(1), rows: false });
  streams.close();
});

test('asking for the head of the events opens no stream', async () => {
  const server = await startTestServer();
  try {
    // The first stream starts the signs of life.
    const started = vi.spyOn(globalThis, 'setInterval');
    const answer = await server.send('HEAD', `${server.home}/api/events`, { cookie: server.cookie });
    expect([answer.status, answer.headers['content-type']]).toEqual([200, 'text/event-stream']);
    expect(started.mock.calls.filter(([, every]) => every === 20_000)).toEqual([]);
    await listen(server).received(/: listening/);
    expect(started.mock.calls.filter(([, every]) => every === 20_000)).toHaveLength(1);
  } finally {
    vi.restoreAllMocks();
    await server.close();
  }
});

test('closing ends streams, half-sent requests and idle connections, and answers what was begun', async () => {
  let answer = () => {};
  const begun = new Promise<void>((begin) => {
    answer = begin;
  });
  let finish = () => {};
  const work = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const server = await startTestServer({
    'note.set': async () => {
      answer();
      await work;
      return { changedAt: 20260102 };
    },
  });
  const streaming = listen(server);
  await streaming.received(/: listening/);
  const headers = connect(server, 'GET / HTTP/1.1\r\nHost: x');
  const post = `POST ${server.home}/api/call/note.set HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\nOrigin: ${server.origin}`;
  const body = connect(
    server,
    `${post}\r\nCookie: ${server.cookie}\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{`,
  );
  const silent = connect(server, '');
  const saved = server.call('note.set', '{"id":"arxiv:2306.12345","text":"words"}');
  await begun;
  const closed = server.close();
  await streaming.closed;
  finish();
  expect((await saved).body).toContain('20260102');
  await closed;
  expect(server.stopped).toBe(1);
  await Promise.all([headers.closed, body.closed, silent.closed]);
  await expect(server.send('GET', '/')).rejects.toThrow();
  await server.close();
});
