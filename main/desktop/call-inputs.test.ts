import fc from 'fast-check';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type * as z from 'zod';
import { callNames, contract, type Handlers } from '../../shared/contract.ts';
import { definitionOf, sampleOf, unboundedIn } from '../../shared/sample-inputs-testing.ts';
import { answerCalls } from './answer-calls.ts';
import { callChannel } from './channels.ts';
import { ipcMain } from './electron-double.ts';
import { FakeWebContents } from './electron-double-window.ts';

vi.mock('electron', () => import('./electron-double.ts'));

/** What reached a handler. */
const reached: unknown[] = [];

const handlers = Object.fromEntries(
  callNames.map((name) => [
    name,
    async (input: unknown) => {
      reached.push(input);
      return {};
    },
  ]),
) as unknown as Handlers;

const ours = new FakeWebContents();
ours.mainFrame.origin = 'app://offprint';
answerCalls(handlers, (contents) => (contents as unknown) === ours);

const invoke = (name: unknown, input: unknown) => ipcMain.invokeFrom(ours, ours.mainFrame, callChannel, name, input);

beforeEach(() => {
  reached.length = 0;
});

/** What is no input of any call. */
const noInputs = [undefined, null, true, 0, Number.NaN, 'x', [], [{}], 2n];

/** What is tried in the place of each field. */
const oddValues: unknown[] = [
  undefined,
  null,
  true,
  -1,
  1.5,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  2 ** 60,
  '',
  '../../etc/passwd',
  'x'.repeat(8_000_000),
  [],
  [null],
  Array.from({ length: 100_000 }, () => null),
  {},
  { __proto__: null, length: 1 },
  new Date(Number.NaN),
  new Map([['a', 1]]),
];

describe.each(callNames)('%s', (name) => {
  const schema: z.ZodType = contract[name].input;
  const sample = sampleOf(schema, name) as Record<string, unknown>;

  test('answers what is right', async () => {
    expect(await invoke(name, sample)).toEqual({ ok: true, value: {} });
    expect(reached).toHaveLength(1);
  });

  test('refuses what is no input at all', async () => {
    for (const input of noInputs) {
      expect(await invoke(name, input)).toMatchObject({ ok: false, error: { code: 'bad-input' } });
    }
    expect(reached).toEqual([]);
  });

  test('refuses what is wrong in one of its fields, and says nothing back of what was sent', async () => {
    for (const [field, fieldSchema] of Object.entries(definitionOf(schema).shape ?? {})) {
      const wrong = oddValues.filter((value) => !fieldSchema.safeParse(value).success);
      expect(wrong.length, `${name}.${field} takes nearly everything`).toBeGreaterThan(oddValues.length / 2);
      for (const value of wrong) {
        const outcome = await invoke(name, { ...sample, [field]: value });
        expect(outcome).toMatchObject({ ok: false, error: { code: 'bad-input' } });
        expect(JSON.stringify(outcome).length).toBeLessThan(2000);
        expect(JSON.stringify(outcome)).not.toContain('etc/passwd');
      }
    }
    expect(reached).toEqual([]);
  });

  test('gives its handler what its schema says and not a field more', async () => {
    const polluting = JSON.parse('{"__proto__":{"isAdmin":true},"constructor":{"x":1},"more":1}') as object;
    await invoke(name, { ...sample, ...polluting });
    for (const input of reached) {
      expect(Object.keys(input as object).filter((key) => !(key in sample))).toEqual([]);
      expect(Reflect.get(input as object, 'isAdmin')).toBeUndefined();
    }
  });

  test('takes no text and no list of any length', () => {
    expect(unboundedIn(schema, name)).toEqual([]);
  });
});

test('whatever is sent, a handler gets only what its schema makes of it, and nothing is thrown', async () => {
  const name = fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...callNames) }, { weight: 1, arbitrary: fc.string() });
  const changed = fc.tuple(name, fc.array(fc.tuple(fc.nat(9), fc.jsonValue()), { maxLength: 3 }), fc.jsonValue());
  await fc.assert(
    fc.asyncProperty(changed, fc.boolean(), async ([called, changes, whole], asSample) => {
      reached.length = 0;
      const known = Object.hasOwn(contract, called) ? contract[called as keyof typeof contract].input : null;
      const input = asSample && known ? { ...(sampleOf(known, called) as object) } : whole;
      const keys = typeof input === 'object' && input !== null ? Object.keys(input) : [];
      for (const [index, value] of changes) {
        const key = keys[index];
        if (key !== undefined) Reflect.set(input as object, key, value);
      }
      const outcome = (await invoke(called, input)) as { ok: boolean };
      const parsed = known?.safeParse(input);
      expect(outcome.ok).toBe(parsed?.success === true);
      expect(reached).toEqual(parsed?.success === true ? [parsed.data] : []);
    }),
    { numRuns: 500 },
  );
});
