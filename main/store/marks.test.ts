import fc from 'fast-check';
import { expect, test } from 'vitest';
import { notePrint } from '../../shared/note-print.ts';
import { OffprintError } from '../../shared/outcome.ts';
import type { SavedView } from '../../shared/views.ts';
import type { MarkTarget } from './combined.ts';
import { History, type PaperTurns } from './history.ts';
import { mostSteps } from './history-index.ts';
import { ReaderMarks } from './marks.ts';
import { Store } from './store.ts';
import { MemoryAdapter } from './store-testing.ts';

/** Marks over a store in memory. While `trouble.on`, nothing can be written. */
async function openMarks(papers: PaperTurns = unaskedTurns) {
  const trouble = { on: false };
  const adapter = new MemoryAdapter(async () => {
    if (trouble.on) throw new OffprintError('unreadable', 'ENOSPC');
  });
  const store = await Store.open(adapter);
  let clock = 0;
  const targetsOf = async (ids: readonly string[]) => new Map(ids.map((id) => [id, alone(id)]));
  const now = () => ++clock;
  const history = new History(store, targetsOf, papers, now);
  const marks = new ReaderMarks(store, history, now);
  const pass = (milliseconds: number) => {
    clock += milliseconds;
  };
  return { trouble, store, history, marks, pass };
}

const unasked = () => Promise.reject(new Error('nobody has imported anything'));
const unaskedTurns: PaperTurns = {
  ...{ undo: unasked, redo: unasked, setApart: unasked, followPairs: unasked },
  isBusy: () => false,
};

/** A paper that is known by one id only. */
function alone(id: string): MarkTarget {
  return { id, markedAs: [id] };
}

test('undo and redo go through the steps in order, and a new step forgets what could be redone', async () => {
  const { store, marks, history } = await openMarks();
  expect(await history.undo()).toBeNull();
  await marks.mark(['arxiv:1', 'arxiv:2'].map(alone), { status: 'read' });
  await marks.mark(['arxiv:1'].map(alone), { starred: true });
  expect(history.labels).toEqual({ undo: 'Starred 1 paper', redo: null });
  expect(await history.undo()).toBe('Starred 1 paper');
  expect(await history.undo()).toBe('Marked 2 papers read');
  expect(store.records.size).toBe(0);
  expect(await history.undo()).toBeNull();
  expect(await history.redo()).toBe('Marked 2 papers read');
  expect(history.labels).toEqual({ undo: 'Marked 2 papers read', redo: 'Starred 1 paper' });
  await marks.mark(['arxiv:3'].map(alone), { status: 'skipped' });
  expect(await history.redo()).toBeNull();
  expect([...store.records.keys()]).toEqual(['arxiv:1', 'arxiv:2', 'arxiv:3']);
});

test('a change that changes nothing is no step', async () => {
  const { marks, history } = await openMarks();
  await marks.mark(['arxiv:1'].map(alone), { starred: true });
  expect(await marks.mark(['arxiv:1'].map(alone), { starred: true })).toEqual({
    changed: 0,
    label: 'Nothing to change',
  });
  expect(history.labels.undo).toBe('Starred 1 paper');
});

test('at least 200 steps can be taken back', async () => {
  expect(mostSteps).toBeGreaterThanOrEqual(200);
  const { store, marks, history } = await openMarks();
  for (let at = 0; at < mostSteps + 3; at += 1) await marks.mark([`arxiv:${at}`].map(alone), { starred: true });
  let undone = 0;
  while ((await history.undo()) !== null) undone += 1;
  expect(undone).toBe(mostSteps);
  expect([...store.records.keys()]).toEqual(['arxiv:0', 'arxiv:1', 'arxiv:2']);
});

