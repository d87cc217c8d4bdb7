import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { OffprintError } from '../../shared/outcome.ts';
import { type Marks, type PaperId, statuses } from '../../shared/paper.ts';
import { parseQuery } from '../../shared/query/parse.ts';
import type { MirroredMarks } from './corpus.ts';
import { LocalCorpus } from './local-corpus.ts';
import { type TestPaper, TestPapers } from './papers-for-tests.ts';
import { marksOf, temporaryFolder } from './test-corpus.ts';

const untouched: Marks = { status: 'unread', starred: false, tags: [], hasNote: false, changedAt: null };

/** The first column of what a statement finds in `marks.db`. */
type Look = (sql: string) => unknown[];

/** Runs `test` with a writer of papers, a corpus that reads them, and a look into what it writes. */
function withPapers(
  test: (papers: TestPapers, corpus: () => LocalCorpus, reopen: () => void, look: Look) => void,
): void {
  const { folder, remove } = temporaryFolder();
  let corpus = new LocalCorpus(folder);
  const papers = new TestPapers(folder);
  const reopen = () => {
    corpus.close();
    corpus = new LocalCorpus(folder);
  };
  try {
    test(
      papers,
      () => corpus,
      reopen,
      (sql) => {
        const database = new DatabaseSync(join(folder, 'marks.db'), { readOnly: true });
        try {
          return database
            .prepare(sql)
            .all()
            .map((row) => Object.values(row)[0]);
        } finally {
          database.close();
        }
      },
    );
  } finally {
    corpus.close();
    papers.close();
    remove();
  }
}

/** The own ids of the papers that answer a query, in page order. */
function idsOf(corpus: LocalCorpus, query: string): PaperId[] {
  const { result } = corpus.openList({ queries: [parseQuery(query)], sort: [], now: 0, limit: 0 });
  const ids = corpus.ids(result, [[0, 1000]]);
  corpus.closeList(result);
  return ids;
}

/** It has a link to its code, or its abstract names a place of code. */
function hasCode(paper: TestPaper | undefined): boolean {
  return paper?.code === true || (paper?.abstract ?? '').includes('github.com');
}

/** Papers and the reader's records, and what they say, told as plainly as the design does. */
class Model {
  readonly papers = new Map<number, TestPaper>();
  records = new Map<PaperId, MirroredMarks>();

  /** The paper whose own id it is, else the only one that has it. */
  keyOf(id: PaperId): number | null {
    const own = [...this.papers].filter(([, { ids }]) => ids[0] === id);
    const any = [...this.papers].filter(([, { ids }]) => ids.includes(id));
    return (own[0] ?? (any.length === 1 ? any[0] : undefined))?.[0] ?? null;
  }

  idsMarking(key: number): PaperId[] {
    return [...this.records.keys()].filter((id) => this.keyOf(id) === key).sort();
  }

  #standing(key: number): MirroredMarks[] {
    const all = this.idsMarking(key).map((id) => this.records.get(id) ?? marksOf(id));
    const hidden = (record: MirroredMarks) =>
      all.some((other) => other !== record && other.absorbs?.[record.id] === record.changedAt);
    const standing = all.every(hidden) ? all : all.filter((record) => !hidden(record));
    return standing.toSorted((a, b) => (a.changedAt ?? 0) - (b.changedAt ?? 0));
  }

  /** All notes of the paper. */
  notes(key: number): string {
    const noted = this.#standing(key).filter(({ hasNote }) => hasNote);
    return noted.map(({ note }) => note).join(' ');
  }

  readAt(key: number): number | null {
    const decisive = this.#standing(key).findLast(({ status }) => status !== 'unread');
    return decisive?.status === 'read' ? decisive.readAt : null;
  }

  marks(key: number): Marks {
    const byTime = this.#standing(key);
    if (byTime.length === 0) return untouched;
    return {
      status: byTime.filter(({ status }) => status !== 'unread').at(-1)?.status ?? 'unread',
      starred: byTime.some(({ starred }) => starred),
      tags: [...new Set(byTime.flatMap(({ tags }) => tags))],
      hasNote: byTime.some(({ hasNote }) => hasNote),
      changedAt: byTime.at(-1)?.changedAt ?? null,
    };
  }

  /** Own ids of the papers that a test holds for, in page order. */
  ids(holds: (marks: Marks, paper: TestPaper) => boolean): PaperId[] {
    const keys = [...this.papers.keys()].sort((a, b) => a - b);
    const all = keys.flatMap((key) => {
      const paper = this.papers.get(key);
      return paper ? [{ key, paper }] : [];
    });
    return all.filter(({ key, paper }) => holds(this.marks(key), paper)).map(({ paper }) => paper.ids[0]);
  }
}

