/**
 * Keeps what the reader does in the order in which it was asked for. A change may have to look up
 * its papers first, and so may Undo: without an order Undo could overtake the change that it is
 * meant for and take back the one before it.
 */
export class ReaderOrder {
  readonly #making = new Set<Promise<unknown>>();
  /** Resolves when changes need not wait any more for what Undo or Redo are doing. Never rejects. */
  #turning: Promise<unknown> = Promise.resolve();

  /** Makes a change once every Undo and Redo asked for before it is done. Changes do not wait for one another. */
  make<T>(work: () => Promise<T>): Promise<T> {
    const made = this.#turning.then(work);
    const settled = made.then(
      () => {},
      () => {},
    );
    this.#making.add(settled);
    void settled.then(() => this.#making.delete(settled));
    return made;
  }

  /**
   * Undoes or redoes once everything asked for before it is done.
   * @param work may call `release` to let the changes asked for after it begin before it has ended
   */
  turn<T>(work: (release: () => void) => Promise<T>): Promise<T> {
    const before = Promise.all([...this.#making, this.#turning]);
    const released = Promise.withResolvers<void>();
    this.#turning = released.promise;
    return before.then(() => work(released.resolve)).finally(released.resolve);
  }
}
