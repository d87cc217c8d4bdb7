import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeClient, type Transport } from './client.ts';
import { callNames, type Handlers } from './contract.ts';
import { dispatch } from './dispatch.ts';
import { OffprintError } from './outcome.ts';

function handlersThat(answer: (name: string, input: unknown) => unknown): Handlers {
  const entries = callNames.map((name) => [name, async (input: unknown) => answer(name, input)]);
  return Object.fromEntries(entries) as Handlers;
}

const secret = 'My private thought';

describe('dispatch', () => {
  it('refuses names that are not calls, inherited ones included', async () => {
    const handlers = handlersThat(() => ({}));
    for (const name of ['nope', 'toString', '__proto__', 'constructor', 42, null, undefined]) {
      const outcome = await dispatch(handlers, name, {});
      expect(outcome).toEqual({ ok: false, error: { code: 'bad-input', message: 'There is no such call.' } });
    }
  });

  it('never throws and never reaches a handler with an input of the wrong shape', async () => {
    const reached: unknown[] = [];
    const handlers = handlersThat((_name, input) => reached.push(input));
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (input) => {
        reached.length = 0;
        const outcome = await dispatch(handlers, 'note.set', input);
        const valid =
          typeof input === 'object' &&
          input !== null &&
          'id' in input &&
          'text' in input &&
          typeof Reflect.get(input, 'text') === 'string';
        if (!valid) expect({ ok: outcome.ok, reached: reached.length }).toEqual({ ok: false, reached: 0 });
      }),
    );
  });

  it('names the field that is wrong without repeating what was sent', async () => {
    const outcome = await dispatch(
      handlersThat(() => ({})),
      'note.set',
      { id: secret, text: secret },
    );
    expect(outcome.ok).toBe(false);
    expect(JSON.stringify(outcome)).toContain('note.set: id');
    expect(JSON.stringify(outcome)).not.toContain(secret);
  });

  it('passes on the message of our own errors and hides that of others', async () => {
    const reported: unknown[] = [];
    const ours = handlersThat(() => {
      throw new OffprintError('not-found', 'There is no such paper.');
    });
    const others = handlersThat(() => {
      throw new Error(secret);
    });
    expect(await dispatch(ours, 'library.state', {})).toEqual({
      ok: false,
      error: { code: 'not-found', message: 'There is no such paper.' },
    });
    const hidden = await dispatch(others, 'library.state', {}, (error) => reported.push(error));
    expect(JSON.stringify(hidden)).not.toContain(secret);
    expect(reported).toHaveLength(1);
  });
});

describe('the client', () => {
  const transportThat = (answer: unknown): Transport => ({ call: async () => answer, on: () => () => {} });

  it('gives back the value of an answer', async () => {
    const client = makeClient(transportThat({ ok: true, value: { done: 'Marked 1 paper read' } }));
    expect(await client.call('history.undo', {})).toEqual({ done: 'Marked 1 paper read' });
  });

  it('rejects with the code and message of a failure', async () => {
    const client = makeClient(transportThat({ ok: false, error: { code: 'locked', message: 'Held by 42.' } }));
    await expect(client.call('history.undo', {})).rejects.toMatchObject({ code: 'locked', message: 'Held by 42.' });
  });

  it.each([
    null,
    'x',
    {},
    { ok: true },
    { ok: true, value: { done: 3 } },
    { ok: 'yes', value: { done: null } },
  ])('rejects what is not an answer: %j', async (answer) => {
    const client = makeClient(transportThat(answer));
    await expect(client.call('history.undo', {})).rejects.toMatchObject({ code: 'internal' });
  });

  it('passes on events of the right shape only', () => {
    let send: (payload: unknown) => void = () => {};
    const client = makeClient({
      call: async () => null,
      on: (_event, listener) => {
        send = listener;
        return () => {};
      },
    });
    const heard: string[] = [];
    client.on('command', ({ id }) => heard.push(id));
    send({ id: 'help' });
    send({ id: 'formatDisk' });
    send(null);
    expect(heard).toEqual(['help']);
  });
});
