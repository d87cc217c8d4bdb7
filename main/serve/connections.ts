import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { Limits } from './limits.ts';
import { endWith, isAwaited } from './unreadable-requests.ts';

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
export function limitConnections(server: Server, limits: Pick<Limits, 'strangers' | 'known'>): Connections {
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
