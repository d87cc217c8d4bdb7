import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Highlight } from '../../shared/highlights.ts';
import { combinedRecord, type MarkTarget } from './combined.ts';
import { highlightsOf } from './highlighting.ts';
import { History } from './history.ts';
import { printChange, readStepOf } from './journal-change.ts';
import type { PaperRecord } from './library-data.ts';
import { readRecord } from './library-reading.ts';
import { ReaderMarks } from './marks.ts';
import { Store } from './store.ts';
import type { StoreChange } from './store-adapter.ts';
import { MemoryAdapter } from './store-testing.ts';

const idOf = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

function highlight(number: number, fields: Partial<Highlight> = {}): Highlight {
  const rest = { colour: 'yellow' as const, quote: `words ${number}`, before: '', after: '' };
  return { id: idOf(number), ...rest, from: number * 10, at: number, ...fields };
}

const alone = (id: string): MarkTarget => ({ id, markedAs: [id] });
const unasked = () => Promise.reject(new Error('nobody has imported anything'));

async function openMarks() {
  const written: StoreChange[] = [];
  const store = await Store.open(new MemoryAdapter(async (_data, changes) => void written.push(...changes)));
  let clock = 100;
  const now = () => ++clock;
  const targetsOf = async (ids: readonly string[]) => new Map(ids.map((id) => [id, alone(id)]));
  const turns = { undo: unasked, redo: unasked, setApart: unasked, followPairs: unasked, isBusy: () => false };
  const history = new History(store, targetsOf, turns, now);
  const marks = new ReaderMarks(store, history, now);
  return { store, history, marks, written };
}

test('highlights stand in the order of the text, and a paper with nothing else is one that was touched', async () => {
  const { store, marks } = await openMarks();
  await marks.setHighlights(alone('arxiv:1'), [highlight(2), highlight(1)]);
  expect(store.record('arxiv:1')).toEqual({ highlights: [highlight(1), highlight(2)], changedAt: 101 });
  await marks.setHighlights(alone('arxiv:1'), []);
  expect(store.records.size).toBe(0);
});

test('each change is a step with a name of its own, and what changes nothing is none', async () => {
  const { marks, history } = await openMarks();
  const set = (...highlights: Highlight[]) => marks.setHighlights(alone('arxiv:1'), highlights);
  expect(await set(highlight(1))).toEqual({ label: 'Highlighted words' });
  expect(await set(highlight(1, { colour: 'pink' }))).toEqual({ label: 'Changed a highlight' });
  expect(await set(highlight(1, { colour: 'pink' }))).toEqual({ label: 'Nothing to change' });
  expect(await set()).toEqual({ label: 'Removed a highlight' });
  const labels = [await history.undo(), await history.undo(), await history.undo(), await history.undo()];
  expect(labels).toEqual(['Removed a highlight', 'Changed a highlight', 'Highlighted words', null]);
});

test('Undo and Redo touch the highlights and nothing else of the paper', async () => {
  const { store, marks, history } = await openMarks();
  await marks.setHighlights(alone('arxiv:1'), [highlight(1)]);
  await store.change({ papers: new Map([['arxiv:1', { ...store.record('arxiv:1'), starred: true, changedAt: 150 }]]) });
  await history.undo();
  expect(store.record('arxiv:1')).toMatchObject({ starred: true });
  expect(store.record('arxiv:1')?.highlights).toBeUndefined();
  await history.redo();
  expect(store.record('arxiv:1')).toMatchObject({ starred: true, highlights: [highlight(1)] });
});

test('going back through any changes, and forth again, gives every state there was', async () => {
  const state = fc.uniqueArray(
    fc.record({ number: fc.nat(4), colour: fc.constantFrom<Highlight['colour']>('yellow', 'green') }),
    { selector: ({ number }) => number, maxLength: 4 },
  );
  await fc.assert(
    fc.asyncProperty(fc.array(state, { maxLength: 6 }), async (states) => {
      const { store, marks, history } = await openMarks();
      const records = [store.record('arxiv:1')];
      for (const each of states) {
        const steps = history.labels.undo;
        const highlights = each.map(({ number, colour }) => highlight(number, { colour }));
        const { label } = await marks.setHighlights(alone('arxiv:1'), highlights);
        if (label !== 'Nothing to change') records.push(store.record('arxiv:1'));
        else expect(history.labels.undo).toBe(steps);
      }
      for (const before of records.toReversed().slice(1)) {
        await history.undo();
        expect(store.record('arxiv:1')).toEqual(before);
      }
      for (const after of records.slice(1)) {
        await history.redo();
        expect(store.record('arxiv:1')).toEqual(after);
      }
    }),
    { numRuns: 40 },
  );
});

test('a step comes back from the journal as it went in', async () => {
  const { marks, written } = await openMarks();
  await marks.setHighlights(alone('arxiv:1'), [highlight(1)]);
  await marks.setHighlights(alone('arxiv:1'), [highlight(1, { colour: 'blue' }), highlight(2)]);
  const lines = written.map((change) => JSON.parse(JSON.stringify(printChange(change, 'stamp'))));
  const steps = written.flatMap(({ history }) => (history?.kind === 'add' ? [history.entry.step] : []));
  expect(steps).toHaveLength(2);
  expect(lines.map(readStepOf)).toEqual(steps);
});

test('records that become one paper’s join their highlights, each once', () => {
  const records = new Map<string, PaperRecord>([
    ['title:x', { highlights: [highlight(3), highlight(1)], changedAt: 1 }],
    ['arxiv:1', { highlights: [highlight(1), highlight(2)], starred: true, changedAt: 2 }],
  ]);
  const { record } = combinedRecord({ id: 'arxiv:1', markedAs: ['title:x', 'arxiv:1'] }, (id) => records.get(id));
  expect(record).toMatchObject({ starred: true, highlights: [highlight(1), highlight(2), highlight(3)] });
});

test('one that cannot be understood does not take the others with it; what a newer Offprint knows of one stays', () => {
  const newer = { ...highlight(1), comment: 'of a newer Offprint' };
  const stored = { changedAt: 1, highlights: [newer, { quote: 'half' }] };
  const { value, whole } = readRecord(stored);
  expect({ value, whole }).toEqual({ value: { changedAt: 1, highlights: [newer] }, whole: false });
  expect(highlightsOf(value ?? undefined)).toEqual([highlight(1)]);
});

test('what only a newer Offprint knows of a highlight stays, and one that is left as it was is not changed', async () => {
  const { store, marks } = await openMarks();
  const newer = { ...highlight(1), shape: 'wave' };
  await marks.setHighlights(alone('arxiv:1'), [newer]);
  expect(await marks.setHighlights(alone('arxiv:1'), [highlight(1), highlight(2)])).toEqual({
    label: 'Highlighted words',
  });
  expect(store.record('arxiv:1')?.highlights).toEqual([newer, highlight(2)]);
});
