import type { OpenRequest } from '../../shared/host-calls.ts';

/** Most requests that wait for a window; the oldest of more are forgotten. */
export const mostWaiting = 100;

/** What is to be opened and has been checked, until a window takes it: each request once. */
export class OpenQueue {
  readonly #tell: () => void;
  #waiting: OpenRequest[] = [];

  /** @param tell called whenever there is something to be taken */
  constructor(tell: () => void) {
    this.#tell = tell;
  }

  /** Puts requests behind those that wait. */
  put(requests: readonly OpenRequest[]): void {
    if (requests.length === 0) return;
    this.#waiting = [...this.#waiting, ...requests].slice(-mostWaiting);
    this.#tell();
  }

  /** All requests that no window has taken yet, the first one first. */
  take(): OpenRequest[] {
    return this.#waiting.splice(0);
  }
}
