import { expect, test } from 'vitest';
import { ReaderOrder } from './reader-order.ts';

/** Work that tells when it begins, and ends when it is let. */
function workshop() {
  const told: string[] = [];
  const ends = new Map<string, PromiseWithResolvers<void>>();
  const work = (name: string) => async () => {
    told.push(name);
    const end = Promise.withResolvers<void>();
    ends.set(name, end);
    await end.promise;
  };
  const end = (name: string) => ends.get(name)?.resolve();
  const fail = (name: string) => ends.get(name)?.reject(new Error(name));
  return { told, work, end, fail };
}

const turnOfTheLoop = () => new Promise((resolve) => setImmediate(resolve));

test('a turn waits for the changes before it, and the changes after it wait for the turn', async () => {
  const { told, work, end, fail } = workshop();
  const order = new ReaderOrder();
  const refused = expect(order.make(work('mark'))).rejects.toThrow('mark');
  void order.make(work('tag'));
  const turned = order.turn(work('undo'));
  void order.make(work('star'));
  await turnOfTheLoop();
  expect(told).toEqual(['mark', 'tag']);
  fail('mark');
  await refused;
  expect(told).toEqual(['mark', 'tag']);
  end('tag');
  await turnOfTheLoop();
  expect(told).toEqual(['mark', 'tag', 'undo']);
  end('undo');
  await turned;
  await turnOfTheLoop();
  expect(told).toEqual(['mark', 'tag', 'undo', 'star']);
});

test('a turn that takes long lets the changes after it go on', async () => {
  const { told, work, end } = workshop();
  const order = new ReaderOrder();
  const turned = order.turn((release) => {
    release();
    return work('undo of an import')();
  });
  await order.make(async () => told.push('mark'));
  expect(told).toEqual(['undo of an import', 'mark']);
  end('undo of an import');
  await turned;
});

test('a turn that fails does not hold up what comes after it', async () => {
  const order = new ReaderOrder();
  await expect(order.turn(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await order.make(async () => 'made')).toBe('made');
  expect(await order.turn(async () => 'turned')).toBe('turned');
});
