import { expect, test } from 'vitest';
import { whatCameBack, whatWasWrong } from '../corpus/corpus-trouble.ts';
import * as words from '../store/opening-words.ts';
import { noticeCode } from './notice-codes.ts';

const base = { from: 'backup', path: '/a/library.backup.json', since: 0 } as never;
const plan = { base, found: { lines: [] }, isIncomplete: false, remains: [] } as never;
const damaged = { kind: 'damaged', reason: 'is empty' } as never;

test.each([
  ['newer', words.newerSentence('/a/library.json')],
  ['files-kept-by-system', words.unreadableSentence('/a', 'EACCES')],
  ['could-not-be-kept', words.notKeptSentence('/a', 'EACCES')],
  ['brought-back', words.rescueSentence('library.json', damaged, plan, ['b'])],
  ['brought-back', words.laterSentence(base)],
  ['started-empty', words.emptySentence('library.json', '/a', damaged, null, [])],
  ['journal-gone', words.goneSentence('/a/journal', 'library.json', null, null)],
  ['journal-damaged', words.damagedSentence(['a'])],
  ['journal-torn', words.tornSentence],
  ['put-there', words.putThereSentence('library.json', 'later', [])],
  ['copied', words.copiedSentence('library.json')],
  ['unclear', words.unclearSentence('library.json', ['a'], null)],
  ['unclear', words.unclearLinesSentence(['a'], [])],
  ['obstacle', words.obstacleSentence('journal', 'is a file', null)],
  ['earlier-states', words.generationsSentence('EACCES', [])],
  ['earlier-states', words.generationsSentence(null, ['a'])],
  ['papers-database', whatWasWrong('damaged', '/a/corpus.db', null)],
  ['papers-database', whatWasWrong('foreign', '/a/corpus.db', '/a/b')],
  ['papers-back', whatCameBack('It was damaged.', { from: 'sources', lost: [], changesKnown: true } as never, 3)],
])('%s: %s', (code, sentence) => {
  expect(noticeCode(sentence ?? '')).toBe(code);
});

test('what is not known is told as such, and never by its words', () => {
  expect(noticeCode('Something about zanzibarquux.')).toBe('other');
});
