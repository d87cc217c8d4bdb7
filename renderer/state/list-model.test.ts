import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Client } from '../../shared/client.ts';
import { OffprintError } from '../../shared/outcome.ts';
import type { Row } from '../../shared/paper.ts';
import { type AppState, initialState } from './app-state.ts';
import { ListModel } from './list-model.ts';
import { makeStore, type Store } from './store.ts';
import { anOpenList, aRow } from './testing.ts';

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
  // What one test leaves behind must not be asked in the next.
  const asked: Question[] = [];
  questions = asked;
  failures = [];
  store = makeStore(initialState());
  const client: Client = {
    call: (name, input) =>
      new Promise((resolve, reject) => {
        asked.push({
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
  await take('list.open').answer(anOpenList(total));
}

describe('opening a list', () => {
  it('selects the first row, and nothing in an empty list', async () => {
    await openList(3);
    expect(store.get().list).toMatchObject({ result: 1, total: 3, focus: 0, selection: [[0, 1]] });
    expect(store.get().currentId).toBe(aRow(0).id);
    void list.open({ view: 'all', query: 'x', sort: [] });
    await take('list.open').answer(anOpenList(0, { result: 2 }));
    expect(store.get().list).toMatchObject({ total: 0, focus: -1, selection: [] });
    expect(store.get().currentId).toBeNull();
    // Not before the new rows could be drawn.
    expect(questions).toEqual([]);
    await vi.waitFor(() => expect(take('list.close').input.result).toBe(1));
  });

  it('knows the papers beside the focused row, as far as they are fetched', async () => {
    expect(list.beside()).toEqual([]);
    await openList(200);
    expect(list.beside()).toEqual([aRow(1).id]);
    const focused = (focus: number) => {
      store.set({ list: { ...store.get().list, focus } });
      return list.beside();
    };
    expect(focused(5)).toEqual([aRow(6).id, aRow(4).id]);
    expect(focused(99)).toEqual([aRow(98).id]);
    expect(focused(150)).toEqual([]);
  });

  it('asks one question at a time, of those meanwhile only the last, and drops the stale answer', async () => {
    void list.open({ view: 'all', query: 'w', sort: [] });
    void list.open({ view: 'all', query: 'we', sort: [] });
    void list.open({ view: 'all', query: 'wea', sort: [] });
    const first = take('list.open');
    expect(questions).toEqual([]);
    await first.answer(anOpenList(9, { result: 1 }));
    expect(store.get().list.shown).toBeNull();
    const last = take('list.open');
    expect(last.input.query).toBe('wea');
    await last.answer(anOpenList(5, { result: 2 }));
    expect(store.get().list).toMatchObject({ result: 2, total: 5 });
    expect(store.get().list.shown?.query).toBe('wea');
    expect(take('list.close').input.result).toBe(1);
    expect(questions).toEqual([]);
  });

  it('asks the next question also when the one before it failed', async () => {
    void list.open({ view: 'all', query: 'w', sort: [] });
    void list.open({ view: 'all', query: 'we', sort: [] });
    await take('list.open').fail(new Error('no'));
    await take('list.open').answer(anOpenList(5, { result: 2 }));
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
    await take('list.open').answer(anOpenList(300, { result: 2 }));
    expect(store.get().list.focus).toBe(-1);
    expect(store.get().currentId).toBe(aRow(250).id);
    await take('list.indexOf').answer({ index: 250 });
    expect(store.get().list).toMatchObject({ focus: 250, selection: [[250, 251]] });
    await take('list.rows').answer({ rows: rows(200, 300) });
    expect(store.get().currentId).toBe(aRow(250).id);
  });

  it('takes the best match of a new search, and keeps the paper when the search is over or asked anew', async () => {
    await openList(300);
    store.set({ currentId: aRow(50).id });
    void list.open({ view: 'all', query: 'weak', sort: [] });
    await take('list.open').answer(anOpenList(300, { result: 2, order: 'relevance' }));
    expect(store.get().list.focus).toBe(0);
    expect(store.get().currentId).toBe(aRow(0).id);
    store.set({ currentId: aRow(50).id });
    list.refresh();
    await take('list.open').answer(anOpenList(300, { result: 3, order: 'relevance' }));
    expect(store.get().list.focus).toBe(50);
    void list.open({ view: 'all', query: '', sort: [] });
    await take('list.open').answer(anOpenList(300, { result: 4 }));
    expect(store.get().list.focus).toBe(50);
  });

  it('asked anew on the way to another list still leads there', async () => {
    await openList(3, 'weak');
    void list.open({ view: 'inbox', query: '', sort: [] });
    list.refresh();
    await take('list.open').answer(anOpenList(5, { result: 2 }));
    await take('list.open').answer(anOpenList(5, { result: 3 }));
    expect(store.get().list).toMatchObject({ result: 3, shown: { view: 'inbox' } });
  });

  it('keeps the paper that was open before the page was loaded anew', async () => {
    store.set({ currentId: aRow(50).id });
    void list.open({ view: 'all', query: 'weak', sort: [] });
    await take('list.open').answer(anOpenList(300, { order: 'relevance' }));
    expect(store.get().list.focus).toBe(50);
  });

  it('falls back to the first row when the selected paper is gone', async () => {
    await openList(300);
    store.set({ currentId: 'title:gone' });
    void list.open({ view: 'all', query: 'x', sort: [] });
    await take('list.open').answer(anOpenList(200, { result: 2 }));
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

describe('a list that is still being counted', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
  afterEach(() => void vi.useRealTimers());

  async function openPart(result = 1): Promise<Question> {
    void list.open({ view: 'all', query: 'w', sort: [] });
    await take('list.open').answer(anOpenList(150, { result, complete: false, order: 'title' }));
    return take('list.settled');
  }

  it('grows behind its rows when it is known, and stays where it is', async () => {
    const counting = await openPart();
    expect(store.get().list).toMatchObject({ total: 150, complete: false, counting: false, order: 'title' });
    list.want(120, 150);
    await take('list.rows').answer({ rows: rows(100, 150) });
    const { opened, focus, selection } = store.get().list;
    await counting.answer({ total: 5000 });
    expect(store.get().list).toMatchObject({ total: 5000, complete: true, opened, focus, selection });
    // The page that was cut short is there until the whole of it is.
    expect(list.row(149)?.title).toBe('Paper 149');
    const page = take('list.rows');
    expect(page.input).toMatchObject({ offset: 100, limit: 100 });
    await page.answer({ rows: rows(100, 200) });
    expect(list.row(160)?.title).toBe('Paper 160');
  });

  it('says that it counts only when that takes long enough to be noticed', async () => {
    const counting = await openPart();
    vi.advanceTimersByTime(99);
    expect(store.get().list.counting).toBe(false);
    vi.advanceTimersByTime(1);
    expect(store.get().list.counting).toBe(true);
    await counting.answer({ total: 150 });
    expect(store.get().list).toMatchObject({ counting: false, complete: true });
  });

  it('is left alone by the count of a list before it', async () => {
    const before = await openPart(1);
    const after = await openPart(2);
    await before.answer({ total: 999 });
    expect(store.get().list).toMatchObject({ total: 150, complete: false });
    await after.answer({ total: 160 });
    expect(store.get().list).toMatchObject({ total: 160, complete: true });
  });

  it('is asked for anew when the library has forgotten it, and says any other failure', async () => {
    await (await openPart()).fail(new OffprintError('not-found', 'Gone.'));
    const again = take('list.open');
    expect(again.input.query).toBe('w');
    await again.answer(anOpenList(150));
    expect(failures).toEqual([]);
    await (await openPart(2)).fail(new OffprintError('internal', 'No.'));
    expect(failures).toHaveLength(1);
    expect(store.get().list).toMatchObject({ total: 150, complete: true });
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
    await take('list.open').answer(anOpenList(10, { result: 2 }));
    settle(true);
    expect(list.row(0)?.status).toBe('unread');
  });
});
