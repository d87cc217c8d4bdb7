import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where the release feed is, as the build that is running was told. */
export interface FeedAddress {
  /** The https address of a folder, with a slash at its end; the feed's files are named from there. */
  url: string;
  /** Where a person finds the releases: an address of the same host. */
  page: string;
  /** Every host that is asked when a version is looked for or fetched, those that the feed's own host sends on to included. */
  hosts: string[];
  /** The build is signed by one of these, as Windows names them; empty when it is not signed. */
  publishers: string[];
}

/** Stands for the project's home until it has a public one (RFC 2606): no name under it ever resolves. */
const placeholder = /(?:^|\.)invalid$/;

/** GitHub keeps released files on other hosts than its own, and sends on to them. */
const hostsBehind: Readonly<Record<string, readonly string[]>> = {
  'github.com': ['objects.githubusercontent.com', 'release-assets.githubusercontent.com'],
};

/** The file that electron-builder puts beside the program when it is told where to publish. */
export const feedFile = 'app-update.yml';

/**
 * The feed that the build in a folder of resources was told of.
 * @returns null when it was told of none, or of one that no program should ask
 */
export function feedAddress(resources: string): FeedAddress | null {
  try {
    return readFeedAddress(readFileSync(join(resources, feedFile), 'utf8'));
  } catch {
    return null;
  }
}

/**
 * Reads the few lines of `app-update.yml` that matter. Not a reader of YAML: the file is written by our own build,
 * and one that looks otherwise than that writes it is none of ours.
 * @returns null when it names no generic feed at an https address with a public name of its own
 */
export function readFeedAddress(text: string): FeedAddress | null {
  if (scalar(text, 'provider') !== 'generic') return null;
  const url = URL.parse(scalar(text, 'url') ?? '');
  if (url?.protocol !== 'https:' || url.port !== '' || url.username !== '' || url.password !== '') return null;
  if (url.search !== '' || url.hash !== '' || !isHostName(url.hostname) || placeholder.test(url.hostname)) return null;
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  return {
    url: url.href,
    page: pageOf(url),
    hosts: [url.hostname, ...(hostsBehind[url.hostname] ?? [])],
    publishers: list(text, 'publisherName'),
  };
}

/** A name with a dot in it, each part of letters, digits and hyphens: no address by number, and no pattern. */
function isHostName(host: string): boolean {
  return /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])$/.test(host);
}

/** The folder itself, but for GitHub, which has a page for people where a program is told of the last release. */
function pageOf(url: URL): string {
  const latest = /^(\/[\w.-]+\/[\w.-]+\/releases\/latest)\/download\/$/.exec(url.pathname);
  return url.hostname === 'github.com' && latest ? `https://github.com${latest[1]}` : url.href;
}

function scalar(text: string, key: string): string | null {
  return unquoted(new RegExp(`^${key}:[ ]+(\\S.*)$`, 'm').exec(text)?.[1]);
}

function list(text: string, key: string): string[] {
  const one = scalar(text, key);
  if (one !== null) return [one];
  const lines = new RegExp(`^${key}:[ ]*\\n((?:[ ]*- .+\\n?)+)`, 'm').exec(text)?.[1] ?? '';
  return lines.split('\n').flatMap((line) => unquoted(/^ *- (\S.*)$/.exec(line)?.[1]) ?? []);
}

function unquoted(value: string | undefined): string | null {
  const text = value?.trimEnd() ?? '';
  const inside = /^'((?:[^']|'')*)'$/.exec(text)?.[1];
  if (inside !== undefined) return inside.replaceAll("''", "'");
  // Anything else that YAML gives a meaning to.
  return text === '' || /^["'[{&*!|>%@`#]/.test(text) || / #/.test(text) ? null : text;
}
