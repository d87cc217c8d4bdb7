import { expect, test } from 'vitest';
import { parseQuery } from '../../shared/query/parse.ts';
import { buildCorpus } from './build-corpus.ts';
import { openCorpus } from './open-corpus.ts';
import { marksOf, paperOf, temporaryFolder } from './test-corpus.ts';

const papers = [
  paperOf('The α-divergence of Confusion Matrices', {
    authors: ['Jürgen Schmidhuber', 'Ada Lovelace'],
    venue: 'NeurIPS 2024',
    abstract: 'Pre-training is done with variational autoencoders.',
  }),
  paperOf('Pretraining at scale', { authors: ['Ada Lovelace'], venue: 'Nature' }),
];

test('what helps to find papers is answered by the other thread', async () => {
  const { folder, remove } = temporaryFolder();
  await buildCorpus(folder, papers, papers.length, 'a');
  const corpus = await openCorpus({ folder });
  try {
    expect(await corpus.nearWords('autoencodres', 3)).toEqual(['autoencoders']);
    expect(await corpus.nearWords('Schmidhubre', 3)).toEqual(['Schmidhuber']);
    expect(await corpus.values('author', 'lov', 5)).toEqual(['Ada Lovelace']);
    expect(await corpus.values('venue', 'n', 5)).toEqual(['Nature', 'NeurIPS 2024']);

    const marked = async (query: string, text: string) =>
      (await corpus.markText(parseQuery(query), text)).map(([from, to]) => text.slice(from, to));
    const note = 'See the β of the matrix; not Alpha. Pre-trained.';
    expect(await marked('matrices pretraining alpha', note)).toEqual(['matrix', 'Alpha', 'Pre-trained']);
    expect(await marked('note:beta title:matrix -alpha is:starred ', note)).toEqual(['β']);
    expect(await marked('is:starred', note)).toEqual([]);

    const found = async (query: string) => {
      const { rows } = await corpus.openList({ queries: [parseQuery(query)], sort: [], now: 0, limit: 5 });
      return rows.map(({ title, titleMatches }) => [title, ...titleMatches.map(([from, to]) => title.slice(from, to))]);
    };
    expect(await found('alpha ')).toEqual([['The α-divergence of Confusion Matrices', 'α']]);
    expect(await found('matrix ')).toEqual([['The α-divergence of Confusion Matrices', 'Matrices']]);
    expect(await found('pre-training ')).toHaveLength(2);
    const [id = ''] = await corpus.ids((await corpus.openList({ queries: [], sort: [], now: 0, limit: 1 })).result, [
      [1, 2],
    ]);
    await corpus.applyMarks({ from: null, to: 'a' }, [
      marksOf(id, { hasNote: true, note: 'The γ of Étienne', changedAt: 1 }),
    ]);
    for (const query of ['gamma', 'note:etienne', 'pretraining γ ']) expect(await found(query)).toHaveLength(1);
  } finally {
    await corpus.close();
    remove();
  }
});
