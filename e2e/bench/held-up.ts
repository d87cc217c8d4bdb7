import { monitorEventLoopDelay } from 'node:perf_hooks';

/** How long the main thread did nothing else. */
export interface HeldUp {
  /** The longest time, in milliseconds. */
  longest: number;
  p99: number;
}

/**
 * Watches the event loop at a resolution of 1 ms while something is done.
 * @returns what came of it, and how late a timer of 1 ms was at most
 */
export async function watchHeldUp<T>(work: () => Promise<T>): Promise<{ value: T; heldUp: HeldUp }> {
  const delays = monitorEventLoopDelay({ resolution: 1 });
  delays.enable();
  try {
    const value = await work();
    return { value, heldUp: { longest: delays.max / 1e6, p99: delays.percentile(99) / 1e6 } };
  } finally {
    delays.disable();
  }
}
