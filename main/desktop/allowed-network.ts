import { closeSync, constants, fstatSync, openSync, readSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron';
import * as z from 'zod';
import type { Settings } from '../../shared/settings.ts';

/** The features that use the network, each off until the reader turns it on. */
export interface NetworkUse {
  /** The release feed may be asked. */
  updates: boolean;
  /** Chromium may fetch spelling dictionaries; never on macOS, whose own checker is used. */
  spelling: boolean;
}

/** No feature that uses the network. */
export const noNetwork: Readonly<NetworkUse> = { updates: false, spelling: false };

/**
 * Where Chromium gets its dictionaries: it asks redirector.gvt1.com, which sends on to a host near the reader, of a
 * name that differs from place to place.
 */
export const dictionaryHosts: readonly string[] = ['*.gvt1.com'];

const fileName = 'network.json';
const longestFile = 200;
const fileSchema = z.strictObject({ format: z.literal(1), updates: z.boolean(), spelling: z.boolean() });

/**
 * What the next start will be allowed, by the reader's settings.
 * @param platform of the running system unless told otherwise
 */
export function wantedNetwork(
  { updates, spelling }: Pick<Settings, 'updates' | 'spelling'>,
  platform: NodeJS.Platform = process.platform,
): NetworkUse {
  return { updates, spelling: spelling !== null && platform !== 'darwin' };
}

/**
 * What this start is allowed, as the one before has left it. The settings themselves are not read yet when Chromium
 * must be told.
 * @param folder the browser's own folder within the data folder
 * @returns nothing at all when the file is missing, damaged, not the reader's own, or not as it is written here
 */
export function readNetworkUse(folder: string): NetworkUse {
  try {
    const text = readOwnFile(join(folder, fileName));
    const { updates, spelling } = fileSchema.parse(JSON.parse(text));
    return { updates, spelling };
  } catch {
    return noNetwork;
  }
}

/**
 * Keeps what the next start is allowed. Where nothing is, there is no file.
 * @returns false when it could not be kept
 */
export function keepNetworkUse(folder: string, { updates, spelling }: NetworkUse): boolean {
  const path = join(folder, fileName);
  try {
    if (!updates && !spelling) rmSync(path, { force: true });
    else {
      const temporary = `${path}.tmp`;
      rmSync(temporary, { force: true });
      writeFileSync(temporary, `${JSON.stringify({ format: 1, updates, spelling })}\n`, { mode: 0o600, flag: 'wx' });
      renameSync(temporary, path);
    }
    return true;
  } catch {
    return false;
  }
}

/**
 * Keeps what the next start is allowed, each time that the settings say something else than before.
 * @param folder the browser's own folder within the data folder
 * @param failed told when it could not be kept
 */
export function followNetworkSettings(folder: string, failed: () => void = () => {}): (settings: Settings) => void {
  let kept = readNetworkUse(folder);
  return (settings) => {
    const wanted = wantedNetwork(settings);
    if (wanted.updates === kept.updates && wanted.spelling === kept.spelling) return;
    if (keepNetworkUse(folder, wanted)) kept = wanted;
    else failed();
  };
}

/** The text of a small file that nobody else can have written. Follows no symbolic link. */
function readOwnFile(path: string): string {
  const file = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  try {
    const stats = fstatSync(file);
    const isOurs = process.getuid === undefined || (stats.uid === process.getuid() && (stats.mode & 0o022) === 0);
    if (!stats.isFile() || !isOurs || stats.size > longestFile) throw new Error('not a file of ours');
    const bytes = Buffer.alloc(longestFile);
    return bytes.toString('utf8', 0, readSync(file, bytes, 0, longestFile, 0));
  } finally {
    closeSync(file);
  }
}

/**
 * The hosts that Chromium may resolve.
 * @param feed the hosts of the release feed; none where there is no feed
 */
export function hostsOf(use: NetworkUse, feed: readonly string[]): string[] {
  return [...(use.updates ? feed : []), ...(use.spelling ? dictionaryHosts : [])];
}

/** Chromium's rules by which no host name and no address resolves but those given. */
export function hostResolverRules(hosts: readonly string[]): string {
  return ['MAP * ~NOTFOUND', ...hosts.map((host) => `EXCLUDE ${host}`)].join(', ');
}

/**
 * Takes the network away from Chromium, below everything else that denies it: no host name and no address resolves,
 * but those that a feature of the reader's choice needs, and no proxy is looked for. Must happen before the program
 * is ready.
 * @param folder the browser's own folder within the data folder
 * @param feed the hosts of the release feed; none where this program has no feed
 * @returns what this start is allowed
 */
export function limitNetwork(folder: string, feed: readonly string[]): NetworkUse {
  const kept = readNetworkUse(folder);
  const use = { ...kept, updates: kept.updates && feed.length > 0 };
  app.commandLine.appendSwitch('host-resolver-rules', hostResolverRules(hostsOf(use, feed)));
  app.commandLine.appendSwitch('no-proxy-server');
  // Names are asked of the system's own server, and not of one that Chromium knows a better way to.
  void app.whenReady().then(() => app.configureHostResolver({ secureDnsMode: 'off' }));
  return use;
}

/**
 * Whether a request may leave the program in the session of the updater, the only one that ever asks anything: to
 * read, by https, at one of the feed's hosts.
 */
export function mayAskFeed({ url, method }: { url: string; method: string }, feed: readonly string[]): boolean {
  const parsed = URL.parse(url);
  return (
    (method === 'GET' || method === 'HEAD') &&
    parsed?.protocol === 'https:' &&
    parsed.port === '' &&
    parsed.username === '' &&
    parsed.password === '' &&
    feed.includes(parsed.hostname)
  );
}
