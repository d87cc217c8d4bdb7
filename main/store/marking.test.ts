import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MarkChange } from '../../shared/contract.ts';
import { statuses } from '../../shared/paper.ts';
import type { MarkTarget, RecordOf } from './combined.ts';
import type { PaperRecord } from './library-data.ts';
import { labelOf, type MarksPlan, planMarks } from './marking.ts';
import { turnStep } from './turning.ts';

const noRecord = () => undefined;

/** Papers that are known by one id only. */
const alone = (...ids: string[]): MarkTarget[] => ids.map((id) => ({ id, markedAs: [id] }));

/** What a step makes of records of such papers. */
function made({ patches }: MarksPlan, direction: 'do' | 'undo', recordOf: RecordOf, now: number) {
  const state = { record: recordOf, views: [], tagColours: new Map(), pairs: { same: [], different: [] } };
  return turnStep({ label: '', marks: patches }, direction, state, new Map(), now).papers ?? new Map();
}

describe('labels', () => {
  test.each<[MarkChange, number, string]>([
    [{ status: 'read' }, 3, 'Marked 3 papers read'],
    [{ status: 'queued' }, 1, 'Marked 1 paper to read'],
    [{ starred: true }, 2, 'Starred 2 papers'],
    [{ addTags: ['vision', 'to cite'] }, 1, 'Tagged 1 paper “vision”, “to cite”'],
    [{ status: 'read', starred: true }, 2, 'Changed 2 papers'],
    [{ status: 'unread' }, 2, 'Nothing to change'],
    [{}, 2, 'Nothing to change'],
  ])('%o of %i papers: %s', (change, count, label) => {
    const ids = Array.from({ length: count }, (_, at) => `arxiv:${at}`);
    expect(labelOf(change, planMarks(change, alone(...ids), noRecord, 1).records.size)).toBe(label);
  });

  test('what is taken away is said too', () => {
    expect(labelOf({ starred: false }, 1)).toBe('Removed the star of 1 paper');
    expect(labelOf({ removeTags: ['a'] }, 1)).toBe('Removed “a” from 1 paper');
  });
});

test('only papers that change are in the step, each once', () => {
  const records = new Map<string, PaperRecord>([['arxiv:2', { status: 'read', changedAt: 1 }]]);
  const step = planMarks({ status: 'read' }, alone('arxiv:1', 'arxiv:2', 'arxiv:1'), (id) => records.get(id), 5);
  expect(step.patches).toEqual([
    {
      ids: ['arxiv:1'],
      before: { status: 'unread', readAt: null, changedAt: null },
      after: { status: 'read', readAt: 5, changedAt: 5 },
    },
  ]);
});

test('undoing restores the changed fields and leaves what came since', () => {
  const before: PaperRecord = { status: 'queued', tags: ['b', 'a'], changedAt: 1 };
  const step = planMarks({ status: 'read', addTags: ['c'], removeTags: ['b'] }, alone('arxiv:1'), () => before, 2);
  const done = made(step, 'do', () => before, 2).get('arxiv:1');
  expect(done).toEqual({ status: 'read', readAt: 2, tags: ['a', 'c'], changedAt: 2 });
  expect(step.records).toEqual(new Map([['arxiv:1', done]]));
  const since: PaperRecord = { ...done, tags: ['a', 'c', 'd'], note: 'new', noteChangedAt: 3, changedAt: 3 };
  expect(made(step, 'undo', () => since, 4).get('arxiv:1')).toEqual({
    status: 'queued',
    tags: ['a', 'd', 'b'],
    note: 'new',
    noteChangedAt: 3,
    changedAt: 4,
  });
});

test('for any papers and change, undoing gives exactly the records of before, and redoing those of after', () => {
  const tags = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1 });
  const recordArbitrary = fc.record(
    {
      status: fc.constantFrom('queued' as const, 'reading' as const, 'read' as const, 'skipped' as const),
      starred: fc.constant(true),
      tags,
      note: fc.string({ minLength: 1 }),
      changedAt: fc.nat(),
    },
    { requiredKeys: ['changedAt', 'status'] },
  );
  const changeArbitrary = fc.record(
    { status: fc.constantFrom(...statuses), starred: fc.boolean(), addTags: tags, removeTags: tags },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.array(fc.option(recordArbitrary, { nil: undefined })), changeArbitrary, (papers, change) => {
      const records = new Map<string, PaperRecord | null>(papers.map((record, at) => [`arxiv:${at}`, record ?? null]));
      const before = new Map(records);
      const recordOf = (id: string) => records.get(id) ?? undefined;
      const go = (direction: 'do' | 'undo') => {
        for (const [id, record] of made(step, direction, recordOf, 2e9)) records.set(id, record);
      };
      const step = planMarks(change, alone(...records.keys()), recordOf, 1e9);
      go('do');
      const after = new Map(records);
      expect([...after].filter(([id, record]) => record !== before.get(id))).toHaveLength(step.records.size);
      expect(after).toEqual(new Map([...before, ...step.records]));
      go('undo');
      expect(records).toEqual(before);
      go('do');
      expect(records).toEqual(after);
    }),
  );
});

test('papers with one record are written down once, however many they are', () => {
  const queued: PaperRecord = { status: 'queued', changedAt: 1 };
  const ids = Array.from({ length: 100 }, (_, at) => `arxiv:${at}`);
  const recordOf = (id: string) => (Number(id.slice(6)) < 50 ? queued : undefined);
  const plan = planMarks({ status: 'read' }, alone(...ids), recordOf, 2);
  expect(plan.patches.map(({ ids }) => ids.length)).toEqual([50, 50]);
  expect(new Set(plan.records.values()).size).toBe(2);
  const undone = made(plan, 'undo', (id) => plan.records.get(id) ?? undefined, 3);
  expect(new Map(ids.map((id) => [id, recordOf(id) ?? null]))).toEqual(undone);
});
