import { setImmediate } from 'node:timers/promises';

/** How long work may hold the thread up in one piece, in milliseconds. */
const longestSlice = 6;

/** Does work that pauses by itself; others have a turn every few milliseconds. Answers with what it returns. */
export async function inSlices<T>(work: Iterator<unknown, T>): Promise<T> {
  for (let began = performance.now(); ; ) {
    const step = work.next();
    if (step.done) return step.value;
    if (performance.now() - began < longestSlice) continue;
    await setImmediate();
    began = performance.now();
  }
}
