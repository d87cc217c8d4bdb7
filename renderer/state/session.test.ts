import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Client } from '../../shared/client.ts';
import type { LibraryState } from '../../shared/contract.ts';
import { OffprintError } from '../../shared/outcome.ts';
import { settingsSchema } from '../../shared/settings.ts';
import type { SavedView } from '../../shared/views.ts';
import { Session } from './session.ts';
import { TabMemory } from './tab-memory.ts';
import { anOpenList, aRow } from './testing.ts';

type Answers = Record<string, (input: never) => unknown>;

let answers: Answers;
let calls: { name: string; input: unknown }[];
let changed: (payload: { state: LibraryState; rows: boolean }) => void;
let session: Session;

function library(fields: Partial<LibraryState> = {}): LibraryState {
  return {
    version: 1,
    counts: { inbox: 3, queued: 0, reading: 0, read: 0, skipped: 0, starred: 0, notes: 0, all: 3 },
    tags: [],
    views: [],
    sources: [],
    duplicates: 0,
    settings: settingsSchema.parse({}),
    dataFolder: '/data',
    appVersion: '0',
    notices: [],
    readOnly: null,
    rebuilding: null,
    copies: { lastAt: null, trouble: null },
    undo: null,
    redo: null,
    ...fields,
  };
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  calls = [];
  answers = {
    'library.state': () => library(),
    'list.open': () => anOpenList(3),
    'list.rows': () => ({ rows: [aRow(0), aRow(1), aRow(2)] }),
    'list.close': () => ({}),
    'papers.mark': () => ({ changed: 1, label: 'Marked a paper read' }),
    'history.undo': () => ({ done: 'mark a paper read' }),
    'settings.set': () => settingsSchema.parse({}),
    'drafts.kept': () => ({ drafts: [] }),
  };
  const client: Client = {
    async call(name, input) {
      calls.push({ name, input });
      return (await answers[name]?.(input as never)) as never;
    },
    on(event, listener) {
      if (event === 'library.changed') changed = listener as typeof changed;
      return () => {};
    },
  };
  session = new Session(client);
  session.listen();
});

afterEach(() => {
  vi.useRealTimers();
});

const called = (name: string) => calls.filter((call) => call.name === name).map((call) => call.input);
const toasts = () => session.store.get().toasts.map(({ kind, message }) => [kind, message]);

describe('starting', () => {
  it('opens the remembered view with the remembered sort', async () => {
    const sort = [{ field: 'title', desc: true } as const];
    answers['library.state'] = () => library({ settings: settingsSchema.parse({ view: 'starred', sort }) });
    await session.start();
    expect(called('list.open')).toEqual([{ view: 'starred', query: '', sort, limit: 100 }]);
    expect(session.store.get()).toMatchObject({ phase: 'ready', currentId: aRow(0).id });
  });

  it('opens the inbox when the remembered view is gone', async () => {
    answers['library.state'] = () => library({ settings: settingsSchema.parse({ view: 'tag:gone' }) });
    await session.start();
    expect(called('list.open')).toMatchObject([{ view: 'inbox' }]);
  });

  it('says why the library could not be opened, and tries again', async () => {
    answers['library.state'] = () => {
      throw new OffprintError('damaged', 'corpus.db is damaged.');
    };
    await session.start();
    expect(session.store.get().phase).toEqual({ failed: 'corpus.db is damaged.' });
    answers['library.state'] = () => library({ notices: ['All is well again.'] });
    await session.start();
    expect(session.store.get().phase).toBe('ready');
    expect(session.store.get().library?.notices).toEqual(['All is well again.']);
  });
});

describe('what happened at opening', () => {
  it('is announced once, be it told again and again, and what comes later besides', async () => {
    const notices = ['A file was broken.'];
    answers['library.state'] = () => library({ notices });
    await session.start();
    expect(session.store.get().announcement).toBe('A file was broken.');
    session.announce('');
    changed({ state: library({ version: 2, notices }), rows: false });
    expect(session.store.get().announcement).toBe('');
    changed({ state: library({ version: 3, notices: [...notices, 'Another one, too.'] }), rows: false });
    expect(session.store.get().announcement).toBe('Another one, too.');
  });
});

describe('a library that nothing can be changed in', () => {
  it('says so when it is asked to, and keeps the window’s own settings with the window', async () => {
    answers['library.state'] = () => library({ readOnly: 'It is newer.' });
    await session.start();
    expect(session.isReadOnly()).toBe(true);
    expect(session.isReadOnly()).toBe(true);
    expect(toasts()).toEqual([['error', 'It is newer.']]);
    session.goTo('starred');
    await session.settings.flush();
    expect(session.store.get().settings.view).toBe('starred');
    expect(called('settings.set')).toEqual([]);
    changed({ state: library({ version: 2, readOnly: 'It is newer.' }), rows: false });
    expect(session.store.get().settings.view).toBe('starred');
  });
});

