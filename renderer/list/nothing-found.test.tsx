import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import type { Client } from '../../shared/client.ts';
import { SessionContext } from '../frame/session-context.ts';
import { Session } from '../state/session.ts';
import { NothingFound } from './nothing-found.tsx';
import type { SearchHelp } from './use-search-help.ts';

let answer: (help: SearchHelp) => Promise<void>;
let refuse: () => Promise<void>;
let asked: unknown[];
let session: Session;
const run = vi.fn();

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  asked = [];
  run.mockReset();
  const client = {
    call(name: string, input: unknown) {
      const { promise, resolve, reject } = Promise.withResolvers<unknown>();
      if (name === 'search.help') {
        asked.push(input);
        answer = (help) => act(async () => resolve(help));
        refuse = () => act(async () => reject(new Error('no')));
      }
      return promise;
    },
    on: () => () => {},
  } as unknown as Client;
  session = new Session(client);
  return () => vi.useRealTimers();
});

function nothingFor(query: string, view = 'inbox') {
  return (
    <SessionContext value={{ session, run }}>
      <NothingFound view={view} label="Inbox" query={query} />
    </SessionContext>
  );
}

const buttons = () => screen.queryAllByRole('button').map((button) => button.textContent);
const help: SearchHelp = {
  spelling: [{ word: 'transfomer', suggestion: 'transformer', query: 'transformer author:smith', total: 1 }],
  without: [{ part: 'author:smith', query: 'transfomer', total: 1234 }],
};

test('asks once typing has paused, and offers what would be found', async () => {
  const { rerender } = render(nothingFor('transf'));
  vi.advanceTimersByTime(100);
  rerender(nothingFor('transfomer author:smith'));
  await act(() => vi.advanceTimersByTimeAsync(150));
  expect(asked).toEqual([{ view: 'inbox', query: 'transfomer author:smith' }]);
  expect(buttons()).toEqual([]);
  await answer(help);
  expect(buttons()).toEqual([
    'transformer1 paper',
    'author:smith1,234 papers',
    'Search all papers',
    'Clear the search',
  ]);
  expect(session.store.get().announcement).toContain('Did you mean transformer?');
});

test('searches for what is chosen from the keyboard, and the papers get the focus', async () => {
  render(nothingFor('transfomer author:smith'));
  await act(() => vi.advanceTimersByTimeAsync(150));
  await answer(help);
  vi.useRealTimers();
  screen.getAllByRole('button')[0]?.focus();
  await userEvent.keyboard('{ArrowDown}{Enter}');
  expect(session.store.get().query).toBe('transfomer');
  expect(run).toHaveBeenCalledWith('focusList');
  await userEvent.keyboard('{ArrowDown}{Enter}');
  expect(session.store.get()).toMatchObject({ query: 'transfomer author:smith', settings: { view: 'all' } });
});

test('drops advice on a search that is over, and does without it where there is none', async () => {
  const { rerender } = render(nothingFor('one', 'all'));
  await act(() => vi.advanceTimersByTimeAsync(150));
  rerender(nothingFor('two', 'all'));
  await answer(help);
  expect(buttons()).toEqual([]);
  await act(() => vi.advanceTimersByTimeAsync(150));
  await refuse();
  expect(buttons()).toEqual(['Clear the search']);
});
