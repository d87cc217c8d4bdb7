import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { OffprintError } from '../../shared/outcome.ts';
import { longestNote, type PaperId } from '../../shared/paper.ts';
import { NoteSaver, patience, pauseBeforeSave, retryDelays, slowAfter } from './note-saver.ts';
import { a, anyStep, b, play, Timers } from './note-saver-testing.ts';

describe('one note', () => {
  let timers: Timers;
  let saves: {
    id: PaperId;
    text: string;
    apart: boolean;
    done(): Promise<void>;
    fail(error: unknown): Promise<void>;
  }[];
  let saver: NoteSaver;

  beforeEach(() => {
    timers = new Timers();
    saves = [];
    saver = new NoteSaver({
      later: timers.later,
      save(id, text, { apart }) {
        const { promise, resolve, reject } = Promise.withResolvers<null>();
        const settled = async (act: () => void) => {
          act();
          await promise.catch(() => {});
          await Promise.resolve();
        };
        saves.push({
          id,
          text,
          apart,
          done: () => settled(() => resolve(null)),
          fail: (error) => settled(() => reject(error)),
        });
        return promise;
      },
    });
  });

  test('is saved once, after the pause', async () => {
    saver.edit(a, 'o');
    saver.edit(a, 'one');
    expect(saves).toHaveLength(0);
    expect(timers.runAll(pauseBeforeSave)).toBe(1);
    expect(saves.map(({ text }) => text)).toEqual(['one']);
    expect(saver.state(a)).toEqual({ kind: 'unsaved', slow: false });
    timers.runAll(slowAfter);
    expect(saver.state(a)).toEqual({ kind: 'unsaved', slow: true });
    await saves[0]?.done();
    expect(saver.state(a)).toEqual({ kind: 'saved' });
    expect(saver.unsaved()).toEqual([]);
  });

  test('takes an earlier text at once, as a step of its own, and says when it is on the disk', async () => {
    const turns = saver.turns;
    const replaced = saver.replace(a, 'as it was');
    expect(saver.turns).toBe(turns + 1);
    await Promise.resolve();
    expect(saver.text(a, { note: '', stamp: 0 })).toBe('as it was');
    expect(saves).toMatchObject([{ text: 'as it was', apart: true }]);
    await saves[0]?.done();
    await expect(replaced).resolves.toBeUndefined();
    expect(saver.state(a)).toEqual({ kind: 'saved' });
    saver.edit(a, 'as it was, and more');
    timers.runAll(pauseBeforeSave);
    expect(saves[1]).toMatchObject({ text: 'as it was, and more', apart: false });
  });

  test('takes an earlier text after what was typed is saved', async () => {
    saver.edit(a, 'typed');
    const replaced = saver.replace(a, 'as it was');
    await saves[0]?.done();
    await Promise.resolve();
    expect(saves).toMatchObject([
      { text: 'typed', apart: false },
      { text: 'as it was', apart: true },
    ]);
    expect(timers.runAll(pauseBeforeSave)).toBe(0);
    await saves[1]?.done();
    await expect(replaced).resolves.toBeUndefined();
  });

  test('that cannot take an earlier text says why, and keeps it, as a step of its own when tried again', async () => {
    const replaced = saver.replace(a, 'as it was');
    await Promise.resolve();
    await saves[0]?.fail(new OffprintError('unreadable', 'The disk is full.'));
    await expect(replaced).rejects.toThrow('The disk is full.');
    expect(saver.state(a)).toEqual({ kind: 'failed', message: 'The disk is full.' });
    expect(saver.text(a, { note: '', stamp: 0 })).toBe('as it was');
    saver.retry();
    expect(saves[1]).toMatchObject({ text: 'as it was', apart: true });
  });

  test('is waited for until it is saved or has failed', async () => {
    await saver.settled(a);
    saver.edit(a, 'one');
    const settled = saver.settled(a);
    await saves[0]?.fail(new Error('no'));
    await expect(settled).resolves.toBeUndefined();
    expect(saver.unsaved()).toEqual([a]);
  });

  test('is not called saved while newer text is not', async () => {
    saver.edit(a, 'one');
    saver.settle(a);
    saver.edit(a, 'two');
    await saves[0]?.done();
    expect(saver.state(a).kind).toBe('unsaved');
    timers.runAll(pauseBeforeSave);
    await saves[1]?.done();
    expect(saves.map(({ text }) => text)).toEqual(['one', 'two']);
    expect(saver.state(a).kind).toBe('saved');
  });

  test('is sent again by itself after a failure, with the error shown until it is saved', async () => {
    saver.edit(a, 'one');
    saver.settle(a);
    await saves[0]?.fail(new OffprintError('unreadable', 'The disk is full.'));
    expect(saver.state(a)).toEqual({ kind: 'failed', message: 'The disk is full.' });
    expect(saver.text(a, { note: 'old', stamp: saver.stamp(a) })).toBe('one');
    timers.runAll(retryDelays[0]);
    expect(saver.state(a).kind).toBe('failed');
    await saves[1]?.done();
    expect(saver.state(a).kind).toBe('saved');
    expect(timers.pending).toEqual([]);
  });

  test('that is too long is kept and said, and saved once shortened', async () => {
    saver.edit(a, 'x'.repeat(longestNote + 1));
    timers.runAll(pauseBeforeSave);
    expect(saves).toHaveLength(0);
    expect(saver.state(a)).toMatchObject({ kind: 'failed', message: expect.stringContaining('1,000,000') });
    await expect(saver.flush()).rejects.toThrow('could not be saved');
    saver.edit(a, 'x'.repeat(longestNote));
    timers.runAll(pauseBeforeSave);
    await saves[0]?.done();
    expect(saver.state(a).kind).toBe('saved');
  });

  test('of a closing window is sent at once, and once more should the window stay', async () => {
    saver.edit(a, 'one');
    saver.settle(a);
    saver.edit(a, 'two');
    saver.leave();
    expect(saves.map(({ text }) => text)).toEqual(['one', 'two']);
    await saves[1]?.done();
    await saves[0]?.done();
    expect(saver.state(a).kind).toBe('unsaved');
    await saves[2]?.done();
    expect(saves[2]?.text).toBe('two');
    expect(saver.state(a).kind).toBe('saved');
  });

  test('that is not answered counts as failed, and a late answer cannot undo a newer save', async () => {
    saver.edit(a, 'one');
    saver.settle(a);
    timers.runAll(patience);
    expect(saver.state(a).kind).toBe('failed');
    saver.edit(a, 'two');
    timers.runAll(pauseBeforeSave);
    await saves[1]?.done();
    expect(saver.state(a).kind).toBe('saved');
    await saves[0]?.done();
    expect(saver.state(a).kind).toBe('unsaved');
    expect(saves[2]?.text).toBe('two');
  });

  test('as the library gives it is shown, unless it was asked before the last save', async () => {
    const early = saver.stamp(a);
    expect(saver.text(a, { note: 'theirs', stamp: early })).toBe('theirs');
    saver.edit(a, 'mine');
    saver.settle(a);
    expect(saver.text(a, { note: 'theirs', stamp: early })).toBe('mine');
    await saves[0]?.done();
    expect(saver.text(a, { note: 'theirs', stamp: early })).toBe('mine');
    expect(saver.text(a, { note: 'newer', stamp: saver.stamp(a) })).toBe('newer');
  });

  test('flush waits for every note, and tells when one is not saved', async () => {
    saver.edit(a, 'one');
    saver.edit(b, 'two');
    const flushed = saver.flush();
    await saves[0]?.done();
    await saves[1]?.fail(new OffprintError('unreadable', 'The disk is full.'));
    await expect(flushed).rejects.toThrow('A note could not be saved. The disk is full.');
    expect(saver.failed()).toEqual([b]);
    const again = saver.flush();
    await saves[2]?.done();
    await again;
    expect(saver.unsaved()).toEqual([]);
  });
});

