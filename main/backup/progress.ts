/** Told how far something is, from 0 to 1. */
export type OnDone = (done: number) => void;

/** Milliseconds from one telling to the next. */
const tellingApart = 100;

/** Counts what is done of something, and tells it now and then. */
export class Progress {
  readonly #total: number;
  readonly #tell: OnDone;
  readonly #now: () => number;
  #done = 0;
  #toldAt = Number.NEGATIVE_INFINITY;

  /** @param total how much there is to do, in the same units as what is added */
  constructor(total: number, tell: OnDone, now: () => number = () => performance.now()) {
    this.#total = total;
    this.#tell = tell;
    this.#now = now;
  }

  add(amount: number): void {
    this.#done += amount;
    if (this.#now() - this.#toldAt < tellingApart) return;
    this.#toldAt = this.#now();
    this.#tell(this.#total === 0 ? 1 : Math.min(1, this.#done / this.#total));
  }

  /** Says that all is done. */
  end(): void {
    this.#tell(1);
  }
}
