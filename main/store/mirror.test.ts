import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PaperRecord } from './library-data.ts';
import { type MarksMirror, MirrorKeeper } from './mirror.ts';
import { marksOf } from './records.ts';

/** A mirror that writes down what it was told, and refuses while `refusing` and what does not follow. */
class Told implements MarksMirror {
  marksStamp: string | null = null;
  refusing = false;
  readonly calls: [string, string, string[]][] = [];
  readonly starred = new Map<string, boolean>();

  async applyMarks(...[{ from, to }, marks]: Parameters<MarksMirror['applyMarks']>): Promise<void> {
    if (this.refusing || from !== this.marksStamp) throw new Error('refused');
    this.#take('apply', to, marks);
  }
  async replaceMarks(...[stamp, marks]: Parameters<MarksMirror['replaceMarks']>): Promise<void> {
    this.starred.clear();
    this.#take('replace', stamp, marks);
  }
  #take(how: string, stamp: string, marks: Parameters<MarksMirror['replaceMarks']>[1]): void {
    this.marksStamp = stamp;
    for (const mark of marks) this.starred.set(mark.id, mark.starred);
    this.calls.push([how, stamp, marks.map(({ id, starred }) => `${id}${starred ? '*' : ''}`)]);
  }
}

const starred: PaperRecord = { starred: true, changedAt: 1 };

/** Lets every answer that is on its way arrive. */
const answered = () => new Promise<void>((resolve) => setImmediate(resolve));

test('a mirror of another stamp is filled anew, one of the same stamp is left', async () => {
  const told = new Told();
  const keeper = new MirrorKeeper(told);
  await keeper.catchUp('empty', new Map());
  expect(told.calls).toEqual([]);
  told.marksStamp = 'a';
  await keeper.catchUp('a', new Map([['arxiv:1', starred]]));
  expect(told.calls).toEqual([]);
  await keeper.catchUp('b', new Map([['arxiv:1', starred]]));
  await keeper.catchUp('empty', new Map());
  expect(told.calls).toEqual([
    ['replace', 'b', ['arxiv:1*']],
    ['replace', 'empty', []],
  ]);
});

test('note, time of reading, and what a record has taken up are mirrored with it', async () => {
  const read: PaperRecord = { status: 'read', readAt: 5, note: 'why', changedAt: 5 };
  const told = new Told();
  const marks: unknown[] = [];
  told.applyMarks = async (_, given) => void marks.push(...given);
  const absorbs = { 'title:1': 7 };
  new MirrorKeeper(told).follow({ stamp: 'a', papers: new Map([['arxiv:1', { ...read, absorbs }]]) });
  expect(marks).toEqual([{ id: 'arxiv:1', note: 'why', readAt: 5, ...marksOf(read), absorbs }]);
});

test('what was refused goes along with the next commit, unless that says something newer', async () => {
  const told = new Told();
  const keeper = new MirrorKeeper(told);
  told.refusing = true;
  keeper.follow({
    stamp: 'a',
    papers: new Map([
      ['arxiv:1', starred],
      ['arxiv:2', starred],
    ]),
  });
  await answered();
  told.refusing = false;
  keeper.follow({
    stamp: 'b',
    papers: new Map([
      ['arxiv:2', null],
      ['arxiv:3', starred],
    ]),
  });
  expect(told.calls).toEqual([['apply', 'b', ['arxiv:1*', 'arxiv:2', 'arxiv:3*']]]);
});

test('a mirror that refused one commit does not take the one after it alone', () => {
  const told = new Told();
  const keeper = new MirrorKeeper(told);
  told.refusing = true;
  keeper.follow({ stamp: 'a', papers: new Map([['arxiv:1', starred]]) });
  told.refusing = false;
  keeper.follow({ stamp: 'b', papers: new Map([['arxiv:2', starred]]) });
  expect(told.marksStamp).toBeNull();
});

test('whoever waits for a mirror that keeps refusing is told why', async () => {
  const told = new Told();
  const keeper = new MirrorKeeper(told);
  told.refusing = true;
  keeper.follow({ stamp: 'a', papers: new Map([['arxiv:1', starred]]) });
  await expect(keeper.settled()).rejects.toThrow('refused');
  told.refusing = false;
  await keeper.settled();
  expect(told.marksStamp).toBe('a');
});

test('whatever is refused and whenever that is heard, a stamp never stands over other marks', async () => {
  const step = fc.record({
    papers: fc.dictionary(fc.constantFrom('arxiv:1', 'arxiv:2', 'arxiv:3'), fc.boolean(), { minKeys: 1 }),
    refused: fc.boolean(),
    heard: fc.boolean(),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 10 }), async (steps) => {
      const told = new Told();
      const keeper = new MirrorKeeper(told);
      await keeper.catchUp('empty', new Map());
      const now = new Map<string, PaperRecord>();
      const shown = new Map<string | null, Map<string, boolean>>([[null, new Map()]]);
      const commit = (stamp: string, papers: Record<string, boolean>) => {
        const records = new Map(Object.entries(papers).map(([id, is]) => [id, is ? starred : null]));
        for (const [id, record] of records) record ? now.set(id, record) : now.delete(id);
        shown.set(stamp, new Map([...now].map(([id, record]) => [id, marksOf(record).starred])));
        keeper.follow({ stamp, papers: records });
        const stars = new Map([...told.starred].filter(([, is]) => is));
        expect(stars).toEqual(shown.get(told.marksStamp));
      };
      for (const [at, { papers, refused, heard }] of steps.entries()) {
        told.refusing = refused;
        commit(`stamp ${at}`, papers);
        if (heard) await answered();
      }
      told.refusing = false;
      await keeper.settled();
      const stars = new Map([...told.starred].filter(([, is]) => is));
      expect([told.marksStamp, stars]).toEqual([...shown].at(-1));
      commit('last', { 'arxiv:1': true });
      expect(told.marksStamp).toBe('last');
    }),
    { numRuns: 300 },
  );
});

test('a mirror in the place of another is filled with all there is; what was on its way to the other counts no more', async () => {
  const told = new Told();
  const keeper = new MirrorKeeper(told);
  await keeper.catchUp('a', new Map());
  told.refusing = true;
  keeper.follow({ stamp: 'b', papers: new Map([['arxiv:1', starred]]) });
  await answered();
  told.refusing = false;
  told.marksStamp = null;
  told.starred.clear();
  const filling = keeper.refill('b', new Map([['arxiv:1', starred]]));
  keeper.follow({ stamp: 'c', papers: new Map([['arxiv:2', starred]]) });
  await filling;
  await keeper.settled();
  expect([told.marksStamp, [...told.starred.keys()].sort()]).toEqual(['c', ['arxiv:1', 'arxiv:2']]);
});
