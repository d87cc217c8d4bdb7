import { expect, test } from 'vitest';
import type { PaperRecord } from './library-data.ts';
import { changeRecord, marksOf } from './records.ts';

test('a record that returns to all defaults is none', () => {
  const record = changeRecord(undefined, {
    status: 'read',
    starred: true,
    tags: ['a'],
    note: 'n',
    noteChangedAt: 1,
    changedAt: 1,
  });
  expect(record).toEqual({
    ...{ status: 'read', readAt: 1, starred: true, tags: ['a'] },
    ...{ note: 'n', noteChangedAt: 1, changedAt: 1 },
  });
  expect(
    changeRecord(record ?? undefined, { status: 'unread', starred: false, tags: [], note: '', changedAt: 2 }),
  ).toBeNull();
});

test('a record with a field of a newer Offprint is never dropped', () => {
  const record: PaperRecord = { status: 'read', rating: 5, changedAt: 1 };
  expect(changeRecord(record, { status: 'unread', changedAt: 2 })).toEqual({ rating: 5, changedAt: 2 });
});

test('removing a note removes its time', () => {
  const record: PaperRecord = { starred: true, note: 'n', noteChangedAt: 1, changedAt: 1 };
  expect(changeRecord(record, { note: '', noteChangedAt: 2, changedAt: 2 })).toEqual({ starred: true, changedAt: 2 });
});

test('marks of a paper never touched are the defaults', () => {
  expect(marksOf(undefined)).toEqual({ status: 'unread', starred: false, tags: [], hasNote: false, changedAt: null });
});

test('a record that has taken up others stays, or they would be back', () => {
  const record: PaperRecord = { status: 'read', absorbs: { 'title:a': 1 }, changedAt: 2 };
  expect(changeRecord(record, { status: 'unread', changedAt: 3 })).toEqual({ absorbs: { 'title:a': 1 }, changedAt: 3 });
});
