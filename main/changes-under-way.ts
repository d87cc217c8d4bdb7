import { OffprintError } from '../shared/outcome.ts';

/** Wraps what changes the library, so that it is waited for and announced; `rows` says that shown rows change. */
export type Change = <T>(make: () => Promise<T>, rows?: boolean) => Promise<T>;

/**
 * The changes that were asked for and are not answered yet. They go on beside one another; while the library is
 * packed up, and once it is closed, no others begin.
 */
export class ChangesUnderWay {
  readonly #made: (rows: boolean) => void;
  readonly #making = new Set<Promise<unknown>>();
  /** Why nothing can be changed for a while; null when everything can be. */
  #quiet: string | null = null;
  #isOver = false;

  /** @param made told of each change when it is made, and when it has been taken back because it could not be */
  constructor(made: (rows: boolean) => void) {
    this.#made = made;
  }

  /** See {@link Change}. Rejects as `make` does, or with `refused` where no change may begin. */
  async make<T>(make: () => Promise<T>, rows = true): Promise<T> {
    if (this.#isOver) throw new OffprintError('refused', 'The library is closed.');
    if (this.#quiet !== null) throw new OffprintError('refused', this.#quiet);
    const making = make();
    this.#making.add(making);
    try {
      return await making;
    } finally {
      this.#making.delete(making);
      this.#made(rows);
    }
  }

  /**
   * Has no more changes begin, saying why, and waits for those that have.
   * @returns what lets changes begin again
   */
  async quieten(reason: string): Promise<() => void> {
    this.#quiet = reason;
    await this.settled();
    return () => {
      this.#quiet = null;
    };
  }

  /** Has no more changes begin from now on. */
  end(): void {
    this.#isOver = true;
  }

  /** Resolves when all that have begun are made, or taken back. Never rejects. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#making);
  }
}
