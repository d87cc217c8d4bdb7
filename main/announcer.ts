import type { EventPayload, LibraryState } from '../shared/contract.ts';

/** What is announced when the library has changed. */
export type LibraryChange = EventPayload<'library.changed'>;

/** Tells listeners of changes, each time with the state as it is by then, one announcement after the other. */
export class Announcer {
  readonly #readState: () => Promise<LibraryState>;
  readonly #listeners = new Set<(change: LibraryChange) => void>();
  /** What has changed since the last announcement; null when nothing has. */
  #unannounced: { rows: boolean } | null = null;
  #announcing: Promise<void> | null = null;

  constructor(readState: () => Promise<LibraryState>) {
    this.#readState = readState;
  }

  /** Listens to changes; returns the function that stops listening. */
  listen(listener: (change: LibraryChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Tells the listeners soon. Changes made while a state is being read share the next announcement.
   * @param rows whether rows that are shown may be stale
   */
  changed(rows: boolean): void {
    this.#unannounced = { rows: rows || this.#unannounced?.rows === true };
    this.#announcing ??= this.#announce();
  }

  /** Resolves when everything that has changed so far is announced. Never rejects. */
  async settled(): Promise<void> {
    await this.#announcing;
  }

  /** Forgets the listeners. */
  close(): void {
    this.#listeners.clear();
  }

  async #announce(): Promise<void> {
    // So that the caller has noted this promise before it can end.
    await Promise.resolve();
    for (let change = this.#unannounced; change; change = this.#unannounced) {
      this.#unannounced = null;
      if (this.#listeners.size === 0) continue;
      // Should the corpus fail here, the next call of the window tells its reader so.
      const state = await this.#readState().catch(() => null);
      if (state) this.#tell({ state, rows: change.rows });
    }
    this.#announcing = null;
  }

  #tell(change: LibraryChange): void {
    for (const listener of this.#listeners) {
      try {
        listener(change);
      } catch {
        // A window that has just gone away, say. It must not keep the others from hearing.
      }
    }
  }
}
