import type { CustomPublishOptions, UpdateInfo } from 'builder-util-runtime';
import { Provider, type ProviderRuntimeOptions, parseUpdateInfo } from 'electron-updater/out/providers/Provider.js';
import type { ResolvedUpdateFileInfo } from 'electron-updater/out/types.js';
import { longestAnswer, NoRelease, readFeedAnswer } from '../updates/feed-answer.ts';

/** Milliseconds that the feed may take to answer. */
const patience = 30_000;

/** Fetches as the `fetch` of browsers does. */
export type Fetch = (address: string, options: RequestInit) => Promise<Response>;

/** What {@link FeedProvider} needs; electron-updater hands it on as it is. */
export interface FeedOptions extends CustomPublishOptions {
  provider: 'custom';
  /** The folder that the feed is in, with a slash at its end. */
  url: string;
  fetch: Fetch;
  platform: NodeJS.Platform;
}

/** The file of a feed that tells of the last release for a system, by the name that electron-builder gives it. */
export function feedFileFor(platform: NodeJS.Platform, arch: string = process.arch): string {
  if (platform === 'win32') return 'latest.yml';
  if (platform === 'darwin') return 'latest-mac.yml';
  return arch === 'x64' ? 'latest-linux.yml' : `latest-linux-${arch}.yml`;
}

/**
 * What electron-updater asks for the last version: the file that electron-builder writes beside the installers.
 * In the place of its own ones, which take an answer of any size and shape, and send a number by which one reader
 * could be told from another.
 */
export class FeedProvider extends Provider<UpdateInfo> {
  readonly #url: string;
  readonly #fetch: Fetch;
  readonly #platform: NodeJS.Platform;

  /** @param options {@link FeedOptions}, by the name that electron-updater has for all of their kind */
  constructor(options: CustomPublishOptions, _updater: unknown, runtime: ProviderRuntimeOptions) {
    super(runtime);
    const { url, fetch, platform } = options as FeedOptions;
    this.#url = url;
    this.#fetch = fetch;
    this.#platform = platform;
  }

  /** @throws NoRelease when the answer is not as electron-builder writes it; what `fetch` throws */
  override async getLatestVersion(): Promise<UpdateInfo> {
    const address = new URL(feedFileFor(this.#platform), this.#url);
    const response = await this.#fetch(address.href, {
      ...{ credentials: 'omit', cache: 'no-store', redirect: 'follow', referrerPolicy: 'no-referrer' },
      signal: AbortSignal.timeout(patience),
    });
    if (!response.ok) throw new NoRelease(`status ${response.status}`);
    const text = await readBounded(response);
    return readFeedAnswer(text, (yaml) => parseUpdateInfo(yaml, '', address));
  }

  override resolveFiles(release: UpdateInfo): ResolvedUpdateFileInfo[] {
    return release.files.map((info) => ({ url: new URL(info.url, this.#url), info }));
  }
}

async function readBounded(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > longestAnswer) throw new NoRelease('too long');
    chunks.push(chunk);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw new NoRelease('not text');
  }
}
