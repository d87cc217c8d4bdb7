import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { endWith, isAwaited } from './unreadable-requests.ts';

/** How many connections there may be at once. */
export interface ConnectionLimits {
  /** Of those that have not shown a key. */
  strangers: number;
  /** Of those that have: a browser opens six at most. */
  known: number;
}

/** See {@link ConnectionLimits}. All together stay far below what a system lets a program have open. */
export const connectionLimits: ConnectionLimits = { strangers: 512, known: 128 };

/** The connections of one server. */
export interface Connections {
  /** Says that a request on a connection has shown a key. Returns false when too many of these are at work. */
  know(socket: Socket): boolean;
}

const busy = 'Offprint has too many connections. Try again in a moment.';

/**
 * Keeps room for the reader's own page, whoever else connects: of those that have not shown a key, the
 * one that has had the longest time for it makes room for the next.
 */
export function limitConnections(server: Server, limits: ConnectionLimits = connectionLimits): Connections {
  // Sets keep the order in which they were filled.
  const strangers = new Set<Socket>();
  const known = new Set<Socket>();

  server.on('connection', (socket) => {
    strangers.add(socket);
    socket.once('close', () => {
      strangers.delete(socket);
      known.delete(socket);
    });
    const [first] = strangers;
    if (strangers.size <= limits.strangers || first === undefined) return;
    strangers.delete(first);
    if (first.bytesRead > 0) endWith(first, 503, busy);
    // One that has asked for nothing gets no answer: browsers open some in advance, and would take it for another's.
    else first.destroy();
  });

  return {
    know(socket) {
      if (known.has(socket)) return true;
      if (known.size >= limits.known) {
        const idle = [...known].find((other) => !isAwaited(other));
        if (idle === undefined) return false;
        known.delete(idle);
        idle.destroy();
      }
      strangers.delete(socket);
      if (!socket.destroyed) known.add(socket);
      return true;
    },
  };
}
