import { createConnection, type Socket } from 'node:net';

/** A connection on which a test writes what it likes. */
export interface RawConnection {
  socket: Socket;
  /** All that has been received, a character a byte. */
  received(): string;
  /** Resolves with everything received once that matches, or once the connection is closed. */
  until(pattern: RegExp): Promise<string>;
  /** Resolves with everything received when the other side has closed the connection. */
  closed: Promise<string>;
}

/** Connects, and writes a text, a character a byte. */
export function connectRaw(port: number, text: string | Buffer = '', address = '127.0.0.1'): RawConnection {
  const socket = createConnection(port, address);
  let all = '';
  const waiting = new Set<() => void>();
  socket.on('connect', () => socket.write(typeof text === 'string' ? Buffer.from(text, 'latin1') : text));
  socket.on('data', (data) => {
    all += data.toString('latin1');
    for (const look of waiting) look();
  });
  socket.on('error', () => {});
  const closed = new Promise<string>((resolve) => socket.on('close', () => resolve(all)));
  return {
    ...{ socket, closed },
    received: () => all,
    until(pattern) {
      const found = new Promise<string>((resolve) => {
        const look = () => {
          if (pattern.test(all)) resolve(all);
        };
        waiting.add(look);
        look();
      });
      return Promise.race([found, closed]);
    },
  };
}

/** Statuses of the answers in what was received. */
export function statusesIn(received: string): number[] {
  return [...received.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
}
