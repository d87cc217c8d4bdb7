import { screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { mostKept } from '../../shared/keeping-calls.ts';
import { OffprintError } from '../../shared/outcome.ts';
import { aLibrary } from '../state/testing.ts';
import { DeletedNotesDialog } from './deleted-notes-dialog.tsx';
import { NotedLibrary, show } from './testing.tsx';

async function open(library: NotedLibrary) {
  const onClose = vi.fn();
  const shown = show(library, () => <DeletedNotesDialog onClose={onClose} />);
  await screen.findByRole('dialog');
  return { ...shown, onClose };
}

function aLibraryWithDeleted(): NotedLibrary {
  const library = new NotedLibrary();
  library.add('title:0001', '', ['What I thought of the first.']);
  library.add('title:0002', 'still there', ['before']);
  library.add('title:0003', '', ['Of the third.']);
  return library;
}

const button = (name: string) => screen.getByRole<HTMLButtonElement>('button', { name });
const titles = () => screen.getAllByRole('option').map((option) => option.querySelector('.kept-when')?.textContent);

test('lists the papers that had a note and have none, with what it said', async () => {
  await open(aLibraryWithDeleted());
  expect(titles()).toEqual(['The paper title:0001', 'The paper title:0003']);
  expect(document.activeElement).toBe(screen.getByRole('listbox'));
  expect((await screen.findByRole('region', { name: 'Its text' })).textContent).toBe('What I thought of the first.');
  await userEvent.keyboard('j');
  await waitFor(() => expect(screen.getByRole('region', { name: 'Its text' }).textContent).toBe('Of the third.'));
});

test('brings one back, and offers to undo it', async () => {
  const library = aLibraryWithDeleted();
  const { session } = await open(library);
  await screen.findByRole('region', { name: 'Its text' });
  await userEvent.keyboard('{Enter}');
  expect(await screen.findByText('The note on “The paper title:0001” is back.')).toBeTruthy();
  expect(library.papers.get('title:0001')?.note).toBe('What I thought of the first.');
  await userEvent.click(button('Undo'));
  await waitFor(() => expect(library.undo).toHaveBeenCalledOnce());
  expect(document.activeElement).toBe(screen.getByRole('listbox'));
  // The library has changed since, and says so.
  session.store.set({ library: aLibrary({ version: 2 }) });
  await waitFor(() => expect(titles()).toEqual(['The paper title:0003']));
});

test('says of a paper that is not in the library that it is not', async () => {
  const library = aLibraryWithDeleted();
  library.papers.delete('title:0001');
  await open(library);
  expect(titles()[0]).toBe('Not in the library');
  expect(screen.getByText(/Its paper is not in the library any more/)).toBeTruthy();
  expect(button('Show the paper').disabled).toBe(true);
  await screen.findByRole('region', { name: 'Its text' });
  expect(button('Restore').disabled).toBe(false);
});

test('goes to the paper', async () => {
  const { session, run, onClose } = await open(aLibraryWithDeleted());
  const goTo = vi.spyOn(session.papers, 'goTo').mockResolvedValue();
  await userEvent.keyboard('jo');
  expect(onClose).toHaveBeenCalledOnce();
  expect(goTo).toHaveBeenCalledExactlyOnceWith('title:0003');
  expect(run).toHaveBeenCalledWith('focusList');
});

test('says why one could not be brought back, and where nothing can', async () => {
  const library = aLibraryWithDeleted();
  library.save = () => Promise.reject(new OffprintError('unreadable', 'The disk is full.'));
  const { session } = await open(library);
  await screen.findByRole('region', { name: 'Its text' });
  await userEvent.keyboard('{Enter}');
  expect(await screen.findByText('Not saved. The disk is full.')).toBeTruthy();
  await userEvent.keyboard('{ArrowDown}');
  session.store.set({ library: aLibrary({ readOnly: 'The disk can only be read.' }) });
  expect(await screen.findByText('The disk can only be read.')).toBeTruthy();
  expect(button('Restore').disabled).toBe(true);
});

test('reads on as its end comes near', async () => {
  const library = new NotedLibrary();
  for (let at = 0; at < mostKept + 5; at += 1) library.add(`title:${at}`, '', [`note ${at}`]);
  await open(library);
  expect(screen.getByRole('listbox').getAttribute('aria-label')).toMatch(`${mostKept + 5} deleted notes`);
  expect(titles()).toHaveLength(mostKept);
  await userEvent.keyboard('{End}');
  await waitFor(() => expect(titles()).toHaveLength(mostKept + 5));
});

test('without any (any more), says where they would come from, and Undo works on', async () => {
  const library = new NotedLibrary();
  const { onClose } = await open(library);
  expect(screen.getByText('There are no deleted notes.')).toBeTruthy();
  await userEvent.keyboard('{Control>}z{/Control}');
  expect(library.undo).toHaveBeenCalledOnce();
  await userEvent.keyboard('{Enter}');
  expect(onClose).toHaveBeenCalledOnce();
});