function expectAgreement(corpus: LocalCorpus, model: Model, look: Look): void {
  const keys = [...model.papers.keys()].sort((a, b) => a - b);
  for (const word of ['elm', 'oak', 'trees']) {
    const found = look(`SELECT rowid FROM notes WHERE notes MATCH '${word}' ORDER BY rowid`);
    expect(found).toEqual(keys.filter((key) => model.notes(key).includes(word)));
  }
  expect(look('SELECT read_at FROM list ORDER BY paper')).toEqual(keys.map((key) => model.readAt(key)));
  const having = (holds: (key: number) => unknown) => keys.filter(holds).length;
  expect(look('SELECT json_array(tagged, abstracts, code) FROM counts')).toEqual([
    JSON.stringify([
      having((key) => model.marks(key).tags.length > 0),
      having((key) => typeof model.papers.get(key)?.abstract === 'string'),
      having((key) => hasCode(model.papers.get(key))),
    ]),
  ]);
  expect(look('SELECT paper FROM list WHERE has_code = 1 ORDER BY paper')).toEqual(
    keys.filter((key) => hasCode(model.papers.get(key))),
  );
  const count = (holds: (marks: Marks) => boolean) => model.ids(holds).length;
  const { counts, tags } = corpus.state();
  expect(counts).toEqual({
    inbox: count(({ status }) => status === 'unread'),
    queued: count(({ status }) => status === 'queued'),
    reading: count(({ status }) => status === 'reading'),
    read: count(({ status }) => status === 'read'),
    skipped: count(({ status }) => status === 'skipped'),
    starred: count(({ starred }) => starred),
    notes: count(({ hasNote }) => hasNote),
    all: model.papers.size,
  });
  const used = [...new Set([...model.papers.keys()].flatMap((key) => model.marks(key).tags))];
  expect(new Set(tags.flatMap(({ name, count }) => (count > 0 ? [name] : [])))).toEqual(new Set(used));
  const isWithin = (tag: string, name: string) => `${tag}/`.toLowerCase().startsWith(`${name}/`.toLowerCase());
  for (const { name, count: own, total } of tags) {
    expect([name, own, total]).toEqual([
      name,
      count((marks) => marks.tags.includes(name)),
      count((marks) => marks.tags.some((tag) => isWithin(tag, name))),
    ]);
  }
  const listed = tags.map(({ name }) => name.toLowerCase());
  for (const tag of used.filter((each) => each.includes('/'))) {
    expect(listed).toContain(tag.slice(0, tag.indexOf('/')).toLowerCase());
  }
  expect(idsOf(corpus, '')).toEqual(model.ids(() => true));
  for (const status of statuses)
    expect(idsOf(corpus, `status:${status}`)).toEqual(model.ids((marks) => marks.status === status));
  for (const tag of used) {
    const found = model.ids((marks) => marks.tags.some((each) => isWithin(each, tag)));
    expect(idsOf(corpus, `tag:${tag}`)).toEqual(found);
  }
  expect(idsOf(corpus, 'is:starred')).toEqual(model.ids(({ starred }) => starred));
  expect(idsOf(corpus, 'has:note')).toEqual(model.ids(({ hasNote }) => hasNote));
  expect(idsOf(corpus, 'has:abstract')).toEqual(model.ids((_, { abstract }) => typeof abstract === 'string'));
  const { rows } = corpus.openList({ queries: [], sort: [{ field: 'source', desc: true }], now: 0, limit: 100 });
  const newest = (id: PaperId) => Math.max(0, ...(model.papers.get(model.keyOf(id) ?? 0)?.sources ?? []));
  expect(rows.map(({ id }) => newest(id))).toEqual(rows.map(({ id }) => newest(id)).sort((a, b) => b - a));
  for (const { id, markedAs } of rows) expect([...markedAs].sort()).toEqual(model.idsMarking(model.keyOf(id) ?? 0));
  const asked = [...new Set([...model.records.keys(), ...[...model.papers.values()].flatMap(({ ids }) => ids)])];
  const resolved = corpus.resolve(asked);
  for (const id of asked) {
    const key = model.keyOf(id);
    expect(resolved.get(id)?.id).toBe(key === null ? undefined : model.papers.get(key)?.ids[0]);
  }
}

