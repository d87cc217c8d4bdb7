/**
 * Run in a process of its own: adds to the journal, has it folded, and measures how long that takes, how
 * long the main thread is held meanwhile, and what marking a paper costs then; the same for keeping the
 * state of now as a generation. Prints the figures.
 */
import { openReader } from '../../main/store/store-testing.ts';
import { type HeldUp, watchHeldUp } from './held-up.ts';
import { paperAt } from './marked-store.ts';
import { median, percentile, timed } from './statistics.ts';

const [folder = '', rounds = '3'] = process.argv.slice(2);

const { store, marks } = await openReader(folder);
const marked = store.records.size;
const long = 'A long note, as somebody writes who reads a paper closely. '.repeat(600);

/** Notes written before each fold; the journal is a megabyte longer then. */
const longNotes = 20;

/** Work in the background, and marking papers meanwhile. */
interface Meanwhile {
  milliseconds: number;
  heldUp: HeldUp;
  marking: number[];
}

async function markUntil(isDone: () => boolean): Promise<Meanwhile> {
  const marking: number[] = [];
  const began = performance.now();
  const { heldUp } = await watchHeldUp(async () => {
    for (let at = 0; !isDone(); at += 1) {
      const id = paperAt(at % marked);
      // Another one in any case: nothing is written where nothing changes.
      const status = store.record(id)?.status === 'queued' ? 'reading' : 'queued';
      marking.push(await timed(() => marks.mark([{ id, markedAs: [] }], { status })));
    }
  });
  return { milliseconds: performance.now() - began, heldUp, marking };
}

/** Adds to the journal, then does something with it all in the background. */
async function during(number: number, work: () => Promise<unknown>): Promise<Meanwhile> {
  for (let at = 0; at < longNotes; at += 1) {
    await marks.setNote({ id: paperAt(at % marked), markedAs: [] }, `${number} ${at} ${long}`);
  }
  let isDone = false;
  const working = work().finally(() => {
    isDone = true;
  });
  const meanwhile = await markUntil(() => isDone);
  await working;
  return meanwhile;
}

function figures(all: readonly Meanwhile[]) {
  const marking = all.flatMap((each) => each.marking);
  return {
    milliseconds: median(all.map((each) => each.milliseconds)),
    longestHeld: Math.max(...all.map(({ heldUp }) => heldUp.longest)),
    p99Held: Math.max(...all.map(({ heldUp }) => heldUp.p99)),
    marking: { p50: median(marking), p95: percentile(marking, 0.95), longest: Math.max(...marking) },
  };
}

const folds: Meanwhile[] = [];
const generations: Meanwhile[] = [];
for (let number = 0; number < Number(rounds); number += 1) {
  folds.push(await during(2 * number, () => store.fold()));
  generations.push(await during(2 * number + 1, () => store.keep('asked')));
}
await store.close();
process.stdout.write(`${JSON.stringify({ folding: figures(folds), keeping: figures(generations) })}\n`);
