import type { EventPayload, LibraryState } from '../shared/contract.ts';

/** The events of the contract that come from the library itself, whichever the host. */
export const libraryEvents = [
  'library.changed',
  'import.progress',
  'backup.progress',
  'export.progress',
  'rebuild.progress',
] as const;

/** One of {@link libraryEvents}. */
export type LibraryEvent = (typeof libraryEvents)[number];

/** Listens to an event of the library; returns the function that stops listening. */
export type OnLibraryEvent = <E extends LibraryEvent>(
  event: E,
  listener: (payload: EventPayload<E>) => void,
) => () => void;

type Listener = (payload: EventPayload<LibraryEvent>) => void;

/**
 * Tells listeners what happens. Changes are told each time with the state as it is by then, one
 * announcement after the other.
 */
export class Announcer {
  readonly #readState: () => Promise<LibraryState>;
  readonly #listeners = new Map<LibraryEvent, Set<Listener>>(libraryEvents.map((event) => [event, new Set()]));
  /** What has changed since the last announcement; null when nothing has. */
  #unannounced: { rows: boolean } | null = null;
  #announcing: Promise<void> | null = null;

  constructor(readState: () => Promise<LibraryState>) {
    this.#readState = readState;
  }

  /** See {@link OnLibraryEvent}. */
  readonly on: OnLibraryEvent = (event, listener) => {
    // A wrapper of its own, so that the same function may listen twice and stop once.
    const own: Listener = (payload) => listener(payload as EventPayload<typeof event>);
    this.#listeners.get(event)?.add(own);
    return () => this.#listeners.get(event)?.delete(own);
  };

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

  /** Tells the listeners of an event at once. */
  tell<E extends LibraryEvent>(event: E, payload: EventPayload<E>): void {
    for (const listener of this.#listeners.get(event) ?? []) {
      try {
        listener(payload);
      } catch {
        // A window that has just gone away, say. It must not keep the others from hearing.
      }
    }
  }

  /** Forgets the listeners. */
  close(): void {
    for (const listeners of this.#listeners.values()) listeners.clear();
  }

  async #announce(): Promise<void> {
    // So that the caller has noted this promise before it can end.
    await Promise.resolve();
    for (let change = this.#unannounced; change; change = this.#unannounced) {
      this.#unannounced = null;
      if (this.#listeners.get('library.changed')?.size === 0) continue;
      // Should the corpus fail here, the next call of the window tells its reader so.
      const state = await this.#readState().catch(() => null);
      if (state) this.tell('library.changed', { state, rows: change.rows });
    }
    this.#announcing = null;
  }
}
