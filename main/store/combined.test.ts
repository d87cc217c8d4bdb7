import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { MarkChange } from '../../shared/contract.ts';
import { type PaperId, statuses } from '../../shared/paper.ts';
import { combinedRecord, type MarkTarget } from './combined.ts';
import { History } from './history.ts';
import type { PaperRecord } from './library-data.ts';
import { ReaderMarks } from './marks.ts';
import { marksOf, noteSeparator } from './records.ts';
import { Store } from './store.ts';
import { MemoryAdapter } from './store-testing.ts';

/** Papers that ids belong to, as changes of the papers make it, and the reader's data of them. */
async function openPapers() {
  const store = await Store.open(new MemoryAdapter());
  let papers: MarkTarget[] = [];
  let clock = 0;
  const targetOf = (id: PaperId) => papers.find((paper) => paper.markedAs.includes(id)) ?? { id, markedAs: [id] };
  const targetsOf = async (ids: readonly PaperId[]) => new Map(ids.map((id) => [id, targetOf(id)]));
  // So long a time that every save of a note is a step of its own.
  const now = () => {
    clock += 100_000;
    return clock;
  };
  const nothing = async () => {};
  const history = new History(
    store,
    targetsOf,
    { undo: nothing, redo: nothing, setApart: nothing, followPairs: (change) => change(), isBusy: () => false },
    now,
  );
  const marks = new ReaderMarks(store, history, now);
  return {
    ...{ store, history, marks, targetOf },
    /** Says which ids are of one paper; the first of each is the paper's own. Other ids stand by themselves. */
    group(...groups: [PaperId, ...PaperId[]][]) {
      papers = groups.map((ids) => ({ id: ids[0], markedAs: ids }));
    },
    recordOf: (id: PaperId) => combinedRecord(targetOf(id), (id) => store.record(id)).record,
  };
}

const older: PaperRecord = {
  status: 'read',
  starred: true,
  tags: ['a', 'b'],
  note: 'old',
  noteChangedAt: 3,
  changedAt: 3,
};
const newer: PaperRecord = { tags: ['b', 'c'], note: 'new', noteChangedAt: 9, changedAt: 9 };
const both = new Map([
  ['title:x', older],
  ['arxiv:1', newer],
]);
const target: MarkTarget = { id: 'arxiv:1', markedAs: ['title:x', 'arxiv:1'] };

test('one record is taken as it is, wherever it stands', () => {
  const records = new Map([['title:x', older]]);
  expect(combinedRecord(target, (id) => records.get(id))).toEqual({ at: 'title:x', record: older, takesUp: false });
  expect(combinedRecord(target, () => undefined)).toEqual({ at: 'arxiv:1', record: undefined, takesUp: false });
});

test('of several records: the last status that is not unread, any star, all tags, and all notes in the order of time', () => {
  expect(combinedRecord(target, (id) => both.get(id))).toEqual({
    at: 'arxiv:1',
    record: {
      status: 'read',
      starred: true,
      tags: ['a', 'b', 'c'],
      note: `old${noteSeparator}new`,
      noteChangedAt: 9,
      changedAt: 9,
      absorbs: { 'title:x': 3 },
    },
    takesUp: true,
  });
  const same = new Map([...both].map(([id, record]) => [id, { ...record, note: 'same' }]));
  expect(combinedRecord(target, (id) => same.get(id)).record?.note).toBe('same');
});

test('where nothing stands under the own id, the record changed last is the one that is written', () => {
  const other: MarkTarget = { id: 'doi:10.1/x', markedAs: ['title:x', 'arxiv:1'] };
  expect(combinedRecord(other, (id) => both.get(id)).at).toBe('arxiv:1');
});

test('a record that was taken up is left out, until it is changed by itself', () => {
  const records = new Map<string, PaperRecord>([
    ['title:x', older],
    ['arxiv:1', { tags: ['d'], absorbs: { 'title:x': 3 }, changedAt: 10 }],
  ]);
  expect(combinedRecord(target, (id) => records.get(id)).record).toEqual(records.get('arxiv:1'));
  records.set('title:x', { ...older, note: 'changed', changedAt: 11 });
  expect(combinedRecord(target, (id) => records.get(id)).record).toMatchObject({
    note: 'changed',
    tags: ['d', 'a', 'b'],
  });
});

