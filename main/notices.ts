/** What the reader should know of this session, in whole sentences, until it has been read. In memory only. */
export class Notices {
  readonly #told = new Set<string>();
  readonly #read = new Set<string>();

  /** @param told what is known from the beginning */
  constructor(told: readonly string[]) {
    for (const notice of told) this.#told.add(notice);
  }

  /** Takes one more. One that has been read is shown anew: it has happened again. */
  tell(notice: string): void {
    this.#read.delete(notice);
    this.#told.delete(notice);
    this.#told.add(notice);
  }

  /** Does something that the library can be opened without; tells of it, complaint and reason, when it cannot be done. */
  async trying(complaint: string, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.tell(`${complaint} ${reason}`);
    }
  }

  /**
   * All that has not been read, each once.
   * @param before what others have to say first
   * @param after what others have to say last
   */
  unread(before: readonly string[], after: readonly string[]): string[] {
    return [...new Set([...before, ...this.#told, ...after])].filter((notice) => !this.#read.has(notice));
  }

  /** Takes these away: they have been read. */
  dismiss(notices: readonly string[]): void {
    for (const notice of notices) this.#read.add(notice);
  }
}
