import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { titleId } from '../importers/identity.ts';
import { buildCorpus } from './build-corpus.ts';
import { LocalCorpus } from './local-corpus.ts';
import { migrations } from './migrations.ts';
import { marksOf, temporaryFolder, titles } from './test-corpus.ts';

let folder: string;
let remove: () => void;
beforeEach(() => {
  ({ folder, remove } = temporaryFolder());
  buildCorpus(folder, [{ title: 'On Ash', abstract: 'Grey and dry.' }, { title: 'On Beech' }], 2, 'one');
  const corpus = new LocalCorpus(folder);
  corpus.replaceMarks('before', [marksOf(titleId('On Ash'), { status: 'read', changedAt: 1, readAt: 1 })]);
  corpus.close();
});
afterEach(() => remove());

const path = (name = 'corpus.db') => join(folder, name);
/** Everything in the folder, and what tells that it was touched. */
const all = () =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => [name, statSync(join(folder, name)).mtimeMs, statSync(join(folder, name)).size]);

/** Opens the folder without touching anything in it, and takes whatever somebody wants to know of it. */
function untouched<T>(look: (corpus: LocalCorpus) => T): T {
  const before = all();
  const corpus = new LocalCorpus(folder, {}, { readOnly: true });
  const { scratch } = corpus;
  try {
    return look(corpus);
  } finally {
    corpus.close();
    expect(all()).toEqual(before);
    expect(scratch).not.toBeNull();
    expect(existsSync(scratch ?? '')).toBe(false);
  }
}

test('what is there can be searched, with the marks as they were copied', () => {
  untouched((corpus) => {
    expect([corpus.trouble, corpus.created, corpus.isUnclean]).toEqual([null, false, false]);
    expect(corpus.marksStamp).toBe('before');
    expect(titles(corpus, 'grey is:read')).toEqual(['On Ash']);
    expect(corpus.state().counts).toMatchObject({ all: 2, read: 1 });
    // The copy follows the store, should that know more.
    corpus.replaceMarks('after', [marksOf(titleId('On Beech'), { starred: true, changedAt: 2 })]);
    expect(titles(corpus, 'is:starred')).toEqual(['On Beech']);
  });
});

test.each([
  ['is missing', () => rmSync(path('marks.db'))],
  ['is damaged', () => writeFileSync(path('marks.db'), readFileSync(path('marks.db')).fill(0x5a, 100))],
  ['is behind the papers', () => buildCorpus(folder, [{ title: 'On Cedar' }], 1, 'two')],
])('a copy of the marks that %s is made elsewhere', (_, spoil) => {
  spoil();
  untouched((corpus) => {
    corpus.replaceMarks('now', [marksOf(titleId('On Ash'), { status: 'read', changedAt: 1, readAt: 1 })]);
    expect(titles(corpus, 'is:read')).toEqual(['On Ash']);
    expect(titles(corpus, 'is:unread')).toContain('On Beech');
  });
});

test('what a program that was killed has left in the log is shown, too', () => {
  const live = new DatabaseSync(path());
  live.exec("UPDATE papers SET title = 'On Alder' WHERE title = 'On Beech'");
  const left = join(folder, 'left');
  mkdirSync(left);
  for (const name of ['corpus.db', 'corpus.db-wal', 'marks.db']) cpSync(path(name), join(left, name));
  live.close();
  for (const name of ['corpus.db', 'corpus.db-wal', 'marks.db']) {
    if (existsSync(path(name))) rmSync(path(name));
    cpSync(join(left, name), path(name));
  }
  untouched((corpus) => expect(titles(corpus, '').sort()).toEqual(['On Alder', 'On Ash']));
});

test('a database of an older layout is shown from a copy that is brought up to date', () => {
  const database = new DatabaseSync(path());
  database.exec('DROP INDEX papers_votes; DROP INDEX papers_venue; PRAGMA user_version = 2');
  database.close();
  expect(migrations).toHaveLength(3);
  untouched((corpus) => expect(titles(corpus, 'grey')).toEqual(['On Ash']));
});

test.each([
  ['is missing', () => rmSync(path()), null],
  ['is damaged', () => writeFileSync(path(), readFileSync(path()).fill(0x5a)), 'unreadable'],
  [
    'is damaged where only reading shows it',
    () => writeFileSync(path(), readFileSync(path()).fill(0x5a, 8192)),
    'unreadable',
  ],
  ['is no database', () => writeFileSync(path(), 'nothing of the sort'), 'unreadable'],
])('a database that %s is left as it is, and no papers are shown', (_, spoil, kind) => {
  spoil();
  // So that the list, too, is to be made.
  rmSync(path('marks.db'));
  untouched((corpus) => {
    expect(corpus.trouble?.kind ?? null).toBe(kind);
    if (kind) expect(corpus.trouble?.notice).toContain(path());
    expect(corpus.created).toBe(false);
    expect(titles(corpus, '')).toEqual([]);
  });
});
