import { describe, expect, test } from 'vitest';
import { parseQuery } from '../../shared/query.ts';
import { titleId } from '../importers/identity.ts';
import type { ImportedPaper } from '../importers/importer.ts';
import { openDatabase } from './database.ts';
import { Ingest, type IngestCounts } from './ingest.ts';
import { LocalCorpus } from './local-corpus.ts';
import { MarksMirror } from './mirror.ts';
import { marksOf, paperOf, temporaryFolder, titles } from './test-corpus.ts';

/** Imports each list of papers as a source, then looks at the corpus. */
function afterImports(
  imports: readonly (readonly ImportedPaper[])[],
  look: (corpus: LocalCorpus, counts: IngestCounts[]) => void,
): void {
  const { folder, remove } = temporaryFolder();
  const { database } = openDatabase(folder);
  const ingest = new Ingest(database);
  const counts = imports.map((papers, index) => {
    const source = {
      name: `source ${index + 1}`,
      format: 'test',
      importedAt: 1000 - index,
      digest: null,
      capture: null,
    };
    const records = papers.map((paper, at) => ({ kind: 'paper' as const, where: `record ${at + 1}`, paper }));
    return ingest.run(source, records, papers.length);
  });
  database.close();
  const corpus = new LocalCorpus(folder);
  try {
    look(corpus, counts);
  } finally {
    corpus.close();
    remove();
  }
}

const title = 'Boundary Terms';
const nothing = parseQuery('');

describe('a paper that is known already', () => {
  test('gains what it lacked and loses nothing', () => {
    const bare = paperOf(title);
    const full = paperOf('BOUNDARY TERMS.', {
      abstract: 'Walls matter.',
      authors: ['Anna Wall'],
      published: '2021-03-04',
      arxivId: '2103.00001',
      doi: '10.1/x',
      links: [{ label: 'Code', url: 'https://example.org/code' }],
    });
    afterImports([[bare], [full], [bare], [full]], (corpus, counts) => {
      expect(counts.map(({ new: added, merged, unchanged }) => [added, merged, unchanged])).toEqual([
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
        [0, 0, 1],
      ]);
      const { addedAt: _, sources, ...known } = corpus.paper('doi:10.1/x', nothing) ?? {};
      expect(known).toEqual({ ...full, title, id: 'arxiv:2103.00001', titleMatches: [], abstractMatches: [] });
      expect(sources?.map(({ id }) => id)).toEqual([4, 3, 2, 1]);
      expect(titles(corpus, 'walls')).toEqual([title]);
      expect(titles(corpus, 'author:anna')).toEqual([title]);
      expect(titles(corpus, 'has:abstract')).toEqual([title]);
    });
  });

  test('keeps its old id as an alias', () => {
    afterImports(
      [[paperOf(title)], [paperOf(title, { doi: '10.1/x' })], [paperOf(title, { arxivId: '2103.00001' })]],
      (corpus) => {
        const ids = [titleId(title), 'doi:10.1/x', 'arxiv:2103.00001'];
        expect([...corpus.resolve(ids).values()]).toEqual(ids.map(() => 'arxiv:2103.00001'));
        const { result } = corpus.openList({ queries: [nothing], sort: [], limit: 5 });
        expect(ids.map((id) => corpus.indexOf(result, id))).toEqual([0, 0, 0]);
      },
    );
  });

  test('keeps its own where both have something', () => {
    const one = paperOf(title, { abstract: 'First.', authors: ['A'], published: '2021' });
    const other = paperOf(title, { abstract: 'Second.', authors: ['B'], published: '2022-01' });
    afterImports([[one], [other]], (corpus, [, second]) => {
      expect(second).toMatchObject({ new: 0, merged: 0, unchanged: 1 });
      expect(corpus.paper(titleId(title), nothing)).toMatchObject({
        abstract: 'First.',
        authors: ['A'],
        published: '2021',
      });
    });
  });

  test('takes a date that says more', () => {
    afterImports([[paperOf(title, { published: '2021' })], [paperOf(title, { published: '2021-05' })]], (corpus) => {
      expect(corpus.paper(titleId(title), nothing)?.published).toBe('2021-05');
    });
  });
});

test('papers of one title are different where their numbers differ', () => {
  afterImports(
    [[paperOf('Preface', { arxivId: '2101.00001' }), paperOf('Preface', { arxivId: '2101.00002' })]],
    (corpus, [counts]) => {
      expect(counts).toMatchObject({ new: 2, skipped: [] });
      expect(corpus.resolve([titleId('Preface')]).get(titleId('Preface'))).toBe('arxiv:2101.00001');
    },
  );
});

