import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createConnection, createServer, type Socket } from 'node:net';
import { endianness, networkInterfaces } from 'node:os';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isOwnUser, type Tables } from './peer-user.ts';

const head = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n';
const ipv4 = { remoteAddress: '127.0.0.1', remotePort: 0xbeef, localAddress: '127.0.0.1', localPort: 0x1f90 };

function row(theirs: string, ours: string, user: number, state = '01', inode = 4711): string {
  return `   1: ${theirs} ${ours} ${state} 00000000:00000000 00:00000000 00000000 ${user}        0 ${inode} 1 0 20 4 30 10 -1\n`;
}

/** A table with our own end of the connection, which is always there, and other rows. */
function tables(rows: string, name = 'tcp', user = 1000): Tables {
  const read = async (asked: string) =>
    head + row('0100007F:1F90', '0100007F:BEEF', 1000) + (asked === name ? rows : '');
  return { user, read };
}

// The numbers below are those of a little-endian processor, which nearly all are.
test.skipIf(endianness() === 'BE').each([
  ['this user', row('0100007F:BEEF', '0100007F:1F90', 1000), true],
  ['the system', row('0100007F:BEEF', '0100007F:1F90', 0), true],
  ['another user', row('0100007F:BEEF', '0100007F:1F90', 1001), false],
  ['nobody, as it was let go', row('0100007F:BEEF', '0100007F:1F90', 0, '01', 0), false],
  ['nobody, as it has ended', row('0100007F:BEEF', '0100007F:1F90', 1000, '06'), false],
  ['one that is not there', row('0100007F:BEEE', '0100007F:1F90', 1000), false],
  ['one to another port', row('0100007F:BEEF', '0100007F:1F91', 1000), false],
])('a connection of %s', async (_whose, rows, expected) => {
  expect(await isOwnUser(ipv4, tables(rows))).toBe(expected);
});

test.skipIf(endianness() === 'BE')('connections of IPv6 have a table of their own', async () => {
  const connection = { ...ipv4, remoteAddress: '::1', localAddress: 'fd00::1:2' };
  const rows = row('00000000000000000000000001000000:BEEF', '000000FD000000000000000002000100:1F90', 1000);
  expect(await isOwnUser(connection, tables(rows, 'tcp6'))).toBe(true);
  expect(await isOwnUser(connection, tables(rows, 'tcp'))).toBe(false);
});

test('where the system has no such table or no such users, it is not known', async () => {
  expect(await isOwnUser(ipv4, { user: 1000, read: () => Promise.reject(new Error('ENOENT')) })).toBeNull();
  expect(await isOwnUser(ipv4, { ...tables(''), user: null })).toBeNull();
  expect(await isOwnUser({ ...ipv4, remoteAddress: undefined }, tables(''))).toBeNull();
});

test('no table, however broken, makes it throw', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string(), async (rows) => {
      expect(await isOwnUser(ipv4, tables(rows))).toBe(false);
    }),
    { numRuns: 50 },
  );
});

const loopbacks = (networkInterfaces()['lo'] ?? []).map(({ address }) => address);

test.runIf(process.platform === 'linux').each(loopbacks)(
  'on Linux, a connection of this process over %s',
  async (address) => {
    const server = createServer().listen(0, address);
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const mine = createConnection(port, address);
    const [accepted] = (await once(server, 'connection')) as [Socket];
    try {
      expect(await isOwnUser(accepted)).toBe(true);
      const user = process.getuid?.() ?? 0;
      const read: Tables['read'] = async (name) => {
        const { stdout } = spawnSync('cat', [`/proc/net/${name}`], { encoding: 'utf8' });
        return stdout;
      };
      // The same connection, as another user would see it who is neither.
      expect(await isOwnUser(accepted, { user: user + 1, read })).toBe(user === 0);
    } finally {
      mine.destroy();
      server.close();
    }
  },
);
