import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import type { Copies } from '../../shared/backup.ts';
import { OffprintError } from '../../shared/outcome.ts';
import { settingsSchema } from '../../shared/settings.ts';
import { aLibrary } from '../state/testing.ts';
import { BackupsDialog } from './backups-dialog.tsx';
import { type Answers, aGeneration, show } from './testing.tsx';
import { timeOf } from './words.ts';

const copies: Copies = { folder: '/media/stick', every: 'week', keep: 5 };
const withCopies = (trouble: string | null = null) => ({
  settings: settingsSchema.parse({ copies }),
  copies: { lastAt: null, trouble },
});

function open(answers: Answers = {}, state: Parameters<typeof show>[2] = {}) {
  const onClose = vi.fn();
  return { ...show(answers, <BackupsDialog onClose={onClose} />, state), onClose };
}

const button = (name: string) => screen.getByRole<HTMLButtonElement>('button', { name });
const choose = (name: string) => userEvent.click(button(name));

test('a backup is written into the folder that is typed, and its path and size told', async () => {
  const path = '/home/ada/Offprint 2026-11-23 08.15.offprint';
  const { session, called } = open(
    { 'backup.write': () => ({ path, bytes: 1_200_000 }) },
    { dataFolder: '/home/ada/x' },
  );
  session.dialog({ kind: 'backups' });
  await choose('Back up now…');
  const folder = screen.getByRole<HTMLInputElement>('textbox', { name: 'Into the folder' });
  expect(document.activeElement).toBe(folder);
  expect(folder.value).toBe('/home/ada');
  await userEvent.clear(folder);
  await userEvent.type(folder, 'stick{Enter}');
  expect(screen.getByRole('alert').textContent).toContain('whole path');
  await userEvent.clear(folder);
  await userEvent.type(folder, ' /media/stick {Enter}');
  expect(await screen.findByText(path)).toBeTruthy();
  expect(screen.getByText('Everything is in one file of 1.2 MB:')).toBeTruthy();
  expect(called('backup.write')).toEqual([{ folder: '/media/stick' }]);
  await choose('Done');
  await choose('Back up now…');
  expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Into the folder' }).value).toBe('/media/stick');
});

test('says at the folder why no backup was written', async () => {
  const refuse = () => Promise.reject(new OffprintError('not-found', 'There is no folder /media/stick.'));
  const { session } = open({ 'backup.write': refuse }, withCopies());
  session.dialog({ kind: 'backups' });
  await choose('Back up now…');
  await userEvent.keyboard('{Enter}');
  expect((await screen.findByRole('alert')).textContent).toBe('There is no folder /media/stick.');
  expect(screen.getByRole('textbox').getAttribute('aria-invalid')).toBe('true');
  expect(session.store.get().toasts).toEqual([]);
});

test('a backup that is being written can be stopped', async () => {
  const written = Promise.withResolvers<never>();
  const { session, called } = open(
    { 'backup.write': () => written.promise, 'backup.cancel': () => ({}) },
    { dataFolder: '/home/ada/x' },
  );
  session.dialog({ kind: 'backups' });
  await choose('Back up now…');
  await choose('Back up');
  expect(screen.getByRole<HTMLProgressElement>('progressbar').value).toBe(0);
  session.store.set({ backingUp: 0.5 });
  await waitFor(() => expect(screen.getByRole<HTMLProgressElement>('progressbar').value).toBe(0.5));
  await choose('Cancel');
  expect(called('backup.cancel')).toHaveLength(1);
  written.reject(new OffprintError('refused', 'Stopped.'));
  await waitFor(() => expect(screen.queryByRole('progressbar')).toBeNull());
  expect(screen.queryByRole('alert')).toBeNull();
});

test('a chosen backup is restored', async () => {
  const { session } = open();
  const begin = vi.spyOn(session.backingUp, 'begin').mockResolvedValue();
  await userEvent.upload(screen.getByLabelText('Backup to restore'), new File(['zip'], 'mine.offprint'));
  expect(begin).toHaveBeenCalledExactlyOnceWith({ name: 'mine.offprint', content: expect.any(File) });
});

test('automatic backups are turned on, with what is wrong told at the folder', async () => {
  let isThere = false;
  const { called, session } = open({
    'settings.set': (change) => {
      if (!isThere) throw new OffprintError('not-found', 'There is no folder /media/stick.');
      return settingsSchema.parse(change);
    },
    'library.state': () => aLibrary({ version: 2, ...(isThere && withCopies()) }),
  });
  await choose('Turn on…');
  expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Into the folder' }));
  await userEvent.keyboard('/media/stick');
  await userEvent.selectOptions(screen.getByLabelText('Write one'), 'every week');
  await userEvent.selectOptions(screen.getByLabelText('and keep the last'), '5');
  await choose('Turn on');
  expect((await screen.findByRole('alert')).textContent).toBe('There is no folder /media/stick.');
  isThere = true;
  await choose('Turn on');
  expect(await screen.findByText('None has been written yet.')).toBeTruthy();
  expect(called('settings.set')).toEqual([{ copies }, { copies }]);
  expect(session.store.get().library?.settings.copies).toEqual(copies);
});

