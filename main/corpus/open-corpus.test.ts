import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, test } from 'vitest';
import { parseQuery } from '../../shared/query/parse.ts';
import { buildCorpus } from './build-corpus.ts';
import { migrations } from './migrations.ts';
import { openCorpus, startCorpusWorker } from './open-corpus.ts';
import { TestPapers } from './papers-for-tests.ts';
import { marksOf, temporaryFolder } from './test-corpus.ts';

const everything = [parseQuery('')];
let cleanUp = () => {};
afterEach(() => cleanUp());

function folderForTest(): string {
  const { folder, remove } = temporaryFolder();
  cleanUp = remove;
  return folder;
}

describe('a corpus in its worker', () => {
  test('answers calls in the order they are made', async () => {
    const folder = join(folderForTest(), 'a folder with späces', 'inside');
    const corpus = await openCorpus({ folder });
    expect(corpus.created).toBe(true);
    expect(corpus.marksStamp).toBeNull();
    const papers = new TestPapers(folder);
    const published = corpus.publish(
      papers.change(
        new Map([
          [1, { ids: ['title:walls'] }],
          [2, { ids: ['title:tea'] }],
        ]),
      ),
    );
    papers.close();
    const list = corpus.openList({ queries: everything, sort: [], now: 0, limit: 1 });
    await published;
    const { result, total, rows } = await list;
    expect([total, rows.length]).toEqual([2, 1]);
    expect(await corpus.settled(result)).toBe(2);
    const half = [parseQuery('id:title:tea OR -is:starred has:abstract')];
    const counted = corpus.count({ queries: half, now: 0 });
    const lazy = corpus.openList({ queries: half, sort: [], now: 0, limit: 0 });
    expect(await corpus.settled((await lazy).result)).toBe(1);
    expect(await counted).toBe(1);
    await expect(corpus.settled(99)).rejects.toMatchObject({ code: 'not-found' });
    const ids = await corpus.ids(result, [[0, 2]]);
    const stamped = corpus.applyMarks(
      { from: null, to: 'now' },
      ids.map((id) => marksOf(id, { status: 'read', changedAt: 1 })),
    );
    expect((await corpus.state()).counts.read).toBe(2);
    await stamped;
    expect(await corpus.resolve(ids)).toEqual(new Map(ids.map((id) => [id, { id, markedAs: [id] }])));
    await corpus.closeList(result);
    await corpus.close();
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    const again = await openCorpus({ folder });
    expect([again.created, again.marksStamp]).toEqual([false, 'now']);
    await again.close();
  });

  test('passes on what went wrong, and goes on', async () => {
    const folder = folderForTest();
    const corpus = await openCorpus({ folder });
    await expect(corpus.rows(77, 0, 1)).rejects.toMatchObject({ name: 'OffprintError', code: 'not-found' });
    await expect(corpus.sourceImpact(77)).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('77'),
    });
    expect((await corpus.state()).counts.all).toBe(0);
    await corpus.close();
  });

  test('refuses calls once closed, and closing twice is closing', async () => {
    const corpus = await openCorpus({ folder: folderForTest() });
    await Promise.all([corpus.close(), corpus.close()]);
    await corpus.close();
    // No mistake of ours, as which a log would have it: somebody still asked while the program ended.
    await expect(corpus.state()).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringContaining('closed'),
    });
  });

  test.each([
    // Waited for: a thread that is stopped in the middle of a query can take the process with it.
    ['has gone', async (worker: Worker) => void (await worker.terminate())],
    // Not a request: whatever the thread did not expect is thrown there and ends it.
    ['fails', async (worker: Worker) => worker.postMessage(null)],
  ])('tells every caller when it %s', async (_, stop) => {
    const folder = folderForTest();
    const worker = startCorpusWorker(folder);
    const corpus = await openCorpus({ folder, worker });
    await stop(worker);
    const asked = await Promise.allSettled([corpus.state(), corpus.resolve(['arxiv:1'])]);
    const stopped = expect.objectContaining({ code: 'internal', message: expect.stringContaining('stopped working') });
    expect(asked).toEqual(asked.map(() => ({ status: 'rejected', reason: stopped })));
    await expect(corpus.state()).rejects.toEqual(stopped);
    await corpus.close();
    const again = await openCorpus({ folder });
    expect((await again.state()).counts.all).toBe(0);
    await again.close();
  });

  test('answers what was asked before it closed', async () => {
    const corpus = await openCorpus({ folder: folderForTest() });
    const state = corpus.state();
    await corpus.close();
    expect((await state).counts.all).toBe(0);
  });
});

/** Opens what is in a folder, and says what was found and what is there then. */
async function found(folder: string) {
  const corpus = await openCorpus({ folder });
  try {
    const { trouble, created } = corpus;
    return { trouble, created, all: (await corpus.state()).counts.all };
  } finally {
    await corpus.close();
  }
}

