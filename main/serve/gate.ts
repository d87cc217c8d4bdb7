import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { setCookie } from 'hono/cookie';
import { refuse } from './refuse.ts';

/** Who may ask: the keys of one run of the server, both random and of 256 bits. */
export interface Keys {
  /** Stands in the printed address and is good for nothing but getting the cookie. */
  token: string;
  /** The value of the cookie. */
  session: string;
}

/** New keys, for one run of the server. */
export function makeKeys(): Keys {
  return { token: randomBytes(32).toString('base64url'), session: randomBytes(32).toString('base64url') };
}

const comeByTheAddress = 'This address alone does not open the library. Open the one that Offprint printed.';
const notFromHere = 'Offprint answers only its own page.';

/**
 * Lets a request pass only when it names this server as its host (so that no other name can be
 * made to resolve to it), comes from its own page or from the reader, and carries the cookie.
 * The token in the address is exchanged for the cookie at once and leaves the address bar.
 * @param port the port the server listens on
 */
export function gate(keys: Keys, port: number): MiddlewareHandler {
  const hosts = ['127.0.0.1', 'localhost'].flatMap((name) =>
    port === 80 ? [name, `${name}:80`] : [`${name}:${port}`],
  );
  // Cookies do not tell ports apart, so two servers need two names.
  const cookie = `offprint-${port}`;

  return async (c, next) => {
    const host = c.req.header('host') ?? '';
    // An address may also be asked for whole, and then names a host of its own.
    const asked = new URL(c.req.url).host;
    if (!hosts.includes(host) || !hosts.includes(asked)) return refuse(c, 421, 'refused', notFromHere);

    const origin = c.req.header('origin');
    const site = c.req.header('sec-fetch-site');
    if (origin !== undefined && origin !== `http://${host}`) return refuse(c, 403, 'refused', notFromHere);
    const foreign = site !== undefined && site !== 'same-origin' && site !== 'none';
    // A link on another page may lead to this one, and to nothing else of it.
    const isLink = c.req.path === '/' && c.req.header('sec-fetch-mode') === 'navigate';
    if (foreign && !isLink) return refuse(c, 403, 'refused', notFromHere);

    const known = valuesOfCookie(c.req.header('cookie') ?? '', cookie).some((value) => isSame(value, keys.session));
    const token = c.req.path === '/' && c.req.method === 'GET' ? c.req.query('token') : undefined;
    if (token !== undefined && (known || isSame(token, keys.token))) {
      setCookie(c, cookie, keys.session, { httpOnly: true, sameSite: 'Strict', path: '/' });
      c.header('Cache-Control', 'no-store');
      return c.redirect('/', 303);
    }
    if (!known) return refuse(c, 401, 'refused', comeByTheAddress);

    if (c.req.method === 'GET' || c.req.method === 'HEAD') return next();
    if (c.req.method !== 'POST') {
      c.header('Allow', 'GET, HEAD, POST');
      return refuse(c, 405, 'bad-input', 'This cannot be done that way.');
    }
    if (origin === undefined && site !== 'same-origin') return refuse(c, 403, 'refused', notFromHere);
    return next();
  };
}

/**
 * Every value under which a cookie was sent. There can be several: any server on this computer can
 * give one of the same name for a longer path, and it must not take the place of ours.
 */
function valuesOfCookie(header: string, name: string): string[] {
  const parts = header.split(';').map((part) => part.trim());
  return parts.filter((part) => part.startsWith(`${name}=`)).map((part) => part.slice(name.length + 1));
}

/** Compares in a time that tells nothing of where the two differ, nor of their lengths. */
function isSame(given: string | undefined, expected: string): boolean {
  return given !== undefined && timingSafeEqual(sha256(given), sha256(expected));
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
