import { act, renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { expect, test } from 'vitest';
import type { Client } from '../../shared/client.ts';
import { mostNotes } from '../../shared/notes-calls.ts';
import { SessionContext } from '../frame/session-context.ts';
import { Session } from '../state/session.ts';
import { useAllNotes } from './use-all-notes.ts';

/** Goes through the notes of a library that has so many. */
async function allNotes(total: number) {
  const asked: { offset: number; limit: number }[] = [];
  const client = {
    call: async (_name: string, { offset, limit }: { offset: number; limit: number }) => {
      asked.push({ offset, limit });
      const count = Math.min(limit, total - offset);
      const notes = Array.from({ length: count }, (_, at) => ({ id: `title:${offset + at}` }));
      return { total, notes };
    },
    on: () => () => {},
  } as unknown as Client;
  const session = new Session(client);
  const wrapper = ({ children }: { children: ReactNode }) => (
    <SessionContext value={{ session, run: () => {} }}>{children}</SessionContext>
  );
  const { result } = renderHook(() => useAllNotes('', () => {}), { wrapper });
  const shown = () => result.current[0]?.notes.map(({ id }) => id) ?? [];
  await waitFor(() => expect(shown()).not.toEqual([]));
  return {
    asked,
    shown,
    more: () => act(async () => result.current[1]()),
    change: () => act(async () => session.store.set({ revision: session.store.get().revision + 1 })),
  };
}

test('whoever has gone far into the notes stays there when one of them changes', async () => {
  const { shown, more, change } = await allNotes(400);
  await more();
  await more();
  const before = shown();
  expect(before.length).toBe(180);
  await change();
  expect(shown()).toEqual(before);
  await more();
  await more();
  const all = shown();
  await change();
  expect(shown()).toEqual(all);
});

test('no more notes are asked for at once than are answered', async () => {
  const { asked, more, change } = await allNotes(400);
  for (let page = 1; page < 7; page += 1) await more();
  await change();
  expect(Math.max(...asked.map(({ limit }) => limit))).toBeLessThanOrEqual(mostNotes);
});
