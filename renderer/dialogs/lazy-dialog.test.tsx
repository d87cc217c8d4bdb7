import { screen, waitFor } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { show } from '../backup/testing.tsx';
import { lazyDialog } from './lazy-dialog.tsx';

const Shown = ({ words }: { words: string; onClose(): void }) => <p>{words}</p>;

test('a dialog is shown once its code is there, and at once from then on', async () => {
  const load = vi.fn(async () => Shown);
  const Dialog = lazyDialog(load);
  show({}, <Dialog words="first" onClose={() => {}} />);
  expect(screen.queryByText('first')).toBeNull();
  await screen.findByText('first');
  show({}, <Dialog words="second" onClose={() => {}} />);
  expect(screen.getByText('second')).toBeTruthy();
  expect(load).toHaveBeenCalledOnce();
});

test('code that cannot be had is told of, and asked for again the next time', async () => {
  let isThere = false;
  const Dialog = lazyDialog(() => (isThere ? Promise.resolve(Shown) : Promise.reject(new Error('gone'))));
  const onClose = vi.fn();
  const { session } = show({}, <Dialog words="first" onClose={onClose} />);
  await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
  expect(session.store.get().toasts).toMatchObject([{ kind: 'error' }]);
  isThere = true;
  show({}, <Dialog words="second" onClose={onClose} />);
  await screen.findByText('second');
});
