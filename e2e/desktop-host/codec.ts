/** Writes values down as text, and reads them back. See {@link makeCodec}. */
export interface Codec {
  /**
   * A value as text. What structured clone refuses is refused here, by the same `DataCloneError`; what it
   * changes (prototypes, getters) is changed here.
   */
  encode(value: unknown): string;
  /** The value that a text of {@link Codec.encode} stands for. */
  decode(text: string): unknown;
}

/**
 * Structured clone over a wire of text, as the debugger's protocol is one. Every value of plain data comes
 * through as `structuredClone` would give it, typed arrays, dates, maps, cycles and all; holes in arrays become
 * `undefined`. What belongs to a page (a Blob, an image) is refused by name.
 *
 * One function with everything in it: its own source is sent into pages.
 */
export function makeCodec(): Codec {
  const typedArrays = [
    Int8Array,
    Uint8Array,
    Uint8ClampedArray,
    Int16Array,
    Uint16Array,
    Int32Array,
    Uint32Array,
    Float32Array,
    Float64Array,
    BigInt64Array,
    BigUint64Array,
  ];
  // By their own brand: a value made in another realm is no instance of ours.
  const kindOf = (value: object) => Object.prototype.toString.call(value).slice(8, -1);

  function toBase64(bytes: Uint8Array): string {
    let text = '';
    for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
    return btoa(text);
  }

  function fromBase64(text: string): ArrayBuffer {
    return Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0)).buffer;
  }

  function encode(value: unknown): string {
    const seen = new Map<object, number>();
    const put = (part: unknown): unknown => {
      if (part === undefined) return { $: 'undefined' };
      if (typeof part === 'bigint') return { $: 'bigint', v: String(part) };
      if (typeof part === 'number' && (!Number.isFinite(part) || Object.is(part, -0)))
        return { $: 'number', v: Object.is(part, -0) ? '-0' : String(part) };
      if (typeof part !== 'object' || part === null) return part;
      const before = seen.get(part);
      if (before !== undefined) return { $: 'again', v: before };
      seen.set(part, seen.size);
      return putObject(part);
    };
    const putObject = (part: object): unknown => {
      if (Array.isArray(part)) return Array.from(part, put);
      const kind = kindOf(part);
      if (part instanceof Error || kind === 'Error') {
        const { name, message, stack, cause } = part as Error;
        return { $: 'Error', name, message, stack: put(stack), ...('cause' in part && { cause: put(cause) }) };
      }
      if (ArrayBuffer.isView(part)) {
        const bytes = new Uint8Array(part.buffer, part.byteOffset, part.byteLength);
        return { $: kind, v: toBase64(bytes) };
      }
      switch (kind) {
        case 'Object':
          return putPlain(part as Record<string, unknown>);
        case 'Date':
          return { $: kind, v: put((part as Date).getTime()) };
        case 'RegExp':
          return { $: kind, v: (part as RegExp).source, flags: (part as RegExp).flags };
        case 'Map':
          return { $: kind, v: Array.from(part as Map<unknown, unknown>, ([key, item]) => [put(key), put(item)]) };
        case 'Set':
          return { $: kind, v: Array.from(part as Set<unknown>, put) };
        case 'ArrayBuffer':
          return { $: kind, v: toBase64(new Uint8Array(part as ArrayBuffer)) };
        case 'Boolean':
        case 'Number':
        case 'String':
        case 'BigInt':
          return { $: 'boxed', v: put(part.valueOf()) };
        default:
          throw new TypeError(`The stand-in for Electron does not carry a ${kind}.`);
      }
    };
    const putPlain = (part: Record<string, unknown>): unknown => {
      const keys = Object.keys(part);
      if (keys.includes('$') || keys.includes('__proto__'))
        return { $: 'object', v: keys.map((key) => [key, put(part[key])]) };
      const out: Record<string, unknown> = {};
      for (const key of keys) out[key] = put(part[key]);
      return out;
    };
    return JSON.stringify(put(structuredClone(value)));
  }

  interface Tagged {
    $: string;
    v: unknown;
    [more: string]: unknown;
  }

  function decode(text: string): unknown {
    const made: unknown[] = [];
    const take = (part: unknown): unknown => {
      if (typeof part !== 'object' || part === null) return part;
      if (Array.isArray(part)) {
        const out: unknown[] = [];
        made.push(out);
        for (const item of part) out.push(take(item));
        return out;
      }
      if ('$' in part) return takeTagged(part as Tagged);
      return fill({}, Object.entries(part));
    };
    const fill = (out: object, entries: [string, unknown][]) => {
      made.push(out);
      for (const [key, item] of entries)
        Object.defineProperty(out, key, { value: take(item), writable: true, enumerable: true, configurable: true });
      return out;
    };
    const takeTagged = (part: Tagged): unknown => {
      const { $: kind, v } = part;
      if (kind === 'undefined') return undefined;
      if (kind === 'bigint') return BigInt(v as string);
      if (kind === 'number') return Number(v);
      if (kind === 'again') return made[v as number];
      if (kind === 'object') return fill({}, v as [string, unknown][]);
      if (kind === 'Map') {
        const map = new Map();
        made.push(map);
        for (const [key, item] of v as [unknown, unknown][]) map.set(take(key), take(item));
        return map;
      }
      if (kind === 'Set') {
        const set = new Set();
        made.push(set);
        for (const item of v as unknown[]) set.add(take(item));
        return set;
      }
      if (kind === 'Error') return takeError(part);
      const out = takeWhole(kind, part);
      made.push(out);
      return out;
    };
    const takeError = ({ name, message, stack, cause, ...rest }: Tagged): Error => {
      const known = [EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError];
      const error = new (known.find((one) => one.name === name) ?? Error)(String(message));
      made.push(error);
      const define = (key: string, value: unknown) =>
        Object.defineProperty(error, key, { value, writable: true, enumerable: false, configurable: true });
      define('stack', take(stack));
      if (cause !== undefined || 'cause' in rest) define('cause', take(cause));
      return error;
    };
    const takeWhole = (kind: string, { v, ...more }: Tagged): unknown => {
      if (kind === 'Date') return new Date(take(v) as number);
      if (kind === 'RegExp') return new RegExp(v as string, String(more['flags']));
      if (kind === 'boxed') return Object(take(v));
      const buffer = fromBase64(v as string);
      if (kind === 'ArrayBuffer') return buffer;
      if (kind === 'DataView') return new DataView(buffer);
      const TypedArray = typedArrays.find(({ name }) => name === kind);
      if (!TypedArray) throw new TypeError(`The stand-in for Electron does not carry a ${kind}.`);
      return new TypedArray(buffer);
    };
    return take(JSON.parse(text));
  }

  return { encode, decode };
}