test('records that have taken up one another are all there', () => {
  const records = new Map<string, PaperRecord>([
    ['title:x', { note: 'x', absorbs: { 'arxiv:1': 1 }, changedAt: 1 }],
    ['arxiv:1', { note: 'y', absorbs: { 'title:x': 1, 'arxiv:1': 1 }, changedAt: 1 }],
  ]);
  expect(combinedRecord(target, (id) => records.get(id)).record?.note).toBe(`y${noteSeparator}x`);
});

test('what is changed while papers are one takes up the others, and they are as they were when that is over', async () => {
  const { store, marks, group, targetOf, recordOf } = await openPapers();
  await marks.setNote(targetOf('title:x'), 'of the title');
  await marks.setNote(targetOf('arxiv:1'), 'of the number');
  const before = new Map(store.records);
  group(['arxiv:1', 'title:x']);
  const joined = `of the title${noteSeparator}of the number`;
  expect(recordOf('title:x')?.note).toBe(joined);
  await marks.setNote(targetOf('title:x'), 'rewritten');
  expect(recordOf('title:x')?.note).toBe('rewritten');
  await marks.setNote(targetOf('arxiv:1'), '');
  expect(recordOf('arxiv:1')?.note).toBeUndefined();
  group();
  expect(store.record('title:x')).toEqual(before.get('title:x'));
  expect(recordOf('title:x')?.note).toBe('of the title');
  await marks.setNote(targetOf('title:x'), 'of the title again');
  group(['arxiv:1', 'title:x']);
  expect(recordOf('arxiv:1')?.note).toBe('of the title again');
});

test('the same note written again is no change, though it stands in several records', async () => {
  const { store, marks, group, targetOf } = await openPapers();
  await marks.setNote(targetOf('title:x'), 'same');
  const at = await marks.setNote(targetOf('arxiv:1'), 'same');
  group(['arxiv:1', 'title:x']);
  const before = new Map(store.records);
  expect(await marks.setNote(targetOf('title:x'), 'same')).toBe(at);
  expect(new Map(store.records)).toEqual(before);
});

test('undoing a change that took up records brings them all back exactly, and redoing it makes it again', async () => {
  const { store, history, marks, group, targetOf, recordOf } = await openPapers();
  await marks.mark([targetOf('title:x'), targetOf('arxiv:1')], { starred: true });
  await marks.mark([targetOf('arxiv:1')], { status: 'read' });
  const before = new Map(store.records);
  group(['arxiv:1', 'title:x']);
  await marks.mark([targetOf('title:x')], { starred: false });
  expect(marksOf(recordOf('arxiv:1'))).toMatchObject({ starred: false, status: 'read' });
  const after = new Map(store.records);
  await history.undo();
  expect(new Map(store.records)).toEqual(before);
  await history.redo();
  expect(new Map(store.records)).toEqual(after);
});

test('a step of a record that was taken up since is undone where its paper is written now', async () => {
  const { store, history, marks, group, targetOf, recordOf } = await openPapers();
  await marks.mark([targetOf('title:x')], { starred: true, addTags: ['a'] });
  // By an import's marks, which are no steps.
  await store.change({ papers: new Map([['arxiv:1', { note: 'kept', changedAt: 2 }]]) });
  group(['arxiv:1', 'title:x']);
  const taking: PaperRecord = { changedAt: 0, ...recordOf('arxiv:1'), note: 'kept, and more' };
  await store.change({ papers: new Map([['arxiv:1', taking]]) });
  expect(marksOf(recordOf('arxiv:1'))).toMatchObject({ starred: true, tags: ['a'] });
  await history.undo();
  expect(recordOf('arxiv:1')).toMatchObject({ note: 'kept, and more' });
  expect(marksOf(recordOf('arxiv:1'))).toMatchObject({ starred: false, tags: [] });
  await history.redo();
  expect(marksOf(recordOf('arxiv:1'))).toMatchObject({ starred: true, tags: ['a'] });
});

