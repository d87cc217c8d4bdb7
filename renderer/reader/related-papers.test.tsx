import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeAll, expect, test, vi } from 'vitest';
import type { Client } from '../../shared/client.ts';
import { OffprintError } from '../../shared/outcome.ts';
import type { RelatedPaper } from '../../shared/related-calls.ts';
import { SessionContext } from '../frame/session-context.ts';
import { Session } from '../state/session.ts';
import { RelatedPapers } from './related-papers.tsx';
import { RelatedSlot } from './related-slot.tsx';

beforeAll(() => {
  // The test's browser has none of it.
  vi.stubGlobal('requestIdleCallback', (work: () => void) => setTimeout(work));
  vi.stubGlobal('cancelIdleCallback', clearTimeout);
});

function near(number: number, fields: Partial<RelatedPaper> = {}): RelatedPaper {
  return {
    id: `title:${String(number).padStart(8, '0')}`,
    title: `Paper ${number}`,
    authors: ['Ada Moss', 'Jo Kettle', 'Kenji Wall'],
    published: '2024-05-14',
    status: 'unread',
    starred: false,
    score: 0.5,
    words: ['kettles', 'steam'],
    ...fields,
  };
}

test('each paper says what it is and what both say, and is opened by a click', async () => {
  const onOpen = vi.fn();
  render(<RelatedPapers papers={[near(1, { status: 'read', starred: true }), near(2)]} onOpen={onOpen} />);
  const region = screen.getByRole('region', { name: 'Related papers' });
  const [first, second, ...others] = within(region).getAllByRole('button');
  expect(first?.textContent).toMatch(/^Read\. Paper 1, starred\. Ada Moss and 2 more, 2024Both say kettles · steam$/);
  expect(second?.textContent).toMatch(/^Unread\. Paper 2Ada/);
  expect(others).toEqual([]);
  await userEvent.click(second as HTMLElement);
  expect(onOpen).toHaveBeenCalledWith(near(2).id);
});

test('the arrows go through them, Enter opens, and more come when they are wanted', async () => {
  const onOpen = vi.fn();
  render(<RelatedPapers papers={Array.from({ length: 9 }, (_, at) => near(at))} onOpen={onOpen} />);
  expect(screen.getAllByRole('listitem')).toHaveLength(5);
  screen.getByRole('button', { name: /Paper 0/ }).focus();
  await userEvent.keyboard('{ArrowUp}{ArrowDown}{ArrowDown}{ArrowUp}{Enter}');
  expect(onOpen).toHaveBeenCalledExactlyOnceWith(near(1).id);
  await userEvent.keyboard('{ArrowDown}{ArrowDown}{ArrowDown}{ArrowDown}');
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Show 4 more' }));
  await userEvent.keyboard('{Enter}');
  expect(screen.getAllByRole('listitem')).toHaveLength(9);
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: /Paper 5/ })));
});

test('one more than are shown at first is shown with them', () => {
  render(<RelatedPapers papers={Array.from({ length: 6 }, (_, at) => near(at))} onOpen={() => {}} />);
  expect(screen.getAllByRole('listitem')).toHaveLength(6);
});

/** The place for the related papers of `paperId`, in a window whose library answers as `call` does. */
function slot(call: (name: string, input: unknown) => Promise<unknown>, paperId = 'title:0001') {
  const client = { call, on: () => () => {} } as unknown as Client;
  const session = new Session(client);
  session.store.set({ currentId: paperId });
  const run = vi.fn();
  const shown = (id: string) => (
    <SessionContext value={{ session, run }}>
      <RelatedSlot key={id} paperId={id} title="The paper" />
    </SessionContext>
  );
  const { rerender } = render(shown(paperId));
  return { session, run, show: (id: string) => rerender(shown(id)) };
}

test('they come by themselves once the paper has stayed, and leave the focus where it is', async () => {
  const call = vi.fn(async () => ({ papers: [near(7)] }));
  slot(call);
  expect(call).not.toHaveBeenCalled();
  await screen.findByRole('button', { name: /Paper 7/ });
  expect(call).toHaveBeenCalledExactlyOnceWith('papers.related', { id: 'title:0001', limit: 15 });
  expect(document.activeElement).toBe(document.body);
});

test('a paper that is left before is not asked about', async () => {
  const call = vi.fn(async (_name: string, _input: unknown) => ({ papers: [near(7)] }));
  const { show } = slot(call);
  show('title:0002');
  await screen.findByRole('button', { name: /Paper 7/ });
  expect(call.mock.calls.map(([, input]) => input)).toEqual([{ id: 'title:0002', limit: 15 }]);
});

test('who asks for them is taken there as soon as they are there, and nobody who has gone on since', async () => {
  const answer = Promise.withResolvers<unknown>();
  const call = vi.fn(() => answer.promise);
  const { session, show } = slot(call);
  session.store.set({ relatedAsked: 'title:0001' });
  await waitFor(() => expect(call).toHaveBeenCalledOnce());
  answer.resolve({ papers: [near(7)] });
  const button = await screen.findByRole('button', { name: /Paper 7/ });
  await waitFor(() => expect(document.activeElement).toBe(button));
  expect(session.store.get().relatedAsked).toBeNull();
  session.store.set({ relatedAsked: 'title:0001', currentId: 'title:0002' });
  show('title:0002');
  await waitFor(() => expect(session.store.get().relatedAsked).toBeNull());
  await screen.findByRole('button', { name: /Paper 7/ });
  expect(document.activeElement).toBe(document.body);
});

test('where there are none, who asked is told; where they cannot be had, too, and otherwise nobody', async () => {
  const call = vi.fn(async (): Promise<unknown> => ({ papers: [] }));
  const { session, show } = slot(call);
  session.store.set({ relatedAsked: 'title:0001' });
  await waitFor(() => expect(session.store.get().announcement).toBe('No other paper of the library says the same.'));
  expect(screen.queryByRole('region')).toBeNull();
  call.mockImplementation(() => Promise.reject(new OffprintError('refused', 'The paper database is closed.')));
  session.store.set({ relatedAsked: 'title:0002', currentId: 'title:0002' });
  show('title:0002');
  await waitFor(() =>
    expect(session.store.get().toasts.map(({ message }) => message)).toEqual(['The paper database is closed.']),
  );
  show('title:0003');
  await waitFor(() => expect(call).toHaveBeenCalledTimes(3));
  expect(session.store.get().toasts).toHaveLength(1);
});
