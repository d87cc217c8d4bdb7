import { screen, waitFor, within } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import type { Difference } from '../../shared/generations.ts';
import { OffprintError } from '../../shared/outcome.ts';
import { aLibrary } from '../state/testing.ts';
import { GenerationDialog } from './generation-dialog.tsx';
import { type Answers, aDifference, aGeneration, show } from './testing.tsx';

/** Shows an earlier state that says something else of these papers. */
function open(differences: Difference[], answers: Answers = {}, views = 0, state: Parameters<typeof show>[2] = {}) {
  const onClose = vi.fn();
  const onRestored = vi.fn();
  const generation = aGeneration();
  const shown = show(
    {
      'generations.compare': ({ find, offset, limit }) => {
        const found = differences.filter(({ title }) => (title ?? '').includes(find));
        const page = found.slice(offset, offset + limit);
        return { generation, total: found.length, differences: page, views, tagColours: 0, merges: 0 };
      },
      'generations.restore': ({ ids }) => {
        const gone = new Set<unknown>(ids ?? differences.map(({ id }) => id));
        const kept = differences.filter(({ id }) => !gone.has(id));
        const changed = differences.length - kept.length;
        differences.splice(0, differences.length, ...kept);
        return { changed, label: `Restored ${changed}` };
      },
      ...answers,
    },
    <GenerationDialog generation={generation} onClose={onClose} onRestored={onRestored} />,
    state,
  );
  return { ...shown, onClose, onRestored };
}

const papers = (count: number) => Array.from({ length: count }, (_, at) => aDifference(`title:${at}`));
const button = (name: string) => screen.getByRole<HTMLButtonElement>('button', { name });
const choose = (name: string) => userEvent.click(button(name));
const listed = () => screen.queryAllByRole('article').map((paper) => paper.getAttribute('aria-label'));

test('shows what was said then beside what is said now', async () => {
  const was = { status: 'reading', starred: true, tags: ['a'], note: 'One two three.' } as const;
  const now = { status: 'reading', starred: false, tags: [], note: 'One 2 three.' } as const;
  open([aDifference('title:1', { was: { ...was, tags: ['a'] }, now: { ...now, tags: [] } })]);
  const paper = await screen.findByRole('article', { name: 'The paper title:1' });
  const rows = within(paper).getAllByRole('row').slice(1);
  const cells = rows.map((line) => [...line.children].map(({ textContent }) => textContent));
  expect(cells).toEqual([
    ['Star', 'Starred', 'none'],
    ['Tags', 'a', 'none'],
    ['Note', 'One two three.', 'One 2 three.'],
  ]);
  expect(paper.querySelector('ins')?.textContent).toBe('two');
  expect(paper.querySelector('del')?.textContent).toBe('2');
  expect(screen.getByText('1 paper differs from now.')).toBeTruthy();
});

test('a long note is shown around its differences, and whole when asked for', async () => {
  const long = 'This sentence stays. '.repeat(50);
  const said = (note: string) => ({ status: 'unread', starred: false, tags: [], note }) as const;
  const was = { ...said(`${long}old ${long}`), tags: [] };
  open([aDifference('title:1', { was, now: { ...said(`${long}new ${long}`), tags: [] } })]);
  const paper = await screen.findByRole('article');
  const note = () => within(paper).getByRole('row', { name: /Note/ }).children[1]?.textContent ?? '';
  expect(note().length).toBeLessThan(400);
  expect(note()).toContain('old');
  await choose('Whole note: The paper title:1');
  expect(note()).toBe(`${long}old ${long}`);
  await choose('Whole note: The paper title:1');
  expect(note().length).toBeLessThan(400);
});

test('one paper is restored at once, and Undo is offered', async () => {
  const undo = vi.fn(() => ({ done: 'restore' }));
  const { called, session } = open(papers(2), { 'history.undo': undo });
  await screen.findAllByRole('article');
  await choose('Restore: The paper title:0');
  expect(called('generations.restore')).toEqual([{ id: 'one', ids: ['title:0'] }]);
  expect(await screen.findByText('Restored 1')).toBeTruthy();
  expect(session.store.get().toasts).toMatchObject([{ message: 'Restored 1', action: { label: 'Undo' } }]);
  // What is restored is told of by the library, and goes from the list then.
  session.store.set({ library: aLibrary({ version: 2 }) });
  await waitFor(() => expect(listed()).toEqual(['The paper title:1']));
  expect(document.activeElement).toBe(screen.getByRole('searchbox'));
  await choose('Undo');
  await waitFor(() => expect(undo).toHaveBeenCalledOnce());
});