describe('changes of the library', () => {
  it('are taken in when newer, and dropped when older', async () => {
    await session.start();
    const counts = { ...library().counts, inbox: 2 };
    changed({ state: library({ version: 5, counts }), rows: true });
    changed({ state: library({ version: 4 }), rows: false });
    expect(session.store.get().library?.counts.inbox).toBe(2);
    expect(session.store.get().revision).toBe(1);
  });

  it('do not undo settings that are not saved yet', async () => {
    await session.start();
    session.settings.change({ theme: 'dark' });
    changed({ state: library({ version: 2 }), rows: false });
    expect(session.store.get().settings.theme).toBe('dark');
  });

  it('leave the window its own view, sort and panes, and bring the rest', async () => {
    await session.start();
    session.goTo('read');
    await session.settings.flush();
    const settings = settingsSchema.parse({
      view: 'starred',
      sort: [{ field: 'title', desc: true }],
      panes: { readerCollapsed: true },
      density: 'comfortable',
    });
    changed({ state: library({ version: 2, settings }), rows: false });
    expect(session.store.get().settings).toMatchObject({
      view: 'read',
      sort: [],
      panes: { readerCollapsed: false },
      density: 'comfortable',
    });
  });

  it('are shown at once where the list is empty, and do not move rows where it is not', async () => {
    await session.start();
    changed({ state: library({ version: 2 }), rows: true });
    expect(called('list.open')).toHaveLength(1);
    answers['list.open'] = () => anOpenList(0, { result: 2 });
    session.goTo('queued');
    await vi.advanceTimersByTimeAsync(0);
    expect(called('list.open')).toHaveLength(2);
    changed({ state: library({ version: 3 }), rows: true });
    expect(called('list.open')).toHaveLength(3);
  });
});

describe('a page loaded anew', () => {
  it('shows the paper and the search that it showed', async () => {
    let kept: string | null = null;
    const storage = {
      getItem: () => kept,
      setItem: (_key: string, text: string) => {
        kept = text;
      },
    };
    let shown: unknown = null;
    answers['window.remember'] = (input) => {
      shown = Reflect.get(input as object, 'shown');
      return {};
    };
    answers['window.remembered'] = () => ({ shown });
    const before = new Session(session.client, new TabMemory(() => storage, session.client));
    await before.start();
    before.papers.move(2);
    before.search('tool');
    before.remember();
    const after = new Session(session.client, new TabMemory(() => storage, session.client));
    await after.start();
    expect(called('list.open').at(-1)).toMatchObject({ query: 'tool' });
    expect(after.store.get()).toMatchObject({ query: 'tool', currentId: aRow(2).id, list: { focus: 2 } });
  });
});

describe('undo', () => {
  it('shows the papers that it brings back to a view, and only those', async () => {
    await session.start();
    await session.undo();
    expect(called('list.open')).toHaveLength(1);
    const counts = { ...library().counts, inbox: 4 };
    answers['library.state'] = () => library({ version: 2, counts });
    await session.undo();
    expect(called('list.open')).toHaveLength(2);
  });
});

describe('settings', () => {
  it('are saved together after a rest, and at once when the window goes', async () => {
    await session.start();
    session.settings.change({ theme: 'dark' });
    session.settings.change({ density: 'comfortable' });
    expect(called('settings.set')).toEqual([]);
    await vi.advanceTimersByTimeAsync(400);
    expect(called('settings.set')).toEqual([{ theme: 'dark', density: 'comfortable' }]);
    session.settings.change({ theme: 'light' });
    await session.settings.flush();
    await session.settings.flush();
    expect(called('settings.set')).toHaveLength(2);
  });
});

describe('marking', () => {
  it('marks the selection, shows it at once and offers Undo', async () => {
    await session.start();
    session.papers.choose(2, 'range');
    session.papers.toggleRead();
    expect(session.list.row(1)?.status).toBe('read');
    await vi.advanceTimersByTimeAsync(0);
    expect(called('papers.mark')).toEqual([{ selection: { result: 1, ranges: [[0, 3]] }, change: { status: 'read' } }]);
    const toast = session.store.get().toasts[0];
    expect(toast).toMatchObject({ message: 'Marked a paper read', action: { label: 'Undo' } });
    toast?.action?.run();
    await vi.advanceTimersByTimeAsync(0);
    expect(toasts()).toEqual([['done', 'Undone: mark a paper read']]);
  });

  it('takes the mark back and says why when it fails', async () => {
    await session.start();
    answers['papers.mark'] = () => {
      throw new OffprintError('unreadable', 'The disk is full.');
    };
    await session.papers.mark({ status: 'read' });
    expect(session.list.row(0)?.status).toBe('unread');
    expect(toasts()).toEqual([['error', 'The disk is full.']]);
  });

  it('marks read and goes on, to the row after the selection', async () => {
    await session.start();
    session.papers.choose(1, 'range');
    void session.papers.setStatusAndNext('read');
    expect(session.store.get().list).toMatchObject({ focus: 2, selection: [[2, 3]] });
    expect(called('papers.mark')).toMatchObject([{ selection: { ranges: [[0, 2]] } }]);
  });

  it('stars without choosing, and needs no papers to do nothing', async () => {
    answers['list.open'] = () => anOpenList(0);
    await session.start();
    session.papers.toggleRead();
    void session.papers.setStatusAndNext('read');
    session.papers.toggleStar();
    session.papers.move(1);
    session.papers.selectAll();
    void session.papers.editTags();
    expect(called('papers.mark')).toEqual([]);
    expect(session.store.get().dialog).toBeNull();
  });
});

