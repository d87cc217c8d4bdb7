import { expect, test } from 'vitest';
import { OffprintError } from '../../shared/outcome.ts';
import type { MarkTarget } from './combined.ts';
import { mostSteps } from './history.ts';
import { ReaderMarks } from './marks.ts';
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
  const targetsOf = async (ids: readonly string[]) => new Map(ids.map((id) => [id, alone(id)]));
  return { trouble, store, marks: new ReaderMarks(store, targetsOf, () => ++clock) };
}

/** A paper that is known by one id only. */
function alone(id: string): MarkTarget {
  return { id, markedAs: [id] };
}

test('undo and redo go through the steps in order, and a new step forgets what could be redone', async () => {
  const { store, marks } = await openMarks();
  expect(await marks.undo()).toBeNull();
  await marks.mark(['arxiv:1', 'arxiv:2'].map(alone), { status: 'read' });
  await marks.mark(['arxiv:1'].map(alone), { starred: true });
  expect(marks.labels).toEqual({ undo: 'Starred 1 paper', redo: null });
  expect(await marks.undo()).toBe('Starred 1 paper');
  expect(await marks.undo()).toBe('Marked 2 papers read');
  expect(store.records.size).toBe(0);
  expect(await marks.undo()).toBeNull();
  expect(await marks.redo()).toBe('Marked 2 papers read');
  expect(marks.labels).toEqual({ undo: 'Marked 2 papers read', redo: 'Starred 1 paper' });
  await marks.mark(['arxiv:3'].map(alone), { status: 'skipped' });
  expect(await marks.redo()).toBeNull();
  expect([...store.records.keys()]).toEqual(['arxiv:1', 'arxiv:2', 'arxiv:3']);
});

test('a change that changes nothing is no step', async () => {
  const { marks } = await openMarks();
  await marks.mark(['arxiv:1'].map(alone), { starred: true });
  expect(await marks.mark(['arxiv:1'].map(alone), { starred: true })).toEqual({
    changed: 0,
    label: 'Nothing to change',
  });
  expect(marks.labels.undo).toBe('Starred 1 paper');
});

test('at least 200 steps can be taken back', async () => {
  expect(mostSteps).toBeGreaterThanOrEqual(200);
  const { store, marks } = await openMarks();
  for (let at = 0; at < mostSteps + 3; at += 1) await marks.mark([`arxiv:${at}`].map(alone), { starred: true });
  let undone = 0;
  while ((await marks.undo()) !== null) undone += 1;
  expect(undone).toBe(mostSteps);
  expect([...store.records.keys()]).toEqual(['arxiv:0', 'arxiv:1', 'arxiv:2']);
});

test('what could not be saved is not there, not in the records and not in the history', async () => {
  const { trouble, store, marks } = await openMarks();
  await marks.mark(['arxiv:1'].map(alone), { starred: true });
  trouble.on = true;
  const refused = [
    marks.mark(['arxiv:2'].map(alone), { starred: true }),
    marks.undo(),
    marks.undo(),
    marks.setNote(alone('arxiv:1'), 'lost'),
    marks.setNote(alone('arxiv:1'), 'lost'),
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
  expect(await marks.setNote(alone('arxiv:1'), text)).toBe(1);
  expect(store.record('arxiv:1')?.note).toBe(text);
  expect(await marks.setNote(alone('arxiv:1'), text)).toBe(1);
  await marks.setNote(alone('arxiv:1'), '');
  expect(store.record('arxiv:1')).toBeUndefined();
});
