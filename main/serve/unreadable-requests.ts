import { type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { everyAnswer } from './every-answer.ts';
import { pageWith } from './refuse.ts';

/** What is said to a request that could not be read, by the code of what Node found wrong with it. */
const answers: Readonly<Record<string, readonly [status: number, message: string]>> = {
  HPE_HEADER_OVERFLOW: [
    431,
    'Your browser sends more than Offprint takes: other programs have left too many cookies for this computer. ' +
      'Clear them, then open the address that Offprint printed.',
  ],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [413, 'This is more than Offprint takes at once.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request did not arrive in time.'],
};

/** The answers that each connection waits for. */
const awaited = new WeakMap<Duplex, Set<ServerResponse>>();

/**
 * Answers whatever Node would answer, or drop, by itself before the rest of the server sees it, with the
 * headers of every other answer, and ends its connection.
 */
export function answerUnreadable(server: Server): void {
  server.on('request', ({ socket }, response) => {
    const responses = awaited.get(socket) ?? new Set();
    awaited.set(socket, responses.add(response));
    response.once('close', () => responses.delete(response));
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const [status, message] = answers[error.code ?? ''] ?? [400, 'This is not a proper request.'];
    endWith(socket as Socket, status, message);
  });
  // Nobody is connected to anywhere else.
  server.on('connect', (_request, socket) => endWith(socket as Socket, 405, 'This cannot be done that way.'));
  // Nobody is asked to send more before it is known who asks; whoever waits for that sends it in the end.
  server.on('checkContinue', (request, response) => server.emit('request', request, response));
  server.on('checkExpectation', ({ socket }) => endWith(socket, 417, 'This cannot be done that way.'));
}

/** Whether an answer is awaited on a connection. */
export function isAwaited(socket: Socket): boolean {
  return (awaited.get(socket)?.size ?? 0) > 0;
}

/**
 * Ends a connection with an answer, unless one has begun on it: what came after that would be taken
 * for a part of it.
 */
export function endWith(socket: Socket, status: number, message: string): void {
  const hasBegun = [...(awaited.get(socket) ?? [])].some(({ headersSent }) => headersSent);
  if (hasBegun || !socket.writable) {
    socket.destroy();
    return;
  }
  const page = pageWith(message);
  const headers = {
    ...everyAnswer,
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Length': String(Buffer.byteLength(page)),
    Connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${page}`);
  socket.destroySoon();
}