const keys = [7, 30, 2 ** 31 + 5, 2 ** 45 - 1];
const shared = ['title:a', 'title:b', 'doi:10.1/c', 'arxiv:2101.00001'];
const anyId = fc.constantFrom(...shared, 'arxiv:2101.00002', 'title:elsewhere');
const anyMarks: fc.Arbitrary<MirroredMarks> = fc.record(
  {
    id: anyId,
    status: fc.constantFrom(...statuses),
    starred: fc.boolean(),
    hasNote: fc.boolean(),
    note: fc.constantFrom('one elm', 'elm and oak trees', 'oak'),
    readAt: fc.option(fc.nat(9)),
    tags: fc.uniqueArray(fc.constantFrom('a', 'A', 'b', 'é', 'a/b', 'A/c/d', 'é/b'), { maxLength: 3 }),
    // Null is no record; any other time is given below, as no two records change at the same moment.
    changedAt: fc.option(fc.constant(0), { freq: 4 }),
    absorbs: fc.dictionary(anyId, fc.nat(12), { maxKeys: 2 }),
  },
  { requiredKeys: ['id', 'status', 'starred', 'hasNote', 'note', 'readAt', 'tags', 'changedAt'] },
);
const anyPaper = fc.record(
  {
    aliases: fc.uniqueArray(fc.constantFrom(...shared), { maxLength: 3 }),
    sources: fc.uniqueArray(fc.constantFrom(1, 2, 3), { maxLength: 2 }),
    abstract: fc.constantFrom('text', 'Code: https://github.com/a/b', null),
    code: fc.boolean(),
  },
  { requiredKeys: ['aliases'] },
);
const anyStep = fc.oneof(
  fc.record({
    kind: fc.constantFrom('apply' as const, 'replace' as const),
    marks: fc.array(anyMarks, { maxLength: 4 }),
  }),
  fc.record({
    kind: fc.constant('change' as const),
    papers: fc.dictionary(fc.constantFrom(...keys.map(String)), fc.option(anyPaper)),
    published: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('reopen' as const) }),
);

test('after any marks and any changes of the papers, the list says what the records of each paper say together', () => {
  fc.assert(
    fc.property(fc.array(anyStep, { minLength: 3, maxLength: 9 }), (steps) => {
      withPapers((papers, corpus, reopen, look) => {
        const model = new Model();
        let stamp = corpus().marksStamp;
        let clock = 0;
        for (const [index, step] of steps.entries()) {
          if (step.kind === 'apply' || step.kind === 'replace') {
            const marks = [...new Map(step.marks.map((mark) => [mark.id, mark])).values()].map((mark) => {
              const said = mark.changedAt !== null;
              return said ? { ...mark, changedAt: ++clock } : marksOf(mark.id);
            });
            if (step.kind === 'replace') model.records = new Map();
            for (const mark of marks) {
              if (mark.changedAt === null) model.records.delete(mark.id);
              else model.records.set(mark.id, mark);
            }
            if (step.kind === 'replace') corpus().replaceMarks(`stamp ${index}`, marks);
            else corpus().applyMarks({ from: stamp, to: `stamp ${index}` }, marks);
            stamp = `stamp ${index}`;
          }
          if (step.kind === 'change') {
            const change = new Map<number, TestPaper | null>();
            for (const [key, paper] of Object.entries(step.papers)) {
              // Own ids differ, as those of groups do.
              const own = paper?.aliases.find((id) => ![...model.papers.values()].some(({ ids }) => ids[0] === id));
              const rest = paper?.aliases.filter((id) => id !== own) ?? [];
              const made: TestPaper | null = paper && {
                ...paper,
                ids: [own ?? `arxiv:9901.${key.padStart(20, '0')}`, ...rest],
              };
              change.set(Number(key), made);
              if (made) model.papers.set(Number(key), made);
              else model.papers.delete(Number(key));
            }
            const told = papers.change(change);
            // Otherwise the program ends before it is told.
            if (step.published) corpus().publish(told);
            else reopen();
          }
          if (step.kind === 'reopen') reopen();
          expectAgreement(corpus(), model, look);
        }
      });
    }),
    { numRuns: Number(process.env['RUNS'] ?? 25) },
  );
});

