import { expect, it, vi } from 'vitest';
import type { Client } from '../../shared/client.ts';
import type { CallName } from '../../shared/contract.ts';
import { TabMemory } from './tab-memory.ts';

function storage(text: string | null = null) {
  return {
    text,
    getItem() {
      return this.text;
    },
    setItem(_key: string, value: string) {
      this.text = value;
    },
  };
}

/** A library that remembers what windows show. */
function library() {
  const windows = new Map<string, unknown>();
  const call = vi.fn(async (name: CallName, { window, shown }: { window: string; shown: unknown }) => {
    if (name === 'window.remember') windows.set(window, shown);
    return { shown: windows.get(window) ?? null };
  });
  return { call, client: { call, on: () => () => {} } as unknown as Client };
}

const shown = { paper: 'arxiv:2406.01234', query: 'weak "tool"' };

it('gives back what was kept, to this window', async () => {
  const place = storage();
  const { client } = library();
  const memory = new TabMemory(() => place, client);
  expect(await memory.read()).toBeNull();
  memory.keep(shown);
  expect(await memory.read()).toEqual(shown);
  memory.keep({ ...shown, query: '' });
  expect(await new TabMemory(() => place, client).read()).toEqual({ ...shown, query: '' });
  expect(await new TabMemory(storage, client).read()).toBeNull();
});

it('gives the browser nothing of it to keep', () => {
  const place = storage();
  new TabMemory(() => place, library().client).keep(shown);
  expect(place.text).toMatch(/^[0-9a-f-]{36}$/);
});

it.each(['{', '"x"', '{"paper":null,"query":"from before"}'])('takes %s for nothing', async (text) => {
  const { client, call } = library();
  expect(await new TabMemory(() => storage(text), client).read()).toBeNull();
  expect(call).not.toHaveBeenCalled();
});

it('does without a browser that refuses, and without a library', async () => {
  const refusing = new TabMemory(() => {
    throw new DOMException('no', 'SecurityError');
  }, library().client);
  refusing.keep(shown);
  expect(await refusing.read()).toBeNull();
  const { client, call } = library();
  call.mockRejectedValue(new Error('gone'));
  const place = storage();
  new TabMemory(() => place, client).keep(shown);
  expect(await new TabMemory(() => place, client).read()).toBeNull();
});
