import { expect, test } from 'vitest';
import type { PaperRecord } from './library-data.ts';
import { changeRecord, marksOf, mergeRecords, noteSeparator } from './records.ts';

test('a record that returns to all defaults is none', () => {
  const record = changeRecord(undefined, {
    status: 'read',
    starred: true,
    tags: ['a'],
    note: 'n',
    noteChangedAt: 1,
    changedAt: 1,
  });
  expect(record).toEqual({ status: 'read', starred: true, tags: ['a'], note: 'n', noteChangedAt: 1, changedAt: 1 });
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

test('two records of one paper: newer status and star, all tags, both notes in the order of time', () => {
  const older: PaperRecord = {
    status: 'read',
    starred: true,
    tags: ['a', 'b'],
    note: 'old',
    noteChangedAt: 3,
    changedAt: 3,
  };
  const newer: PaperRecord = { status: 'queued', tags: ['b', 'c'], note: 'new', noteChangedAt: 9, changedAt: 9 };
  const merged = {
    status: 'queued',
    tags: ['a', 'b', 'c'],
    note: `old${noteSeparator}new`,
    noteChangedAt: 9,
    changedAt: 9,
  };
  expect(mergeRecords(older, newer)).toEqual(merged);
  expect(mergeRecords(newer, older)).toEqual(merged);
});

test('a newer record without a note leaves the older note as it is', () => {
  const older: PaperRecord = { note: 'old', noteChangedAt: 3, changedAt: 3 };
  expect(mergeRecords({ starred: true, changedAt: 9 }, older)).toEqual({
    starred: true,
    note: 'old',
    noteChangedAt: 3,
    changedAt: 9,
  });
  expect(mergeRecords(older, { note: 'old', noteChangedAt: 4, changedAt: 4 }).note).toBe('old');
});
