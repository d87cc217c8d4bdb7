import { CancellationToken } from 'builder-util-runtime';
import { app, autoUpdater, type Session } from 'electron';
import { type AppAdapter, getAppCacheDir } from 'electron-updater/out/AppAdapter.js';
import { AppUpdater } from 'electron-updater/out/AppUpdater.js';
import { ElectronHttpExecutor } from 'electron-updater/out/electronHttpExecutor.js';
import { MacUpdater } from 'electron-updater/out/MacUpdater.js';
import { NsisUpdater } from 'electron-updater/out/NsisUpdater.js';
import { OffprintError } from '../../shared/outcome.ts';
import type { FeedAddress } from '../updates/feed-address.ts';
import { isPrerelease } from '../updates/feed-answer.ts';
import type { UpdateEngine } from '../updates/updates.ts';
import { isSignedBundle, whyUnsigned } from './code-signature.ts';
import { type FeedOptions, FeedProvider, type Fetch } from './update-feed.ts';

/** Milliseconds without a byte after which fetching is given up. */
const longestSilence = 60_000;
/** Milliseconds that macOS may take to look at what was fetched. */
const longestStaging = 10 * 60_000;

/** Only says what is out: on Linux, and where the running program is not signed, nothing is ever fetched. */
class TellingUpdater extends AppUpdater {
  constructor(adapter: AppAdapter) {
    super(null, adapter);
  }

  protected override doDownloadUpdate(): Promise<never> {
    return Promise.reject(new Error('nothing is fetched here'));
  }

  override quitAndInstall(): void {}
}

/** What {@link openUpdateEngine} needs; what is left out is the running program's. */
export interface EngineOptions {
  feed: FeedAddress;
  /** The file that tells electron-updater of the build, see `feedFile`. */
  configFile: string;
  /** Fetches in the session that may ask the feed. */
  fetch: Fetch;
  platform?: NodeJS.Platform;
  version?: string;
  /** Whether the running program is signed, so that it can be replaced from within. */
  isSigned?: () => Promise<boolean>;
  /** Why an installer must not be run; see `whyUnsigned`. */
  whyUnsigned?: (publishers: readonly string[], file: string) => Promise<string | null>;
  /** What fetches files; electron-updater's own, which uses the session of its name, unless told otherwise. */
  executor?: ElectronHttpExecutor;
  /** Where what was fetched is kept until it is installed. */
  cache?: string;
}

/** Fetches with a session. */
export function fetchIn(session: Session): Fetch {
  return (address, options) => session.fetch(address, options);
}

/**
 * electron-updater, told to do nothing by itself, to send nothing about the reader, to keep no number of theirs, and to
 * take no version that is older, tried out (unless the running one is), or not signed.
 */
export async function openUpdateEngine(options: EngineOptions): Promise<UpdateEngine> {
  const { feed, platform = process.platform, version = app.getVersion() } = options;
  const isSigned = options.isSigned ?? (() => isSignedHere(feed, platform));
  const installs = (platform === 'darwin' || platform === 'win32') && (await isSigned());
  const adapter: AppAdapter = {
    ...{ version, name: 'offprint', isPackaged: true, appUpdateConfigPath: options.configFile },
    userDataPath: options.cache ?? getAppCacheDir(),
    baseCachePath: options.cache ?? getAppCacheDir(),
    whenReady: () => Promise.resolve(),
    // Quitting is our own business, and over when something is installed.
    quit: () => app.exit(0),
    relaunch: () => {},
    onQuit: () => {},
  };
  const check = options.whyUnsigned ?? whyUnsigned;
  const updater = makeUpdater(platform, installs, adapter, check);
  updater.logger = null;
  updater.autoDownload = false;
  // On macOS the system itself takes what was fetched and puts it in place when the program is quit; elsewhere we run it.
  updater.autoInstallOnAppQuit = platform === 'darwin';
  updater.allowDowngrade = false;
  updater.allowPrerelease = isPrerelease(version);
  updater.disableWebInstaller = true;
  updater.disableDifferentialDownload = true;
  updater.isUserWithinRollout = () => true;
  // Or it would make a number for this reader, keep it in a file, and send it.
  Reflect.set(updater, 'stagingUserIdPromise', { value: Promise.resolve('') });
  Reflect.set(updater, 'httpExecutor', options.executor ?? new ElectronHttpExecutor());
  const source: FeedOptions = {
    ...{ provider: 'custom', updateProvider: FeedProvider },
    ...{ url: feed.url, fetch: options.fetch, platform },
  };
  updater.setFeedURL(source);
  // It throws what it also says, and what nobody hears of an emitter ends the process.
  updater.on('error', () => {});
  // Once more, for what an earlier start has fetched and left: electron-updater takes that as it is.
  const isGood = async (file: string) => platform !== 'win32' || (await check(feed.publishers, file)) === null;
  return new Engine(updater, { installs, version, platform, isGood });
}

