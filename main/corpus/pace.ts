import { OffprintError } from '../../shared/outcome.ts';

/** Longest stretch of work without a look at what else has come in, in milliseconds. */
const longestStretch = 20;
/** How often progress is told, in milliseconds. */
const betweenTellings = 100;

/** Keeps long work on a thread interruptible: now and then it rests, and ends when it has been told to. */
export class Pace {
  readonly #signal: AbortSignal | null;
  readonly #tell: (() => void) | null;
  #rested = performance.now();
  #told = 0;

  /**
   * @param signal ends the work with its reason
   * @param tell called now and then while the work goes on
   */
  constructor(signal: AbortSignal | null = null, tell: (() => void) | null = null) {
    this.#signal = signal;
    this.#tell = tell;
  }

  /** True when {@link rest} should be awaited. Costs next to nothing. */
  get isTired(): boolean {
    return performance.now() - this.#rested > longestStretch;
  }

  /** Tells of the progress, unless it has just been told. */
  tell(): void {
    const now = performance.now();
    if (now - this.#told <= betweenTellings) return;
    this.#told = now;
    this.#tell?.();
  }

  /** Lets whatever waits come in. @throws the signal's reason, once it has been aborted */
  async rest(): Promise<void> {
    this.tell();
    await new Promise((resolve) => setImmediate(resolve));
    this.#signal?.throwIfAborted();
    this.#rested = performance.now();
  }

  /** Does work that pauses by itself; `onStep` is given what it yields. Answers with what it returns. */
  async run<Step, Result>(work: Iterator<Step, Result>, onStep: (step: Step) => void = () => {}): Promise<Result> {
    this.#signal?.throwIfAborted();
    for (;;) {
      const { done, value } = work.next();
      if (done) return value;
      onStep(value);
      if (this.isTired) await this.rest();
    }
  }
}

/** Does work that pauses by itself at one go, and answers with what it returns. */
export function runAtOnce<Result>(work: Iterator<unknown, Result>): Result {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

/** What is thrown by work that was told to end. */
export function cancelled(): OffprintError {
  return new OffprintError('refused', 'The import was cancelled. Nothing was imported.');
}