test('what could not be saved is not there, not in the records and not in the history', async () => {
  const { trouble, store, marks, history } = await openMarks();
  await marks.mark(['arxiv:1'].map(alone), { starred: true });
  trouble.on = true;
  const refused = [
    marks.mark(['arxiv:2'].map(alone), { starred: true }),
    history.undo(),
    history.undo(),
    marks.setNote(alone('arxiv:1'), 'lost'),
    marks.setNote(alone('arxiv:1'), 'lost'),
  ];
  const outcomes = await Promise.allSettled(refused);
  expect(outcomes.map(({ status }) => status)).toEqual(Array(5).fill('rejected'));
  expect([...store.records]).toEqual([['arxiv:1', { starred: true, changedAt: 1 }]]);
  expect(history.labels).toEqual({ undo: 'Starred 1 paper', redo: null });
  trouble.on = false;
  expect(await history.undo()).toBe('Starred 1 paper');
  expect(store.records.size).toBe(0);
});

test('a note is kept exactly, and an empty one removes it', async () => {
  const { store, marks } = await openMarks();
  const text = '  # Idea\r\n\u0000\ud800 <script>alert(1)</script>\n';
  expect(await marks.setNote(alone('arxiv:1'), text)).toBe(1);
  expect(store.record('arxiv:1')?.note).toBe(text);
  expect(await marks.setNote(alone('arxiv:1'), text)).toBe(1);
  await marks.setNote(alone('arxiv:1'), '');
  expect(store.record('arxiv:1')).toBeUndefined();
});

test('a note that was changed elsewhere is left as it is, or keeps both texts, in a step that Undo takes back', async () => {
  const { store, history, marks } = await openMarks();
  const paper = alone('arxiv:1');
  const over = [notePrint('first')];
  await marks.setNote(paper, 'first');
  expect(await marks.setNoteOver(paper, { text: 'second', over, joins: false })).toEqual({
    changedAt: expect.any(Number),
  });
  expect(await marks.setNoteOver(paper, { text: 'third', over, joins: false })).toEqual({
    changedAt: expect.any(Number),
    instead: 'second',
  });
  expect(store.record('arxiv:1')?.note).toBe('second');
  const both = 'second\n\n---\n\nthird';
  expect(await marks.setNoteOver(paper, { text: 'third', over, joins: true })).toEqual({
    changedAt: expect.any(Number),
    instead: both,
  });
  expect(store.record('arxiv:1')?.note).toBe(both);
  await history.undo();
  expect(store.record('arxiv:1')?.note).toBe('second');
});

test('what is refused by the disk has not changed a note for those who write after it', async () => {
  const { trouble, store, marks } = await openMarks();
  const paper = alone('arxiv:1');
  await marks.setNote(paper, 'first');
  trouble.on = true;
  const theirs = marks.setNote(paper, 'theirs').catch(() => {
    trouble.on = false;
  });
  const mine = marks.setNoteOver(paper, { text: 'mine', over: [notePrint('first')], joins: false });
  await theirs;
  expect(await mine).toEqual({ changedAt: expect.any(Number) });
  expect(store.record('arxiv:1')?.note).toBe('mine');
});

test('a long text that is taken away in one go comes back by itself', async () => {
  const { store, history, marks } = await openMarks();
  const paper = alone('arxiv:1');
  const text = 'A long thought, written down with care and at leisure.';
  for (const typed of [text.slice(0, 20), text, '', 'x', 'xy']) await marks.setNote(paper, typed);
  await history.undo();
  expect(store.record('arxiv:1')?.note).toBe(text);
  await history.redo();
  expect(store.record('arxiv:1')?.note).toBe('xy');
});

test('what is typed in one go is one step, from the first text to the last', async () => {
  const { store, history, marks, pass } = await openMarks();
  const paper = alone('arxiv:1');
  for (const text of ['T', 'The', 'The idea', 'An idea']) {
    await marks.setNote(paper, text);
    pass(50_000);
  }
  expect(store.history.undo).toHaveLength(1);
  pass(70_000);
  await marks.setNote(paper, 'An idea later');
  expect(history.labels.undo).toBe('Changed a note');
  expect(await history.undo()).toBe('Changed a note');
  expect(store.record('arxiv:1')?.note).toBe('An idea');
  expect(await history.undo()).toBe('Wrote a note');
  expect(store.records.size).toBe(0);
  await history.redo();
  expect(store.record('arxiv:1')).toMatchObject({ note: 'An idea' });
  // Writing on after an undo is another step, and so is writing after anything else was done.
  await marks.setNote(paper, 'An idea again');
  await marks.mark([paper], { starred: true });
  await marks.setNote(paper, 'An idea once more');
  expect(store.history.undo.map(({ label }) => label)).toEqual([
    'Wrote a note',
    'Changed a note',
    'Starred 1 paper',
    'Changed a note',
  ]);
});