describe('the same paper twice in a file', () => {
  test('is skipped the second time, naming the first', () => {
    afterImports(
      [[paperOf(title, { abstract: 'Walls.' }), paperOf('Tea'), paperOf('boundary terms')]],
      (_, [counts]) => {
        expect(counts).toMatchObject({
          new: 2,
          merged: 0,
          unchanged: 0,
          skipped: [{ where: 'record 3', reason: 'The same paper is at record 1 already: “Boundary Terms”.' }],
        });
      },
    );
  });

  test('is merged when it brings the abstract that was missing', () => {
    afterImports(
      [[paperOf(title), paperOf(title, { abstract: 'Walls.' }), paperOf(title, { abstract: 'Walls.' })]],
      (corpus, [counts]) => {
        expect(counts).toMatchObject({ new: 1, merged: 1, unchanged: 0, skipped: [{ where: 'record 3' }] });
        expect(corpus.state().sources).toMatchObject([{ count: 1 }]);
        expect(titles(corpus, 'walls')).toEqual([title]);
      },
    );
  });

  test('is skipped in an import that brings nothing new, too', () => {
    afterImports([[paperOf(title)], [paperOf(title), paperOf(title)]], (_, [, counts]) => {
      expect(counts).toMatchObject({ new: 0, merged: 0, unchanged: 1, skipped: [{ where: 'record 2' }] });
    });
  });
});

test('a clock that runs backwards does not change what came last', () => {
  afterImports([[paperOf('One')], [paperOf('Two')]], (corpus) => {
    expect(corpus.state().sources.map(({ importedAt }) => importedAt)).toEqual([1000, 1000]);
    expect(titles(corpus, '', [{ field: 'added', desc: true }])).toEqual(['Two', 'One']);
  });
});

test('marks wait for a paper that is not here yet, and follow its ids', () => {
  const { folder, remove } = temporaryFolder();
  const corpus = new LocalCorpus(folder);
  const marks = { status: 'queued' as const, starred: true, tags: ['later'], hasNote: true, changedAt: 5 };
  corpus.applyMarks({ from: null, to: 'one' }, [marksOf(titleId('A Note on Walls'), marks)]);
  expect(corpus.state().counts).toMatchObject({ all: 0, queued: 0, starred: 0 });
  corpus.importBytes(
    'page.txt',
    Buffer.from('Daily Papers\n\nA Note on Walls\n\nWe study walls.\n\nOn Tea\n\nWe make tea.'),
  );
  expect(corpus.state()).toMatchObject({
    counts: { all: 2, inbox: 1, queued: 1, starred: 1, notes: 1 },
    tags: [{ name: 'later', count: 1 }],
  });
  expect(titles(corpus, 'tag:later')).toEqual(['A Note on Walls']);
  corpus.close();
  remove();
});

test('marks that waited for several ids of a paper are all taken up, the best id first', () => {
  const { folder, remove } = temporaryFolder();
  const database = openDatabase(folder).database;
  const mirror = new MarksMirror(database);
  const waiting = [
    marksOf(titleId(title), { starred: true, changedAt: 1 }),
    marksOf('arxiv:2103.00001', { status: 'read', changedAt: 2 }),
  ];
  mirror.replace('one', waiting);
  const source = { name: 'x', format: 'test', importedAt: 1, digest: null, capture: null };
  const record = { kind: 'paper' as const, where: 'record 1', paper: paperOf(title, { arxivId: '2103.00001' }) };
  new Ingest(database, mirror).run(source, [record], 1);
  expect(mirror.hasOrphans()).toBe(false);
  expect(database.prepare('SELECT read, starred FROM counts').get()).toEqual({ read: 1, starred: 0 });
  database.close();
  remove();
});

test('marks taken away from a paper that is not here leave nothing waiting', () => {
  const { folder, remove } = temporaryFolder();
  const database = openDatabase(folder).database;
  const mirror = new MarksMirror(database);
  mirror.replace('one', [marksOf(titleId(title), { starred: true, changedAt: 1 })]);
  mirror.apply({ from: 'one', to: 'two' }, [marksOf(titleId(title))]);
  expect(mirror.hasOrphans()).toBe(false);
  database.close();
  remove();
});

test('a failure in the middle leaves nothing behind', () => {
  const { folder, remove } = temporaryFolder();
  const { database } = openDatabase(folder);
  const records = (function* () {
    yield { kind: 'paper' as const, where: 'record 1', paper: paperOf(title) };
    throw new Error('the file ended early');
  })();
  const source = { name: 'x', format: 'test', importedAt: 1, digest: null, capture: null };
  expect(() => new Ingest(database).run(source, records, 2)).toThrow('the file ended early');
  database.close();
  const corpus = new LocalCorpus(folder);
  expect(corpus.state()).toMatchObject({ counts: { all: 0 }, sources: [] });
  corpus.close();
  remove();
});
