import fc from 'fast-check';
import { expect, test } from 'vitest';
import { statuses } from '../../shared/paper.ts';
import { parseQuery } from '../../shared/query/parse.ts';
import { buildCorpus } from './build-corpus.ts';
import { LocalCorpus } from './local-corpus.ts';
import { openCorpus } from './open-corpus.ts';
import { TestPapers } from './papers-for-tests.ts';
import { marksOf, paperOf, temporaryFolder, withCorpus } from './test-corpus.ts';

const texts = [
  '',
  'status:unread',
  'status:read,skipped is:starred',
  'tag:ml',
  '-tag:ml',
  'tag:ml OR has:note',
  'has:tag -status:unread',
  'note:oak',
  'elm',
  'elm -oak',
  'paper status:unread elm',
  'title:elm OR status:queued',
  '(elm OR oak) -is:starred ',
  'read:2024.. -tag:ml/vision',
  'has:abstract status:unread',
  'added:<2w',
  'read:<2w OR is:new',
  'nothing-like-this',
];
const queries = texts.map((text, index) => ({ id: `view:${index}`, query: parseQuery(text) }));

const keys = [3, 8, 21, 2 ** 33, 2 ** 44];
const ids = ['title:elm', 'title:oak', 'title:ash', 'arxiv:2101.00001'];
const anyMarks = fc.record({
  id: fc.constantFrom(...ids),
  status: fc.constantFrom(...statuses),
  starred: fc.boolean(),
  note: fc.constantFrom('', '', 'elm', 'oak and elm'),
  readAt: fc.constantFrom(null, 0, Date.UTC(2024, 5), Date.now() - 1000),
  tags: fc.uniqueArray(fc.constantFrom('ml', 'ML', 'ml/vision', 'other'), { maxLength: 2 }),
  isGone: fc.boolean(),
});
const anyPaper = fc.record({
  aliases: fc.uniqueArray(fc.constantFrom(...ids), { minLength: 1, maxLength: 2 }),
  abstract: fc.constantFrom('About elms.', 'Oaks', null),
});
const anyStep = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('marks' as const),
      marks: fc.array(anyMarks, { minLength: 1, maxLength: 4 }),
    }),
  },
  fc.record({ kind: fc.constant('replace' as const), marks: fc.array(anyMarks, { maxLength: 3 }) }),
  fc.record({
    kind: fc.constant('papers' as const),
    papers: fc.dictionary(fc.constantFrom(...keys.map(String)), fc.option(anyPaper)),
  }),
  fc.record({ kind: fc.constant('watch' as const), chosen: fc.subarray(queries) }),
);

async function freshCounts(corpus: LocalCorpus): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { id, query } of queries) {
    const count = corpus.count({ queries: [query], now: Date.now() });
    while (corpus.idle());
    counts[id] = await count;
  }
  return counts;
}

test('whatever is marked, imported and removed, and whenever there is time for it, watched counts become those of fresh searches', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(anyStep, fc.nat(9)), { minLength: 2, maxLength: 10 }), async (steps) => {
      const { folder, remove } = temporaryFolder();
      const corpus = new LocalCorpus(folder);
      const papers = new TestPapers(folder);
      try {
        let stamp = corpus.marksStamp;
        let clock = 0;
        let watched = queries;
        const owners = new Map<number, string>();
        corpus.watch(queries);
        for (const [step, idling] of steps) {
          if (step.kind === 'watch') {
            watched = step.chosen;
            corpus.watch(watched);
          } else if (step.kind === 'papers') {
            const change = Object.entries(step.papers).map(([key, paper]) => {
              owners.delete(Number(key));
              if (!paper) return [Number(key), null] as const;
              const own = paper.aliases.find((id) => ![...owners.values()].includes(id)) ?? `title:${key}`;
              owners.set(Number(key), own);
              return [
                Number(key),
                { ids: [own, ...paper.aliases.filter((id) => id !== own)] as [string], abstract: paper.abstract },
              ] as const;
            });
            corpus.publish(papers.change(new Map(change)));
          } else {
            const marks = [...new Map(step.marks.map((mark) => [mark.id, mark])).values()].map(
              ({ isGone, ...mark }) => {
                clock += 1;
                return isGone
                  ? marksOf(mark.id)
                  : marksOf(mark.id, { ...mark, hasNote: mark.note !== '', changedAt: clock });
              },
            );
            const to = `stamp ${++clock}`;
            if (step.kind === 'replace') corpus.replaceMarks(to, marks);
            else corpus.applyMarks({ from: stamp, to }, marks);
            stamp = to;
          }
          for (let turn = 0; turn < idling && corpus.idle(); turn += 1);
          // A state asked for in between sets right some of it.
          if (idling % 3 === 0) corpus.state();
        }
        while (corpus.idle());
        const fresh = await freshCounts(corpus);
        expect(corpus.state().watched).toEqual(Object.fromEntries(watched.map(({ id }) => [id, fresh[id]])));
      } finally {
        corpus.close();
        papers.close();
        remove();
      }
    }),
    { numRuns: Number(process.env['RUNS'] ?? 25) },
  );
});

