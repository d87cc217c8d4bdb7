import { renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { expect, test, vi } from 'vitest';
import { OffprintError } from '../../shared/outcome.ts';
import { SessionContext } from '../frame/session-context.ts';
import type { Session } from '../state/session.ts';
import { useNoteActions } from './use-note-actions.ts';

/** A session of which each part writes down what it was asked. */
function aSession(currentId = 'arxiv:1') {
  const done: string[] = [];
  const titles: Record<string, string> = { 'arxiv:1': 'Open now', 'doi:10.1000/2': 'Linked' };
  const session = {
    client: {
      async call(_name: string, { id }: { id: string }) {
        const title = titles[id];
        if (title === undefined) throw new OffprintError('not-found', 'no');
        return { id, title };
      },
    },
    store: { get: () => ({ currentId, library: { tags: [{ name: 'ml' }] } }) },
    toasts: {
      show: (_kind: string, text: string) => done.push(text),
      fail: (error: unknown) => done.push(String(error)),
    },
    triage: { leave: () => done.push('leave') },
    wayBack: { open: async (id: string, title: string) => done.push(`open ${id} from ${title}`) },
    tags: { show: (tag: string) => done.push(`tag ${tag}`) },
    // A method as the session's own is: it needs what it is called on.
    dialog(this: { client: unknown }) {
      if (this.client) done.push('close');
    },
  };
  return { session: session as unknown as Session, done };
}

function actionsOf(session: Session) {
  const wrapper = ({ children }: { children: ReactNode }) => (
    <SessionContext value={{ session, run: vi.fn() }}>{children}</SessionContext>
  );
  return renderHook(() => useNoteActions(vi.fn()), { wrapper }).result.current;
}

test('a link leads to its paper, in such a way that one can go back', async () => {
  const { session, done } = aSession();
  actionsOf(session)?.openPaper('doi:10.1000/2');
  await waitFor(() => expect(done).toEqual(['leave', 'close', 'open doi:10.1000/2 from Open now']));
});

test('a link to what is not in the library says so, and leaves everything as it is', async () => {
  const { session, done } = aSession();
  actionsOf(session)?.openPaper('arxiv:9');
  await waitFor(() => expect(done).toEqual(['This paper is not in your library: arxiv:9']));
});

test('a link leads to its paper from one that has gone meanwhile', async () => {
  const { session, done } = aSession('arxiv:8');
  actionsOf(session)?.openPaper('doi:10.1000/2');
  await waitFor(() => expect(done).toEqual(['leave', 'close', 'open doi:10.1000/2 from ']));
});

test('a tag leads to what has it; outside of the window nothing leads anywhere', () => {
  const { session, done } = aSession();
  const actions = actionsOf(session);
  actions?.showTag('ml');
  expect([done, actions?.tags()]).toEqual([['leave', 'close', 'tag ml'], ['ml']]);
  expect(renderHook(() => useNoteActions(vi.fn())).result.current).toBeNull();
});
