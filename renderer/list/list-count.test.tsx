import { act, render, screen } from '@testing-library/react';
import { beforeEach, expect, test } from 'vitest';
import type { Client } from '../../shared/client.ts';
import { SessionContext } from '../frame/session-context.ts';
import type { ListState } from '../state/app-state.ts';
import { Session } from '../state/session.ts';
import { ListCount } from './list-count.tsx';

let session: Session;
const shown = { view: 'all', query: 'weak', sort: [] };

beforeEach(() => {
  session = new Session({ call: () => new Promise(() => {}), on: () => () => {} } as Client);
});

function show(list: Partial<ListState>): void {
  const { store } = session;
  act(() => store.set({ list: { ...store.get().list, shown, ...list } }));
}

const text = () => screen.getByRole('paragraph').textContent;

function draw(held: number | null, searching: boolean) {
  render(
    <SessionContext value={{ session, run: () => {} }}>
      <ListCount held={held} searching={searching} />
    </SessionContext>,
  );
}

test('says how many of the view a search has found, and how many are selected', () => {
  draw(5500, true);
  expect(text()).toBe('');
  show({ total: 1 });
  expect(text()).toBe('1 of 5,500');
  show({ total: 1200, selection: [[0, 1000]] });
  expect(text()).toBe('1,000 of 1,200 selected');
});

test('stays as it was while counting takes no longer than can be noticed', () => {
  draw(90_000, true);
  show({ total: 300 });
  show({ total: 10_000, complete: false });
  expect(text()).toBe('300 of 90,000');
  show({ counting: true });
  expect(text()).toBe('10,000+ of 90,000');
  show({ selection: [[0, 10_000]] });
  expect(text()).toBe('10,000+ of 10,000+ selected');
  show({ total: 34_567, complete: true, counting: false, selection: [[0, 1]] });
  expect(text()).toBe('34,567 of 90,000');
});

test('tells rows that have left the view from its papers', () => {
  draw(54, false);
  show({ total: 55 });
  expect(text()).toBe('54 papers, 55 shown');
});

test('counts the rows where the library still counts the view', () => {
  draw(null, false);
  show({ total: 55 });
  expect(text()).toBe('55 papers');
});
