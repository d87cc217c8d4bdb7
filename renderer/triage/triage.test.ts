import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Client } from '../../shared/client.ts';
import { OffprintError } from '../../shared/outcome.ts';
import type { Row, Status } from '../../shared/paper.ts';
import { aPaper } from '../reader/testing.ts';
import { applyChange } from '../state/marks.ts';
import type { Ranges } from '../state/ranges.ts';
import { Session } from '../state/session.ts';
import { aRow } from '../state/testing.ts';
import type { Triage } from './triage.ts';

type Answer = (input: never) => unknown;

let rows: Row[];
let calls: { name: string; input: unknown }[];
let history: { label: string; before: Row; after: Row }[];
let fail: ((name: string) => void) | null;
let session: Session;
let triage: Triage;

/** A library of as many papers as wanted, with a history of its marks. */
const answers: Record<string, Answer> = {
  'list.rows': ({ offset, limit }: { offset: number; limit: number }) => ({ rows: rows.slice(offset, offset + limit) }),
  'paper.get': ({ id }: { id: string }) => {
    const { excerpt: _, sources: __, ...row } = rows.find((each) => each.id === id) as Row;
    return aPaper({ ...row, abstract: `About ${row.title}.` });
  },
  'papers.mark': ({ selection, change }: { selection: { ids: string[] }; change: object }) => {
    const at = rows.findIndex(({ id }) => id === selection.ids[0]);
    const before = rows[at] as Row;
    const after = applyChange(before, change);
    if (after === before) return { changed: 0, label: 'Nothing' };
    rows[at] = after;
    const label = `${JSON.stringify(change)} of ${before.id}`;
    history.push({ label, before, after });
    return { changed: 1, label };
  },
  'history.undo': () => {
    const step = history.pop();
    if (step) rows[rows.findIndex(({ id }) => id === step.before.id)] = step.before;
    return { done: step?.label ?? null };
  },
  'list.close': () => ({}),
};

function open(total: number, { focus = 0, selection = [] as Ranges } = {}): void {
  rows = Array.from({ length: total }, (_, index) => aRow(index));
  const client: Client = {
    async call(name, input) {
      calls.push({ name, input });
      fail?.(name);
      const answer = answers[name];
      if (!answer) throw new Error(`no answer to ${name}`);
      return answer(input as never) as never;
    },
    on: () => () => {},
  };
  session = new Session(client);
  const { list } = session.store.get();
  const shown = { view: 'inbox', query: '', sort: [] };
  session.store.set({ list: { ...list, shown, result: 7, total, focus, selection } });
  triage = session.triage;
  triage.start();
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
  calls = [];
  history = [];
  fail = null;
});

afterEach(() => {
  vi.useRealTimers();
});

const state = () => {
  const shown = session.store.get().triage;
  if (!shown) throw new Error('the mode is not open');
  return shown;
};
const titles = () => state().current?.row?.title;
const marks = () => state().current?.marks;
/** Until every answer is in. */
const settled = async () => {
  for (let turn = 0; turn < 40; turn += 1) await Promise.resolve();
  await triage.flush();
};
const called = (name: string) => calls.filter((call) => call.name === name).map((call) => call.input);
const statuses = () => rows.map(({ status }) => status);