const trees = ['Elm', 'Oak', 'Ash'].map((title) => paperOf(title));
const [unread, starred] = ['status:unread', 'is:starred'].map((text, index) => ({
  id: `view:${index}`,
  query: parseQuery(text),
}));

/** Marks the paper Elm as starred. */
function star(corpus: LocalCorpus, from: string | null, to: string): void {
  const rows = corpus.openList({ queries: [], sort: [], limit: 3, now: 0 }).rows;
  const elm = rows.find(({ title }) => title === 'Elm');
  corpus.applyMarks({ from, to }, [marksOf(elm?.id ?? '', { starred: true, changedAt: 1 })]);
}

test('a count is unknown until it is counted, and a change of it is told once', () => {
  withCorpus([{ name: 'a', papers: trees }], (corpus) => {
    if (!unread || !starred) throw new Error('no queries');
    corpus.watch([unread, starred]);
    expect(corpus.state().watched).toEqual({ 'view:0': null, 'view:1': null });
    while (corpus.idle());
    expect(corpus.takeCounted()).toBe(true);
    expect(corpus.takeCounted()).toBe(false);
    expect(corpus.state().watched).toEqual({ 'view:0': 3, 'view:1': 0 });
    star(corpus, null, 'a');
    while (corpus.idle());
    expect(corpus.takeCounted()).toBe(true);
    expect(corpus.state().watched).toEqual({ 'view:0': 3, 'view:1': 1 });
    expect(corpus.takeCounted()).toBe(false);
    // Under another id, what is known stays known; what is not asked for is gone.
    corpus.watch([{ ...starred, id: 'view:other' }]);
    expect(corpus.state().watched).toEqual({ 'view:other': 1 });
  });
});

test('a state shows a change of few papers at once', () => {
  withCorpus([{ name: 'a', papers: trees }], (corpus) => {
    if (!starred) throw new Error('no query');
    corpus.watch([starred]);
    while (corpus.idle());
    star(corpus, null, 'a');
    expect(corpus.state().watched).toEqual({ 'view:1': 1 });
    expect(corpus.takeCounted()).toBe(false);
  });
});

test('a change of many papers is counted anew', () => {
  const many = Array.from({ length: 700 }, (_, index) => paperOf(`Tree ${index}`));
  withCorpus([{ name: 'a', papers: many }], (corpus) => {
    if (!unread || !starred) throw new Error('no queries');
    corpus.watch([unread, starred]);
    while (corpus.idle());
    const { rows } = corpus.openList({ queries: [], sort: [], limit: 700, now: 0 });
    const marks = rows.slice(0, 600).map(({ id }) => marksOf(id, { status: 'read', starred: true, changedAt: 1 }));
    corpus.applyMarks({ from: null, to: 'a' }, marks);
    expect(corpus.state().watched).toEqual({ 'view:0': 700, 'view:1': 0 });
    while (corpus.idle());
    expect(corpus.state().watched).toEqual({ 'view:0': 100, 'view:1': 600 });
  });
});

test('the other thread tells when counts have become known', async () => {
  const { folder, remove } = temporaryFolder();
  await buildCorpus(folder, trees, trees.length, 'a');
  const corpus = await openCorpus({ folder });
  try {
    const told = Promise.withResolvers<void>();
    corpus.onCounted(told.resolve);
    if (!unread) throw new Error('no query');
    await corpus.watch([unread]);
    await told.promise;
    expect((await corpus.state()).watched).toEqual({ 'view:0': 3 });
  } finally {
    await corpus.close();
    remove();
  }
});
