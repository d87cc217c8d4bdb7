import type { HttpBindings } from '@hono/node-server';
import type { MiddlewareHandler } from 'hono';
import { setCookie } from 'hono/cookie';
import type { Connections } from './connections.ts';
import { isSame, makeKey } from './keys.ts';
import { type Launches, launchPath } from './launches.ts';
import { isOwnUser } from './peer-user.ts';
import { pageWith, refuse } from './refuse.ts';

/** Who may ask: the keys of one run of the server, all random and of 256 bits. */
export interface Keys {
  /** Stands in the printed address, good as long as the server runs, for nothing but getting the cookie and {@link launchPath}. */
  token: string;
  /** The value of the cookie. */
  session: string;
  /** Stand, one each, in addresses that browsers are opened with, and are good for getting the cookie. */
  launches: Launches;
}

/** What {@link gate} stands before. */
export interface Gated {
  keys: Keys;
  /** The hosts that a request may name. */
  hosts: readonly string[];
  /** The path that the page and all that it asks for is under, without slashes; see page-path.ts. */
  path: string;
  /** Tells this server's cookie from those of others on this computer: cookies do not tell ports apart. */
  port: number;
  connections: Connections;
}

/** New keys, for one run of the server. */
export function makeKeys(launches: Launches): Keys {
  return { token: makeKey(), session: makeKey(), launches };
}

const comeByTheAddress = 'This address alone does not open the library. Open the one that Offprint printed.';
const notFromHere = 'Offprint answers only its own page.';

/**
 * Lets a request pass only when it names this server as its host (so that no other name can be
 * made to resolve to it), comes from its own page or from the reader, is for the path of the page, and
 * carries the cookie. The key in the address is exchanged for the cookie at once and leaves the address bar.
 */
export function gate({ keys, hosts, path, port, connections }: Gated): MiddlewareHandler<{ Bindings: HttpBindings }> {
  // Not `__Host-`, which browsers take over https only, and for all paths.
  const cookie = `offprint-${port}`;
  const home = `/${path}/`;

  return async (c, next) => {
    const { socket, rawHeaders } = c.env.incoming;
    const host = c.req.header('host') ?? '';
    // Who is not known gets one answer and no more.
    const turnAway: typeof refuse = (...refusal) => {
      c.header('Connection', 'close');
      return refuse(...refusal);
    };
    const encoding = c.req.header('transfer-encoding') ?? 'chunked';
    if (isNamedTwice(rawHeaders) || encoding.toLowerCase() !== 'chunked') {
      return turnAway(c, 400, 'bad-input', 'This is not a proper request.');
    }
    // An address may also be asked for whole, and then names a host of its own.
    const asked = URL.parse(c.req.url)?.host ?? '';
    if (!hosts.includes(host) || !hosts.includes(asked)) return turnAway(c, 421, 'refused', notFromHere);

    const origin = c.req.header('origin');
    const site = c.req.header('sec-fetch-site');
    if (origin !== undefined && origin !== `http://${host}`) return turnAway(c, 403, 'refused', notFromHere);
    const foreign = site !== undefined && site !== 'same-origin' && site !== 'none';
    // A link on another page may lead to this one, and to nothing else of it.
    const isLink = ['/', home].includes(c.req.path) && isNavigation(c.req.header());
    if (foreign && !isLink) return turnAway(c, 403, 'refused', notFromHere);

    const token = c.req.path === '/' && c.req.method === 'GET' ? c.req.query('token') : undefined;
    if (token !== undefined && (isSame(token, keys.token) || (await isLaunch(token)))) {
      setCookie(c, cookie, keys.session, { httpOnly: true, sameSite: 'Strict', path: home });
      // A browser that follows a link of another page brings no such cookie, not even where it is sent on from there.
      if (foreign) return c.html(pageThatLeadsTo(home));
      return c.redirect(home, 303);
    }
    if (c.req.path === launchPath && c.req.method === 'POST') {
      const [, bearer] = /^Bearer ([\w-]+)$/.exec(c.req.header('authorization') ?? '') ?? [];
      if (isSame(bearer, keys.token)) return c.text(keys.launches.issue());
    }

    const cookies = valuesOfCookie(c.req.header('cookie') ?? '', cookie);
    const isKnown = c.req.path.startsWith(home) && cookies.some((value) => isSame(value, keys.session));
    if (!isKnown) return turnAway(c, 401, 'refused', comeByTheAddress);
    if (!connections.know(socket)) return turnAway(c, 503, 'refused', 'Too many pages are open. Close some of them.');

    if (c.req.method === 'GET' || c.req.method === 'HEAD') return next();
    if (c.req.method !== 'POST') {
      c.header('Allow', 'GET, HEAD, POST');
      return refuse(c, 405, 'bad-input', 'This cannot be done that way.');
    }
    if (origin === undefined && site !== 'same-origin') return refuse(c, 403, 'refused', notFromHere);
    return next();

    async function isLaunch(key: string): Promise<boolean> {
      // Another user who has seen it can neither use it nor use it up.
      return keys.launches.has(key) && (await isOwnUser(socket)) !== false && keys.launches.spend(key);
    }
  };
}

/** A page that a link or the reader leads to, in a tab of its own. */
function isNavigation(headers: Record<string, string>): boolean {
  return headers['sec-fetch-mode'] === 'navigate' && (headers['sec-fetch-dest'] ?? 'document') === 'document';
}

/** Headers of which a second one may be read by one program and the first one by another. */
const singular = new Set(['host', 'content-type', 'content-length', 'transfer-encoding', 'authorization', 'origin']);

/** @param headers names and values in turn */
function isNamedTwice(headers: readonly string[]): boolean {
  const names = headers.filter((_, at) => at % 2 === 0).map((name) => name.toLowerCase());
  const those = names.filter((name) => singular.has(name));
  return new Set(those).size < those.length;
}

function pageThatLeadsTo(path: string): string {
  return pageWith(`<a href="${path}">Offprint</a>`).replace(
    '<title>',
    `<meta http-equiv="refresh" content="0;url=${path}"><title>`,
  );
}

/**
 * Every value under which a cookie was sent. There can be several: any server on this computer can
 * give one of the same name for a longer path, and it must not take the place of ours.
 */
function valuesOfCookie(header: string, name: string): string[] {
  const parts = header.split(';').map((part) => part.trim());
  return parts.filter((part) => part.startsWith(`${name}=`)).map((part) => part.slice(name.length + 1));
}
