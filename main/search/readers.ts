import type { DatabaseSync } from 'node:sqlite';

/**
 * Connections that only read. A result set that is still being read holds one, with its read
 * transaction: SQLite's write-ahead log then shows it the library as it was when the set was
 * opened, while marks and imports go on. That is what keeps rows from jumping.
 */
export class Readers {
  readonly #open: () => DatabaseSync;
  readonly #idle: DatabaseSync[] = [];

  /** @param open opens another read-only connection to the same databases */
  constructor(open: () => DatabaseSync) {
    this.#open = open;
  }

  take(): DatabaseSync {
    return this.#idle.pop() ?? this.#open();
  }

  giveBack(reader: DatabaseSync): void {
    this.#idle.push(reader);
  }

  close(): void {
    for (const reader of this.#idle.splice(0)) reader.close();
  }
}
