import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { notePrint } from '../../shared/note-print.ts';
import { NoteSaver } from './note-saver.ts';
import { a, anyStepAnywhere, play } from './note-saver-testing.ts';
import type { SaveHow } from './note-sending.ts';

for (const patient of [true, false]) {
  const how = patient ? 'in time' : 'in time or long after they were given up';
  test(`answered ${how}: nothing is lost of what was typed here, nor of what was not seen of other windows`, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(anyStepAnywhere, { maxLength: 50, size: 'max' }),
        async (scheduler, steps) => {
          const { saver, disk, typed } = await play(scheduler, steps, { brokenAtEnd: false, patient });
          for (const [id, text] of typed) expect(disk.notes.get(id)).toContain(text);
          for (const [id, text] of disk.elsewhere) expect(disk.notes.get(id)).toContain(text);
          expect(saver.unsaved()).toEqual([]);
        },
      ),
      { numRuns: 400 },
    );
  });
}

describe('a note that is changed elsewhere while it is written', () => {
  /** A saver whose saves are answered by hand. */
  function aSaver() {
    const saves: { text: string; how: SaveHow; answer(instead: string | null): Promise<void> }[] = [];
    const saver = new NoteSaver({
      later: () => () => {},
      save(_id, text, how) {
        const { promise, resolve } = Promise.withResolvers<string | null>();
        const answer = async (instead: string | null) => {
          resolve(instead);
          await promise;
          await Promise.resolve();
        };
        saves.push({ text, how, answer });
        return promise;
      },
    });
    return { saver, saves };
  }

  test('waits for the reader, who then decides', async () => {
    const { saver, saves } = aSaver();
    saver.edit(a, 'first, and mine', 'first');
    saver.settle(a);
    expect(saves[0]?.how).toEqual({ apart: false, over: [notePrint('first')], joins: false });
    await saves[0]?.answer('theirs');
    expect(saver.state(a)).toEqual({ kind: 'conflict', saved: 'theirs' });
    expect(saver.undecided()).toEqual([a]);
    expect(saver.drafts()).toEqual([{ id: a, text: 'first, and mine', base: 'first' }]);
    // What is typed until then is kept, and not sent.
    saver.edit(a, 'first, and mine!', 'first, and mine');
    saver.settle(a);
    expect(saves).toHaveLength(1);
    const decided = saver.decide(a, 'both');
    expect(saves[1]).toMatchObject({
      text: 'theirs\n\n---\n\nfirst, and mine!',
      how: { apart: true, over: [notePrint('theirs'), notePrint('first, and mine')] },
    });
    await saves[1]?.answer(null);
    await decided;
    expect(saver.state(a)).toEqual({ kind: 'saved' });
    expect(saver.undecided()).toEqual([]);
  });

  test('is saved after all where what was typed since holds all that it says', async () => {
    const { saver, saves } = aSaver();
    saver.edit(a, 'mi', '');
    saver.settle(a);
    saver.edit(a, 'mi, theirs', 'mi');
    await saves[0]?.answer('theirs');
    saver.settle(a);
    expect(saves[1]).toMatchObject({ text: 'mi, theirs', how: { over: [notePrint('theirs'), notePrint('mi')] } });
  });

  test('takes what a page that goes away leaves behind, and shows it should the page stay', async () => {
    const { saver, saves } = aSaver();
    saver.edit(a, 'mine', '');
    const { turns } = saver;
    saver.leave();
    expect(saves[0]?.how).toMatchObject({ joins: true });
    await saves[0]?.answer('theirs\n\n---\n\nmine');
    expect(saver.text(a, { note: '', stamp: 0 })).toBe('theirs\n\n---\n\nmine');
    expect(saver.turns).toBe(turns + 1);
    await saves[1]?.answer(null);
    expect(saver.state(a)).toEqual({ kind: 'saved' });
  });

  test('is not taken for changed by a save of its own that was not answered', async () => {
    const { saver, saves } = aSaver();
    saver.edit(a, 'one', '');
    saver.settle(a);
    saver.edit(a, 'on', 'one');
    saver.leave();
    expect(saves[1]?.how.over).toEqual([notePrint(''), notePrint('one')]);
    // They arrive the other way round.
    await saves[1]?.answer(null);
    await saves[0]?.answer('on');
    await saves[2]?.answer(null);
    expect(saves.map(({ text }) => text)).toEqual(['one', 'on', 'on']);
    expect(saver.state(a)).toEqual({ kind: 'saved' });
  });

  test('is asked about where it does not hold what a page that went away left behind', async () => {
    const { saver, saves } = aSaver();
    saver.edit(a, 'mine', '');
    saver.leave();
    await saves[0]?.answer('theirs');
    expect(saver.text(a, { note: '', stamp: 0 })).toBe('mine');
    expect(saver.state(a)).toEqual({ kind: 'conflict', saved: 'theirs' });
  });

  test('is not asked about for what it said before another answer', async () => {
    const { saver, saves } = aSaver();
    saver.edit(a, 'mine', '');
    saver.settle(a);
    saver.leave();
    await saves[1]?.answer('theirs\n\n---\n\nmine');
    saver.edit(a, 'neither', 'theirs\n\n---\n\nmine');
    await saves[0]?.answer('theirs');
    saver.settle(a);
    expect(saver.undecided()).toEqual([]);
    expect(saves[2]).toMatchObject({ text: 'neither' });
    expect(saves[2]?.how.over).toContain(notePrint('theirs\n\n---\n\nmine'));
  });

  test('gives way to an earlier text that the reader brings back', async () => {
    const { saver, saves } = aSaver();
    saver.edit(a, 'mine', '');
    saver.settle(a);
    await saves[0]?.answer('theirs');
    const replaced = saver.replace(a, 'as it was');
    await Promise.resolve();
    expect(saves[1]).toMatchObject({ text: 'as it was', how: { apart: true, over: null } });
    await saves[1]?.answer(null);
    await replaced;
    expect(saver.state(a)).toEqual({ kind: 'saved' });
  });

  test('is kept with what was typed when the window closes undecided', async () => {
    const { saver, saves } = aSaver();
    saver.edit(a, 'mine', '');
    const flushed = saver.flush();
    await saves[0]?.answer('theirs');
    await Promise.resolve();
    expect(saves[1]).toMatchObject({ text: 'theirs\n\n---\n\nmine' });
    await saves[1]?.answer(null);
    await flushed;
    expect(saver.unsaved()).toEqual([]);
  });
});
