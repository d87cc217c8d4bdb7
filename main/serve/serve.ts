import { createServer, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { securityHeaders } from '../../shared/content-security-policy.ts';
import type { Handlers } from '../../shared/contract.ts';
import { OffprintError } from '../../shared/outcome.ts';
import { libraryEvents, type OnLibraryEvent } from '../announcer.ts';
import { answerCall } from './calls.ts';
import { eventStreams } from './event-streams.ts';
import { gate, makeKeys } from './gate.ts';
import { lastWords } from './last-words.ts';
import { pageFiles } from './page-files.ts';
import { refuse } from './refuse.ts';

/** The part of the library that is served. */
export interface ServedLibrary {
  handlers: Handlers;
  on: OnLibraryEvent;
  /** Cancels the import that is under way, if any; its calls are answered then. */
  stopImport(): Promise<void>;
}

/** What {@link startServer} needs. */
export interface ServeOptions {
  library: ServedLibrary;
  /** The folder of the built page. */
  rendererFolder: string;
  /** The port to listen on; 0 for any that is free. */
  port: number;
  /** Told of errors that are ours, for a log; never of what a reader wrote. */
  report(error: unknown): void;
}

/** A server that listens. */
export interface RunningServer {
  /** The address that opens the library in a browser. It carries the key: show it to the reader only. */
  url: string;
  port: number;
  /** Has the pages save what was typed in them, ends event streams, stops an import, lets all other calls that have begun finish, and closes every connection. */
  close(): Promise<void>;
}

/** Only this computer can reach it. */
const loopback = '127.0.0.1';
/** Milliseconds that answers already made get to reach slow clients when the server closes. */
const lastAnswers = 250;

/**
 * Serves the library to browsers on this computer, at a random or given port of 127.0.0.1.
 * @throws OffprintError `not-found` when the page is not built, `unreadable` when the port cannot be had
 */
export async function startServer(options: ServeOptions): Promise<RunningServer> {
  const { library, report } = options;
  const files = await pageFiles(options.rendererFolder);
  const app = new Hono();
  const answer = getRequestListener(app.fetch, {
    overrideGlobalObjects: false,
    errorHandler: () => new Response(null, { status: 400 }),
  });
  const server = createServer(
    { headersTimeout: 10_000, requestTimeout: 60_000, keepAliveTimeout: 5_000, connectionsCheckingInterval: 5_000 },
    (request, response) => {
      // Here rather than in a route, so that no answer of any kind goes without them.
      for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
      void answer(request, response);
    },
  );
  const port = await listen(server, options.port);
  server.on('error', report);

  const keys = makeKeys();
  const streams = eventStreams();
  const pages = lastWords(library.handlers, streams);
  const underWay = new Set<Promise<unknown>>();
  app.use(gate(keys, port));
  app.post('/api/call/:name', answerCall(pages.handlers, report, underWay));
  app.get('/api/events', (c) =>
    // A HEAD comes here too, and nobody would ever read or end its stream.
    c.body(c.req.method === 'HEAD' ? '' : streams.open(), 200, {
      'Content-Type': 'text/event-stream',
      'Cache-Control': 'no-store',
      Connection: 'close',
    }),
  );
  app.all('/api/*', (c) => refuse(c, 404, 'bad-input', 'There is no such call.'));
  app.get('*', files);
  app.all('*', (c) => {
    c.header('Allow', 'GET, HEAD');
    return refuse(c, 405, 'bad-input', 'This cannot be done that way.');
  });
  app.onError((error, c) => {
    report(error);
    return refuse(c, 500, 'internal', 'Something went wrong inside Offprint. Nothing was changed.');
  });
  const unlisten = libraryEvents.map((event) => library.on(event, (payload) => streams.tell(event, payload)));

  async function close(): Promise<void> {
    await pages.hear();
    for (const stop of unlisten) stop();
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    streams.close();
    server.closeIdleConnections();
    await library.stopImport();
    await Promise.allSettled(underWay);
    const timer = setTimeout(() => server.closeAllConnections(), lastAnswers);
    await closed;
    clearTimeout(timer);
  }
  let closing: Promise<void> | null = null;
  return {
    url: `http://${loopback}:${port}/?token=${keys.token}`,
    port,
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

async function listen(server: Server, port: number): Promise<number> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, loopback, () => {
        server.off('error', reject);
        resolve();
      });
    });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code === 'EADDRINUSE') throw new OffprintError('unreadable', `Port ${port} is taken. Choose another one.`);
    if (code === 'EACCES')
      throw new OffprintError('unreadable', `Port ${port} is not open to you. Choose another one.`);
    throw new OffprintError('unreadable', `Port ${port} of ${loopback} could not be opened.`, { cause: error });
  }
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}
