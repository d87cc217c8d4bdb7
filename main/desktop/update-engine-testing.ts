import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ElectronHttpExecutor } from 'electron-updater/out/electronHttpExecutor.js';

/** Fetches files as electron-updater does, over Node's own sockets in the place of Chromium's. */
class NodeExecutor extends ElectronHttpExecutor {
  override createRequest(options: object, callback: (response: IncomingMessage) => void): never {
    return request(options, callback) as never;
  }
}

/** A file of a release. */
export interface ReleasedFile {
  name: string;
  bytes: Buffer;
}

/** A release feed on this computer, which a test can have say anything. */
export interface TestFeed {
  url: string;
  /** Every request, with its headers. */
  readonly asked: { path: string; method: string; headers: IncomingMessage['headers'] }[];
  /** What there is, by path without the slash. */
  readonly files: Map<string, Buffer | ((response: ServerResponse) => void)>;
  executor: ElectronHttpExecutor;
  /** Puts a release there, as electron-builder writes it. */
  release(version: string, files: readonly ReleasedFile[]): void;
  close(): Promise<void>;
}

const channels = ['latest.yml', 'latest-mac.yml', 'latest-linux.yml', 'latest-linux-arm64.yml'];

/** Starts a feed. */
export async function startFeed(): Promise<TestFeed> {
  const files: TestFeed['files'] = new Map();
  const asked: TestFeed['asked'] = [];
  const server = createServer(({ url = '', method = '', headers }, response) => {
    const path = new URL(url, 'http://feed.invalid').pathname.slice(1);
    asked.push({ path: url.slice(1), method, headers });
    const answer = files.get(path);
    if (typeof answer === 'function') answer(response);
    else if (answer === undefined) response.writeHead(404).end();
    else response.writeHead(200, { 'Content-Length': answer.length }).end(answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    ...{ asked, files, executor: new NodeExecutor() },
    release(version, released) {
      const lines = released.map(({ name, bytes }) => {
        files.set(name, bytes);
        return `  - url: ${name}\n    sha512: ${sha512(bytes)}\n    size: ${bytes.length}\n`;
      });
      const [first] = released;
      const last = `path: ${first?.name}\nsha512: ${sha512(first?.bytes ?? Buffer.alloc(0))}\nreleaseDate: '2026-11-23T08:15:00.000Z'\n`;
      const text = Buffer.from(`version: ${version}\nfiles:\n${lines.join('')}${last}`);
      for (const channel of channels) files.set(channel, text);
    },
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** The digest of a file, as a feed has it. */
export function sha512(bytes: Buffer): string {
  return createHash('sha512').update(bytes).digest('base64');
}