test('a text that is brought back is a step of its own, and so is what is typed after it', async () => {
  const { store, history, marks } = await openMarks();
  const paper = alone('arxiv:1');
  await marks.setNote(paper, 'typed');
  await marks.setNote(paper, 'typed, as it was', true);
  await marks.setNote(paper, 'typed, as it was, and on');
  expect(store.history.undo).toHaveLength(3);
  const back = [];
  while ((await history.undo()) !== null) back.push(store.record('arxiv:1')?.note ?? '');
  expect(back).toEqual(['typed, as it was', 'typed', '']);
});

test('for any texts saved one after another, undo and redo give each of them back, bit for bit', async () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '\ud83d\ude00', '\ud83d', '\n', 'é'), maxLength: 12 });
  const save = fc.record({ text, pause: fc.constantFrom(0, 100_000) });
  await fc.assert(
    fc.asyncProperty(fc.array(save, { maxLength: 8 }), async (saves) => {
      const { store, history, marks, pass } = await openMarks();
      const kept: string[] = [''];
      const note = () => store.record('arxiv:1')?.note ?? '';
      for (const { text, pause } of saves) {
        pass(pause);
        const steps = store.history.undo.length;
        await marks.setNote(alone('arxiv:1'), text);
        if (store.history.undo.length > steps) kept.push(text);
        else kept[kept.length - 1] = text;
      }
      for (const text of kept.toReversed()) {
        expect(note()).toBe(text);
        await history.undo();
      }
      expect(store.records.size).toBe(0);
      for (const text of kept) {
        expect(note()).toBe(text);
        await history.redo();
      }
    }),
    { numRuns: 200 },
  );
});

test('a note that has another text by now is not written over, and the step is passed by', async () => {
  const { store, history, marks } = await openMarks();
  await marks.mark([alone('arxiv:2')], { starred: true });
  await marks.setNote(alone('arxiv:1'), 'mine');
  await store.change({ papers: new Map([['arxiv:1', { note: 'from elsewhere', changedAt: 9 }]]) });
  await expect(history.undo()).rejects.toMatchObject({ code: 'refused', message: expect.stringContaining('text') });
  expect(store.record('arxiv:1')?.note).toBe('from elsewhere');
  expect(await history.undo()).toBe('Starred 1 paper');
});

test('when a paper was read is known while it is, and undo knows it again', async () => {
  const { store, history, marks } = await openMarks();
  const paper = alone('arxiv:1');
  await marks.mark([paper], { status: 'read' });
  const readAt = store.record('arxiv:1')?.readAt;
  expect(readAt).toBe(store.record('arxiv:1')?.changedAt);
  await marks.mark([paper], { starred: true });
  expect(store.record('arxiv:1')?.readAt).toBe(readAt);
  await marks.mark([paper], { status: 'skipped' });
  expect(store.record('arxiv:1')).not.toHaveProperty('readAt');
  await history.undo();
  expect(store.record('arxiv:1')).toMatchObject({ status: 'read', readAt });
  await history.redo();
  expect(store.record('arxiv:1')).not.toHaveProperty('readAt');
});