for (const patient of [true, false]) {
  const how = patient ? 'in time' : 'in time or long after they were given up';
  test(`answered ${how}: the last text of every paper is saved in the end`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.array(anyStep, { maxLength: 50, size: 'max' }), async (scheduler, steps) => {
        const { saver, disk, typed } = await play(scheduler, steps, { brokenAtEnd: false, patient });
        expect(Object.fromEntries(disk.notes)).toEqual(Object.fromEntries(typed));
        expect(saver.unsaved()).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  test(`answered ${how}: what cannot be saved is kept with its error`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.array(anyStep, { maxLength: 50, size: 'max' }), async (scheduler, steps) => {
        const { saver, disk, typed } = await play(scheduler, steps, { brokenAtEnd: true, patient });
        for (const [id, text] of typed) {
          const state = saver.state(id);
          if (state.kind === 'saved') expect(disk.notes.get(id)).toBe(text);
          else {
            expect(state.kind).toBe('failed');
            expect(saver.text(id, { note: 'library', stamp: saver.stamp(id) })).toBe(text);
          }
        }
      }),
      { numRuns: 400 },
    );
  });
}

describe('what was typed before the page broke off', () => {
  /** A saver over one note that is saved at once, but where saving is held up. */
  function aSaver(note: string) {
    const disk = { note, writes: [] as [text: string, apart: boolean][] };
    const saver = new NoteSaver({
      later: () => () => {},
      async save(_id, text, { apart }) {
        disk.note = text;
        disk.writes.push([text, apart]);
        return null;
      },
    });
    return { disk, saver };
  }
  const draft = { text: 'first, and more', base: 'first' };

  test('is saved at once where the note still says what it was written over', async () => {
    const { disk, saver } = aSaver('first');
    expect(saver.takeUp(a, draft, disk.note)).toBe(true);
    expect(saver.text(a, { note: 'first', stamp: 0 })).toBe(draft.text);
    await saver.settled(a);
    expect(disk.note).toBe(draft.text);
    expect(saver.state(a)).toEqual({ kind: 'saved' });
  });

  test.each([
    ['the note says it already', 'first, and more'],
    ['the note says it and more', 'first, and more than that'],
  ])('is left where %s', (_case, note) => {
    const { disk, saver } = aSaver(note);
    expect(saver.takeUp(a, draft, note)).toBe(false);
    expect(saver.state(a)).toEqual({ kind: 'untouched' });
    expect(saver.drafts()).toEqual([]);
    expect(disk.writes).toEqual([]);
  });

  test('is saved where the last save arrived without being answered', async () => {
    const { disk, saver } = aSaver('first, and');
    expect(saver.takeUp(a, draft, disk.note)).toBe(true);
    await saver.settled(a);
    expect(disk.note).toBe(draft.text);
  });

  test('takes words away, too, where the note was not changed', async () => {
    const { disk, saver } = aSaver('first');
    expect(saver.takeUp(a, { text: '', base: 'first' }, disk.note)).toBe(true);
    await saver.settled(a);
    expect(disk.note).toBe('');
  });

  test.each([
    ['typed', 'mine', [['mine', true]]],
    ['both', 'other\n\n---\n\nmine', [['other\n\n---\n\nmine', true]]],
    // Saved first, each as a step of its own, so that Undo brings it back.
    [
      'saved',
      'other',
      [
        ['mine', true],
        ['other', true],
      ],
    ],
  ] as const)('waits where the note was changed, until the reader has chosen %s', async (which, note, writes) => {
    const { disk, saver } = aSaver('other');
    expect(saver.takeUp(a, { text: 'mine', base: 'first' }, 'other')).toBe(true);
    expect(saver.state(a)).toEqual({ kind: 'conflict', saved: 'other' });
    await saver.settled(a);
    saver.edit(a, 'mine');
    await saver.settled(a);
    expect(disk.writes).toEqual([]);
    expect(saver.drafts()).toEqual([{ id: a, text: 'mine', base: 'first' }]);
    const { turns } = saver;
    await saver.decide(a, which);
    expect(disk).toEqual({ note, writes });
    expect(saver.state(a)).toEqual({ kind: 'saved' });
    expect(saver.text(a, { note: 'other', stamp: 0 })).toBe(note);
    // The editor takes the text that was not typed in it.
    expect(saver.turns > turns).toBe(which !== 'typed');
  });

  test.each([
    'flush',
    'leave',
  ] as const)('is kept with what is saved where the page goes undecided (%s)', async (how) => {
    const { disk, saver } = aSaver('other');
    saver.takeUp(a, { text: 'mine', base: 'first' }, 'other');
    await saver[how]();
    expect(disk.note).toBe('other\n\n---\n\nmine');
  });

  test('no text of either side is ever lost', async () => {
    const text = fc.string({ maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(text, text, text, fc.boolean(), async (base, typed, meanwhile, isChanged) => {
        const note = isChanged ? meanwhile : base;
        const { disk, saver } = aSaver(note);
        saver.takeUp(a, { text: typed, base }, note);
        await saver.flush();
        if (note === base) expect(disk.note).toBe(typed);
        else for (const part of [typed, note]) expect(disk.note).toContain(part);
      }),
    );
  });
});

test('drafts are what is not on the disk, with the saved text that each was written over', async () => {
  const saves: ((instead: null) => void)[] = [];
  const saver = new NoteSaver({
    later: () => () => {},
    save: () => new Promise((resolve) => saves.push(resolve)),
  });
  saver.edit(a, 'one', 'zero');
  saver.edit(a, 'one two', 'one');
  expect(saver.drafts()).toEqual([{ id: a, text: 'one two', base: 'zero' }]);
  saver.settle(a);
  saver.edit(a, 'one two three', 'one two');
  expect(saver.drafts()).toEqual([{ id: a, text: 'one two three', base: 'zero' }]);
  saves[0]?.(null);
  await Promise.resolve();
  expect(saver.drafts()).toEqual([{ id: a, text: 'one two three', base: 'one two' }]);
  saver.edit(b, 'x'.repeat(longestNote + 1), '');
  expect(saver.drafts()).toHaveLength(1);
});
