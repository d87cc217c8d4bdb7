import { gzipSync } from 'node:zlib';
import { repeated, tokens } from './mutation-tokens.ts';

/** Numbers that look random and are the same for the same seed: mulberry32, by Tommy Ettinger (public domain). */
export class SeededNumbers {
  #state: number;

  constructor(seed: number) {
    this.#state = seed | 0;
  }

  /** From 0 to below 1. */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  }

  /** A whole number from 0 to below `end`. */
  below(end: number): number {
    return Math.floor(this.next() * end);
  }

  pick<T>(items: readonly T[]): T {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new RangeError('nothing to pick from');
    return item;
  }
}

type Mutation = (bytes: Buffer, numbers: SeededNumbers, others: readonly Buffer[]) => Buffer;

function insert(bytes: Buffer, at: number, inserted: Uint8Array): Buffer {
  return Buffer.concat([bytes.subarray(0, at), inserted, bytes.subarray(at)]);
}

/** A range of bytes; mostly short, sometimes most of all. */
function range(length: number, numbers: SeededNumbers): [number, number] {
  const from = numbers.below(length + 1);
  const longest = numbers.next() < 0.7 ? 40 : length;
  return [from, Math.min(length, from + numbers.below(longest + 1))];
}

const mutations: readonly Mutation[] = [
  function flipBits(bytes, numbers) {
    const flipped = Buffer.from(bytes);
    for (let count = 1 + numbers.below(8); count > 0; count -= 1) {
      const at = numbers.below(flipped.length);
      flipped[at] = (flipped[at] ?? 0) ^ (1 << numbers.below(8));
    }
    return flipped;
  },
  function replaceCharacters(bytes, numbers) {
    const replaced = Buffer.from(bytes);
    for (let count = 1 + numbers.below(8); count > 0; count -= 1) {
      replaced[numbers.below(replaced.length)] = 32 + numbers.below(95);
    }
    return replaced;
  },
  function remove(bytes, numbers) {
    const [from, to] = range(bytes.length, numbers);
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
  },
  function insertToken(bytes, numbers) {
    return insert(bytes, numbers.below(bytes.length + 1), Buffer.from(numbers.pick(tokens)));
  },
  function insertMany(bytes, numbers) {
    const text = numbers.pick(repeated).repeat(numbers.pick([3, 50, 3000, 20_000]));
    return insert(bytes, numbers.below(bytes.length + 1), Buffer.from(text));
  },
  function repeat(bytes, numbers) {
    const [from, to] = range(bytes.length, numbers);
    const block = bytes.subarray(from, to);
    const times = Math.min(numbers.pick([1, 2, 20]), Math.ceil(100_000 / Math.max(1, block.length)));
    return insert(
      bytes,
      numbers.below(2) === 0 ? to : numbers.below(bytes.length + 1),
      Buffer.concat(Array(times).fill(block)),
    );
  },
  function truncate(bytes, numbers) {
    return numbers.below(2) === 0
      ? bytes.subarray(0, numbers.below(bytes.length + 1))
      : bytes.subarray(numbers.below(bytes.length + 1));
  },
  function splice(bytes, numbers, others) {
    const other = numbers.pick(others);
    return Buffer.concat([
      bytes.subarray(0, numbers.below(bytes.length + 1)),
      other.subarray(numbers.below(other.length + 1)),
    ]);
  },
  function enclose(bytes, numbers, others) {
    const other = numbers.pick(others);
    const [from, to] = range(other.length, numbers);
    return insert(bytes, numbers.below(bytes.length + 1), other.subarray(from, to));
  },
  function swapLines(bytes, numbers) {
    const lines = bytes.toString('latin1').split('\n');
    for (let count = 1 + numbers.below(4); count > 0; count -= 1) {
      const [left, right] = [numbers.below(lines.length), numbers.below(lines.length)];
      [lines[left], lines[right]] = [lines[right] ?? '', lines[left] ?? ''];
    }
    return Buffer.from(lines.join('\n'), 'latin1');
  },
  function replaceValue(bytes, numbers) {
    // What stands between quotation marks or braces becomes something of another kind.
    const text = bytes.toString('latin1');
    const values = [...text.matchAll(/"[^"\n]{0,80}"|\{[^{}\n]{0,80}\}|\b\d+\b/g)];
    const value = values[numbers.below(values.length)];
    if (!value) return bytes;
    const token = Buffer.from(numbers.pick(tokens)).toString('latin1');
    return Buffer.from(text.slice(0, value.index) + token + text.slice(value.index + value[0].length), 'latin1');
  },
  function recode(bytes, numbers) {
    const text = bytes.toString('utf8');
    const wide = Buffer.from(text, 'utf16le');
    return numbers.pick([
      () => Buffer.from(text, 'latin1'),
      () => wide,
      () => Buffer.from(wide).swap16(),
      () => Buffer.from(`\uFEFF${text}`, 'utf16le'),
      () => Buffer.from(`\uFEFF${text}`),
      () => Buffer.from(text.replaceAll(/\r?\n/g, numbers.pick(['\r', '\r\n', '\n\n', ' ', '\u2028', '']))),
      () => gzipSync(bytes, { level: 1 }),
    ])();
  },
];

/**
 * Makes a damaged file out of good ones.
 * @param original one of them
 * @param others files whose parts may get into it; itself among them
 * @returns the same bytes for the same seed
 */
export function mutated(original: Buffer, others: readonly Buffer[], seed: number): Buffer {
  const numbers = new SeededNumbers(seed);
  let bytes = original;
  for (let count = numbers.pick([1, 1, 1, 2, 3, 5]); count > 0 && bytes.length > 0; count -= 1) {
    bytes = numbers.pick(mutations)(bytes, numbers, others);
  }
  return bytes;
}

/** How many places of a file {@link stretched} tries. */
const stretchedPlaces = 6;

/** How many different files {@link stretched} makes of one. */
export const stretchedCases = repeated.length * stretchedPlaces;

/**
 * Puts something short a great many times into a good file, so that what takes the square of the
 * time takes too long.
 * @param index which of the {@link stretchedCases}
 * @param length of what is put in, in bytes
 */
export function stretched(original: Buffer, index: number, length: number): Buffer {
  const token = Buffer.from(repeated[index % repeated.length] ?? '');
  const place = Math.floor(index / repeated.length) % stretchedPlaces;
  const numbers = new SeededNumbers(index);
  // The beginning, the end, and four places in between.
  const at = place === 0 ? 0 : place === 1 ? original.length : numbers.below(original.length);
  return insert(original, at, Buffer.alloc(Math.floor(length / token.length) * token.length, token));
}
