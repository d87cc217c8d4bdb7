import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Status, statuses } from '../../shared/paper.ts';
import { parseQuery } from '../../shared/query/parse.ts';
import type { Clause, DateRange, Expression, Query } from '../../shared/query/query.ts';
import { wantedClauses } from '../../shared/query/walk.ts';
import type { Sort } from '../../shared/settings.ts';
import type { SearchLimits } from '../search/searcher.ts';
import { WordForms } from '../search/word-forms.ts';
import { buildCorpus } from './build-corpus.ts';
import { LocalCorpus } from './local-corpus.ts';
import { tokenizer } from './migrations.ts';
import { type PlainPaper, SlowSearch } from './slow-search.ts';
import { sortKey } from './sort-keys.ts';
import { marksOf, temporaryFolder, wholeList } from './test-corpus.ts';

const now = Date.parse('2024-06-15T12:00:00Z');
const day = 86_400_000;

const words = [
  ...['model', 'models', 'modelling', 'graph', 'graphs', 'neural', 'network', 'learn', 'learning', 'using', 'use', 'x'],
  ...['pre-training', 'pretraining', 'GPT-4', 'α', 'alpha', 'Étude', 'étudier', 'the', 'of', 'l', 'lø', '学习', '2024'],
];
const text = (most: number) =>
  fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: most }).map((some) => some.join(' '));
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null, freq: 2 });
const tags = ['ml', 'ML/vision', 'ml/vision/3d', 'mlops', 'b'];
const venues = ['NeurIPS', 'neurips workshop', 'ICML', 'Étude'];
const dates = ['2022', '2023', '2023-12-31', '2024', '2024-01', '2024-01-01', '2024-06', '2024-06-15', '2024-06-30'];
const sourceNames = ['first', 'Second list', 'third'];

type Made = Omit<PlainPaper, 'id' | 'addedAt' | 'sources' | 'isNew'> & { sources: number[] };

const paper: fc.Arbitrary<Made> = fc.record({
  title: text(4),
  authors: fc.array(text(2), { maxLength: 2 }),
  abstract: maybe(text(8)),
  note: fc.oneof({ arbitrary: fc.constant(''), weight: 2 }, { arbitrary: text(3), weight: 1 }),
  published: maybe(fc.constantFrom(...dates)),
  votes: maybe(fc.nat(4)),
  venue: maybe(fc.constantFrom(...venues)),
  hasCode: fc.boolean(),
  status: fc.constantFrom<Status>('unread', ...statuses),
  starred: fc.boolean(),
  tags: fc.subarray(tags, { maxLength: 2 }),
  readAt: fc.constant(null),
  sources: fc.subarray([0, 1, 2], { minLength: 1 }),
});

const library = fc.record({
  papers: fc.array(paper, { minLength: 1, maxLength: 14 }),
  /** How many of the three imports have been taken back, seen from the last one; the papers are still there. */
  undone: fc.nat(3),
  limits: fc.record({
    mostRanked: fc.constantFrom(0, 2, 100),
    mostSorted: fc.constantFrom(-1, 3, 100),
    patience: fc.constantFrom(0, Number.POSITIVE_INFINITY),
  }),
});

/** Fills a folder with papers by the real way of importing. Returns them in page order. */
function build(folder: string, made: readonly Made[], undone: number): PlainPaper[] {
  const all = made.map((one, index) => ({ ...one, arxivId: `2101.${String(index).padStart(5, '0')}` }));
  for (const [index, name] of sourceNames.entries()) {
    const some = all.filter(({ sources }) => sources.includes(index));
    const built = some.map(({ title, authors, abstract, published, votes, venue, arxivId, hasCode }) => {
      const links = [{ kind: 'code' as const, label: 'Code', url: 'https://example.org/code' }];
      return { title, authors, abstract, published, votes, venue, arxivId, links: hasCode ? links : [] };
    });
    buildCorpus(folder, built, built.length, name, now - (3 - index) * 10 * day);
  }
  const database = new DatabaseSync(join(folder, 'corpus.db'));
  const add = database.prepare("INSERT INTO changes (at, kind, label, detail, undone) VALUES (0, 'import', '', ?, ?)");
  for (const index of sourceNames.keys())
    add.run(JSON.stringify({ sources: [index + 1] }), Number(3 - index <= undone));
  database.close();
  const last = 2 - undone;
  const first = (one: { sources: number[] }) => Math.min(...one.sources);
  return all
    .toSorted((a, b) => first(b) - first(a))
    .map(({ sources, arxivId, ...one }) => ({
      ...one,
      id: `arxiv:${arxivId}`,
      readAt: one.status === 'read' ? now - one.title.length * day : null,
      addedAt: now - (3 - Math.min(...sources)) * 10 * day,
      sources: sources.map((index) => ({ id: index + 1, name: sourceNames[index] ?? '' })),
      isNew: sources.every((index) => index === last),
    }));
}