test('automatic backups are turned off, and their trouble stays until it is gone', async () => {
  const trouble = 'There is no folder /media/stick.';
  const { called, session } = open(
    {
      'backup.copy': () => ({ trouble: null }),
      'settings.set': () => settingsSchema.parse({}),
      'library.state': () => aLibrary({ version: 2 }),
    },
    withCopies(trouble),
  );
  expect(screen.getByRole('alert').textContent).toContain(trouble);
  await choose('Retry');
  expect(called('backup.copy')).toHaveLength(1);
  session.store.set({ library: aLibrary(withCopies()) });
  await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
  await choose('Turn off');
  expect(await screen.findByText('No more copies are made.')).toBeTruthy();
  expect(called('settings.set')).toEqual([{ copies: null }]);
  expect(button('Turn on…')).toBeTruthy();
});

test('earlier states stand by day, and the arrows go through them', async () => {
  const yesterday = new Date();
  yesterday.setDate(yesterday.getDate() - 1);
  yesterday.setHours(17, 40);
  const generations = [
    aGeneration({ id: 'c', takenAt: Date.now(), reason: 'asked', current: true, papers: 0 }),
    aGeneration({ id: 'b', takenAt: yesterday.getTime(), reason: 'large-change' }),
    aGeneration({ id: 'a', takenAt: yesterday.getTime() - 60_000, reason: 'start', notes: 0 }),
  ];
  open({ 'generations.list': () => ({ generations, folder: '/x' }) });
  const days = await screen.findAllByRole('heading', { level: 4 });
  expect(days.map(({ textContent }) => textContent)).toEqual(['Today', 'Yesterday']);
  const lines = within(screen.getByRole('region', { name: 'Yesterday' })).getAllByRole('button');
  expect(lines.map(({ textContent }) => textContent)).toEqual([
    `${timeOf(yesterday.getTime())}Before a large change12 papers marked · 3 notes`,
    `${timeOf(yesterday.getTime() - 60_000)}When Offprint was opened12 papers marked`,
  ]);
  const first = within(screen.getByRole('region', { name: 'Today' })).getByRole('button');
  expect(first.textContent).toContain('Kept by youas nownothing marked yet');
  expect([first, ...lines].map(({ tabIndex }) => tabIndex)).toEqual([0, -1, -1]);
  first.focus();
  await userEvent.keyboard('{ArrowDown}');
  expect(document.activeElement).toBe(lines[0]);
  await userEvent.keyboard('{End}{ArrowDown}');
  expect(document.activeElement).toBe(lines[1]);
  expect([first, ...lines].map(({ tabIndex }) => tabIndex)).toEqual([-1, -1, 0]);
  await userEvent.keyboard('{Home}');
  expect(document.activeElement).toBe(first);
});

test('the state of now is kept, unless it is kept already', async () => {
  const generations = [aGeneration()];
  open({
    'generations.list': () => ({ generations: [...generations], folder: '/x' }),
    'generations.take': () => {
      if (generations.length === 1) generations.unshift(aGeneration({ id: 'two', reason: 'asked', current: true }));
      return generations[0] ?? aGeneration();
    },
  });
  await screen.findByText('Before an import');
  await choose('Keep this state now');
  expect(await screen.findByText('Kept.')).toBeTruthy();
  expect(await screen.findByText('Kept by you')).toBeTruthy();
  await choose('Keep this state now');
  expect(await screen.findByText('Nothing has changed since the newest one.')).toBeTruthy();
});

test('where nothing can be changed, a backup can still be written and earlier states looked into', async () => {
  open({ 'generations.list': () => ({ generations: [aGeneration()], folder: '/x' }) }, { readOnly: 'It is newer.' });
  await screen.findByText('Before an import');
  const isOff = (name: string) => button(name).disabled;
  expect(['Restore from a backup…', 'Turn on…', 'Keep this state now'].map(isOff)).toEqual([true, true, true]);
  expect(isOff('Back up now…')).toBe(false);
});

test('says why earlier states cannot be listed', async () => {
  open({
    'generations.list': () => Promise.reject(new OffprintError('unreadable', 'generations cannot be read.')),
  });
  expect((await screen.findByRole('alert')).textContent).toBe('generations cannot be read.');
});
