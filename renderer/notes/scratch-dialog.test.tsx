import { act, fireEvent, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import type { Client } from '../../shared/client.ts';
import { OffprintError } from '../../shared/outcome.ts';
import { ScratchDialog } from './scratch-dialog.tsx';
import { NotedLibrary, show } from './testing.tsx';

/** A library with a scratch note, which can be read until it cannot. */
function scratchLibrary(text: string | null) {
  const library = new NotedLibrary();
  const { call } = library.client;
  const now = { text };
  library.client.call = (async (name: Parameters<Client['call']>[0], input: never) => {
    if (name !== 'scratch.get') return name === 'drafts.keep' ? {} : call(name, input);
    if (now.text === null) throw new OffprintError('unreadable', 'It cannot be read.');
    return { text: now.text, changedAt: null };
  }) as Client['call'];
  return { library, now };
}

test('the scratch note that cannot be read is not opened', async () => {
  const onClose = vi.fn();
  const { session } = show(scratchLibrary(null).library, () => <ScratchDialog onClose={onClose} />);
  await vi.waitFor(() => expect(onClose).toHaveBeenCalled());
  expect(session.store.get().toasts.map(({ message }) => message)).toEqual(['It cannot be read.']);
});

test('the scratch note that is being written stays open, be it that it cannot be read again just now', async () => {
  const { library, now } = scratchLibrary('before');
  const onClose = vi.fn();
  const { session } = show(library, () => <ScratchDialog onClose={onClose} />);
  const field = await screen.findByRole('textbox');
  fireEvent.change(field, { target: { value: 'before and after' } });
  now.text = null;
  act(() => session.store.set({ revision: session.store.get().revision + 1 }));
  await vi.waitFor(() => expect(session.store.get().toasts).toHaveLength(1));
  expect(onClose).not.toHaveBeenCalled();
  expect(screen.getByRole<HTMLTextAreaElement>('textbox').value).toBe('before and after');
});
