import { expect, test } from 'vitest';
import type { Client } from '../../shared/client.ts';
import { noteSaverOf } from '../reader/note-saver-of.ts';
import { aPaper } from '../reader/testing.ts';
import { Session } from './session.ts';
import { aLibrary } from './testing.ts';

const id = 'title:0001';

/** A library of one paper, whose citation key comes when the test says so. */
function libraryWithKey(others: Record<string, () => unknown> = {}) {
  const notes = new Map<string, string>();
  const key = Promise.withResolvers<{ key: string }>();
  const asked = Promise.withResolvers<void>();
  const answers: Record<string, (input: { id: string; text: string }) => unknown> = {
    'paper.get': () => aPaper({ id, note: notes.get(id) ?? '' }),
    'note.set': (input) => {
      notes.set(input.id, input.text);
      return { changedAt: 0 };
    },
    'citations.key': () => {
      asked.resolve();
      return key.promise;
    },
    ...others,
  };
  const client: Client = {
    call: async (name, input) => (await answers[name]?.(input as never)) as never,
    on: () => () => {},
  };
  return {
    session: new Session(client),
    client,
    notes,
    asked: asked.promise,
    giveKey: () => key.resolve({ key: 'k' }),
  };
}

const template = { name: 'Reading', text: 'Read as {{key}}' };

test('an empty note begins with a template', async () => {
  const { session, notes, giveKey } = libraryWithKey();
  giveKey();
  expect(await session.notes.begin(id, template)).toBe(true);
  expect(notes.get(id)).toBe('Read as k');
});

test('a template takes the place of nothing that was typed while it was filled', async () => {
  const { session, client, notes, asked, giveKey } = libraryWithKey();
  const begun = session.notes.begin(id, template);
  await asked;
  noteSaverOf(client).edit(id, 'My own words', '');
  giveKey();
  expect(await begun).toBe(false);
  expect(notes.get(id)).toBe('My own words');
  expect(session.store.get().toasts.map(({ message }) => message)).toEqual([
    'This paper has a note already. A template begins an empty one.',
  ]);
});

test('a note that is being written takes the new name of a tag, as it takes what Undo brings back', async () => {
  const { session, client } = libraryWithKey({
    'tags.rename': () => ({ label: 'Renamed' }),
    'library.state': () => aLibrary(),
  });
  const { turns } = noteSaverOf(client);
  await session.tags.rename('old', 'new');
  expect(noteSaverOf(client).turns).toBe(turns + 1);
});
