import { beforeEach, describe, expect, it } from 'vitest';
import type { Client } from '../../shared/client.ts';
import { OffprintError } from '../../shared/outcome.ts';
import type { Row } from '../../shared/paper.ts';
import { type AppState, initialState } from './app-state.ts';
import { ListModel } from './list-model.ts';
import { makeStore, type Store } from './store.ts';
import { aRow } from './testing.ts';

/** A call that the test answers when it pleases. */
interface Question {
  name: string;
  input: { query?: string; result?: number; offset?: number; limit?: number };
  answer(value: unknown): Promise<void>;
  fail(error: Error): Promise<void>;
}

let questions: Question[];
let failures: unknown[];
let store: Store<AppState>;
let list: ListModel;

/** Lets everything that waits on an answer run. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

beforeEach(() => {
  questions = [];
  failures = [];
  store = makeStore(initialState());
  const client: Client = {
    call: (name, input) =>
      new Promise((resolve, reject) => {
        questions.push({
          name,
          input: input as Question['input'],
          answer: (value) => {
            resolve(value as never);
            return settled();
          },
          fail: (error) => {
            reject(error);
            return settled();
          },
        });
      }),
    on: () => () => {},
  };
  list = new ListModel(client, store, (error) => failures.push(error));
});

function take(name: string): Question {
  const at = questions.findIndex((question) => question.name === name);
  const [question] = questions.splice(at, 1);
  if (!question || at < 0) throw new Error(`${name} was not called`);
  return question;
}

const rows = (from: number, to: number, fields: Partial<Row> = {}) =>
  Array.from({ length: to - from }, (_, at) => aRow(from + at, fields));

async function openList(total: number, query = ''): Promise<void> {
  void list.open({ view: 'all', query, sort: [] });
  await take('list.open').answer({ result: 1, total, rows: rows(0, Math.min(total, 100)) });
}

describe('opening a list', () => {
  it('selects the first row, and nothing in an empty list', async () => {
    await openList(3);
    expect(store.get().list).toMatchObject({ result: 1, total: 3, focus: 0, selection: [[0, 1]] });
    expect(store.get().currentId).toBe(aRow(0).id);
    void list.open({ view: 'all', query: 'x', sort: [] });
    await take('list.open').answer({ result: 2, total: 0, rows: [] });
    expect(store.get().list).toMatchObject({ total: 0, focus: -1, selection: [] });
    expect(store.get().currentId).toBeNull();
    expect(take('list.close').input.result).toBe(1);
  });

  it('asks one question at a time, of those meanwhile only the last, and drops the stale answer', async () => {
    void list.open({ view: 'all', query: 'w', sort: [] });
    void list.open({ view: 'all', query: 'we', sort: [] });
    void list.open({ view: 'all', query: 'wea', sort: [] });
    const first = take('list.open');
    expect(questions).toEqual([]);
    await first.answer({ result: 1, total: 9, rows: rows(0, 9) });
    expect(store.get().list.shown).toBeNull();
    const last = take('list.open');
    expect(last.input.query).toBe('wea');
    await last.answer({ result: 2, total: 5, rows: rows(0, 5) });
    expect(store.get().list).toMatchObject({ result: 2, total: 5 });
    expect(store.get().list.shown?.query).toBe('wea');
    expect(take('list.close').input.result).toBe(1);
    expect(questions).toEqual([]);
  });

  it('asks the next question also when the one before it failed', async () => {
    void list.open({ view: 'all', query: 'w', sort: [] });
    void list.open({ view: 'all', query: 'we', sort: [] });
    await take('list.open').fail(new Error('no'));
    await take('list.open').answer({ result: 2, total: 5, rows: rows(0, 5) });
    expect(failures).toEqual([]);
    expect(store.get().list).toMatchObject({ result: 2, total: 5 });
  });

  it('keeps the rows that are shown until the new ones are here', async () => {
    await openList(5);
    void list.open({ view: 'all', query: 'x', sort: [] });
    expect(list.row(4)?.title).toBe('Paper 4');
    expect(store.get().list).toMatchObject({ total: 5, slow: false });
  });

  it('keeps the selected paper when it is in the new result, beyond the first rows too', async () => {
    await openList(300);
    store.set({ currentId: aRow(250).id });
    void list.open({ view: 'all', query: '', sort: [{ field: 'title', desc: true }] });
    await take('list.open').answer({ result: 2, total: 300, rows: rows(0, 100) });
    expect(store.get().list.focus).toBe(-1);
    expect(store.get().currentId).toBe(aRow(250).id);
    await take('list.indexOf').answer({ index: 250 });
    expect(store.get().list).toMatchObject({ focus: 250, selection: [[250, 251]] });
    await take('list.rows').answer({ rows: rows(200, 300) });
    expect(store.get().currentId).toBe(aRow(250).id);
  });

  it('falls back to the first row when the selected paper is gone', async () => {
    await openList(300);
    store.set({ currentId: 'title:gone' });
    void list.open({ view: 'all', query: 'x', sort: [] });
    await take('list.open').answer({ result: 2, total: 200, rows: rows(0, 100) });
    await take('list.indexOf').answer({ index: null });
    expect(store.get().list.focus).toBe(0);
    expect(store.get().currentId).toBe(aRow(0).id);
  });

  it('reports a failure and keeps what is shown', async () => {
    await openList(5);
    void list.open({ view: 'all', query: 'x', sort: [] });
    await take('list.open').fail(new OffprintError('internal', 'No.'));
    expect(failures).toHaveLength(1);
    expect(store.get().list).toMatchObject({ result: 1, total: 5 });
  });
});

describe('fetching rows', () => {
  it('asks for the pages in sight, once, and few at a time', async () => {
    await openList(1000);
    list.want(90, 510);
    list.want(90, 510);
    const asked = questions
      .filter((question) => question.name === 'list.rows')
      .map((question) => question.input.offset);
    expect(asked).toEqual([100, 200, 300]);
    await take('list.rows').answer({ rows: rows(100, 200) });
    expect(questions.map((question) => question.input.offset)).toEqual([200, 300, 400]);
  });

  it('does not let rows in that were asked for before papers changed', async () => {
    await openList(200);
    list.want(100, 150);
    const before = take('list.rows');
    list.reload();
    await before.answer({ rows: rows(100, 200, { status: 'unread' }) });
    expect(list.row(120)).toBeUndefined();
    await take('list.rows').answer({ rows: rows(100, 200, { status: 'read' }) });
    expect(list.row(120)?.status).toBe('read');
  });

  it('asks the same question again when the library has forgotten the result set', async () => {
    await openList(200, 'weak');
    list.want(100, 150);
    await take('list.rows').fail(new OffprintError('not-found', 'Gone.'));
    expect(take('list.open').input.query).toBe('weak');
    expect(failures).toEqual([]);
  });

  it('gathers rows of a selection, fetched or not, up to a limit', async () => {
    await openList(500);
    const gathered = list.rowsOf(
      [
        [1, 3],
        [300, 400],
      ],
      4,
    );
    const question = take('list.rows');
    expect(question.input).toMatchObject({ offset: 300, limit: 2 });
    await question.answer({ rows: rows(300, 302) });
    expect((await gathered).map((row) => row.title)).toEqual(['Paper 1', 'Paper 2', 'Paper 300', 'Paper 301']);
  });
});

describe('marks that are not confirmed yet', () => {
  it('show at once and are kept when confirmed', async () => {
    await openList(10);
    const settle = list.markPending([[2, 4]], { status: 'read' });
    expect([1, 2, 3, 4].map((index) => list.row(index)?.status)).toEqual(['unread', 'read', 'read', 'unread']);
    settle(true);
    expect(list.row(3)?.status).toBe('read');
  });

  it('go back when refused, and leave other marks alone', async () => {
    await openList(10);
    const star = list.markPending([[2, 3]], { starred: true });
    const read = list.markPending([[2, 3]], { status: 'read' });
    read(false);
    expect(list.row(2)).toMatchObject({ status: 'unread', starred: true });
    star(true);
    expect(list.row(2)).toMatchObject({ status: 'unread', starred: true });
  });

  it('stay on rows that are fetched meanwhile', async () => {
    await openList(10);
    list.markPending([[2, 3]], { status: 'read' });
    list.reload();
    list.want(0, 10);
    await take('list.rows').answer({ rows: rows(0, 10) });
    expect(list.row(2)?.status).toBe('read');
  });

  it('do not touch another list', async () => {
    await openList(10);
    const settle = list.markPending([[0, 10]], { status: 'read' });
    void list.open({ view: 'inbox', query: '', sort: [] });
    await take('list.open').answer({ result: 2, total: 10, rows: rows(0, 10) });
    settle(true);
    expect(list.row(0)?.status).toBe('unread');
  });
});
