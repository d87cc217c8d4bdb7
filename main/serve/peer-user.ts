import { readFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { endianness } from 'node:os';

/** A connection as both its ends see it. */
type Connection = Pick<Socket, 'remoteAddress' | 'remotePort' | 'localAddress' | 'localPort'>;

/** What telling whose a connection is depends on; the computer's own unless a test says otherwise. */
export interface Tables {
  /** The user that this process runs as; null where there are no such numbers. */
  user: number | null;
  /** The system's table of TCP connections. Rejects where there is none. */
  read(name: 'tcp' | 'tcp6'): Promise<string>;
}

const ofThisSystem: Tables = {
  user: process.getuid?.() ?? null,
  read: (name) => readFile(`/proc/net/${name}`, 'utf8'),
};

/** What Linux calls the state of a connection that both ends hold, see its `include/net/tcp_states.h`. */
const established = '01';

/**
 * Whether the program at the other end of a connection within this computer is run by the same user
 * as this process, or by the system's. Linux says of every connection whose it is, in `/proc/net/tcp`
 * (see its `proc_net_tcp.rst`); whoever only looks on cannot pass for another there.
 * @returns null where the system does not say it
 */
export async function isOwnUser(connection: Connection, tables: Tables = ofThisSystem): Promise<boolean | null> {
  const theirs = endpoint(connection.remoteAddress, connection.remotePort);
  const ours = endpoint(connection.localAddress, connection.localPort);
  if (tables.user === null || theirs === null || ours === null) return null;
  const table = await tables.read(theirs.length > '00000000:0000'.length ? 'tcp6' : 'tcp').catch(() => null);
  if (table === null) return null;
  for (const line of table.split('\n')) {
    const [, local, remote, state, , , , user, , inode] = line.trim().split(/\s+/);
    // The row of their end: what is remote to us is local there. One that nobody holds any more has no inode.
    if (local !== theirs || remote !== ours || state !== established || inode === '0') continue;
    return Number(user) === tables.user || user === '0';
  }
  return false;
}

/** An address and a port as the table has them, `0100007F:1F90`; null for what is no address. */
function endpoint(address: string | undefined, port: number | undefined): string | null {
  if (address === undefined || port === undefined) return null;
  const bytes = address.includes(':') ? bytesOfIPv6(address) : address.split('.').map(Number);
  const words: string[] = [];
  // Words of four bytes, each as a number of this processor.
  for (let at = 0; at < bytes.length; at += 4) {
    const word = bytes.slice(at, at + 4);
    if (endianness() === 'LE') word.reverse();
    words.push(word.map((byte) => byte.toString(16).padStart(2, '0')).join(''));
  }
  return `${words.join('')}:${port.toString(16).padStart(4, '0')}`.toUpperCase();
}

/** The sixteen bytes of an IPv6 address as Node writes it. */
function bytesOfIPv6(address: string): number[] {
  // In an address of the web it is written in one way only, without dots.
  const plain = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [head = '', tail] = plain.split('::');
  const groups = (part: string | undefined) => (part ? part.split(':') : []);
  const [before, after] = [groups(head), groups(tail)];
  const between = Array<string>(8 - before.length - after.length).fill('0');
  return [...before, ...between, ...after].flatMap((group) => {
    const value = Number.parseInt(group, 16);
    return [value >> 8, value & 0xff];
  });
}