test('two calls to undo at once take back two steps', async () => {
  const { store, history, marks, targetOf } = await openPapers();
  await marks.mark([targetOf('arxiv:1')], { starred: true });
  await marks.mark([targetOf('arxiv:1')], { status: 'read' });
  expect(await Promise.all([history.undo(), history.undo(), history.undo()])).toEqual([
    'Marked 1 paper read',
    'Starred 1 paper',
    null,
  ]);
  expect(store.records.size).toBe(0);
});

const ids = ['arxiv:1', 'arxiv:2', 'doi:10.1/x', 'title:x'] as const;
const anyTag = fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { maxLength: 2 });
const anyChange: fc.Arbitrary<MarkChange> = fc.record(
  { status: fc.constantFrom(...statuses), starred: fc.boolean(), addTags: anyTag, removeTags: anyTag },
  { requiredKeys: [] },
);
/** Which ids are of one paper: an id for each place says whose it is. */
const anyGrouping = fc.tuple(fc.nat(3), fc.nat(3), fc.nat(3), fc.nat(3));
const anyAction = fc.oneof(
  fc.record({ kind: fc.constant('mark' as const), id: fc.constantFrom(...ids), change: anyChange }),
  fc.record({
    kind: fc.constant('note' as const),
    id: fc.constantFrom(...ids),
    text: fc.constantFrom('', 'one', 'two'),
  }),
  fc.record({ kind: fc.constant('group' as const), owners: anyGrouping }),
);

test('whatever becomes one and apart again, a paper says what the reader wrote last, and undoing all undoes it all', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(anyAction, { maxLength: 12 }), async (actions) => {
      const { store, history, marks, group, targetOf, recordOf } = await openPapers();
      const states: Map<PaperId, PaperRecord>[] = [];
      for (const action of actions) {
        if (action.kind === 'group') {
          const groups = Map.groupBy(ids, (_, at) => action.owners[at]);
          group(...([...groups.values()] as [PaperId, ...PaperId[]][]));
          continue;
        }
        const target = targetOf(action.id);
        const before = marksOf(recordOf(action.id));
        const untouched = new Map([...store.records].filter(([id]) => !target.markedAs.includes(id)));
        if (action.kind === 'note') {
          const state = new Map(store.records);
          const steps = store.history.undo.length;
          await marks.setNote(target, action.text);
          expect(recordOf(action.id)?.note ?? '').toBe(action.text);
          if (store.history.undo.length > steps) states.push(state);
        } else {
          const state = new Map(store.records);
          const { changed } = await marks.mark([target], action.change);
          if (changed > 0) states.push(state);
          const now = marksOf(recordOf(action.id));
          expect(now).toMatchObject({
            status: action.change.status ?? before.status,
            starred: action.change.starred ?? before.starred,
          });
          for (const tag of action.change.addTags ?? []) expect(now.tags).toContain(tag);
          for (const tag of action.change.removeTags ?? []) {
            if (!action.change.addTags?.includes(tag)) expect(now.tags).not.toContain(tag);
          }
        }
        // What is written of one paper leaves every record of any other as it was.
        for (const [id, record] of untouched) expect(store.record(id)).toBe(record);
      }
      for (const state of states.reverse()) {
        await history.undo();
        expect(new Map(store.records)).toEqual(state);
      }
    }),
    {
      numRuns: 300,
      examples: [
        // A step back onto one that took up a record.
        [
          [
            { kind: 'mark', id: 'arxiv:2', change: { addTags: ['a'] } },
            { kind: 'mark', id: 'title:x', change: { addTags: ['a'] } },
            { kind: 'group', owners: [0, 2, 0, 2] },
            { kind: 'mark', id: 'arxiv:2', change: { starred: true } },
            { kind: 'mark', id: 'title:x', change: { removeTags: ['a'] } },
          ],
        ],
      ],
    },
  );
});
