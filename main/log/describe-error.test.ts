import { readFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { OffprintError } from '../../shared/outcome.ts';
import { describeError } from './describe-error.ts';

const secret = 'zanzibarquux';
/** An error whose stack has been looked at before its words were changed. */
function changed(before: string, after: string): Error {
  const error = new Error(before);
  expect(error.stack).toContain(before);
  error.message = after;
  return error;
}

const told = (error: unknown) => JSON.stringify(describeError(error));

function thrownBy(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

describe('an error is told by its kind, its code and its place', () => {
  test('one of ours', () => {
    const { error } = describeError(new OffprintError('damaged', `The note “${secret}” is broken.`));
    expect(error).toMatchObject({ kind: 'OffprintError', code: 'damaged' });
    expect(error.at[0]).toMatch(/^describe-error\.test\.ts:\d+:\d+$/);
  });

  test('one of the system', () => {
    const error = thrownBy(() => readFileSync(`/${secret}`));
    expect(describeError(error).error).toMatchObject({ kind: 'Error', code: 'ENOENT' });
    expect(told(error)).not.toContain(secret);
  });

  test('one of SQLite', () => {
    const database = new DatabaseSync(':memory:');
    const error = thrownBy(() => database.prepare(`SELECT ${secret}`));
    database.close();
    expect(describeError(error).error).toMatchObject({ kind: 'Error', code: 'ERR_SQLITE_ERROR', errcode: 1 });
    expect(told(error)).not.toContain(secret);
  });

  test('one of Node, whose code stands before its words', () => {
    const { error } = describeError(thrownBy(() => Buffer.from(7 as never)));
    expect(error).toMatchObject({ kind: 'TypeError', code: 'ERR_INVALID_ARG_TYPE' });
    expect(error.at.length).toBeGreaterThan(0);
  });

  test('what it came from, three times over', () => {
    const chain = [1, 2, 3, 4, 5].reduce<unknown>((cause) => new TypeError(secret, { cause }), new RangeError(secret));
    const { causes } = describeError(chain);
    expect(causes?.map(({ kind }) => kind)).toEqual(['TypeError', 'TypeError', 'TypeError']);
    const endless = new Error('x');
    endless.cause = endless;
    expect(describeError(endless).causes).toHaveLength(3);
  });
});

test.each([
  ['no error at all', secret],
  ['nothing', undefined],
  ['an object', { message: secret, stack: secret, code: secret }],
  ['a name of its own', Object.assign(new Error('x'), { name: secret })],
  ['a code of its own', Object.assign(new Error('x'), { code: secret })],
  ['a code that says a path', Object.assign(new Error('x'), { code: `E${secret}` })],
  ['a stack of its own', Object.assign(new Error('x'), { stack: `Error: x\n    at /home/${secret} (a.ts:1:1)` })],
  ['words that look like frames', new Error(`x\n    at ${secret} (/home/${secret}.ts:1:1)\n    at ${secret}.ts:1:1`)],
  ['words that were changed since', changed(`\n    at ${secret}.ts:1:1`, 'other')],
  ['words that were taken away', changed(`a\n    at ${secret}.ts:1:1`, '')],
  ['words that were taken away in part', changed(`a\n    at ${secret}.ts:1:1`, 'a')],
  [
    'a property that throws',
    Object.defineProperty(new Error(secret), 'stack', {
      get() {
        throw new Error(secret);
      },
    }),
  ],
])('%s tells nothing', (_what, error) => {
  expect(told(error)).not.toContain(secret);
});

test('no message is told, whatever it is made of', () => {
  const piece = fc.constantFrom(secret, '\n', '    at ', '(', ')', `/${secret}/`, 'x.ts:1:2', ': ', 'Error', '\\', ' ');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 20 }), fc.array(piece, { maxLength: 6 }), (words, cause) => {
      const error = new Error(words.join(''), { cause: new TypeError(cause.join('')) });
      expect(told(error)).not.toContain(secret);
      expect(describeError(error).error.at.join(' ')).not.toContain('x.ts:1:2');
    }),
    { numRuns: 500 },
  );
});
