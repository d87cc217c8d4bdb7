import { describe, expect, it } from 'vitest';
import { OffprintError } from '../../shared/outcome.ts';
import { SavingLine } from './saving-line.ts';

function aLine() {
  const said: (string | null)[] = [];
  const line: SavingLine = new SavingLine(() => said.push(line.failure));
  return { line, said };
}

describe('SavingLine', () => {
  it('saves one after another, in order', async () => {
    const { line, said } = aLine();
    const done: number[] = [];
    const first = Promise.withResolvers<void>();
    line.add(async () => {
      await first.promise;
      done.push(1);
    });
    line.add(async () => void done.push(2));
    expect(line.waiting).toBe(2);
    first.resolve();
    await line.settled();
    expect(done).toEqual([1, 2]);
    expect([line.waiting, said]).toEqual([0, []]);
  });

  it('keeps what failed and all behind it, says why, and goes on with the next or when told', async () => {
    const { line, said } = aLine();
    const done: number[] = [];
    let fails = true;
    line.add(async () => {
      if (fails) throw new OffprintError('unreadable', 'The disk is full.');
      done.push(1);
    });
    line.add(async () => void done.push(2));
    await line.settled();
    expect([line.waiting, line.failure, done]).toEqual([2, 'The disk is full.', []]);
    line.add(async () => void done.push(3));
    await line.settled();
    expect(done).toEqual([]);
    fails = false;
    line.retry();
    await line.settled();
    expect(done).toEqual([1, 2, 3]);
    expect([line.waiting, said]).toEqual([0, ['The disk is full.', null]]);
  });

  it('lets what has not begun be taken out, also what failed', async () => {
    const { line, said } = aLine();
    const done: number[] = [];
    const failing = async () => {
      throw new OffprintError('unreadable', 'The disk is full.');
    };
    const waiting = async () => void done.push(2);
    line.add(failing);
    line.add(waiting);
    expect(line.takeOut(failing)).toBe(false);
    await line.settled();
    expect(line.takeOut(waiting)).toBe(true);
    expect(line.takeOut(failing)).toBe(true);
    expect(line.takeOut(failing)).toBe(false);
    await line.settled();
    expect([done, line.waiting, said]).toEqual([[], 0, ['The disk is full.', null]]);
  });

  it('has nothing to do when told to go on with nothing', async () => {
    const { line } = aLine();
    line.retry();
    await line.settled();
    const done: number[] = [];
    line.add(async () => void done.push(1));
    await line.settled();
    expect(done).toEqual([1]);
  });
});
