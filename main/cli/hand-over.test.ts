import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startTestServer, type TestServer } from '../serve/serve-testing.ts';
import { FolderHeld } from '../store/folder-lock.ts';
import { writeHolder } from '../store/lock-holder.ts';
import { handOver } from './hand-over.ts';
import type { ServeOptions } from './serve.ts';
import type { Terminal } from './terminal.ts';

let folder: string;
let server: TestServer;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'offprint-over-'));
  server = await startTestServer();
});
afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Hands over to whatever serves at an address. */
async function handOverTo(url: string, options: Partial<ServeOptions> = {}) {
  writeHolder(folder, { pid: process.pid, host: 'serve', startedAt: 1, url });
  const said = { out: '', err: '' };
  const terminal = {
    out: (text: string) => (said.out += text),
    err: (line: string) => (said.err += `${line}\n`),
  } as unknown as Terminal;
  const open = vi.fn((_url: string) => Promise.resolve());
  const asked: ServeOptions = { open: true, host: '127.0.0.1', port: 0, dataDir: folder, ...options };
  expect(await handOver(new FolderHeld(folder, null), asked, terminal, open)).toBe(true);
  return { ...said, opened: open.mock.calls.map(([opened]) => opened) };
}

test('the browser is opened with an address that is good once, and not with the one that stays', async () => {
  const { out, err, opened } = await handOverTo(server.url);
  expect(out).toBe(
    `Offprint is running already (process ${process.pid}), at ${server.url}\nOnly this computer can reach it.\n`,
  );
  expect(err).toBe('');
  const [launch] = opened as [string];
  expect(new URL(launch).origin).toBe(server.origin);
  expect(launch).not.toContain(new URL(server.url).searchParams.get('token'));
  const { pathname, search } = new URL(launch);
  expect((await server.send('GET', pathname + search)).status).toBe(303);
  expect((await server.send('GET', pathname + search)).status).toBe(401);
});

test('as JSON it says the same of itself as the first one did', async () => {
  const { out, opened } = await handOverTo(server.url, { json: true, open: false });
  expect(JSON.parse(out)).toEqual({ url: server.url, pid: process.pid, address: '127.0.0.1', loopback: true });
  expect(opened).toEqual([]);
});

test('who asked for another address is told that it is not there', async () => {
  const { err } = await handOverTo(server.url, { host: '192.168.1.20' });
  expect(err).toMatch(/not the address 192\.168\.1\.20\. Stop it first/);
});

test('each time, it is said what it means that others can reach it', async () => {
  const { out, err } = await handOverTo('http://192.168.1.20:4000/?token=abc', { open: false, host: '192.168.1.20' });
  expect(out).not.toContain('Only this computer');
  expect(err).toMatch(/Every computer that can reach 192\.168\.1\.20/);
});

test.each([
  ['refuses', 401, ''],
  ['is another program', 200, '<!doctype html>'],
  ['says too much', 200, `${'k'.repeat(43)}&x=http://evil.example/`],
])('where the one that runs %s, the reader is told to open the address', async (_what, status, body) => {
  const other = createServer((_request, response) => response.writeHead(status).end(body)).listen(0, '127.0.0.1');
  await vi.waitFor(() => expect(other.listening).toBe(true));
  const { port } = other.address() as AddressInfo;
  try {
    const { err, opened } = await handOverTo(`http://127.0.0.1:${port}/?token=abc`);
    expect(opened).toEqual([]);
    expect(err).toBe('offprint: it does not answer now; open the address above by hand.\n');
  } finally {
    other.close();
  }
});

test('any other failure is not handed over', async () => {
  const nobody = { out: () => {}, err: () => {} } as unknown as Terminal;
  const options: ServeOptions = { open: false, host: '127.0.0.1', port: 0, dataDir: folder };
  expect(await handOver(new Error('x'), options, nobody)).toBe(false);
  expect(await handOver(new FolderHeld(folder, null), options, nobody)).toBe(false);
});
