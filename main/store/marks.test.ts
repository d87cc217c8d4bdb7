import { expect, test } from 'vitest';
import { OffprintError } from '../../shared/outcome.ts';
import { mostSteps } from './history.ts';
import { ReaderMarks } from './marks.ts';
import { noteSeparator } from './records.ts';
import type { StoreAdapter } from './snapshot-adapter.ts';
import { Store } from './store.ts';

/** Marks over a store in memory. While `trouble.on`, nothing can be written. */
async function openMarks() {
  const trouble = { on: false };
  const adapter: StoreAdapter = {
    notices: [],
    read: async () => null,
    stage: () => {},
    write: async () => {
      if (trouble.on) throw new OffprintError('unreadable', 'ENOSPC');
    },
  };
  const store = await Store.open(adapter);
  let clock = 0;
  return { trouble, store, marks: new ReaderMarks(store, () => ++clock) };
}

test('undo and redo go through the steps in order, and a new step forgets what could be redone', async () => {
  const { store, marks } = await openMarks();
  expect(await marks.undo()).toBeNull();
  await marks.mark(['arxiv:1', 'arxiv:2'], { status: 'read' });
  await marks.mark(['arxiv:1'], { starred: true });
  expect(marks.labels).toEqual({ undo: 'Starred 1 paper', redo: null });
  expect(await marks.undo()).toBe('Starred 1 paper');
  expect(await marks.undo()).toBe('Marked 2 papers read');
  expect(store.records.size).toBe(0);
  expect(await marks.undo()).toBeNull();
  expect(await marks.redo()).toBe('Marked 2 papers read');
  expect(marks.labels).toEqual({ undo: 'Marked 2 papers read', redo: 'Starred 1 paper' });
  await marks.mark(['arxiv:3'], { status: 'skipped' });
  expect(await marks.redo()).toBeNull();
  expect([...store.records.keys()]).toEqual(['arxiv:1', 'arxiv:2', 'arxiv:3']);
});

test('a change that changes nothing is no step', async () => {
  const { marks } = await openMarks();
  await marks.mark(['arxiv:1'], { starred: true });
  expect(await marks.mark(['arxiv:1'], { starred: true })).toEqual({ changed: 0, label: 'Nothing to change' });
  expect(marks.labels.undo).toBe('Starred 1 paper');
});

test('at least 200 steps can be taken back', async () => {
  expect(mostSteps).toBeGreaterThanOrEqual(200);
  const { store, marks } = await openMarks();
  for (let at = 0; at < mostSteps + 3; at += 1) await marks.mark([`arxiv:${at}`], { starred: true });
  let undone = 0;
  while ((await marks.undo()) !== null) undone += 1;
  expect(undone).toBe(mostSteps);
  expect([...store.records.keys()]).toEqual(['arxiv:0', 'arxiv:1', 'arxiv:2']);
});

test('what could not be saved is not there, not in the records and not in the history', async () => {
  const { trouble, store, marks } = await openMarks();
  await marks.mark(['arxiv:1'], { starred: true });
  trouble.on = true;
  const refused = [
    marks.mark(['arxiv:2'], { starred: true }),
    marks.undo(),
    marks.undo(),
    marks.setNote('arxiv:1', 'lost'),
    marks.setNote('arxiv:1', 'lost'),
  ];
  const outcomes = await Promise.allSettled(refused);
  expect(outcomes.map(({ status }) => status)).toEqual(Array(5).fill('rejected'));
  expect([...store.records]).toEqual([['arxiv:1', { starred: true, changedAt: 1 }]]);
  expect(marks.labels).toEqual({ undo: 'Starred 1 paper', redo: null });
  trouble.on = false;
  expect(await marks.undo()).toBe('Starred 1 paper');
  expect(store.records.size).toBe(0);
});

test('a note is kept exactly, and an empty one removes it', async () => {
  const { store, marks } = await openMarks();
  const text = '  # Idea\r\n\u0000\ud800 <script>alert(1)</script>\n';
  expect(await marks.setNote('arxiv:1', text)).toBe(1);
  expect(store.record('arxiv:1')?.note).toBe(text);
  expect(await marks.setNote('arxiv:1', text)).toBe(1);
  await marks.setNote('arxiv:1', '');
  expect(store.record('arxiv:1')).toBeUndefined();
});

test('a paper that gets a better id takes its record and its history along', async () => {
  const { store, marks } = await openMarks();
  await marks.setNote('title:a', 'kept');
  await marks.mark(['title:a', 'title:b'], { status: 'read' });
  await marks.undo();
  expect(marks.ids()).toEqual(new Set(['title:a', 'title:b']));
  await marks.move(
    new Map([
      ['title:a', 'arxiv:1'],
      ['title:b', 'arxiv:2'],
    ]),
  );
  expect([...store.records.keys()]).toEqual(['arxiv:1']);
  expect(marks.ids()).toEqual(new Set(['arxiv:1', 'arxiv:2']));
  await marks.redo();
  expect(store.record('arxiv:1')).toMatchObject({ note: 'kept', status: 'read' });
  expect(store.record('arxiv:2')).toMatchObject({ status: 'read' });
});

test('a move that cannot be saved leaves the history where the records are', async () => {
  const { trouble, store, marks } = await openMarks();
  await marks.setNote('title:a', 'kept');
  await marks.mark(['title:a'], { status: 'read' });
  trouble.on = true;
  await expect(marks.move(new Map([['title:a', 'arxiv:1']]))).rejects.toThrow('ENOSPC');
  trouble.on = false;
  await marks.undo();
  expect([...store.records.keys()]).toEqual(['title:a']);
  expect(store.record('title:a')).not.toHaveProperty('status');
});

test('a paper that gets its old id back is found by it', async () => {
  const { store, marks } = await openMarks();
  await marks.mark(['title:a'], { status: 'read' });
  await marks.move(new Map([['title:a', 'arxiv:1']]));
  await marks.move(new Map([['arxiv:1', 'title:a']]));
  expect(marks.ids()).toEqual(new Set(['title:a']));
  await marks.undo();
  expect(store.records.size).toBe(0);
});

test('papers that turn out to be one lose no note, whichever of them move', async () => {
  const { store, marks } = await openMarks();
  await marks.setNote('title:a', 'first');
  await marks.setNote('doi:10.1/b', 'second');
  await marks.setNote('arxiv:1', 'third');
  await marks.move(
    new Map([
      ['title:a', 'arxiv:1'],
      ['doi:10.1/b', 'arxiv:1'],
    ]),
  );
  expect([...store.records.keys()]).toEqual(['arxiv:1']);
  const note = store.record('arxiv:1')?.note ?? '';
  expect(note.split(noteSeparator).sort()).toEqual(['first', 'second', 'third']);
});
