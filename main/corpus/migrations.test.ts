import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { parseQuery } from '../../shared/query/parse.ts';
import { titleId } from '../importers/identity.ts';
import { buildCorpus } from './build-corpus.ts';
import { LocalCorpus } from './local-corpus.ts';
import { migrations } from './migrations.ts';
import { marksOf, temporaryFolder, titles } from './test-corpus.ts';

/** Makes the database of a reader who has used the first layout: two pages, one paper in both. */
function makeFirstLayout(folder: string): void {
  const database = new DatabaseSync(join(folder, 'corpus.db'));
  database.exec(migrations[0] ?? '');
  const run = (sql: string, ...values: (string | number | null)[]) => database.prepare(sql).run(...values);
  const paper = (key: number, title: string, abstract: string, links = '[]') => {
    run(
      "INSERT INTO papers VALUES (?, ?, ?, '[]', NULL, 0, NULL, NULL, ?, ?, NULL)",
      key,
      titleId(title),
      title,
      links,
      title,
    );
    run('INSERT INTO abstracts VALUES (?, ?)', key, abstract);
    run('INSERT INTO identifiers VALUES (?, ?)', titleId(title), key);
    run('INSERT INTO search (rowid, title, authors, abstract) VALUES (?, ?, ?, ?)', key, title, '', abstract);
    run('INSERT INTO list (paper, source, has_abstract, status) VALUES (?, 1, 1, 3)', key);
  };
  const source = (id: number, name: string, papers: number[]) => {
    run("INSERT INTO sources VALUES (?, ?, ?, 'daily-papers-text', 5, NULL, NULL, 0)", id, name, name);
    for (const [at, key] of papers.entries())
      run('INSERT INTO appearances VALUES (?, ?, ?, ?)', id, key, at + 1, `line ${at}`);
  };
  paper(1000, 'On Ash', 'Grey and dry.', '[{"label":"Page","url":"https://example.org/ash"}]');
  paper(1001, 'On Beech', 'Smooth and grey.');
  paper(900, 'On Cedar', 'Fragrant.');
  source(1, 'one', [1000, 1001]);
  source(2, 'two', [1001, 900]);
  run("INSERT INTO meta VALUES ('lowest_key', 900)");
  run("INSERT INTO meta VALUES ('marks_stamp', 'old')");
  database.exec('PRAGMA application_id = 0x4f667072; PRAGMA user_version = 1;');
  database.close();
}

test('a library of the first layout has its papers, sources, order and words, and takes new imports before them', () => {
  const { folder, remove } = temporaryFolder();
  makeFirstLayout(folder);
  let corpus = new LocalCorpus(folder);
  expect([corpus.created, corpus.marksStamp]).toEqual([false, null]);
  corpus.replaceMarks('now', [marksOf(titleId('On Beech'), { status: 'read', changedAt: 1 })]);
  expect(corpus.state()).toMatchObject({
    counts: { all: 3, read: 1, inbox: 2 },
    sources: [
      { id: 2, name: 'two', count: 2, formatLabel: 'a Daily Papers page saved as text' },
      { id: 1, name: 'one', count: 2, formatLabel: 'a Daily Papers page saved as text' },
    ],
  });
  expect(titles(corpus, '')).toEqual(['On Cedar', 'On Ash', 'On Beech']);
  expect(titles(corpus, 'grey', [{ field: 'order', desc: false }])).toEqual(['On Ash', 'On Beech']);
  expect(corpus.paper(titleId('On Ash'), parseQuery(''))?.links).toEqual([
    { kind: 'other', label: 'Page', url: 'https://example.org/ash' },
  ]);
  expect(titles(corpus, 'votes:>0', [{ field: 'votes', desc: true }])).toEqual([]);
  expect(titles(corpus, '', [{ field: 'venue', desc: false }])).toEqual(['On Cedar', 'On Ash', 'On Beech']);
  corpus.close();

  const ash = { title: 'On Ash', arxivId: '2101.00001', abstract: 'Grey and dry, and light.' };
  const cedar = { title: 'On Cedar', arxivId: '2101.00002', votes: 3, venue: 'Woods' };
  expect(buildCorpus(folder, [{ title: 'On Dogwood' }, ash, cedar], 3, 'three')).toMatchObject({ new: 1, merged: 2 });
  corpus = new LocalCorpus(folder);
  expect(titles(corpus, '')).toEqual(['On Dogwood', 'On Cedar', 'On Ash', 'On Beech']);
  expect(titles(corpus, 'votes:>2 venue:wood')).toEqual(['On Cedar']);
  expect(titles(corpus, '', [{ field: 'votes', desc: true }])[0]).toBe('On Cedar');
  expect(titles(corpus, 'light')).toEqual(['On Ash']);
  expect(titles(corpus, 'status:read')).toEqual(['On Beech']);
  expect(corpus.resolve([titleId('On Ash')]).get(titleId('On Ash'))?.id).toBe('arxiv:2101.00001');
  corpus.close();
  remove();
});