test('selected papers are restored after a question that says what changes', async () => {
  const { called } = open(papers(3));
  await screen.findAllByRole('article');
  expect(button('Restore the selected…').disabled).toBe(true);
  await userEvent.click(screen.getByRole('checkbox', { name: 'The paper title:0' }));
  await userEvent.click(screen.getByRole('checkbox', { name: 'The paper title:2' }));
  await choose('Restore 2 papers…');
  const question = screen.getByRole('dialog', { name: 'Restore 2 papers?' });
  expect(question.textContent).toContain('The status, star, tags and note of 2 papers become what they were then.');
  await choose('Cancel');
  expect(called('generations.restore')).toEqual([]);
  await choose('Restore 2 papers…');
  await choose('Restore 2 papers');
  expect(called('generations.restore')).toEqual([{ id: 'one', ids: ['title:0', 'title:2'] }]);
  await waitFor(() => expect(button('Restore the selected…').disabled).toBe(true));
});

test('everything is restored after a question, and the dialog goes', async () => {
  const { called, onRestored } = open(papers(30), {}, 2);
  await screen.findAllByRole('article');
  await choose('Restore everything…');
  const question = screen.getByRole('dialog', { name: /^Go back to .* at .*\?$/ });
  expect(question.textContent).toContain('note of 30 papers and 2 saved views become what they were then.');
  await choose('Restore everything');
  expect(called('generations.restore')).toEqual([{ id: 'one', ids: null }]);
  await waitFor(() => expect(onRestored).toHaveBeenCalledOnce());
});

test('many papers are gone through by pages, and selected across them', async () => {
  const { called } = open(papers(60));
  await screen.findAllByRole('article');
  expect(listed()).toHaveLength(25);
  expect(screen.getByText('1 to 25 of 60')).toBeTruthy();
  await userEvent.click(screen.getByRole('checkbox', { name: 'Select this page' }));
  await choose('Next');
  await waitFor(() => expect(listed()[0]).toBe('The paper title:25'));
  await userEvent.click(screen.getByRole('checkbox', { name: 'The paper title:25' }));
  await choose('Next');
  await waitFor(() => expect(listed()).toHaveLength(10));
  expect(button('Next').disabled).toBe(true);
  await choose('Restore 26 papers…');
  await choose('Restore 26 papers');
  expect(called('generations.restore')).toMatchObject([{ ids: { length: 26 } }]);
});

test('papers are found by their titles, and what differs as a whole is still told', async () => {
  open(papers(30));
  await screen.findAllByRole('article');
  await userEvent.type(screen.getByRole('searchbox'), ':2');
  await waitFor(() => expect(listed()).toHaveLength(11));
  expect(screen.getByText('30 papers differ from now.')).toBeTruthy();
  await userEvent.type(screen.getByRole('searchbox'), 'zzz');
  expect(await screen.findByText('No paper that differs has this in its title or note.')).toBeTruthy();
});

test('a state that is as now has nothing to restore', async () => {
  open([]);
  expect(await screen.findByText('It says just what the library says now.')).toBeTruthy();
  expect(button('Restore everything…').disabled).toBe(true);
});

test('says why something could not be restored or looked into, and changes nothing', async () => {
  open(papers(1), {
    'generations.restore': () => Promise.reject(new OffprintError('unreadable', 'The disk is full.')),
  });
  await screen.findAllByRole('article');
  await choose('Restore: The paper title:0');
  expect(await screen.findByText('The disk is full.')).toBeTruthy();
  expect(listed()).toHaveLength(1);
});

test('a paper that is not in the library is named by its id', async () => {
  open([aDifference('doi:10.1/x', { title: null })]);
  expect(await screen.findByRole('article', { name: 'doi:10.1/x, which is not in the library' })).toBeTruthy();
});

test('a state that cannot be read is told of', async () => {
  open([], { 'generations.compare': () => Promise.reject(new OffprintError('damaged', 'It is damaged.')) });
  expect((await screen.findByRole('alert')).textContent).toBe('It is damaged.');
  expect(button('Restore everything…').disabled).toBe(true);
});

test('where nothing can be changed, it can be looked into only', async () => {
  open(papers(1), {}, 0, { readOnly: 'It is newer.' });
  await screen.findAllByRole('article');
  expect(button('Restore: The paper title:0').disabled).toBe(true);
  expect(button('Restore everything…').disabled).toBe(true);
});
