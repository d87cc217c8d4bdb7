import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { hasScreen } from './screen.ts';

const sockets = ['/tmp/.X11-unix/X1', '/run/user/1/wayland-0', '/run/other'];
const listens = (socket: string) => sockets.includes(socket);

test.each([
  ['nothing', {}, false],
  ['an empty display', { DISPLAY: '' }, false],
  ['a display that is there', { DISPLAY: ':1' }, true],
  ['a screen of it', { DISPLAY: 'unix:1.0' }, true],
  ['a display whose server is gone', { DISPLAY: ':11' }, false],
  ['the display of another computer', { DISPLAY: 'localhost:10.0' }, true],
  ['a Wayland display', { WAYLAND_DISPLAY: 'wayland-0', XDG_RUNTIME_DIR: '/run/user/1' }, true],
  ['one that is gone', { WAYLAND_DISPLAY: 'wayland-1', XDG_RUNTIME_DIR: '/run/user/1' }, false],
  ['one in no folder', { WAYLAND_DISPLAY: 'wayland-0' }, false],
  ['one named by its path', { WAYLAND_DISPLAY: '/run/other' }, true],
  ['one that is gone beside a display', { WAYLAND_DISPLAY: 'wayland-1', DISPLAY: ':1' }, true],
] as const)('%s: %j is a screen: %s', (_name, env, expected) => {
  expect(hasScreen(env, listens)).toBe(expected);
});

test.skipIf(process.platform !== 'linux')('a real socket is found, be it a file or not', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'offprint-screen-'));
  try {
    for (const prefix of ['', '\0']) {
      const env = { WAYLAND_DISPLAY: 'wayland-0', XDG_RUNTIME_DIR: folder };
      expect(hasScreen(env)).toBe(false);
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(`${prefix}${join(folder, 'wayland-0')}`, resolve));
      expect(hasScreen(env)).toBe(true);
      await new Promise((resolve) => server.close(resolve));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
