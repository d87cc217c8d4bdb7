import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTestServer, stateOfVersion, type TestServer } from '../main/serve/serve-testing.ts';
import { type BrowserParts, httpTransport } from '../renderer/transport/http.ts';
import { ipcTransport } from '../renderer/transport/ipc.ts';
import { type Client, makeClient } from '../shared/client.ts';

// Here because it joins the page's half of the connection to the server's, which know nothing of
// each other. Calls go over a real socket; only the browser's event source is stood in for, which
// Node does not have.

class StandInEventSource extends EventTarget {
  static opened: StandInEventSource[] = [];
  readonly url: string;
  readyState = 0;
  constructor(url: string) {
    super();
    this.url = url;
    StandInEventSource.opened.push(this);
  }
  close(): void {
    this.readyState = 2;
  }
  become(event: 'open' | 'error', readyState: number): void {
    this.readyState = readyState;
    this.dispatchEvent(new Event(event));
  }
  receive(event: string, data: string): void {
    this.dispatchEvent(new MessageEvent(event, { data }));
  }
}

let server: TestServer;
let client: Client;
let cookie: string;
let sent: RequestInit[];
let hidden: boolean;
let waits: { task: () => void; milliseconds: number; calledOff: boolean }[];

beforeEach(async () => {
  server = await startTestServer({ 'note.set': () => Promise.resolve({ changedAt: 1 }) });
  ({ cookie } = server);
  StandInEventSource.opened = [];
  sent = [];
  hidden = false;
  waits = [];
  const parts: BrowserParts = {
    fetch: (path, init = {}) => {
      sent.push(init);
      const headers = { ...init.headers, cookie, 'sec-fetch-site': 'same-origin', origin: server.origin };
      return fetch(new URL(String(path), `${server.origin}${server.home}/`), { ...init, headers });
    },
    EventSource: StandInEventSource as unknown as BrowserParts['EventSource'],
    isHidden: () => hidden,
    later: (task, milliseconds) => {
      const wait = { task, milliseconds, calledOff: false };
      waits.push(wait);
      return () => {
        wait.calledOff = true;
      };
    },
  };
  client = makeClient(httpTransport(parts));
});
afterEach(() => server.close());

const eventSource = () => StandInEventSource.opened.at(-1) as StandInEventSource;

test('a call reaches the library and its answer comes back', async () => {
  expect(await client.call('library.state', {})).toEqual(stateOfVersion(1));
});

test('a failure of the library comes back with its code and words', async () => {
  await expect(client.call('list.close', { result: 1 })).rejects.toMatchObject({
    code: 'not-found',
    message: 'Not here.',
  });
});

test('without a valid cookie the call is refused and says which address to open', async () => {
  cookie = '';
  await expect(client.call('library.state', {})).rejects.toMatchObject({
    code: 'refused',
    message: expect.stringContaining('Open the one that Offprint printed'),
  });
});

test('when the server is gone the call says so', async () => {
  await server.close();
  await expect(client.call('library.state', {})).rejects.toMatchObject({
    code: 'unreadable',
    message: expect.stringContaining('Offprint is not answering'),
  });
});

test('what is saved while the page closes is sent so that it outlives the page, if it is small enough', async () => {
  await client.call('note.set', { id: 'arxiv:2306.12345', text: 'a' });
  hidden = true;
  await client.call('note.set', { id: 'arxiv:2306.12345', text: 'a' });
  await client.call('note.set', { id: 'arxiv:2306.12345', text: 'a'.repeat(70_000) });
  expect(sent.map((init) => init.keepalive)).toEqual([false, true, false]);
});

test('events reach their listeners, one connection for all, closed with the last', () => {
  const versions: number[] = [];
  const stop = [1, 2].map(() => client.on('library.changed', ({ state }) => versions.push(state.version)));
  expect(StandInEventSource.opened.map(({ url }) => url)).toEqual(['api/events']);
  eventSource().become('open', 1);
  eventSource().receive('library.changed', JSON.stringify({ state: stateOfVersion(2), rows: false }));
  eventSource().receive('library.changed', 'not JSON');
  expect(versions).toEqual([2, 2]);
  stop[0]?.();
  expect(eventSource().readyState).toBe(1);
  stop[1]?.();
  expect(eventSource().readyState).toBe(2);
});

test('after a break the state is asked for again', async () => {
  const told = new Promise((resolve) => client.on('library.changed', resolve));
  eventSource().become('open', 1);
  expect(sent).toHaveLength(0);
  eventSource().become('error', 0);
  eventSource().become('open', 1);
  expect(await told).toEqual({ state: stateOfVersion(1), rows: true });
});

test('a stream that the browser gave up is opened again, ever more patiently, until nobody listens', () => {
  const stop = client.on('library.changed', () => {});
  for (let attempt = 0; attempt < 8; attempt += 1) {
    eventSource().become('error', 2);
    waits.at(-1)?.task();
  }
  expect(waits.map(({ milliseconds }) => milliseconds)).toEqual([1000, 2000, 4000, 8000, 16000, 30000, 30000, 30000]);
  expect(StandInEventSource.opened).toHaveLength(9);
  eventSource().become('error', 2);
  stop();
  expect(waits.at(-1)?.calledOff).toBe(true);
});

test('the desktop window is recognised by what its preload script gives, and by nothing less', () => {
  const bridge = { call: () => Promise.resolve(), on: () => () => {} };
  expect(ipcTransport({ offprint: bridge })).toBe(bridge);
  for (const page of [{}, { offprint: null }, { offprint: { call: () => {} } }]) expect(ipcTransport(page)).toBeNull();
});
