/** Makes `\r\n` and lone `\r` of a text that comes in pieces `\n`. */
export class LineEnds {
  #heldReturn = false;

  /** The piece with its line ends; a `\r` at its end is held back, as `\n` may follow. */
  write(piece: string): string {
    if (piece === '') return '';
    const text = this.#heldReturn ? `\r${piece}` : piece;
    this.#heldReturn = text.endsWith('\r');
    if (!text.includes('\r')) return text;
    return (this.#heldReturn ? text.slice(0, -1) : text).replaceAll(/\r\n?/g, '\n');
  }

  /** What was held back, when no more comes. */
  end(): string {
    const rest = this.#heldReturn ? '\n' : '';
    this.#heldReturn = false;
    return rest;
  }
}
