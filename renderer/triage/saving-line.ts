import { failureOf } from '../../shared/outcome.ts';

/** One thing to be saved. */
export type Save = () => Promise<void>;

/**
 * Saves things one after another, in the order in which they were put in, so that the reader need
 * not wait for any. What fails stays at the head, with everything behind it, until it is tried
 * again: by {@link retry}, or with the next thing that is put in.
 */
export class SavingLine {
  readonly #onChange: () => void;
  readonly #line: Save[] = [];
  #working: Promise<void> | null = null;
  #failure: string | null = null;

  /** @param onChange told whenever a failure comes or goes */
  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** How many things are not known to be saved. */
  get waiting(): number {
    return this.#line.length;
  }

  /** Why saving has stopped, in plain words; null while it goes on. */
  get failure(): string | null {
    return this.#failure;
  }

  /** Saves one more thing, behind those that wait. */
  add(save: Save): void {
    this.#line.push(save);
    this.retry();
  }

  /** Takes a thing out again. Answers false when it is being saved at this moment, or has been. */
  takeOut(save: Save): boolean {
    const at = this.#line.indexOf(save);
    if (at < 0 || (at === 0 && this.#working !== null)) return false;
    this.#line.splice(at, 1);
    if (at > 0) return true;
    this.#setFailure(null);
    if (this.#line.length > 0) this.retry();
    return true;
  }

  /** Goes on saving where it stopped. */
  retry(): void {
    this.#working ??= this.#work().finally(() => {
      this.#working = null;
    });
  }

  /** Settled once everything is saved or saving has stopped. Never rejects. */
  async settled(): Promise<void> {
    await this.#working;
  }

  async #work(): Promise<void> {
    try {
      for (let save = this.#line[0]; save !== undefined; save = this.#line[0]) {
        await save();
        this.#line.shift();
        this.#setFailure(null);
      }
    } catch (error) {
      this.#setFailure(failureOf(error).message);
    }
  }

  #setFailure(failure: string | null): void {
    if (failure === this.#failure) return;
    this.#failure = failure;
    this.#onChange();
  }
}