const elm: TestPaper = { ids: ['title:elm'] };
const cedar: TestPaper = { ids: ['title:cedar'] };

/** Runs `test` with a corpus of two papers. */
function withTwo(test: (corpus: () => LocalCorpus, reopen: () => void) => void): void {
  withPapers((papers, corpus, reopen) => {
    corpus().publish(
      papers.change(
        new Map([
          [1, cedar],
          [2, elm],
        ]),
      ),
    );
    test(corpus, reopen);
  });
}

test('the stamp of the last change is there after reopening', () => {
  withTwo((corpus, reopen) => {
    expect(corpus().marksStamp).toBeNull();
    corpus().replaceMarks('first', [marksOf('title:elm', { status: 'read', changedAt: 1 })]);
    corpus().applyMarks({ from: 'first', to: 'second' }, []);
    reopen();
    expect(corpus().marksStamp).toBe('second');
    expect(corpus().state().counts.read).toBe(1);
  });
});

test('a change that does not follow the last one is refused whole', () => {
  withTwo((corpus) => {
    corpus().replaceMarks('first', []);
    const late = () =>
      corpus().applyMarks({ from: 'second', to: 'third' }, [marksOf('title:elm', { starred: true, changedAt: 1 })]);
    expect(late).toThrow(OffprintError);
    expect(corpus().state().counts.starred).toBe(0);
    corpus().applyMarks({ from: 'first', to: 'second' }, []);
    late();
    expect(corpus().state().counts.starred).toBe(1);
  });
});

test('a change that leaves a note as it is does not write it anew', () => {
  withPapers((papers, corpus, _, look) => {
    corpus().publish(papers.change(new Map([[1, cedar]])));
    const noted = { hasNote: true, note: 'Fine rings', changedAt: 1 };
    corpus().applyMarks({ from: null, to: 'a' }, [marksOf('title:cedar', noted)]);
    const segments = () => look('SELECT hex(block) || id FROM notes_data');
    const before = segments();
    corpus().applyMarks({ from: 'a', to: 'b' }, [marksOf('title:cedar', { ...noted, status: 'read', changedAt: 2 })]);
    expect(segments()).toEqual(before);
    corpus().applyMarks({ from: 'b', to: 'c' }, [marksOf('title:cedar', { ...noted, note: 'Coarse', changedAt: 3 })]);
    expect(segments()).not.toEqual(before);
    expect(look("SELECT rowid FROM notes WHERE notes MATCH 'ring'")).toEqual([]);
    expect(look("SELECT rowid FROM notes WHERE notes MATCH 'coarse'")).toEqual([1]);
  });
});

test('a tag is found in any case', () => {
  withTwo((corpus) => {
    const tagged = (id: string, tag: string) => [marksOf(id, { tags: [tag], changedAt: 1 })];
    corpus().applyMarks({ from: null, to: 'x' }, tagged('title:elm', 'Deep Learning'));
    expect(idsOf(corpus(), 'tag:"deep learning"')).toEqual(['title:elm']);
    corpus().applyMarks({ from: 'x', to: 'y' }, tagged('title:cedar', 'deep learning'));
    expect(idsOf(corpus(), 'tag:"deep learning"')).toEqual(['title:cedar', 'title:elm']);
    expect(idsOf(corpus(), 'tag:"DEEP LEARNING"')).toEqual(['title:cedar', 'title:elm']);
  });
});

test('a change of the papers of which nothing was told is made up for with the next one', () => {
  withPapers((papers, corpus) => {
    papers.change(new Map([[1, elm]]));
    corpus().publish(papers.change(new Map([[2, cedar]])));
    expect(idsOf(corpus(), '')).toEqual(['title:elm', 'title:cedar']);
    const [one, other] = [papers.change(new Map([[3, { ids: ['title:oak'] }]])), papers.change(new Map([[1, null]]))];
    corpus().publish(other);
    corpus().publish(one);
    corpus().publish(one);
    expect(idsOf(corpus(), '')).toEqual(['title:cedar', 'title:oak']);
    expect(corpus().state().counts.all).toBe(2);
  });
});
