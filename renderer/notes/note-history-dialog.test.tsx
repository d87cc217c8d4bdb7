import { act, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { OffprintError } from '../../shared/outcome.ts';
import { noteSaverOf } from '../reader/note-saver-of.ts';
import { aLibrary } from '../state/testing.ts';
import { NoteHistoryDialog } from './note-history-dialog.tsx';
import { NotedLibrary, show } from './testing.tsx';

const id = 'title:0001';

async function open(library: NotedLibrary) {
  const onClose = vi.fn();
  const shown = show(library, () => <NoteHistoryDialog id={id} onClose={onClose} />);
  await screen.findByRole('dialog');
  return { ...shown, onClose };
}

function aLibraryWithVersions(note = 'The loss is interesting.'): NotedLibrary {
  const library = new NotedLibrary();
  library.add(id, note, ['The loss is not interesting.', 'First thought.']);
  return library;
}

const button = (name: string) => screen.getByRole<HTMLButtonElement>('button', { name });
const text = () => screen.getByRole('region', { name: 'Its text' });

test('lists what the note said before, and shows the chosen text beside that of now', async () => {
  await open(aLibraryWithVersions());
  const list = screen.getByRole('listbox', { name: 'Earlier versions, newest first' });
  expect(document.activeElement).toBe(list);
  expect(screen.getByText('The paper title:0001')).toBeTruthy();
  const options = screen.getAllByRole('option');
  expect(options).toHaveLength(2);
  expect(options[0]?.textContent).toMatch(/(?:20 Nov|Nov 20).*28 characters.*The loss is not interesting\./);
  expect(options[0]?.getAttribute('aria-selected')).toBe('true');
  await waitFor(() => expect(text().querySelector('ins')?.textContent).toBe('not '));
  expect(screen.getByText(/^Restoring it/).textContent).toBe('Restoring it brings back 1 word.');

  await userEvent.keyboard('{ArrowDown}');
  expect(options[1]?.getAttribute('aria-selected')).toBe('true');
  expect(list.getAttribute('aria-activedescendant')).toBe(options[1]?.id);
  await waitFor(() => expect(text().querySelector('ins')?.textContent).toBe('First thought'));
  expect(text().querySelector('del')?.textContent).toBe('The loss is interesting');
  expect(screen.getByText(/^Restoring it/).textContent).toBe(
    'Restoring it brings back 2 words and takes away 4 words.',
  );

  await userEvent.keyboard('d');
  expect(text().querySelector('ins, del')).toBeNull();
  expect(text().textContent).toBe('First thought.');
  expect(screen.getByRole<HTMLInputElement>('radio', { name: 'Text' }).checked).toBe(true);
});

test('Enter brings the chosen text back through the saver, and Undo is offered', async () => {
  const library = aLibraryWithVersions();
  const { session, onClose } = await open(library);
  await waitFor(() => expect(button('Restore').disabled).toBe(false));
  await userEvent.keyboard('{ArrowDown}');
  await waitFor(() => expect(text().textContent).toContain('First'));
  await userEvent.keyboard('{Enter}');
  await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
  expect(library.papers.get(id)?.note).toBe('First thought.');
  expect(noteSaverOf(library.client).state(id)).toEqual({ kind: 'saved' });
  const [toast] = session.store.get().toasts;
  expect(toast).toMatchObject({ kind: 'done', message: 'The earlier note is back', action: { label: 'Undo' } });
  toast?.action?.run();
  await waitFor(() => expect(library.undo).toHaveBeenCalledOnce());
});

test('Enter is heard while the text is still awaited', async () => {
  const library = aLibraryWithVersions();
  const held = Promise.withResolvers<void>();
  library.held = held.promise;
  const { onClose } = await open(library);
  await userEvent.keyboard('{Enter}');
  expect(library.papers.get(id)?.note).toBe('The loss is interesting.');
  await act(async () => held.resolve());
  await waitFor(() => expect(onClose).toHaveBeenCalledOnce());
  expect(library.papers.get(id)?.note).toBe('The loss is not interesting.');
});

test('what was typed last is saved before the history is read, and is what the texts are compared with', async () => {
  const library = aLibraryWithVersions();
  noteSaverOf(library.client).edit(id, 'The loss is interesting. And more.');
  await open(library);
  expect(library.papers.get(id)?.note).toBe('The loss is interesting. And more.');
  await waitFor(() => expect(text().querySelector('del')?.textContent).toContain('And more'));
});

test('nothing takes the place of a text that is not saved', async () => {
  const library = aLibraryWithVersions();
  library.save = () => Promise.reject(new OffprintError('unreadable', 'The disk is full.'));
  noteSaverOf(library.client).edit(id, 'precious');
  await open(library);
  await waitFor(() => expect(text().querySelector('del')?.textContent).toContain('precious'));
  expect(button('Restore').disabled).toBe(true);
  expect(screen.getByText(/What the note says now is not saved/)).toBeTruthy();
  await userEvent.keyboard('{Enter}');
  expect(noteSaverOf(library.client).text(id, { note: '', stamp: 0 })).toBe('precious');
});

test('says what a text cannot be brought back for', async () => {
  const { session } = await open(aLibraryWithVersions('First thought.'));
  await userEvent.keyboard('{End}');
  expect(await screen.findByText('The note says just this now.')).toBeTruthy();
  expect(button('Restore').disabled).toBe(true);
  act(() => session.store.set({ library: aLibrary({ readOnly: 'The disk can only be read.' }) }));
  expect(await screen.findByText('The disk can only be read.')).toBeTruthy();
  await userEvent.keyboard('{Home}');
  expect(button('Restore').disabled).toBe(true);
});

test('a text that could not be saved is kept with its paper, and the dialog says why', async () => {
  const library = aLibraryWithVersions();
  const { onClose } = await open(library);
  await waitFor(() => expect(button('Restore').disabled).toBe(false));
  library.save = () => Promise.reject(new OffprintError('unreadable', 'The disk is full.'));
  await userEvent.keyboard('{Enter}');
  expect(await screen.findByText(/Not saved\. The disk is full\./)).toBeTruthy();
  expect(onClose).not.toHaveBeenCalled();
  expect(noteSaverOf(library.client).text(id, { note: '', stamp: 0 })).toBe('The loss is not interesting.');
});

test('a version that is gone says so, and the others can still be read', async () => {
  const library = aLibraryWithVersions();
  await open(library);
  library.versions.set(id, library.versions.get(id)?.slice(0, 1) ?? []);
  await userEvent.keyboard('{ArrowDown}');
  expect((await screen.findByRole('alert')).textContent).toBe('This version is not kept any more.');
  expect(button('Restore').disabled).toBe(true);
  await userEvent.keyboard('{ArrowUp}');
  await waitFor(() => expect(text().textContent).toContain('not'));
});

test('copies the chosen text', async () => {
  await open(aLibraryWithVersions());
  const clipboard = userEvent.setup();
  await waitFor(() => expect(button('Copy').disabled).toBe(false));
  await clipboard.keyboard('c');
  expect(await screen.findByText('Copied')).toBeTruthy();
  expect(await navigator.clipboard.readText()).toBe('The loss is not interesting.');
});

test('long stretches that are the same are left out, and shown when asked for', async () => {
  const library = new NotedLibrary();
  const long = Array.from({ length: 200 }, (_, at) => `Line ${at} of a long note.`).join('\n');
  library.add(id, `${long}\nThe end.`, [`${long}\nThe old end.`]);
  await open(library);
  const gap = await screen.findByRole('button', { name: /^\d+ lines the same$/ });
  expect(text().textContent).not.toContain('Line 3 of');
  await userEvent.click(gap);
  expect(text().textContent).toContain('Line 3 of');
});

test('a note without earlier versions says what is kept', async () => {
  const library = new NotedLibrary();
  library.add(id, 'Only this.');
  const { onClose } = await open(library);
  expect(screen.getByText(/There are none yet/)).toBeTruthy();
  // It names the key of Undo, which works here, too.
  await userEvent.keyboard('{Control>}z{/Control}');
  expect(library.undo).toHaveBeenCalledOnce();
  await userEvent.keyboard('{Enter}');
  expect(onClose).toHaveBeenCalledOnce();
});
