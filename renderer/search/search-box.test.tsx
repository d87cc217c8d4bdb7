import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createRef } from 'react';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Client } from '../../shared/client.ts';
import { SessionContext } from '../frame/session-context.ts';
import { Session } from '../state/session.ts';
import { aLibrary } from '../state/testing.ts';
import { colouredPieces } from './coloured-text.tsx';
import { Explanation } from './explanation.tsx';
import { SearchBox, type SearchBoxHandle } from './search-box.tsx';

let session: Session;
let asked: { name: string; input: { query?: string; beginning?: string } }[];
let values: string[];
const onLeave = vi.fn();

beforeEach(() => {
  asked = [];
  values = [];
  onLeave.mockReset();
  const client = {
    call(name: string, input: never) {
      asked.push({ name, input });
      return name === 'search.values' ? Promise.resolve({ values }) : new Promise(() => {});
    },
    on: () => () => {},
  } as unknown as Client;
  session = new Session(client);
  session.store.set({
    library: aLibrary({ tags: [{ name: 'ml', count: 2, total: 3, colour: null }] }),
    phase: 'ready',
  });
  const ref = createRef<SearchBoxHandle>();
  render(
    <SessionContext value={{ session, run: () => {} }}>
      <SearchBox ref={ref} onLeave={onLeave} />
      <Explanation />
      <button type="button">after</button>
    </SessionContext>,
  );
  act(() => ref.current?.focus());
});

const box = () => screen.getByRole<HTMLInputElement>('combobox', { name: 'Search' });
const offers = () => screen.queryAllByRole('option').map((option) => option.querySelector('bdi')?.textContent);
const highlighted = () => document.getElementById(box().getAttribute('aria-activedescendant') ?? '')?.textContent;
const type = (keys: string) => userEvent.keyboard(keys);

describe('the search box', () => {
  test('asks with every key, before anything is drawn', async () => {
    await type('we');
    expect(asked).toMatchObject([{ name: 'list.open', input: { query: 'w' } }]);
    expect(session.store.get().query).toBe('we');
    expect(box().value).toBe('we');
  });

  test('has a copy of the very same text under it, to be coloured', async () => {
    await type('  weak  -title:strong OR "to a"');
    expect(box().previousElementSibling?.textContent).toBe(box().value);
    expect([...colouredPieces(box().value)]).toEqual([
      [
        'query-operator',
        [
          [8, 9],
          [22, 24],
        ],
      ],
      ['query-field', [[9, 15]]],
      ['query-value', [[15, 21]]],
      ['query-phrase', [[25, 31]]],
    ]);
  });

  test('says what it understood, when that is more than words', async () => {
    const said = () => document.getElementById(box().getAttribute('aria-describedby') ?? '');
    await type('weak to');
    expect(said()?.hidden).toBe(true);
    await type(' title:x');
    expect(said()?.textContent).toContain('in the title');
  });

  test('says what a saved view holds while nothing is searched for', async () => {
    const { store } = session;
    const view = { id: 'view:0001', name: 'New', icon: 'star', query: 'is:unread', sort: null, columns: null } as const;
    const library = aLibrary({ views: [{ ...view, count: 3 }] });
    act(() => store.set({ library, settings: { ...store.get().settings, view: view.id } }));
    expect(screen.getByText('Unread')).toBeTruthy();
    await type('weak');
    expect(screen.queryByText('Unread')).toBeNull();
  });

  test('says when papers with the words in the title come first', async () => {
    const { store } = session;
    await type('weak');
    const shown = { view: 'all', query: 'weak', sort: [] };
    act(() => store.set({ list: { ...store.get().list, shown, order: 'title', total: 20_000 } }));
    expect(screen.getByText(/^More than 10,000 match: those with all words in the title first/)).toBeTruthy();
    await type(' t');
    expect(screen.queryByText(/^More than/)).toBeNull();
  });
});

describe('offers', () => {
  test('of fields come with a word, and leave Enter and Down alone', async () => {
    await type('ti');
    expect(offers()).toEqual(['title:']);
    expect(box().getAttribute('aria-expanded')).toBe('true');
    await type('{ArrowDown}');
    expect(onLeave).toHaveBeenCalledOnce();
    expect(offers()).toEqual([]);
  });

  test('are taken by Tab, and the values of the field follow', async () => {
    await type('weak ta{Tab}');
    expect(box().value).toBe('weak tag:');
    expect(offers()).toEqual(['ml']);
    await type('{Tab}');
    expect(box().value).toBe('weak tag:ml ');
    expect(session.store.get().query).toBe('weak tag:ml ');
    expect(offers()).toEqual([]);
    await type('{Tab}');
    expect(document.activeElement).not.toBe(box());
  });

  test('of values are chosen by the arrows and taken by Enter', async () => {
    await type('is:re');
    expect(offers()).toEqual(['reading', 'read']);
    expect(highlighted()).toBeUndefined();
    await type('{ArrowDown}{ArrowDown}');
    expect(highlighted()).toMatch(/^read/);
    await type('{ArrowUp}');
    expect(highlighted()).toMatch(/^reading/);
    await type('{Enter}');
    expect(box().value).toBe('is:reading ');
    expect(onLeave).not.toHaveBeenCalled();
    await type('{Enter}');
    expect(onLeave).toHaveBeenCalledOnce();
  });

  test('that are not highlighted leave Enter to the papers', async () => {
    await type('is:re{Enter}');
    expect(box().value).toBe('is:re');
    expect(onLeave).toHaveBeenCalledOnce();
  });

  test('are closed by Escape alone, and come again with the next letter', async () => {
    const left = vi.fn();
    window.addEventListener('keydown', left);
    await type('is:r{Escape}');
    expect(offers()).toEqual([]);
    expect(left.mock.lastCall?.[0].defaultPrevented).toBe(true);
    await type('{Escape}');
    expect(left.mock.lastCall?.[0].defaultPrevented).toBe(false);
    await type('e');
    expect(offers()).toEqual(['reading', 'read']);
    window.removeEventListener('keydown', left);
  });

  test('go when the caret goes elsewhere, or the focus', async () => {
    await type('weak ti{ArrowLeft}');
    expect(offers()).toEqual([]);
    await type('{ArrowRight}t');
    expect(offers()).toEqual(['title:']);
    act(() => box().blur());
    expect(offers()).toEqual([]);
  });

  test('of authors come from the library when typing has paused', async () => {
    values = ['Yann LeCun'];
    await type('author:lec');
    expect(await screen.findByRole('option', { name: 'Yann LeCun' })).toBeTruthy();
    expect(asked.filter(({ name }) => name === 'search.values')).toMatchObject([{ input: { beginning: 'lec' } }]);
    await userEvent.click(screen.getByRole('option'));
    expect(box().value).toBe('author:"Yann LeCun" ');
    expect(document.activeElement).toBe(box());
  });

  test('are the whole language when it is asked for in an empty box', async () => {
    await type('?');
    expect(box().value).toBe('');
    expect(offers()).toContain('sort:');
    await type('{ArrowDown}{Enter}');
    expect([box().value, box().selectionStart]).toEqual(['""', 1]);
    await userEvent.clear(box());
    await userEvent.click(screen.getByRole('button', { name: 'What can be searched for' }));
    expect(offers()).toContain('year:');
    await type('what?');
    expect(box().value).toBe('what?');
  });

  test('can be asked for anywhere', async () => {
    await type('weak {Alt>}{ArrowDown}{/Alt}');
    expect(offers()).toContain('title:');
  });
});
