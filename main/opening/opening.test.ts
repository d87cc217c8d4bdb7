import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { mostWaiting, OpenQueue } from './open-queue.ts';
import { Opening } from './opening.ts';

const link = (query: string) => ({ kind: 'link', text: `offprint://search?q=${query}` }) as const;
const search = (query: string) => ({ kind: 'search', query });
const folder = tmpdir();

test('what is asked for before there is a library waits for it, and comes once, in its order', async () => {
  const opening = new Opening();
  const tell = vi.fn();
  opening.ask({ asked: [], folder });
  opening.ask({ asked: [link('1')], folder });
  opening.ask({ asked: [link('2'), link('3')], folder });
  const queue = opening.begin(async () => [], tell);
  await opening.settled();
  expect(tell).toHaveBeenCalledTimes(2);
  opening.ask({ asked: [link('4')], folder });
  await opening.settled();
  expect(tell).toHaveBeenCalledTimes(3);
  expect(queue.take()).toEqual(['1', '2', '3', '4'].map(search));
  expect(queue.take()).toEqual([]);
  expect(opening.giveUp()).toEqual([]);
});

test('what takes long to look at does not come after what was asked for later', async () => {
  const own = mkdtempSync(join(tmpdir(), 'offprint-opening-'));
  writeFileSync(join(own, 'a.bib'), 'x');
  const opening = new Opening();
  const looking = Promise.withResolvers<string[]>();
  const queue = opening.begin(
    () => looking.promise,
    () => {},
  );
  opening.ask({ asked: [{ kind: 'path', text: 'a.bib' }], folder: own });
  opening.ask({ asked: [link('later')], folder });
  looking.resolve([crypto.randomUUID()]);
  await opening.settled();
  expect(queue.take().map(({ kind }) => kind)).toEqual(['import', 'search']);
  rmSync(own, { recursive: true });
});

test('what there comes to be no library for is given up, for another Offprint', () => {
  const opening = new Opening();
  const asking = { asked: [link('1')], folder };
  opening.ask(asking);
  expect(opening.giveUp()).toEqual([asking]);
  expect(opening.giveUp()).toEqual([]);
});

test('of more requests than anybody looks at the newest wait', () => {
  const tell = vi.fn();
  const queue = new OpenQueue(tell);
  queue.put([]);
  expect(tell).not.toHaveBeenCalled();
  for (let at = 0; at < mostWaiting + 5; at += 1) queue.put([{ kind: 'search', query: String(at) }]);
  const taken = queue.take();
  expect(taken).toHaveLength(mostWaiting);
  expect(taken[0]).toEqual(search('5'));
});
