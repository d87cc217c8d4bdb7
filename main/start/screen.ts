import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * True when a display server listens where the environment says there is one. A variable alone is
 * no proof: it outlives its server, in a terminal that was left open or reached from elsewhere. A
 * server on another computer is believed to be there.
 * @param listens says whether a program listens on a socket of this computer
 */
export function hasScreen(
  env: Readonly<Record<string, string | undefined>>,
  listens: (socket: string) => boolean = isListening,
): boolean {
  const wayland = env['WAYLAND_DISPLAY'];
  if (wayland && listens(join(wayland.startsWith('/') ? '/' : (env['XDG_RUNTIME_DIR'] ?? '/'), wayland))) return true;
  const display = env['DISPLAY'];
  if (!display) return false;
  const local = /^(?:unix)?:(\d+)/.exec(display)?.[1];
  return local === undefined || listens(`/tmp/.X11-unix/X${local}`);
}

function isListening(socket: string): boolean {
  if (existsSync(socket)) return true;
  try {
    // Linux also has sockets that are no files.
    return readFileSync('/proc/net/unix', 'utf8')
      .split('\n')
      .some((line) => line.endsWith(` @${socket}`));
  } catch {
    return false;
  }
}
