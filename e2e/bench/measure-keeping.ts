/**
 * Run in a process of its own, on a folder that `makeMarkedStore` has filled: measures how long it takes
 * to keep the state of the library, to look into one that differs from it in every paper, and to make
 * a restore of everything, and how long the main thread is held meanwhile; prints the figures.
 */
import { join } from 'node:path';
import { compareStates } from '../../main/compared-states.ts';
import { systemFiles } from '../../main/store/durable-file.ts';
import { Generations } from '../../main/store/generation-files.ts';
import type { PaperRecord } from '../../main/store/library-data.ts';
import { openReader } from '../../main/store/store-testing.ts';
import { watchHeldUp } from './held-up.ts';
import { paperAt } from './marked-store.ts';

const [folder = ''] = process.argv.slice(2);

/** Nobody knows any title, and no paper has another id. */
const corpus = { resolve: async () => new Map(), titles: async () => new Map() };

async function measured<T>(work: () => Promise<T>) {
  const began = performance.now();
  const { value, heldUp } = await watchHeldUp(work);
  return { value, figures: { milliseconds: performance.now() - began, longestHeld: heldUp.longest } };
}

const { store, history } = await openReader(folder);
const marked = store.records.size;
const taking: { milliseconds: number; longestHeld: number }[] = [];
const id = { last: '', bytes: 0 };
for (let number = 0; number < 5; number += 1) {
  await store.change({ papers: new Map([[paperAt(0), { status: 'queued', changedAt: number }]]) });
  const { value, figures } = await measured(() => store.keep('asked'));
  taking.push(figures);
  Object.assign(id, { last: value?.id, bytes: value?.bytes });
}
const reading = await measured(() => new Generations(folder, systemFiles).read(id.last));
if (reading.value.kind !== 'good') throw new Error(`${join(folder, id.last)} is ${reading.value.kind}`);
const then = reading.value.data;
const alike = await measured(() => compareStates(then.papers, store.records, corpus));
const others = new Map<string, PaperRecord>();
for (const [paper, record] of store.records) others.set(paper, { ...record, starred: record.starred !== true });
await store.change({ papers: others });
const comparing = await measured(() => compareStates(then.papers, store.records, corpus));
const restoring = await measured(() => history.do({ label: 'Restored', records: then.papers, keepFirst: 'restore' }));
await store.close();
const median = (values: number[]) => values.toSorted((one, other) => one - other)[values.length >> 1];
process.stdout.write(
  `${JSON.stringify({
    ...{ marked, bytes: id.bytes },
    taking: {
      milliseconds: median(taking.map(({ milliseconds }) => milliseconds)),
      longestHeld: taking.map(({ longestHeld }) => longestHeld),
    },
    ...{ reading: reading.figures, alike: alike.figures, comparing: comparing.figures, restoring: restoring.figures },
  })}\n`,
);