function mark(corpus: LocalCorpus, papers: readonly PlainPaper[]): void {
  const marks = papers.map(({ id, status, starred, tags: given, note, readAt }) =>
    marksOf(id, { status, starred, tags: given, note, hasNote: note !== '', readAt, changedAt: 1 }),
  );
  corpus.applyMarks({ from: null, to: 'x' }, marks);
}

const part = fc.constantFrom(...words, 'mod', 'model ', 'm', 'lear', 'the model', 'usin', '...', 'zebra', '学');
const range: fc.Arbitrary<DateRange> = fc.oneof(
  fc.record({
    kind: fc.constant('days' as const),
    from: maybe(fc.constantFrom(...dates, 'today')),
    to: maybe(fc.constantFrom(...dates)),
  }),
  fc.record({
    kind: fc.constant('span' as const),
    side: fc.constantFrom('within' as const, 'before' as const),
    amount: fc.integer({ min: 1, max: 30 }),
    unit: fc.constantFrom('h' as const, 'd' as const, 'w' as const, 'm' as const, 'y' as const),
  }),
);
const clause: fc.Arbitrary<Clause> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('text' as const),
      field: fc.constantFrom('any', 'any', 'any', 'title', 'abstract', 'author', 'note'),
      text: part,
      phrase: fc.boolean(),
      prefix: fc.boolean(),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('status' as const),
      statuses: fc.subarray([...statuses], { minLength: 1 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Clause>({ kind: 'starred' }, { kind: 'new' }, { kind: 'id', id: '2101.00001' }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('has' as const),
      what: fc.constantFrom('note', 'abstract', 'code', 'tag'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('tag' as const), tag: fc.constantFrom(...tags, 'Ml', 'none') }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('source' as const), source: fc.constantFrom('FIRST', 'd', '2', 'none') }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('venue' as const),
      venue: fc.constantFrom('neurips', 'ÉTUDE', 'i', 'none'),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('number' as const),
      field: fc.constantFrom('votes', 'year'),
      range: fc.record({ from: maybe(fc.constantFrom(1, 2, 2023)), to: maybe(fc.constantFrom(2, 3, 2023, 2024)) }),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('date' as const),
      field: fc.constantFrom('published', 'published', 'added', 'read'),
      range,
    }),
  },
);
const { expression } = fc.letrec<{ expression: Expression }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 3, depthSize: 'small', withCrossShrink: true },
    { weight: 3, arbitrary: clause },
    {
      weight: 2,
      arbitrary: fc.record({ kind: fc.constant('and' as const), of: fc.array(tie('expression'), { maxLength: 3 }) }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('or' as const),
        of: fc.array(tie('expression'), { minLength: 2, maxLength: 3 }),
      }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('not' as const), of: tie('expression') }) },
  ),
}));

const piece = fc.oneof(
  fc.constantFrom(...words, 'OR', 'NOT', '|', '(', ')', '"', '-', 'title:', 'note:', 'author:', 'is:unread', 'is:new'),
  fc.constantFrom('status:read,skipped', 'has:note', 'tag:ml', '-tag:b', 'votes:>1', 'year:2023..2024', 'added:<2w'),
  fc.constantFrom(
    'read:<1m',
    'published:2024-06',
    'venue:icml',
    'source:first',
    '-model',
    'sort:-votes',
    'id:2101.00003',
  ),
  fc.string({ unit: 'binary', maxLength: 4 }),
);
const query: fc.Arbitrary<Query> = fc.oneof(
  expression.map((where): Query => ({ where, sort: null })),
  fc.array(piece, { maxLength: 7 }).map((pieces) => parseQuery(pieces.join(' '))),
  fc.string({ unit: 'binary', maxLength: 12 }).map(parseQuery),
);
const sort: fc.Arbitrary<Sort> = fc.oneof(
  { weight: 2, arbitrary: fc.constant<Sort>([]) },
  {
    weight: 1,
    arbitrary: fc.array(fc.record({ field: fc.constantFrom('order', 'title', 'votes'), desc: fc.boolean() }), {
      maxLength: 2,
    }),
  },
);

