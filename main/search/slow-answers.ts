/** Answers that are worked out in small steps, so that nothing else need wait for them. */
export class SlowAnswers {
  readonly #waiting: { step(): boolean; refuse(error: unknown): void }[] = [];

  /**
   * Works something out while nothing else is to be done. Of several, the one asked for last comes first: it is
   * what somebody looks at now.
   * @param work pauses by itself every few milliseconds
   */
  add<Answer>(work: Iterator<unknown, Answer>): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const step = () => {
        const { done, value } = work.next();
        if (done) resolve(value);
        return done === true;
      };
      this.#waiting.push({ step, refuse: reject });
    });
  }

  /** Does one step. Returns whether more is left. */
  goOn(): boolean {
    const last = this.#waiting.at(-1);
    if (!last) return false;
    try {
      if (last.step()) this.#waiting.splice(this.#waiting.indexOf(last), 1);
    } catch (error) {
      this.#waiting.splice(this.#waiting.indexOf(last), 1);
      last.refuse(error);
    }
    return this.#waiting.length > 0;
  }

  /** Refuses whatever waits. */
  close(error: Error): void {
    for (const { refuse } of this.#waiting.splice(0)) refuse(error);
  }
}
