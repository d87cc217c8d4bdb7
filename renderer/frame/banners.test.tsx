import { screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { settingsSchema } from '../../shared/settings.ts';
import { show } from '../backup/testing.tsx';
import { aLibrary } from '../state/testing.ts';
import { Banners } from './banners.tsx';

const choose = (name: string) => userEvent.click(screen.getByRole('button', { name }));
const banners = () => screen.queryAllByRole('region').map((banner) => banner.textContent);
const copies = { folder: '/media/stick', every: 'day', keep: 7 } as const;

test('nothing is said where all is well', () => {
  show({}, <Banners />);
  expect(banners()).toEqual([]);
});

test('why nothing can be changed is said as long as it is so', async () => {
  const { session, run } = show({}, <Banners />, { readOnly: 'The disk can only be read.' });
  expect(banners()).toEqual([expect.stringContaining('Nothing can be changed. The disk can only be read.')]);
  await choose('Backups…');
  expect(run).toHaveBeenCalledExactlyOnceWith('backups');
  session.store.set({ library: aLibrary() });
  await waitFor(() => expect(banners()).toEqual([]));
});

test('a copy that could not be made is told of until one can', async () => {
  const state = { settings: settingsSchema.parse({ copies }), copies: { lastAt: null, trouble: 'It is not there.' } };
  let trouble: string | null = 'It is not there.';
  const { session, called } = show({ 'backup.copy': () => ({ trouble }) }, <Banners />, state);
  expect(screen.getByRole('alert').textContent).toBe('No backup was written. It is not there.');
  await choose('Retry');
  const toasts = () => session.store.get().toasts.map(({ message }) => message);
  expect(toasts()).toEqual(['Still no backup was written. It is not there.']);
  trouble = null;
  await choose('Retry');
  expect(toasts()).toEqual(['The backup is written.']);
  expect(called('library.state')).toHaveLength(2);
});

test('papers that are read again are counted', async () => {
  const { session } = show({}, <Banners />, { rebuilding: { done: 0.25, papers: 12_345 } });
  expect(screen.getByRole<HTMLProgressElement>('progressbar').value).toBe(0.25);
  expect(banners()).toEqual([expect.stringContaining('12,345 papers so far')]);
  session.store.set({ library: aLibrary() });
  await waitFor(() => expect(banners()).toEqual([]));
});

test('what happened at opening stays until it is dismissed, and can be copied', async () => {
  const writeText = vi.fn(async () => {});
  vi.stubGlobal('navigator', { ...navigator, clipboard: { writeText } });
  let notices = ['A file was broken.'];
  const { session, called } = show(
    {
      'data.show': () => ({ shown: false }),
      'notices.read': (read) => {
        notices = notices.filter((notice) => !read.notices.includes(notice));
        return {};
      },
      'library.state': () => aLibrary({ notices }),
    },
    <Banners />,
    { notices },
  );
  await screen.findByRole('region', { name: 'What Offprint found' });
  notices = [...notices, 'Another one was missing.'];
  session.store.set({ library: aLibrary({ notices }) });
  const list = await screen.findByRole('list', { name: 'What Offprint found when it opened' });
  expect([...list.children].map(({ textContent }) => textContent)).toEqual([
    'A file was broken.',
    'Another one was missing.',
  ]);
  // userEvent has a clipboard of its own.
  screen.getByRole('button', { name: 'Copy' }).click();
  await waitFor(() =>
    expect(writeText).toHaveBeenCalledExactlyOnceWith('A file was broken.\nAnother one was missing.'),
  );
  screen.getByRole('button', { name: 'Show data folder' }).click();
  await waitFor(() =>
    expect(session.store.get().toasts).toMatchObject([
      { message: 'Copied' },
      { message: 'The data folder is /data', action: { label: 'Copy path' } },
    ]),
  );
  screen.getByRole('button', { name: 'Dismiss' }).click();
  await waitFor(() => expect(banners()).toEqual([]));
  expect(called('notices.read')).toEqual([{ notices: ['A file was broken.', 'Another one was missing.'] }]);
  vi.unstubAllGlobals();
});
