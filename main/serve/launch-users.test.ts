import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as peerUser from './peer-user.ts';
import { startTestServer, type TestServer } from './serve-testing.ts';

let server: TestServer;
beforeEach(async () => {
  server = await startTestServer();
});
afterEach(async () => {
  vi.mocked(peerUser.isOwnUser).mockReset();
  await server.close();
});

vi.mock('./peer-user.ts', { spy: true });

function open(address: string) {
  const { pathname, search } = new URL(address);
  return server.send('GET', pathname + search);
}

test('an address that a browser is opened with is of no use to another user, and not used up by one', async () => {
  const launch = server.launch();
  const whose = vi.mocked(peerUser.isOwnUser).mockResolvedValueOnce(false);
  const theirs = await open(launch);
  expect([theirs.status, theirs.headers['set-cookie']]).toEqual([401, undefined]);
  expect(theirs.body).toBe((await open(`${server.origin}/?token=wrong`)).body);
  whose.mockResolvedValueOnce(true);
  expect((await open(launch)).status).toBe(303);
});

test('where the system does not say whose a connection is, the address is good once all the same', async () => {
  vi.mocked(peerUser.isOwnUser).mockResolvedValue(null);
  const launch = server.launch();
  expect([(await open(launch)).status, (await open(launch)).status]).toEqual([303, 401]);
});

test('nobody makes the server look up whose a connection is without a key', async () => {
  const whose = vi.mocked(peerUser.isOwnUser);
  server.launch();
  await open(`${server.origin}/?token=wrong`);
  await open(server.url);
  expect(whose).not.toHaveBeenCalled();
});

test.runIf(process.platform === 'linux' && process.getuid?.() === 0)(
  'as root, on Linux: a program of another user is refused with it, and one of ours is not',
  async () => {
    const launch = server.launch();
    const nobody = 65_534;
    const asking = `require('node:http').get(process.argv[1], (answer) => process.stdout.write(String(answer.statusCode), () => process.exit()));`;
    const ask = async (options: { uid?: number }) => {
      const child = spawn(process.execPath, ['-e', asking, launch], {
        ...options,
        cwd: '/',
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      const [said] = await Promise.all([text(child.stdout), once(child, 'exit')]);
      return said;
    };
    // Where another user cannot run this Node at all, nothing is said.
    expect(['401', '']).toContain(await ask({ uid: nobody }));
    expect(await ask({})).toBe('303');
  },
);
