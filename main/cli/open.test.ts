import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Client } from '../../shared/client.ts';
import { type Library, openLibrary } from '../library.ts';
import { connectToRunning } from '../opening/running-offprint.ts';
import { type RunningServer, startServer } from '../serve/serve.ts';
import { sayAddress } from '../store/folder-lock.ts';
import { makeTestCommandLine, type TestCommandLine } from './cli-testing.ts';

let commandLine: TestCommandLine;
let renderer: string;
let library: Library;
let server: RunningServer;
let page: Client;

beforeEach(async () => {
  commandLine = makeTestCommandLine();
  renderer = mkdtempSync(join(tmpdir(), 'offprint-page-'));
  writeFileSync(join(renderer, 'index.html'), '<!doctype html>');
});
afterEach(async () => {
  await server?.close();
  await library?.close();
  await commandLine.remove();
  rmSync(renderer, { recursive: true, force: true });
});

const open = (...things: string[]) => commandLine.offprint(['open', '--no-open', ...things]);

async function serve(): Promise<void> {
  library = await openLibrary({
    dataFolder: commandLine.folder,
    bundledCapture: null,
    appVersion: '0',
    host: 'serve',
  });
  server = await startServer({ library, rendererFolder: renderer, port: 0, report: () => {} });
  sayAddress(library.dataFolder, server.url);
  page = await connectToRunning(server.url);
}

test('links and files are given to the Offprint that serves the library; files are sent, not named', async () => {
  await serve();
  const path = join(commandLine.folder, 'refs é.bib');
  const entry = '@article{a, title = {A paper of ours}, author = {Opener, Olive}}';
  writeFileSync(path, entry);
  const { code, out, err } = await open('offprint://paper/arxiv:2306.12345', 'refs é.bib', 'gone.bib');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toBe(`Offprint (process ${process.pid}) shows it at ${server.url}\n`);

  const { requests } = await page.call('opening.take', {});
  expect(requests.map(({ kind }) => kind)).toEqual(['paper', 'import']);
  expect(requests[0]).toEqual({ kind: 'paper', id: 'arxiv:2306.12345' });
  // It does not change what the server reads: that was sent.
  writeFileSync(path, 'something else by now');
  const uploads = requests.flatMap((request) => (request.kind === 'import' ? request.uploads : []));
  const { job } = await page.call('import.begin', { uploads, format: null });
  expect(await page.call('import.preview', { job })).toMatchObject({
    files: [{ path: 'refs é.bib' }],
    total: { new: 1 },
  });
  await page.call('import.cancel', { job });
  expect(readFileSync(path, 'utf8')).toBe('something else by now');
});

test('what cannot be opened is said here, and nothing of it is given on', async () => {
  await serve();
  const { code, out, err } = await open('https://example.org/\u001b[2J', 'gone.bib');
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toMatch(
    /^offprint: Offprint opens files and its own links, not “https:\/\/example\.org\/\S*”\. .*gone\.bib does not exist\.\n$/,
  );
  expect((await page.call('opening.take', {})).requests).toEqual([]);
});

test('where none serves the library it is said who has it, if anybody', async () => {
  expect(await open('offprint://search?q=x')).toEqual({
    code: 1,
    out: '',
    err: 'offprint: No Offprint serves this library. Start one first, with `serve` or `npm start`.\n',
  });
  library = await openLibrary({
    dataFolder: commandLine.folder,
    bundledCapture: null,
    appVersion: '0',
    host: 'window',
  });
  expect((await open('offprint://search?q=x')).err).toMatch(/^offprint: This library is open in the window/);
  expect((await commandLine.offprint(['open'])).code).toBe(2);
});

test('a server that is gone, or is none of ours, is no Offprint', async () => {
  await serve();
  const { url } = server;
  await server.close();
  await expect(connectToRunning(url)).rejects.toMatchObject({ code: 'unreadable' });
});
