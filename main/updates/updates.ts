import type { UpdateState } from '../../shared/host-calls.ts';
import { OffprintError } from '../../shared/outcome.ts';
import { NoRelease } from './feed-answer.ts';

/** Milliseconds after the start before the feed is asked by itself: the reader has long been reading. */
export const firstLook = 2 * 60_000;
/** Milliseconds between two times that it is asked by itself. */
export const betweenLooks = 24 * 60 * 60_000;
/** How often it is seen whether that time is over; a machine that slept does not make up for it all at once. */
const watch = 60 * 60_000;

/** What asks the feed, fetches, and installs. */
export interface UpdateEngine {
  /** A version that was fetched can be installed from here, its signature checked. */
  readonly installs: boolean;
  /** The version that is out, when it is newer than the running one; null when none is. */
  look(): Promise<{ version: string } | null>;
  /**
   * Fetches the version that {@link look} found last, and checks it.
   * @param progress told how much of it is there, from 0 to 1
   * @param signal stops it
   */
  fetch(progress: (done: number) => void, signal: AbortSignal): Promise<void>;
  /** Hands over to what installs the version that was fetched. Called as the last thing before the process ends. */
  install(restart: boolean): void;
}

/** What {@link Updates} needs. */
export interface UpdatesOptions {
  /** Who else updates this program; see `updatedElsewhere`. */
  elsewhere: string | null;
  /** This start may reach the feed. */
  isAllowed: boolean;
  /** Where the reader gets a new version by hand. */
  page: string;
  /** Makes the engine, when it is needed for the first time. */
  engine: () => Promise<UpdateEngine>;
  /** Told of every change of the state. */
  changed: (state: UpdateState) => void;
  /** Told what went wrong. */
  failed: (error: unknown) => void;
  /** Quits the program as the reader would. */
  quit: () => void;
  now?: () => number;
}

/**
 * What is known of newer versions, and what becomes of them. Nothing happens here that the reader has not asked
 * for: the feed is asked only while the setting is on, fetched is only what the reader says, and installed only what
 * was fetched so, when the program is quit.
 */
export class Updates {
  readonly #options: UpdatesOptions;
  readonly #now: () => number;
  #isOn = false;
  #state: UpdateState = { kind: 'current', checkedAt: null };
  #lookedAt: number | null = null;
  #engine: Promise<UpdateEngine> | null = null;
  #looking: Promise<UpdateState> | null = null;
  #fetching: AbortController | null = null;
  #timers: NodeJS.Timeout[] = [];
  #ready: UpdateEngine | null = null;
  #restarts = false;

  constructor(options: UpdatesOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
  }

  /** What is known now. */
  get state(): UpdateState {
    const { elsewhere, isAllowed } = this.#options;
    if (elsewhere !== null) return { kind: 'elsewhere', by: elsewhere };
    if (!this.#isOn) return { kind: 'off' };
    return isAllowed ? this.#state : { kind: 'next-start' };
  }

  /** Follows the setting. */
  set isOn(isOn: boolean) {
    if (isOn === this.#isOn) return;
    this.#isOn = isOn;
    this.#stop();
    if (this.#asks) {
      this.#timers = [
        setTimeout(() => this.#lookByItself(), firstLook).unref(),
        setInterval(() => this.#lookByItself(), watch).unref(),
      ];
    }
    this.#options.changed(this.state);
  }

  /** Whether the feed may be asked at all. */
  get #asks(): boolean {
    return this.#isOn && this.#options.isAllowed && this.#options.elsewhere === null;
  }

  /** Asks the feed because the reader wants to know. */
  async look(): Promise<UpdateState> {
    if (!this.#asks || this.#isUnderWay) return this.state;
    this.#become({ kind: 'checking' });
    return this.#look((error) => ({ kind: 'failed', message: inWords(error) }));
  }

  /** Fetches what is available. Answers at once; the state tells how far it is. */
  fetch(): UpdateState {
    if (!this.#asks || this.#state.kind !== 'available' || !this.#state.installs) return this.state;
    void this.#fetch(this.#state.version);
    return this.state;
  }

  /** Quits, to install what is ready and start again. */
  install(): void {
    if (!this.#asks || this.#ready === null) return;
    this.#restarts = true;
    this.#options.quit();
  }

  /** The reader has decided to stay. */
  stay(): void {
    this.#restarts = false;
  }

  /**
   * Installs what is ready, when the program has done everything else.
   * @returns whether something is being installed, which ends the process by itself
   */
  end(): boolean {
    if (!this.#asks || this.#ready === null) return false;
    try {
      this.#ready.install(this.#restarts);
      return true;
    } catch (error) {
      this.#options.failed(error);
      return false;
    }
  }

  get #isUnderWay(): boolean {
    return this.#looking !== null || this.#state.kind === 'fetching' || this.#state.kind === 'ready';
  }

  #become(state: UpdateState): void {
    this.#state = state;
    this.#options.changed(this.state);
  }

  #stop(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers = [];
    this.#fetching?.abort();
    this.#ready = null;
    this.#restarts = false;
    this.#state = { kind: 'current', checkedAt: this.#lookedAt };
  }

  /** What goes wrong then is nothing to trouble the reader with. */
  #lookByItself(): void {
    const since = this.#lookedAt === null ? Number.POSITIVE_INFINITY : this.#now() - this.#lookedAt;
    if (this.#isUnderWay || Math.abs(since) < betweenLooks) return;
    const before = this.#state;
    void this.#look(() => before);
  }

  #look(failing: (error: unknown) => UpdateState): Promise<UpdateState> {
    this.#looking = this.#askFeed(failing).finally(() => {
      this.#looking = null;
    });
    return this.#looking;
  }

  async #askFeed(failing: (error: unknown) => UpdateState): Promise<UpdateState> {
    let next: UpdateState;
    try {
      const engine = await this.#openEngine();
      const found = await engine.look();
      this.#lookedAt = this.#now();
      const { page } = this.#options;
      next = found
        ? { kind: 'available', version: found.version, installs: engine.installs, page }
        : { kind: 'current', checkedAt: this.#lookedAt };
    } catch (error) {
      this.#options.failed(error);
      next = failing(error);
    }
    // The setting may have been turned off meanwhile.
    if (this.#asks) this.#become(next);
    return this.state;
  }

  #openEngine(): Promise<UpdateEngine> {
    this.#engine ??= this.#options.engine().catch((error: unknown) => {
      this.#engine = null;
      throw error;
    });
    return this.#engine;
  }

  async #fetch(version: string): Promise<void> {
    const fetching = new AbortController();
    this.#fetching = fetching;
    this.#become({ kind: 'fetching', version, done: 0 });
    const isOver = () => fetching.signal.aborted;
    try {
      const engine = await this.#openEngine();
      await engine.fetch((done) => {
        if (!isOver()) this.#become({ kind: 'fetching', version, done: Math.min(1, Math.max(0, done)) });
      }, fetching.signal);
      if (isOver()) return;
      this.#ready = engine;
      this.#become({ kind: 'ready', version });
    } catch (error) {
      if (isOver()) return;
      this.#options.failed(error);
      this.#become({ kind: 'failed', message: inWords(error) });
    }
  }
}

/** What the reader is told. Only errors of ours are written for a reader. */
function inWords(error: unknown): string {
  if (error instanceof OffprintError) return error.message;
  if (error instanceof NoRelease) return 'What the release feed answered is no release of Offprint.';
  return 'The release feed could not be reached. Is this computer connected to the network?';
}
