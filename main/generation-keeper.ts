import type { GenerationReason } from '../shared/generations.ts';
import { failureOf } from '../shared/outcome.ts';
import type { Generations } from './store/generation-files.ts';
import type { Store } from './store/store.ts';

type KeptStore = Pick<Store, 'keep' | 'onUnkept' | 'readOnly'>;

const minute = 60_000;
/** How often a session keeps its state, if something has changed. */
const betweenGenerations = 60 * minute;
/** When it is tried again after it could not be done. */
const untilNextTry = 5 * minute;
/** A session does not begin by keeping its state where one younger than this is kept. */
const youngAtStart = 5 * minute;

/** Takes a generation at the start of a session, every hour of it, and before what changes much. */
export class GenerationKeeper {
  readonly #store: KeptStore;
  readonly #generations: Pick<Generations, 'list'>;
  readonly #onTrouble: (sentence: string) => void;
  #timer: NodeJS.Timeout | null = null;
  #taking: Promise<unknown> = Promise.resolve();
  #isTroubled = false;
  #closed = false;

  /** @param onTrouble told in a whole sentence that none could be taken */
  constructor(store: KeptStore, generations: Pick<Generations, 'list'>, onTrouble: (sentence: string) => void) {
    this.#store = store;
    this.#generations = generations;
    this.#onTrouble = onTrouble;
    store.onUnkept((error) => this.#tell(error));
  }

  /** Begins the session. Nobody need wait for what this does. */
  start(): void {
    if (this.#store.readOnly !== null) return;
    const begin = async () => {
      if (!(await this.#isAnyYoung())) await this.#keep('start');
    };
    this.#taking = begin().finally(() => this.#wait());
  }

  /** Takes one before something that is done all the same when it cannot be taken. Never rejects. */
  async before(reason: GenerationReason): Promise<void> {
    await this.#keep(reason);
  }

  /** Takes none any more, and waits for the one being taken. */
  async close(): Promise<void> {
    this.#closed = true;
    if (this.#timer) clearTimeout(this.#timer);
    await this.#taking;
  }

  #wait(): void {
    if (this.#closed) return;
    const pause = this.#isTroubled ? untilNextTry : betweenGenerations;
    this.#timer = setTimeout(() => {
      this.#taking = this.#keep('hour').finally(() => this.#wait());
    }, pause).unref();
  }

  async #keep(reason: GenerationReason): Promise<void> {
    try {
      await this.#store.keep(reason);
      this.#isTroubled = false;
    } catch (error) {
      this.#tell(error);
    }
  }

  /** Says that one could not be taken, once until one could be. */
  #tell(error: unknown): void {
    if (this.#isTroubled || this.#closed) return;
    this.#isTroubled = true;
    const { message } = failureOf(error);
    this.#onTrouble(`The state of your library could not be kept for later. That will be tried again. ${message}`);
  }

  async #isAnyYoung(): Promise<boolean> {
    const now = Date.now();
    const { generations } = await this.#generations.list().catch(() => ({ generations: [] }));
    return generations.some(({ takenAt }) => takenAt <= now && now - takenAt < youngAtStart);
  }
}
