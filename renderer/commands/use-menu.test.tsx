import { render } from '@testing-library/react';
import { beforeEach, expect, it } from 'vitest';
import type { Client } from '../../shared/client.ts';
import type { CallInput } from '../../shared/contract.ts';
import { plainHost } from '../state/program.ts';
import { Session } from '../state/session.ts';
import { aLibrary } from '../state/testing.ts';
import { useMenu } from './use-menu.ts';

let told: CallInput<'menu.follow'>[];
let session: Session;

beforeEach(() => {
  told = [];
  const client: Client = {
    async call(name, input) {
      if (name === 'menu.follow') told.push(input as CallInput<'menu.follow'>);
      return {} as never;
    },
    on: () => () => {},
  };
  session = new Session(client);
});

const settle = () => new Promise((resolve) => setTimeout(resolve));

function Window() {
  useMenu(session);
  return <input aria-label="Text" />;
}

it('tells the menu of a desktop program what can be done, once for each change', async () => {
  const { getByRole } = render(<Window />);
  session.store.set({ phase: 'ready', library: aLibrary(), host: { ...plainHost, kind: 'desktop' } });
  await settle();
  expect(told).toHaveLength(1);
  expect(told[0]).toMatchObject({ editing: false });
  for (const id of ['undo', 'print', 'toggleStar', 'mergePapers', 'showLogs'])
    expect(told[0]?.unavailable).toContain(id);
  for (const id of ['settings', 'import', 'checkForUpdates']) expect(told[0]?.unavailable).not.toContain(id);

  const { list } = session.store.get();
  session.store.set({ announcement: 'nothing to do with it' });
  session.store.set({ currentId: 'arxiv:1', list: { ...list, total: 1, focus: 0 } });
  session.store.set({ library: aLibrary({ undo: 'star a paper' }) });
  await settle();
  expect(told).toHaveLength(2);
  for (const id of ['undo', 'print', 'toggleStar']) expect(told[1]?.unavailable).not.toContain(id);

  getByRole('textbox').focus();
  await settle();
  expect(told[2]).toEqual({ ...told[1], editing: true });
  getByRole('textbox').blur();
  await settle();
  expect(told[3]).toEqual(told[1]);
});

it('offers nothing that would work behind a dialog, and nothing that would throw away what stands in one', async () => {
  render(<Window />);
  const { list } = session.store.get();
  session.store.set({
    phase: 'ready',
    library: aLibrary({ undo: 'star a paper' }),
    host: { ...plainHost, kind: 'desktop' },
    list: { ...list, total: 1, focus: 0 },
    dialog: { kind: 'import' },
  });
  await settle();
  for (const id of ['toggleStar', 'search', 'goInbox', 'import', 'settings', 'help', 'palette'])
    expect(told.at(-1)?.unavailable).toContain(id);
  for (const id of ['undo', 'themeDark', 'showData']) expect(told.at(-1)?.unavailable).not.toContain(id);

  session.store.set({ dialog: { kind: 'help' } });
  await settle();
  expect(told.at(-1)?.unavailable).toContain('toggleStar');
  for (const id of ['settings', 'palette', 'checkForUpdates']) expect(told.at(-1)?.unavailable).not.toContain(id);

  session.store.set({ dialog: null });
  await settle();
  for (const id of ['toggleStar', 'search', 'import']) expect(told.at(-1)?.unavailable).not.toContain(id);
});

it('has nothing to tell in a browser', async () => {
  render(<Window />);
  session.store.set({ phase: 'ready', library: aLibrary(), host: plainHost });
  await settle();
  expect(told).toEqual([]);
});
