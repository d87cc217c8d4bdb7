import { expect, test, vi } from 'vitest';
import { callNames, type Handlers } from '../shared/contract.ts';
import { changesData, refusingChanges } from './read-only-calls.ts';

const called = vi.fn(async () => ({}));
const handlers = Object.fromEntries(callNames.map((name) => [name, called])) as unknown as Handlers;
const callAny = (given: Handlers, name: keyof Handlers) => (given[name] as (input: unknown) => Promise<unknown>)({});

test('where nothing can be changed, each call that would is refused in the same words, and all others go through', async () => {
  const guarded = refusingChanges(handlers, () => 'It is read-only.');
  for (const name of callNames) {
    called.mockClear();
    const calling = callAny(guarded, name);
    if (changesData(name))
      await expect(calling).rejects.toMatchObject({ code: 'refused', message: 'It is read-only.' });
    else await calling;
    expect([name, called.mock.calls.length]).toEqual([name, changesData(name) ? 0 : 1]);
  }
});

test('where everything can be changed, every call goes through', async () => {
  const guarded = refusingChanges(handlers, () => null);
  called.mockClear();
  for (const name of callNames) await callAny(guarded, name);
  expect(called).toHaveBeenCalledTimes(callNames.length);
});

test('a call that is named as one that changes things is known to', () => {
  const verbs = /\.(set|save|mark|merge|take|restore|undo|redo|confirm|rename|dismiss|colour|order)$/;
  // Takes from the program what it was asked to open, nothing from the library.
  const others: string[] = ['opening.take'];
  const calls = callNames.filter((name) => !others.includes(name));
  for (const name of calls) if (verbs.test(name)) expect([name, changesData(name)]).toEqual([name, true]);
});
