import { createServer } from 'node:http';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import type { Handlers } from '../../shared/contract.ts';
import { imagesFolder } from '../../shared/note-images.ts';
import { libraryEvents, type OnLibraryEvent } from '../announcer.ts';
import { defaultAddress, hostOf, hostsOf } from './address.ts';
import { answerCall } from './calls.ts';
import { limitConnections } from './connections.ts';
import { eventStreams } from './event-streams.ts';
import { everyAnswer } from './every-answer.ts';
import { gate, makeKeys } from './gate.ts';
import { keptImage } from './kept-image.ts';
import { lastWords } from './last-words.ts';
import { Launches } from './launches.ts';
import { type Limits, usualLimits } from './limits.ts';
import { listen } from './listen.ts';
import { oneByOne } from './one-by-one.ts';
import { withOpening } from './opening-calls.ts';
import { pageFiles } from './page-files.ts';
import { makePagePath } from './page-path.ts';
import { refuse } from './refuse.ts';
import { answerUnreadable } from './unreadable-requests.ts';

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
  /** The data folder that pictures of notes are shown from; none are, unless said. */
  dataFolder?: string;
  /** The port to listen on; 0 for any that is free. */
  port: number;
  /** The address of this computer to listen on, as `readAddress` gives it; one that only this computer can reach unless said. */
  address?: string;
  /** The path to serve the page under, without slashes, see page-path.ts; a new one unless said. */
  path?: string;
  /** The limits of a server for a test. */
  limits?: Partial<Limits>;
  /** Told of errors that are ours, for a log; never of what a reader wrote. */
  report(error: unknown): void;
}

/** A server that listens. */
export interface RunningServer {
  /** The address that opens the library in a browser. It carries the key: show it to the reader only. */
  url: string;
  port: number;
  /** A new address that does the same once, within two minutes, for a browser run by the same user: to open one with. */
  launch(): string;
  /** Has the pages save what was typed in them, ends event streams, stops an import, lets all other calls that have begun finish, and closes every connection. */
  close(): Promise<void>;
}

/** Milliseconds that answers already made get to reach slow clients when the server closes. */
const lastAnswers = 250;

/**
 * Serves the library to browsers, on this computer alone unless another address is asked for, at a
 * random or given port.
 * @throws OffprintError `not-found` when the page is not built, `unreadable` when the port or address cannot be had
 */
export async function startServer(options: ServeOptions): Promise<RunningServer> {
  const { library, report, address = defaultAddress, path = makePagePath() } = options;
  const home = `/${path}`;
  const files = await pageFiles(options.rendererFolder, home);
  const app = new Hono<{ Bindings: HttpBindings }>();
  const answer = getRequestListener(app.fetch, {
    overrideGlobalObjects: false,
    errorHandler: () => new Response(null, { status: 400, headers: { Connection: 'close' } }),
  });
  const limits = { ...usualLimits, ...options.limits };
  // The gate looks for the host, and says more than Node would.
  const server = createServer({ ...limits, requireHostHeader: false });
  server.setTimeout(limits.standstill);
  answerUnreadable(server);
  const connections = limitConnections(server, limits);
  const respond = oneByOne((request, response) => {
    // Here rather than in a route, so that no answer of any kind goes without them.
    for (const [name, value] of Object.entries(everyAnswer)) response.setHeader(name, value);
    answer(request, response).catch((error: unknown) => {
      report(error);
      response.destroy();
    });
  });
  server.on('request', respond);
  const port = await listen(server, options.port, address);
  server.on('error', report);

  const launches = new Launches();
  const keys = makeKeys(launches);
  const streams = eventStreams();
  const pages = lastWords(withOpening(library.handlers, streams), streams);
  const underWay = new Set<Promise<unknown>>();
  app.use(gate({ keys, hosts: hostsOf(address, port), path, port, connections }));
  app.post(`${home}/api/call/:name`, answerCall(pages.handlers, report, underWay, undefined, limits.arriving));
  app.get(`${home}/api/events`, (c) => {
    if (streams.listeners >= limits.streams) {
      c.header('Connection', 'close');
      return refuse(c, 503, 'refused', 'Too many pages are open. Close some of them.');
    }
    // A HEAD comes here too, and nobody would ever read or end its stream.
    return c.body(c.req.method === 'HEAD' ? '' : streams.open(), 200, {
      'Content-Type': 'text/event-stream',
      Connection: 'close',
    });
  });
  app.all(`${home}/api/*`, (c) => refuse(c, 404, 'bad-input', 'There is no such call.'));
  app.get(`${home}/${imagesFolder}/*`, keptImage(options.dataFolder ?? null));
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
  const addressWith = (key: string) => `http://${hostOf(address, port)}/?token=${key}`;
  return {
    url: addressWith(keys.token),
    port,
    launch: () => addressWith(launches.issue()),
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}
