import { expect, test } from 'vitest';
import { importSummary, previewSentence, progressOf } from './import-words.ts';

const none = { new: 0, merged: 0, unchanged: 0, skipped: 0 };

test.each([
  [{ ...none, new: 3, unchanged: 52 }, '55 papers: 3 new, 52 unchanged'],
  [{ ...none, new: 1 }, '1 paper: 1 new'],
  [{ ...none, skipped: 1 }, '0 papers: 1 skipped'],
  [{ ...none, new: 1003, merged: 2, unchanged: 104 }, '1,109 papers: 1,003 new, 2 merged, 104 unchanged'],
])('%#: sums up what came', (total, words) => {
  expect(importSummary(total)).toBe(words);
});

test.each([
  [{ ...none, new: 1 }, '1 new paper will come in.'],
  [{ ...none, new: 1200, merged: 3 }, '1,200 new papers will come in, and 3 papers that you have will be filled in.'],
  [{ ...none, unchanged: 1 }, 'The paper in it is in the library already, and there is nothing new about it.'],
  [
    { ...none, unchanged: 55, skipped: 2 },
    'All 55 papers in it are in the library already, and there is nothing new about them.',
  ],
  [{ ...none, skipped: 2 }, 'There is no paper in it that can be imported.'],
  [none, 'There are no papers in it.'],
])('%#: says what is to be confirmed', (total, words) => {
  expect(previewSentence(total)).toBe(words);
});

test('says how far an import is', () => {
  expect(progressOf({ phase: 'sending', file: 'a', index: 2, files: 3, done: 0.4 })).toEqual({
    words: 'Opening file 2 of 3',
    done: 0.4,
  });
  expect(progressOf({ phase: 'reading', progress: null })).toEqual({ words: 'Reading', done: null });
  const progress = { job: 1, phase: 'writing', file: 'a', index: 1, files: 1, done: 0.5, papers: 1200 } as const;
  expect(progressOf({ phase: 'writing', progress })).toEqual({ words: 'Importing: 1,200 papers', done: 0.5 });
});