test('views, colours and tags that change in one step are taken back in one, and what came since stays', async () => {
  const { store, history } = await openMarks();
  const [one, two, three] = ['one', 'two', 'three'].map(
    (name): SavedView => ({ id: `view:${name}-`, name, icon: 'star', query: 'a', sort: null, columns: null }),
  ) as [SavedView, SavedView, SavedView];
  await history.do({ label: 'Saved two views', views: [one, two], tagColours: new Map([['a', 'red']]) });
  await history.do({
    label: (papers) => `Renamed it on ${papers} papers`,
    views: [two, { ...one, query: 'b' }],
    tagColours: new Map([['b', 'red']]),
    marks: { targets: [alone('arxiv:1')], change: () => ({ addTags: ['b'] }) },
  });
  expect(history.labels.undo).toBe('Renamed it on 1 papers');
  await store.change({ views: [...store.views, three], tagColours: new Map([...store.tagColours, ['c', 'blue']]) });
  await history.undo();
  expect(store.views).toEqual([one, two, three]);
  expect([...store.tagColours]).toEqual([
    ['c', 'blue'],
    ['a', 'red'],
  ]);
  expect(store.records.size).toBe(0);
  await history.redo();
  expect(store.views).toEqual([two, { ...one, query: 'b' }, three]);
  expect(store.record('arxiv:1')?.tags).toEqual(['b']);
  expect(await history.do({ label: 'Nothing', views: store.views })).toEqual({ changed: 0, label: 'Nothing' });
  expect(history.labels.undo).toBe('Renamed it on 1 papers');
});

test('an import that cannot be taken back any more is passed by; one that cannot be now waits', async () => {
  const turns = {
    busy: false,
    error: new OffprintError('refused', 'It is gone.') as Error | null,
    done: [] as string[],
  };
  const turn = (kind: string) => async (change: number) => {
    if (turns.error) throw turns.error;
    turns.done.push(`${kind} ${change}`);
  };
  const { history, marks } = await openMarks({
    undo: turn('undo'),
    redo: turn('redo'),
    followPairs: unasked,
    setApart: async (pairs, apart) => void turns.done.push(`${apart ? 'apart' : 'together'} ${pairs.length}`),
    isBusy: () => turns.busy,
  });
  await marks.mark([alone('arxiv:1')], { starred: true });
  await history.did({ label: 'Imported 3 papers', papers: 7 });
  await history.did({ label: 'Told 2 papers apart', different: [['arxiv:1', 'arxiv:2']] });
  expect(await history.undo()).toBe('Told 2 papers apart');
  turns.busy = true;
  await expect(history.undo()).rejects.toThrow('It is gone.');
  turns.error = null;
  turns.busy = false;
  expect(await history.undo()).toBe('Imported 3 papers');
  expect(history.redoable).toEqual([7]);
  expect(await history.redo()).toBe('Imported 3 papers');
  expect(turns.done).toEqual(['together 1', 'undo 7', 'redo 7']);
  turns.error = new OffprintError('refused', 'It is gone.');
  await expect(history.undo()).rejects.toThrow('It is gone.');
  expect(history.labels).toEqual({ undo: 'Starred 1 paper', redo: 'Told 2 papers apart' });
  await history.did({ label: 'Imported 1 paper', papers: 8 });
  await history.tookBack(8);
  expect(history.labels).toEqual({ undo: 'Starred 1 paper', redo: 'Imported 1 paper' });
  await history.did({ label: 'Imported 2 papers', papers: 9 });
  await marks.mark([alone('arxiv:1')], { starred: false });
  await history.tookBack(9);
  expect(history.labels).toEqual({ undo: 'Removed the star of 1 paper', redo: null });
});

test('what is done while an import is being taken back is not lost, and the import is not done again after it', async () => {
  const import8 = Promise.withResolvers<void>();
  const { history, marks } = await openMarks({ ...unaskedTurns, undo: () => import8.promise });
  await history.did({ label: 'Imported 1 paper', papers: 8 });
  const undoing = history.undo();
  await marks.mark([alone('arxiv:1')], { starred: true });
  import8.resolve();
  expect(await undoing).toBe('Imported 1 paper');
  expect(history.labels).toEqual({ undo: 'Starred 1 paper', redo: null });
});
