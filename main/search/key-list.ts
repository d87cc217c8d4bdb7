/** Keys of papers in some order, of which there come more. */
export class KeyList {
  /** As numbers that are not cut off at 32 bits: keys go up to 2^45. */
  #keys = new Float64Array(256);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** All of them so far. */
  get keys(): Float64Array {
    return this.#keys.subarray(0, this.#length);
  }

  /** Puts more at the end. */
  add(some: readonly number[]): void {
    const length = this.#length + some.length;
    if (length > this.#keys.length) {
      const larger = new Float64Array(Math.max(this.#keys.length * 2, length));
      larger.set(this.keys);
      this.#keys = larger;
    }
    this.#keys.set(some, this.#length);
    this.#length = length;
  }
}
