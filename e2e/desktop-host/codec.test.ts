import { deepStrictEqual } from 'node:assert';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeCodec } from './codec.ts';

// As a page gets it: from its own source, with nothing around it.
const codec = new Function(`return (${makeCodec})()`)() as ReturnType<typeof makeCodec>;
const through = (value: unknown) => codec.decode(codec.encode(value));

const leaf = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.double(),
  fc.bigInt(),
  fc.boolean(),
  fc.date({ noInvalidDate: false }),
  fc.constantFrom<unknown>(null, undefined, /a+/giu, new DataView(new ArrayBuffer(3)), new ArrayBuffer(2), Object('x')),
  fc.int32Array(),
  fc.uint8Array(),
  fc.float64Array(),
  fc.bigUint64Array(),
  fc.string().map((text) => new TypeError(text, { cause: text })),
  fc.string().map((text) => new Error(text)),
);
const key = fc.oneof(fc.string(), fc.constantFrom('$', '__proto__', 'constructor', 'v'));
const { value: data } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    leaf,
    fc.array(tie('value')),
    fc.dictionary(key, tie('value')),
    fc.array(fc.tuple(tie('value'), tie('value'))).map((entries) => new Map(entries)),
    fc.array(tie('value')).map((items) => new Set(items)),
  ),
}));

test('plain data comes through as structured clone gives it', () => {
  fc.assert(
    fc.property(data, (value) => {
      // Node's own comparison: it goes by the type and the own properties of every part, keys of maps included.
      deepStrictEqual(through(value), structuredClone(value));
    }),
  );
});

test('what stands in two places, or in itself, does so afterwards', () => {
  const shared = { a: 1 };
  const list: unknown[] = [shared, new Date(1), shared, new Map([[shared, shared]])];
  list.push(list, { list });
  const copy = through(list) as [object, Date, object, Map<object, object>, unknown, { list: unknown }];
  expect(copy[0]).toEqual(shared);
  expect(copy[0]).not.toBe(shared);
  expect(copy[2]).toBe(copy[0]);
  expect([...copy[3]]).toEqual([[copy[0], copy[0]]]);
  expect(copy[3].get(copy[0])).toBe(copy[0]);
  expect(copy[4]).toBe(copy);
  expect(copy[5].list).toBe(copy);
});

test('prototypes, getters and symbols stay behind', () => {
  class Secret {
    shown = 1;
    #hidden = 2;
    get sum() {
      return this.shown + this.#hidden;
    }
  }
  expect(through(new Secret())).toStrictEqual({ shown: 1 });
  expect(through({ [Symbol('s')]: 1, b: 2 })).toStrictEqual({ b: 2 });
});

test.each([
  [() => 1],
  [Symbol('s')],
  [Promise.resolve()],
  [new WeakMap()],
  [{ deep: [() => 1] }],
])('refuses what cannot be cloned: %s', (value) => {
  expect(() => codec.encode(value)).toThrow(/could not be cloned/);
  expect(() => structuredClone(value)).toThrow(/could not be cloned/);
});

test('refuses by name what it does not carry', () => {
  expect(() => codec.encode(new Blob([]))).toThrow('does not carry a Blob');
});
