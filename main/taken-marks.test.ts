import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Status, statuses } from '../shared/paper.ts';
import type { ImportedMarks } from './importers/importer.ts';
import type { PaperRecord } from './store/library-data.ts';
import { givingBack, MarksToTake, recordsAgain, recordsBefore, TakenMarksFiles } from './taken-marks.ts';

const target = { id: 'arxiv:1', markedAs: [] };
const nothing: ImportedMarks = { note: '', tags: [], status: null, starred: false };

function takeInto(record: PaperRecord | undefined, ...marks: ImportedMarks[]) {
  const taking = new MarksToTake(() => record, 7);
  for (const each of marks) taking.add(target, each);
  return taking;
}

test('what the reader has not said is taken; what they have said stays', () => {
  const marks = { note: 'theirs', tags: ['a', ' b ', 'no,tag'], status: 'read' as const, starred: true };
  const all = {
    ...{ note: 'theirs', noteChangedAt: 7, tags: ['a', 'b'] },
    ...{ status: 'read', readAt: 7, starred: true, changedAt: 7 },
  };
  expect(takeInto(undefined, marks).papers.get('arxiv:1')).toEqual(all);
  const mine: PaperRecord = {
    note: 'mine',
    noteChangedAt: 1,
    tags: ['x'],
    status: 'skipped',
    starred: true,
    changedAt: 1,
  };
  expect(takeInto(mine, marks).papers.size).toBe(0);
  expect(takeInto({ note: 'mine', noteChangedAt: 1, changedAt: 1 }, marks).papers.get('arxiv:1')).toMatchObject({
    note: 'mine',
    noteChangedAt: 1,
    tags: ['a', 'b'],
    status: 'read',
  });
  expect(takeInto(undefined, nothing).papers.size).toBe(0);
});

test('highlights are taken where the reader has none', () => {
  const highlight = {
    id: crypto.randomUUID(),
    colour: 'blue' as const,
    quote: 'words',
    before: '',
    after: '',
    from: 0,
    at: 1,
  };
  const own = { ...highlight, id: crypto.randomUUID() };
  const marks = { ...nothing, highlights: [highlight] };
  expect(takeInto(undefined, marks).papers.get('arxiv:1')).toEqual({ highlights: [highlight], changedAt: 7 });
  expect(takeInto({ highlights: [own], changedAt: 1 }, marks).papers.size).toBe(0);
});

test('of two records of one paper, the first with a field wins', () => {
  const taking = takeInto(undefined, { ...nothing, tags: ['a'] }, { ...nothing, tags: ['b'], note: 'n' });
  expect(taking.papers.get('arxiv:1')).toMatchObject({ tags: ['a'], note: 'n' });
  expect(taking.taken).toMatchObject([{ id: 'arxiv:1', before: null }]);
});

const text = fc.constantFrom('', 'note', ' ', 'another');
const tags = fc.uniqueArray(fc.constantFrom('a', 'b', 'c,d', ''));
const marksArbitrary: fc.Arbitrary<ImportedMarks> = fc.record({
  note: text,
  tags,
  status: fc.option(fc.constantFrom<Status>(...statuses)),
  starred: fc.boolean(),
});
const recordArbitrary: fc.Arbitrary<PaperRecord | undefined> = fc.option(
  fc.record({
    changedAt: fc.constant(3),
    ...{ starred: fc.constant(true as const), note: fc.constant('mine') },
    tags: fc.uniqueArray(fc.constantFrom('a', 'x'), { minLength: 1 }),
  }),
  { nil: undefined },
);

test('taking never changes what was there, twice is once, and taking back leaves exactly what was', () => {
  fc.assert(
    fc.property(recordArbitrary, marksArbitrary, (record, marks) => {
      const taking = takeInto(record, marks);
      const after = taking.papers.get('arxiv:1') ?? record;
      if (record?.note) expect(after?.note).toBe(record.note);
      if (record?.tags) expect(after?.tags).toEqual(record.tags);
      expect(takeInto(after, marks).papers.size).toBe(0);
      const back = recordsBefore(taking.taken, () => after);
      expect(back.size).toBe(taking.papers.size);
      for (const [, before] of back) expect(before).toEqual(record ?? null);
      // Taken again, it is as it was; what the reader has touched between stays.
      const kept = givingBack({ taken: taking.taken, givenBack: [] }, () => after);
      const again = recordsAgain(kept, () => record);
      expect([...again.values()]).toEqual(taking.papers.size === 0 ? [] : [after]);
      expect(recordsAgain(kept, () => ({ ...record, changedAt: 9 })).size).toBe(0);
      // Taking back was cut off once its records were written, and is begun again.
      expect(givingBack(kept, () => record)).toEqual(kept);
      // Touched since: it is the reader's now.
      expect(givingBack(kept, () => ({ ...after, changedAt: 9 })).givenBack).toEqual([]);
      expect(recordsBefore(taking.taken, () => ({ ...after, changedAt: 9 })).size).toBe(0);
    }),
  );
});

test('what was taken is known after opening again, and not mistaken for that of another import', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'offprint-taken-'));
  try {
    const { taken } = takeInto({ changedAt: 1, later: { field: 1 }, starred: true }, { ...nothing, note: 'n' });
    const marks = { taken, givenBack: [{ id: 'arxiv:1', record: { changedAt: 1, note: 'n', later: 2 } }] };
    const none = { taken: [], givenBack: [] };
    await new TakenMarksFiles(folder).keep({ id: 3, at: 100 }, marks);
    const files = new TakenMarksFiles(folder);
    expect(await files.read({ id: 3, at: 100 })).toEqual(marks);
    expect(await files.read({ id: 3, at: 101 })).toEqual(none);
    expect(await files.read({ id: 4, at: 100 })).toEqual(none);
    await writeFile(join(folder, 'taken-marks', '4.json'), '{"changedAt":100,"taken":[{}]}');
    expect(await files.read({ id: 4, at: 100 })).toEqual(none);
    await writeFile(join(folder, 'taken-marks', '5.json'), '{"changedAt":100,"taken":[]}');
    expect(await files.read({ id: 5, at: 100 })).toEqual(none);
    expect((await files.kept()).toSorted()).toEqual([3, 4, 5]);
    expect(await new TakenMarksFiles(join(folder, 'elsewhere')).kept()).toEqual([]);
    await files.forget({ id: 3 });
    expect(await files.read({ id: 3, at: 100 })).toEqual(none);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