function inOrder(papers: readonly PlainPaper[], terms: Sort): PlainPaper[] {
  const values = {
    order: () => 0,
    title: (one: PlainPaper) => sortKey(one.title),
    votes: (one: PlainPaper) => one.votes,
  };
  const place = new Map(papers.map((one, index) => [one, index]));
  return papers.toSorted((a, b) => {
    for (const { field, desc } of terms) {
      if (field !== 'title' && field !== 'votes') return ((place.get(a) ?? 0) - (place.get(b) ?? 0)) * (desc ? -1 : 1);
      const [one, other] = [values[field](a), values[field](b)];
      if (one === other) continue;
      if (one === null || other === null) return one === null ? 1 : -1;
      return (one < other ? -1 : 1) * (desc ? -1 : 1);
    }
    return (place.get(a) ?? 0) - (place.get(b) ?? 0);
  });
}

const forms = new WordForms(tokenizer);
const slow = new SlowSearch(forms);

/** Holds one question to what the slow search answers. */
async function check(
  corpus: LocalCorpus,
  papers: readonly PlainPaper[],
  queries: readonly Query[],
  terms: Sort,
  limits: SearchLimits,
): Promise<void> {
  const where: Expression = { kind: 'and', of: queries.map((one) => one.where) };
  const expected = papers.filter((one) => slow.holds(where, one, now));
  const isProminent = (one: PlainPaper) => slow.holds(where, one, now, true);
  const idsOf = (some: readonly { id: string }[]) => some.map(({ id }) => id);

  const counting = corpus.count({ queries: [...queries], now });
  const { opened, rows } = await wholeList(corpus, { queries: [...queries], sort: terms, now });
  expect(idsOf(rows).toSorted()).toEqual(idsOf(expected).toSorted());
  expect(await counting).toBe(expected.length);
  const { patience } = limits;
  expect(opened.rows).toEqual(rows.slice(0, patience > 0 ? 2 : opened.rows.length));
  if (opened.complete) expect(opened.total).toBe(expected.length);
  else expect(opened.total).toBeLessThanOrEqual(expected.length);

  const atOnce = corpus.openList({ queries: [...queries], sort: terms, now, limit: 500 });
  expect(corpus.rows(atOnce.result, 0, 500)).toEqual(rows);
  corpus.closeList(atOnce.result);

  const hasWords = wantedClauses(where).some((one) => one.kind === 'text' && /[\p{L}\p{N}]/u.test(one.text));
  if (terms.length > 0 || !hasWords) {
    expect(opened.order).toBe('sort');
    expect(idsOf(rows)).toEqual(idsOf(inOrder(expected, terms)));
    return;
  }
  if (patience > 0) expect(opened.order).toBe(expected.length <= limits.mostRanked ? 'relevance' : 'title');
  const first = expected.filter(isProminent);
  if (opened.order === 'title') {
    expect(idsOf(rows)).toEqual(idsOf([...first, ...expected.filter((one) => !isProminent(one))]));
    return;
  }
  const named = wantedClauses(where).filter((one) => one.kind === 'id');
  const isNamed = (one: PlainPaper) => named.some((clause) => slow.holds(clause, one, now));
  const tiers = new Map(expected.map((one) => [one.id, isNamed(one) ? 0 : isProminent(one) ? 1 : 2]));
  const found = idsOf(rows).map((id) => tiers.get(id) ?? 3);
  expect(found).toEqual(found.toSorted());
}

test('any search of any library finds what a slow and obvious one does, in the order that it says, however it is read', async () => {
  const questions = fc.array(fc.tuple(fc.array(query, { minLength: 1, maxLength: 2 }), sort), {
    minLength: 40,
    maxLength: 50,
  });
  await fc.assert(
    fc.asyncProperty(library, questions, async ({ papers: made, undone, limits }, asked) => {
      const { folder, remove } = temporaryFolder();
      try {
        const papers = build(folder, made, undone);
        const corpus = new LocalCorpus(folder, limits);
        try {
          mark(corpus, papers);
          for (const [queries, terms] of asked) await check(corpus, papers, queries, terms, limits);
        } finally {
          corpus.close();
        }
      } finally {
        remove();
      }
    }),
    { numRuns: Number(process.env['RUNS'] ?? 12) },
  );
});