describe('going through a view', () => {
  it('decides with one key, shows the next paper with it, and saves in order', async () => {
    open(4);
    await settled();
    expect([state().at, state().size, titles()]).toEqual([0, 4, 'Paper 0']);
    const before = called('paper.get').length;
    expect(before).toBe(4);
    triage.run('read');
    // In the same turn, with the abstract.
    expect(state().current?.paper?.abstract).toBe('About Paper 1.');
    triage.run('queue');
    triage.run('skip');
    triage.run('reading');
    expect(state().phase).toBe('summary');
    expect(state().summary).toEqual({ read: 1, queued: 1, reading: 1, skipped: 1, starred: 0, tagged: 0, left: 0 });
    await settled();
    expect(statuses()).toEqual(['read', 'queued', 'skipped', 'reading']);
    expect(called('papers.mark')).toEqual(
      (['read', 'queued', 'skipped', 'reading'] as const).map((status, at) => ({
        selection: { ids: [aRow(at).id] },
        change: { status },
      })),
    );
  });

  it('stars and tags without going on, and shows it at once', async () => {
    open(2);
    await settled();
    triage.run('star');
    expect([state().at, marks()?.starred]).toEqual([0, true]);
    triage.run('tag');
    const { dialog } = session.store.get();
    if (dialog?.kind !== 'tags') throw new Error('no dialog of tags');
    dialog.only?.save({ addTags: ['ml'] });
    expect([state().at, marks()?.tags]).toEqual([0, ['ml']]);
    triage.run('star');
    await settled();
    expect(rows[0]).toMatchObject({ starred: false, tags: ['ml'] });
    triage.run('next');
    triage.run('next');
    expect(state().summary).toMatchObject({ starred: 0, tagged: 1, left: 2 });
  });

  it('undoes by the library’s history, goes back to that paper, and redoes', async () => {
    open(3);
    await settled();
    triage.run('read');
    triage.run('skip');
    await settled();
    triage.run('undo');
    expect([state().at, marks()?.status]).toEqual([1, 'unread']);
    triage.run('undo');
    expect([state().at, marks()?.status]).toEqual([0, 'unread']);
    triage.run('undo');
    await settled();
    expect(statuses()).toEqual(['unread', 'unread', 'unread']);
    expect(called('history.undo').length).toBe(2);
    triage.run('redo');
    expect(state().at).toBe(1);
    await settled();
    expect(statuses()).toEqual(['read', 'unread', 'unread']);
  });

  it('does not undo what another window did since', async () => {
    open(3);
    await settled();
    triage.run('read');
    await settled();
    const theirs = { label: 'theirs', before: rows[2] as Row, after: { ...(rows[2] as Row), starred: true } };
    rows[2] = theirs.after;
    history.push(theirs);
    answers['history.redo'] = () => {
      rows[2] = theirs.after;
      history.push(theirs);
      return { done: 'theirs' };
    };
    triage.run('undo');
    await settled();
    delete answers['history.redo'];
    expect(rows.map(({ status, starred }) => [status, starred])).toEqual([
      ['unread', false],
      ['unread', false],
      ['unread', true],
    ]);
  });

  it('takes nothing back for a decision that changed nothing', async () => {
    open(2);
    rows[0] = { ...(rows[0] as Row), status: 'read' };
    triage.expire();
    await settled();
    triage.run('read');
    await settled();
    triage.run('undo');
    await settled();
    expect([called('papers.mark').length, called('history.undo').length]).toEqual([1, 0]);
    expect(state().at).toBe(0);
  });

  it('keeps what could not be saved, says so, and saves it later, in order', async () => {
    open(3);
    await settled();
    let isFull = true;
    fail = (name) => {
      if (isFull && name === 'papers.mark') throw new OffprintError('unreadable', 'The disk is full.');
    };
    triage.run('read');
    triage.run('skip');
    await settled();
    expect([state().failure, state().waiting]).toEqual(['The disk is full.', 2]);
    expect(statuses()).toEqual(['unread', 'unread', 'unread']);
    triage.run('previous');
    expect(marks()?.status).toBe('skipped');
    // Also when the mode is left over it.
    triage.leave();
    const [toast] = session.store.get().toasts;
    expect([toast?.kind, toast?.message]).toEqual(['error', '2 decisions are not saved. The disk is full.']);
    isFull = false;
    toast?.action?.run();
    await settled();
    expect(statuses()).toEqual(['read', 'skipped', 'unread']);
    expect(session.store.get().toasts).toEqual([]);
  });

  it('undoes what could not be saved without asking the library', async () => {
    open(2);
    await settled();
    fail = (name) => {
      if (name === 'papers.mark') throw new OffprintError('unreadable', 'The disk is full.');
    };
    triage.run('read');
    await settled();
    triage.run('undo');
    await settled();
    expect([state().failure, state().waiting, called('history.undo').length]).toEqual([null, 0, 0]);
  });

  it('goes only through the selected rows, and another round through what is left', async () => {
    open(10, {
      focus: 8,
      selection: [
        [2, 4],
        [8, 9],
      ],
    });
    await settled();
    expect([state().size, titles()]).toEqual([3, 'Paper 2']);
    triage.run('read');
    expect(titles()).toBe('Paper 3');
    triage.run('next');
    expect(titles()).toBe('Paper 8');
    triage.run('skip');
    expect(state().summary?.left).toBe(1);
    triage.again();
    await settled();
    expect([state().phase, state().size, titles()]).toEqual(['papers', 1, 'Paper 3']);
  });

  it('begins at the focused row of a list and ends there in the list', async () => {
    open(10, { focus: 4, selection: [[4, 5]] });
    await settled();
    expect([state().at, titles()]).toEqual([4, 'Paper 4']);
    triage.run('previous');
    triage.run('previous');
    triage.run('leave');
    expect(session.store.get()).toMatchObject({ triage: null, list: { focus: 2, selection: [[2, 3]] } });
  });

  it('takes back a whole round', async () => {
    open(3);
    await settled();
    for (const key of ['read', 'star', 'skip', 'queue'] as const) triage.run(key);
    expect(state().phase).toBe('summary');
    triage.undoAll();
    expect([state().phase, state().at, marks()?.status]).toEqual(['papers', 0, 'unread']);
    await settled();
    expect(rows.every(({ status, starred }) => status === 'unread' && !starred)).toBe(true);
  });

  it('has nothing to go through in an empty view', () => {
    open(0, { focus: -1 });
    expect([state().phase, state().size, state().current]).toEqual(['summary', 0, null]);
    for (const key of ['read', 'star', 'tag', 'undo', 'next', 'previous'] as const) triage.run(key);
    triage.run('leave');
    expect(session.store.get().triage).toBeNull();
    expect(calls.filter(({ name }) => name !== 'list.close')).toEqual([]);
  });

  it('asks for a few papers only, of however many', async () => {
    open(10_000, { focus: 5_000, selection: [[5_000, 5_001]] });
    await settled();
    expect(titles()).toBe('Paper 5000');
    for (let step = 0; step < 200; step += 1) {
      triage.run(step % 2 === 0 ? 'skip' : 'queue');
      await settled();
      expect(state().current?.paper?.title).toBe(`Paper ${5001 + step}`);
    }
    expect(called('list.rows').length).toBeLessThan(6);
    expect(called('paper.get').length).toBeLessThan(220);
    expect(state().decided).toBe(200);
  });

  it('shows what changed elsewhere, but not against a decision that is on its way', async () => {
    open(3);
    await settled();
    rows[0] = { ...(rows[0] as Row), starred: true };
    triage.expire();
    await settled();
    expect(marks()).toMatchObject({ starred: true, status: 'unread' });
    triage.run('skip');
    triage.run('previous');
    triage.expire();
    expect(marks()?.status).toBe('skipped');
    await settled();
    expect(marks()?.status).toBe('skipped');
    rows[0] = { ...(rows[0] as Row), status: 'read' as Status };
    triage.expire();
    await settled();
    expect(marks()?.status).toBe('read');
  });

  it('counts the time that was spent, and no pause', async () => {
    open(3);
    await settled();
    vi.advanceTimersByTime(5_000);
    triage.run('read');
    vi.advanceTimersByTime(3_600_000);
    triage.run('skip');
    expect(state().spent).toBe(125_000);
  });

  it('says which paper cannot be read, and tries again', async () => {
    fail = (name) => {
      if (name === 'paper.get') throw new OffprintError('damaged', 'corpus.db is damaged.');
    };
    open(2);
    await settled();
    expect(state().current).toMatchObject({ paper: null, failure: 'corpus.db is damaged.' });
    // It can be decided on all the same: its title is there.
    fail = null;
    triage.retry();
    await settled();
    expect(state().current).toMatchObject({ paper: { title: 'Paper 0' }, failure: null });
  });
});
