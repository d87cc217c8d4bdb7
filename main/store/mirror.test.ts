import { expect, test } from 'vitest';
import type { PaperRecord } from './library-data.ts';
import { type MarksMirror, MirrorKeeper } from './mirror.ts';

/** A mirror that writes down what it was told, and refuses while `refusing`. */
class Told implements MarksMirror {
  marksStamp: string | null = null;
  refusing = false;
  readonly calls: [string, string, string[]][] = [];

  async applyMarks(...[stamp, marks]: Parameters<MarksMirror['applyMarks']>): Promise<void> {
    if (this.refusing) throw new Error('refused');
    this.calls.push(['apply', stamp, marks.map(({ id, starred }) => `${id}${starred ? '*' : ''}`)]);
  }
  async replaceMarks(...[stamp, marks]: Parameters<MarksMirror['replaceMarks']>): Promise<void> {
    this.calls.push(['replace', stamp, marks.map(({ id, starred }) => `${id}${starred ? '*' : ''}`)]);
  }
}

const starred: PaperRecord = { starred: true, changedAt: 1 };

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

test('records that were taken away go before those that stand', () => {
  const told = new Told();
  new MirrorKeeper(told).follow({
    stamp: 'a',
    papers: new Map([
      ['arxiv:1', starred],
      ['title:1', null],
    ]),
  });
  expect(told.calls).toEqual([['apply', 'a', ['title:1', 'arxiv:1*']]]);
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
  await Promise.resolve();
  told.refusing = false;
  keeper.follow({
    stamp: 'b',
    papers: new Map([
      ['arxiv:2', null],
      ['arxiv:3', starred],
    ]),
  });
  expect(told.calls).toEqual([['apply', 'b', ['arxiv:2', 'arxiv:1*', 'arxiv:3*']]]);
});