describe('a database that must not be touched is named and left as it is', () => {
  async function leftAlone(folder: string, trouble: object, all: number): Promise<void> {
    const path = join(folder, 'corpus.db');
    const before = ['', '-wal'].map((ending) => (existsSync(path + ending) ? readFileSync(path + ending) : null));
    const notice = expect.stringContaining(path);
    expect(await found(folder)).toEqual({ trouble: { isRebuilding: false, notice, ...trouble }, created: false, all });
    expect(['', '-wal'].map((ending) => (existsSync(path + ending) ? readFileSync(path + ending) : null))).toEqual(
      before,
    );
    expect(readdirSync(folder).filter((name) => !name.startsWith('corpus.db'))).not.toContain('corpus.open');
  }

  /** Makes a database of a newer layout. @param more what else is different about it */
  function newer(folder: string, more = ''): DatabaseSync {
    buildCorpus(folder, [{ title: 'A Note on Walls' }], 1);
    const database = new DatabaseSync(join(folder, 'corpus.db'));
    database.exec(`PRAGMA user_version = ${migrations.length + 1}; ${more}`);
    return database;
  }

  test('written by a newer Offprint that has added to it: its papers are shown', async () => {
    const folder = folderForTest();
    newer(folder, 'CREATE TABLE clouds (x)').close();
    await leftAlone(folder, { kind: 'newer', shown: true }, 1);
  });

  test('written by a newer Offprint in another way: no papers are shown', async () => {
    const folder = folderForTest();
    newer(folder, 'ALTER TABLE abstracts RENAME TO summaries').close();
    await leftAlone(folder, { kind: 'newer', shown: false }, 0);
  });

  test('written by a newer Offprint that was killed', async () => {
    const folder = folderForTest();
    const database = newer(folder);
    const other = join(folder, 'other');
    mkdirSync(other);
    for (const name of ['corpus.db', 'corpus.db-wal']) copyFileSync(join(folder, name), join(other, name));
    database.close();
    await leftAlone(other, { kind: 'newer', shown: true }, 1);
  });

  test('a file in the place of the folder', async () => {
    const path = join(folderForTest(), 'file');
    writeFileSync(path, '');
    expect(await found(path)).toMatchObject({
      trouble: { kind: 'unreadable', notice: expect.stringContaining(path) },
      all: 0,
    });
    expect(readFileSync(path, 'utf8')).toBe('');
  });
});

describe('what is no database of ours is set aside under a name that says when, and a new one made', () => {
  async function setAside(folder: string, why: string, name: RegExp): Promise<void> {
    const path = join(folder, 'corpus.db');
    const before = readFileSync(path);
    expect(await found(folder)).toMatchObject({
      trouble: { kind: 'rebuilt', why, isRebuilding: false },
      created: true,
    });
    const [aside = ''] = readdirSync(folder).filter((file) => name.test(file));
    expect(readFileSync(join(folder, aside)).equals(before)).toBe(true);
    expect(await found(folder)).toEqual({ trouble: null, created: false, all: 0 });
  }

  test.each([
    ['text', 'This is not a database at all, whatever it is called.'],
    ['a torn header', 'SQLite'],
    ['zeros', '\0'.repeat(5000)],
    ['a header and nothing that belongs to it', `SQLite format 3\0${'x'.repeat(5000)}`],
  ])('%s', async (_, content) => {
    const folder = folderForTest();
    writeFileSync(join(folder, 'corpus.db'), content, 'latin1');
    await setAside(folder, 'damaged', /^corpus\.damaged-[\dT-]+\.db$/);
  });

  test("another program's", async () => {
    const folder = folderForTest();
    const database = new DatabaseSync(join(folder, 'corpus.db'));
    database.exec('CREATE TABLE theirs (x); PRAGMA user_version = 1;');
    database.close();
    await setAside(folder, 'foreign', /^corpus\.not-ours-[\dT-]+\.db$/);
  });

  test('a folder', async () => {
    const folder = folderForTest();
    mkdirSync(join(folder, 'corpus.db'));
    expect(await found(folder)).toMatchObject({ trouble: { kind: 'rebuilt', why: 'foreign' }, created: true, all: 0 });
  });

  test('one of ours that lacks a table', async () => {
    const folder = folderForTest();
    await (await openCorpus({ folder })).close();
    const database = new DatabaseSync(join(folder, 'corpus.db'));
    database.exec('DROP TABLE repeats');
    database.close();
    await setAside(folder, 'damaged', /^corpus\.damaged-[\dT-]+\.db$/);
  });
});

test("a database that others may read, or that nobody may write, is its owner's again", async () => {
  const folder = folderForTest();
  buildCorpus(folder, [{ title: 'A Note on Walls' }], 1);
  for (const mode of [0o644, 0o400]) {
    chmodSync(join(folder, 'corpus.db'), mode);
    await (await openCorpus({ folder })).close();
    expect(statSync(join(folder, 'corpus.db')).mode & 0o777).toBe(0o600);
  }
});

test('an empty file in its place is a new database', async () => {
  const folder = folderForTest();
  writeFileSync(join(folder, 'corpus.db'), '');
  const corpus = await openCorpus({ folder });
  expect(corpus.created).toBe(true);
  await corpus.close();
});
