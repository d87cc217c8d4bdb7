import type { Server } from 'node:http';
import { OffprintError } from '../../shared/outcome.ts';
import { hostOf } from './address.ts';

/**
 * Connections that may wait to be taken in. Of more, some come a second late; as many as are kept of those
 * without a key (see `Limits`) would let a rush of them push out one that came with it.
 */
const longestQueue = 500;

/**
 * Has a server listen.
 * @param port 0 for any that is free
 * @returns the port
 * @throws OffprintError `unreadable` when the port or the address cannot be had
 */
export async function listen(server: Server, port: number, address: string): Promise<number> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen({ port, host: address, backlog: longestQueue, ipv6Only: true }, () => {
        server.off('error', reject);
        resolve();
      });
    });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw new OffprintError('unreadable', reasons(port, address)[code] ?? other(port, address), { cause: error });
  }
  const given = server.address();
  return typeof given === 'object' && given !== null ? given.port : port;
}

function reasons(port: number, address: string): Readonly<Record<string, string>> {
  return {
    EADDRINUSE: `Port ${port} is taken. Choose another one.`,
    EACCES: `Port ${port} is not open to you. Choose another one.`,
    EADDRNOTAVAIL: `${address} is no address of this computer.`,
    EAFNOSUPPORT: `${address} is no address of this computer.`,
  };
}

const other = (port: number, address: string) => `${hostOf(address, port)} could not be opened.`;