describe('sorting', () => {
  const byVotes = [{ field: 'votes' as const, desc: true }];

  it('takes the place of what the search says on it', async () => {
    await session.start();
    session.search('weak sort:title to ');
    session.sort(byVotes);
    await vi.advanceTimersByTimeAsync(0);
    expect(called('list.open').at(-1)).toMatchObject({ query: 'weak to ', sort: byVotes });
    expect(session.store.get().query).toBe('weak to ');
  });

  it('is written in the search where the query of the view says something else', async () => {
    const view: SavedView = {
      id: 'view:abcd',
      name: 'Top',
      icon: 'star',
      query: 'weak sort:title',
      sort: null,
      columns: null,
    };
    answers['library.state'] = () => library({ views: [{ ...view, count: 1 }] });
    await session.start();
    session.goTo('view:abcd');
    session.sort(byVotes);
    await vi.advanceTimersByTimeAsync(0);
    expect(called('list.open').at(-1)).toMatchObject({ view: 'view:abcd', query: 'sort:-votes' });
  });
});

describe('a list that is still being counted', () => {
  let settle: (total: number) => Promise<void>;

  beforeEach(async () => {
    answers['list.open'] = () => anOpenList(200, { complete: false });
    answers['list.settled'] = () =>
      new Promise((resolve) => {
        settle = async (total) => {
          resolve({ total });
          await vi.advanceTimersByTimeAsync(0);
        };
      });
    await session.start();
  });

  it('is all selected, and marked, once all of it is known', async () => {
    session.papers.selectAll();
    expect(session.store.get().list.selection).toEqual([[0, 200]]);
    session.papers.setStatus('read');
    expect(called('papers.mark')).toEqual([]);
    await settle(5000);
    expect(session.store.get().list.selection).toEqual([[0, 5000]]);
    expect(called('papers.mark')).toMatchObject([{ selection: { ranges: [[0, 5000]] } }]);
    expect(session.store.get().announcement).toBe('5,000 papers selected');
  });

  it('has all its papers marked before going on', async () => {
    session.papers.selectAll();
    void session.papers.setStatusAndNext('read');
    await settle(300);
    expect(called('papers.mark')).toMatchObject([{ selection: { ranges: [[0, 300]] } }]);
  });

  it('ends where it does when it is known, and leaves a later choice alone', async () => {
    session.papers.choose(Number.MAX_SAFE_INTEGER);
    expect(session.store.get().list.focus).toBe(199);
    session.papers.choose(3);
    await settle(5000);
    expect(session.store.get().list).toMatchObject({ focus: 3, selection: [[3, 4]] });
  });

  it('has its last row chosen once there is one', async () => {
    session.papers.choose(Number.MAX_SAFE_INTEGER, 'range');
    await settle(5000);
    expect(session.store.get().list).toMatchObject({ focus: 4999, selection: [[0, 5000]] });
  });
});

describe('choosing rows', () => {
  it('moves, extends from the anchor, adds and leaves again', async () => {
    await session.start();
    session.papers.move(1);
    session.papers.move(1, 'range');
    expect(session.store.get().list).toMatchObject({ focus: 2, anchor: 1, selection: [[1, 3]] });
    session.papers.move(-2, 'range');
    expect(session.store.get().list.selection).toEqual([[0, 2]]);
    session.papers.choose(2, 'besides');
    expect(session.store.get().list).toMatchObject({ focus: 2, anchor: 2, selection: [[0, 3]] });
    expect(session.papers.selectOne()).toBe(true);
    expect(session.papers.selectOne()).toBe(false);
    session.papers.move(Number.NEGATIVE_INFINITY, 'range');
    expect(session.store.get().list.selection).toEqual([[0, 3]]);
  });
});

describe('what is announced after a pause', () => {
  it('is told when that is over, as it is then', () => {
    let found = 1;
    session.announceAfter(500, () => `${found} papers`);
    found = 2;
    vi.advanceTimersByTime(499);
    expect(session.store.get().announcement).toBe('');
    vi.advanceTimersByTime(1);
    expect(session.store.get().announcement).toBe('2 papers');
  });

  it('does not speak over what was told meanwhile, and can be called off', () => {
    session.announceAfter(500, () => 'Inbox: 55 papers');
    session.announce('1 of 55: Ash');
    vi.advanceTimersByTime(500);
    expect(session.store.get().announcement).toBe('1 of 55: Ash');
    session.announceAfter(500, () => 'never')();
    vi.advanceTimersByTime(500);
    expect(session.store.get().announcement).toBe('1 of 55: Ash');
  });
});
