import * as z from 'zod';
import type { Client } from '../../shared/client.ts';
import type { Draft } from '../../shared/host-calls.ts';
import type { Remembered } from '../../shared/window-calls.ts';

const key = 'offprint-window';

/**
 * Where a reloaded page finds what it showed. The library holds that, in memory; the browser, which writes what it
 * is given into its own files, holds only a random name for this window.
 */
export class TabMemory {
  readonly #storage: () => Pick<Storage, 'getItem' | 'setItem'>;
  readonly #client: Client;

  /** @param storage gives the place for the name; may throw, as `sessionStorage` does where it is blocked */
  constructor(storage: () => Pick<Storage, 'getItem' | 'setItem'>, client: Client) {
    this.#storage = storage;
    this.#client = client;
  }

  /** What was kept last, or null. What cannot be read counts as nothing. */
  async read(): Promise<Remembered | null> {
    const window = this.#name();
    if (window === null) return null;
    return await this.#client.call('window.remembered', { window }).then(
      ({ shown }) => shown,
      () => null,
    );
  }

  /** Keeps what is shown, as far as that can be. */
  keep(shown: Remembered): void {
    const window = this.window();
    // A page that nobody remembers starts at the first paper, as it always did.
    if (window !== null) this.#client.call('window.remember', { window, shown }).catch(() => {});
  }

  /** The name of this window, under which its page finds what it left; null where the browser keeps none. */
  window(): string | null {
    try {
      const window = this.#name() ?? crypto.randomUUID();
      this.#storage().setItem(key, window);
      return window;
    } catch {
      return null;
    }
  }

  /** What the page before this one had not saved; none where there was no page. */
  async drafts(): Promise<readonly Draft[]> {
    const window = this.#name();
    if (window === null) return [];
    return await this.#client.call('drafts.kept', { window }).then(
      ({ drafts }) => drafts,
      () => [],
    );
  }

  #name(): string | null {
    try {
      return z.uuid().safeParse(this.#storage().getItem(key)).data ?? null;
    } catch {
      return null;
    }
  }
}
