import { cleanup, screen, waitFor } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { show } from '../backup/testing.tsx';
import { isDialogOnItsWay, lazyDialog } from './lazy-dialog.tsx';

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

test('a dialog is on its way until it is there, without a moment between', async () => {
  const code = Promise.withResolvers<typeof Shown>();
  const Dialog = lazyDialog(() => code.promise);
  const seen: [onItsWay: boolean, there: boolean][] = [];
  const look = () => seen.push([isDialogOnItsWay(), screen.queryByText('first') !== null]);
  show({}, <Dialog words="first" onClose={() => {}} />);
  look();
  code.resolve(Shown);
  for (let turn = 0; turn < 40 && screen.queryByText('first') === null; turn += 1) {
    await (turn < 20 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve)));
    look();
  }
  expect(seen.length).toBeGreaterThan(1);
  expect(seen.filter(([onItsWay, there]) => onItsWay === there)).toEqual([]);
  cleanup();
  expect(isDialogOnItsWay()).toBe(false);
});

test('where keys mean the same before it is there, they are not held back', async () => {
  const { promise, resolve } = Promise.withResolvers<typeof Shown>();
  const Holding = lazyDialog(() => promise);
  const Letting = lazyDialog(() => promise, false);
  show({}, <Letting words="first" onClose={() => {}} />);
  expect(isDialogOnItsWay()).toBe(false);
  show({}, <Holding words="second" onClose={() => {}} />);
  expect(isDialogOnItsWay()).toBe(true);
  resolve(Shown);
  await screen.findByText('second');
  expect(isDialogOnItsWay()).toBe(false);
});