async function isSignedHere(feed: FeedAddress, platform: NodeJS.Platform): Promise<boolean> {
  return platform === 'darwin' ? isSignedBundle(app.getPath('exe')) : feed.publishers.length > 0;
}

function makeUpdater(
  platform: NodeJS.Platform,
  installs: boolean,
  adapter: AppAdapter,
  check: typeof whyUnsigned,
): AppUpdater {
  if (!installs) return new TellingUpdater(adapter);
  if (platform === 'darwin') return new MacUpdater(undefined, adapter);
  const updater = new NsisUpdater(undefined, adapter);
  updater.verifyUpdateCodeSignature = (publishers, file) => check(publishers, file);
  return updater;
}

/** What an {@link Engine} knows of the running program. */
interface Running {
  installs: boolean;
  version: string;
  platform: NodeJS.Platform;
  /** Whether a file that was fetched is signed as it should be, where that is for us to say. */
  isGood: (file: string) => Promise<boolean>;
}

class Engine implements UpdateEngine {
  readonly #updater: AppUpdater;
  readonly #running: Running;
  /** Bytes of the largest file of the release. */
  #size = 0;

  constructor(updater: AppUpdater, running: Running) {
    this.#updater = updater;
    this.#running = running;
  }

  get installs(): boolean {
    return this.#running.installs;
  }

  async look(): Promise<{ version: string } | null> {
    const result = await this.#updater.checkForUpdates();
    if (!result?.isUpdateAvailable) return null;
    const { version, files } = result.updateInfo;
    if (isPrerelease(version) && !isPrerelease(this.#running.version)) return null;
    this.#size = Math.max(...files.map(({ size }) => size ?? 0));
    return { version };
  }

  async fetch(progress: (done: number) => void, signal: AbortSignal): Promise<void> {
    const token = new CancellationToken();
    const stop = () => token.cancel();
    let silence = setTimeout(stop, longestSilence);
    const heard = ({ transferred }: { transferred: number }) => {
      clearTimeout(silence);
      silence = setTimeout(stop, longestSilence);
      // More than was announced is not what was announced, and might never end.
      if (transferred > this.#size) stop();
      else progress(transferred / this.#size);
    };
    signal.addEventListener('abort', stop);
    this.#updater.on('download-progress', heard);
    try {
      const staged = this.#running.platform === 'darwin' ? stagedBySystem() : null;
      const files = await this.#updater.downloadUpdate(token);
      clearTimeout(silence);
      for (const file of files) if (!(await this.#running.isGood(file))) throw new Unsigned();
      await staged?.whenStaged;
    } catch (error) {
      throw new OffprintError('unreadable', whyNotFetched(error), { cause: error });
    } finally {
      clearTimeout(silence);
      signal.removeEventListener('abort', stop);
      this.#updater.off('download-progress', heard);
    }
  }

  install(restart: boolean): void {
    // macOS has what was fetched already, and puts it in place as soon as the program is gone.
    if (this.#running.platform === 'darwin' && !restart) app.exit(0);
    else this.#updater.quitAndInstall(true, restart);
  }
}

/** What was fetched is not signed as it should be. */
class Unsigned extends Error {
  readonly code = 'ERR_UPDATER_INVALID_SIGNATURE';
}

/** Waits for macOS to have looked at what was fetched, its signature above all. Listens from the moment it is called. */
function stagedBySystem(): { whenStaged: Promise<void> } {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  promise.catch(() => {});
  const timer = setTimeout(reject, longestStaging, new Error('not staged in time'));
  const done = () => resolve();
  autoUpdater.once('update-downloaded', done);
  autoUpdater.once('error', reject);
  const forget = () => {
    clearTimeout(timer);
    autoUpdater.off('update-downloaded', done);
    autoUpdater.off('error', reject);
  };
  promise.then(forget, forget);
  return { whenStaged: promise };
}

function whyNotFetched(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'ERR_UPDATER_INVALID_SIGNATURE' || code === 'ERR_CHECKSUM_MISMATCH') {
    return 'What was fetched is not what Offprint’s makers have signed, and was thrown away.';
  }
  return 'The new version could not be fetched. Nothing was changed.';
}
