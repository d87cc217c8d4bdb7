import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { type IncomingHttpHeaders, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { callNames, type Handlers, type LibraryState } from '../../shared/contract.ts';
import { OffprintError } from '../../shared/outcome.ts';
import { settingsSchema } from '../../shared/settings.ts';
import { Announcer } from '../announcer.ts';
import type { Limits } from './limits.ts';
import { type RunningServer, type ServedLibrary, startServer } from './serve.ts';

/** What the tests see of an answer. */
export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

/** A server under test, with a page of three files and a library whose handlers a test can replace. */
export interface TestServer extends RunningServer {
  /** `name=value` of a cookie that the server gave. */
  cookie: string;
  origin: string;
  /** The path that the page is under, with no slash at its end. */
  home: string;
  /** The data folder, which need not be there. */
  dataFolder: string;
  /** Errors that the server reported. */
  reported: unknown[];
  tell: Announcer['tell'];
  /** Times that the server has asked for the import to be stopped. */
  stopped: number;
  /** Sends a request as it is, over a socket of its own. A path that begins with `~` is under that of the page. */
  send(method: string, path: string, headers?: Record<string, string>, body?: string | Buffer): Promise<Answer>;
  /** Sends a call as the page would. */
  call(name: string, body: string | Buffer, headers?: Record<string, string>): Promise<Answer>;
}

/** A state of the frame, as small as can be. */
export function stateOfVersion(version: number): LibraryState {
  const counts = { inbox: 0, queued: 0, reading: 0, read: 0, skipped: 0, starred: 0, notes: 0, all: 0 };
  const settings = settingsSchema.parse({});
  return {
    ...{
      version,
      counts,
      settings,
      tags: [],
      views: [],
      sources: [],
      duplicates: 0,
      notices: [],
      readOnly: null,
      rebuilding: null,
      copies: { lastAt: null, trouble: null },
      undo: null,
      redo: null,
    },
    ...{ dataFolder: '/library', appVersion: '0.0.0' },
  };
}

/** Starts a server over a real socket. `close` also removes its files. */
export async function startTestServer(
  own: Partial<Handlers> = {},
  { address = '127.0.0.1', limits = {} }: { address?: string; limits?: Partial<Limits> } = {},
): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), 'offprint-serve-'));
  const rendererFolder = join(folder, 'renderer');
  mkdirSync(join(rendererFolder, 'assets'), { recursive: true });
  writeFileSync(join(rendererFolder, 'index.html'), '<!doctype html><title>page</title>');
  writeFileSync(join(rendererFolder, 'assets', 'index-abc.js'), 'export {};');
  writeFileSync(join(folder, 'secret.txt'), 'secret');
  symlinkSync(join(folder, 'secret.txt'), join(rendererFolder, 'assets', 'link.txt'));

  const refuseAll = callNames.map((name) => [name, () => Promise.reject(new OffprintError('not-found', 'Not here.'))]);
  const announcer = new Announcer(() => Promise.resolve(stateOfVersion(1)));
  let stopped = 0;
  const library: ServedLibrary = {
    handlers: {
      ...(Object.fromEntries(refuseAll) as unknown as Handlers),
      'library.state': () => Promise.resolve(stateOfVersion(1)),
      ...own,
    },
    on: announcer.on,
    async stopImport() {
      stopped += 1;
    },
  };
  const reported: unknown[] = [];
  const report = (error: unknown) => reported.push(error);
  const dataFolder = join(folder, 'data');
  const server = await startServer({ library, rendererFolder, dataFolder, port: 0, address, limits, report });
  const { origin } = new URL(server.url);

  let home = '';

  function send(method: string, target: string, headers = {}, body?: string | Buffer): Promise<Answer> {
    const path = target.startsWith('~') ? home + target.slice(1) : target;
    return new Promise((resolve, reject) => {
      const sent = request({ host: address, port: server.port, method, path, headers, agent: false }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const body = Buffer.concat(chunks).toString();
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
        });
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }

  const entrance = new URL(server.url);
  const welcome = await send('GET', entrance.pathname + entrance.search);
  const cookie = String(welcome.headers['set-cookie']?.[0]).split(';', 1)[0] ?? '';
  home = String(welcome.headers.location).replace(/\/$/, '');
  return {
    ...server,
    ...{ cookie, origin, home, dataFolder, reported, send },
    tell: (event, payload) => announcer.tell(event, payload),
    get stopped() {
      return stopped;
    },
    call: (name, body, headers = {}) =>
      send('POST', `~/api/call/${name}`, { cookie, origin, 'content-type': 'application/json', ...headers }, body),
    async close() {
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
