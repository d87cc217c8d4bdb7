import { isAscii, isUtf8 } from 'node:buffer';

/** How the bytes of a text stand for characters. `mixed` is UTF-8 in which other bytes stand for Windows-1252. */
export type Encoding = 'utf-8' | 'mixed' | 'windows-1252' | 'utf-16le' | 'utf-16be';

/** Decodes a text that comes in pieces. */
export interface Decoder {
  /** The characters that are complete so far; never half of a surrogate pair. */
  write(bytes: Uint8Array): string;
  /** What is left when no more bytes come. */
  end(): string;
}

/** The encoding that a byte-order mark names, and the mark's length in bytes. */
export function markedEncoding(beginning: Uint8Array): { encoding: Encoding; length: number } | null {
  const [first, second, third] = beginning;
  if (first === 0xef && second === 0xbb && third === 0xbf) return { encoding: 'utf-8', length: 3 };
  if (first === 0xff && second === 0xfe) return { encoding: 'utf-16le', length: 2 };
  if (first === 0xfe && second === 0xff) return { encoding: 'utf-16be', length: 2 };
  return null;
}

/**
 * Tells UTF-16 without a byte-order mark by its zero bytes: the upper halves of ASCII characters,
 * all at even or all at odd places. Whatever the language, a file of papers has many of them.
 */
export function unmarkedUtf16(beginning: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const length = Math.min(beginning.length, 16_384) & ~1;
  let even = 0;
  let odd = 0;
  for (let index = 0; index < length; index += 2) {
    if (beginning[index] === 0) even += 1;
    if (beginning[index + 1] === 0) odd += 1;
  }
  // A few characters, a Chinese "one" and a wide space among them, have a zero in their lower half.
  const least = Math.max(2, length * 0.05);
  if (odd >= least && even * 4 <= odd) return 'utf-16le';
  if (even >= least && odd * 4 <= even) return 'utf-16be';
  return null;
}

/** Length of the character in UTF-8 that begins at `index`, from 2 to 4; 0 when none does, -1 when it is cut off. */
function sequenceAt(bytes: Uint8Array, index: number): number {
  const first = bytes[index] ?? 0;
  const length =
    first >= 0xc2 && first <= 0xdf ? 2 : (first & 0xf0) === 0xe0 ? 3 : first >= 0xf0 && first <= 0xf4 ? 4 : 0;
  if (length === 0) return 0;
  for (let offset = 1; offset < length; offset += 1) {
    const next = bytes[index + offset];
    if (next === undefined) return -1;
    let from = 0x80;
    let to = 0xbf;
    if (offset === 1) {
      // Neither overlong forms nor surrogates nor what lies beyond Unicode: the table of RFC 3629, section 4.
      if (first === 0xe0) from = 0xa0;
      if (first === 0xed) to = 0x9f;
      if (first === 0xf0) from = 0x90;
      if (first === 0xf4) to = 0x8f;
    }
    if (next < from || next > to) return 0;
  }
  return length;
}

/** How many bytes at the end begin a character in UTF-8 that is cut off: 0 to 3. */
function cutOff(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return sequenceAt(bytes, bytes.length - back) === -1 ? back : 0;
  }
  return 0;
}

/** Bytes with what was left over from the piece before. */
function joined(rest: Uint8Array, bytes: Uint8Array): Uint8Array {
  return rest.length === 0 ? bytes : Buffer.concat([rest, bytes]);
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/**
 * Finds out how a text is encoded whose bytes come in pieces: told by its byte-order mark, else by
 * the zero bytes of UTF-16. What has neither is UTF-8 if all of it can be; if not, it is
 * Windows-1252, in which any byte is a character, unless most of its letters beyond ASCII are good
 * UTF-8: then it is UTF-8 that was damaged, or joined from files of both kinds.
 */
export class EncodingDetector {
  readonly #fixed: Encoding | null;
  #rest: Uint8Array = new Uint8Array(0);
  #good = 0;
  #bad = 0;

  /** @param beginning at least the first few kilobytes, or all there are; they must be written as well */
  constructor(beginning: Uint8Array) {
    this.#fixed = markedEncoding(beginning)?.encoding ?? unmarkedUtf16(beginning);
    // A mark says what was meant; it does not undo what happened to the rest.
    if (this.#fixed === 'utf-8') this.#fixed = null;
  }

  /** True when each character is one byte or a sequence of them, so that no byte is zero. */
  get isEightBit(): boolean {
    return this.#fixed === null;
  }

  write(bytes: Uint8Array): void {
    if (this.#fixed !== null) return;
    const all = joined(this.#rest, bytes);
    const cut = cutOff(all);
    this.#rest = all.slice(all.length - cut);
    this.#count(all.subarray(0, all.length - cut));
  }

  #count(bytes: Uint8Array): void {
    if (isAscii(bytes)) return;
    if (isUtf8(bytes)) {
      let good = 0;
      for (let index = 0; index < bytes.length; index += 1) if ((bytes[index] ?? 0) >= 0xc0) good += 1;
      this.#good += good;
      return;
    }
    for (let index = 0; index < bytes.length; ) {
      const length = (bytes[index] ?? 0) < 0x80 ? 1 : sequenceAt(bytes, index);
      if (length > 1) this.#good += 1;
      else if (length < 1) this.#bad += 1;
      index += Math.max(1, length);
    }
  }

  /**
   * The encoding, judged by all that was written.
   * @param whole false when more bytes are to come
   */
  encoding(whole: boolean): Encoding {
    if (this.#fixed !== null) return this.#fixed;
    const bad = this.#bad + (whole ? this.#rest.length : 0);
    if (bad === 0) return 'utf-8';
    return this.#good > bad ? 'mixed' : 'windows-1252';
  }
}

const windows1252 = new TextDecoder('windows-1252');

function decodeMixed(bytes: Uint8Array): string {
  const buffer = asBuffer(bytes);
  if (isUtf8(buffer)) return buffer.toString('utf8');
  let text = '';
  let from = 0;
  for (let index = 0; index < buffer.length; ) {
    const length = (buffer[index] ?? 0) < 0x80 ? 1 : sequenceAt(buffer, index);
    if (length >= 1) {
      index += length;
      continue;
    }
    text += buffer.toString('utf8', from, index) + windows1252.decode(buffer.subarray(index, index + 1));
    index += 1;
    from = index;
  }
  return text + buffer.toString('utf8', from);
}

class Utf8Decoder implements Decoder {
  #rest: Uint8Array = new Uint8Array(0);

  write(bytes: Uint8Array): string {
    const all = joined(this.#rest, bytes);
    const cut = cutOff(all);
    this.#rest = all.slice(all.length - cut);
    return decodeMixed(all.subarray(0, all.length - cut));
  }

  end(): string {
    const rest = this.#rest;
    this.#rest = new Uint8Array(0);
    return decodeMixed(rest);
  }
}

class PlatformDecoder implements Decoder {
  readonly #decoder: InstanceType<typeof TextDecoder>;

  constructor(encoding: Encoding) {
    this.#decoder = new TextDecoder(encoding, { ignoreBOM: true });
  }

  write(bytes: Uint8Array): string {
    return this.#decoder.decode(bytes, { stream: true });
  }

  end(): string {
    return this.#decoder.decode();
  }
}

/** Longest byte-order mark, in bytes. */
const longestMark = 3;

/** Leaves a byte-order mark at the beginning out, even one that the other bytes belie. */
class WithoutMark implements Decoder {
  readonly #decoder: Decoder;
  #held: Uint8Array | null = new Uint8Array(0);

  constructor(decoder: Decoder) {
    this.#decoder = decoder;
  }

  write(bytes: Uint8Array): string {
    if (this.#held === null) return this.#decoder.write(bytes);
    const all = joined(this.#held, bytes);
    if (all.length < longestMark) {
      this.#held = all.slice();
      return '';
    }
    return this.#begin(all);
  }

  end(): string {
    const begun = this.#held === null ? '' : this.#begin(this.#held);
    return begun + this.#decoder.end();
  }

  #begin(all: Uint8Array): string {
    this.#held = null;
    return this.#decoder.write(all.subarray(markedEncoding(all)?.length ?? 0));
  }
}

/** A decoder that leaves a byte-order mark at the beginning out. */
export function decoderOf(encoding: Encoding): Decoder {
  const isUtf8Like = encoding === 'utf-8' || encoding === 'mixed';
  return new WithoutMark(isUtf8Like ? new Utf8Decoder() : new PlatformDecoder(encoding));
}
