/**
 * Run in a process of its own: asks for the past versions of notes in a library with very many, the first
 * time, when they have to be found, and after that; and for the deleted ones. Prints the figures.
 */
import { openReader } from '../../main/store/store-testing.ts';
import { watchHeldUp } from './held-up.ts';
import { paperAt } from './marked-store.ts';
import { median, percentile, timed } from './statistics.ts';

const [folder = '', notes = '10000', every = '10'] = process.argv.slice(2);
const { store } = await openReader(folder);
const idOf = (number: number) => paperAt(((number * 7919) % Number(notes)) * Number(every));

let first = 0;
const { heldUp } = await watchHeldUp(async () => {
  first = await timed(() => store.noteVersions.of([idOf(0)]));
});
const later: number[] = [];
let versions = 0;
for (let number = 1; number <= 500; number += 1) {
  const id = idOf(number);
  later.push(
    await timed(async () => {
      const found = await store.noteVersions.of([id]);
      versions += found.length;
      await store.noteVersions.text([id], found[0]?.version ?? '');
    }),
  );
}
const newest = await timed(() => store.noteVersions.newest());
await store.close();
if (versions === 0) throw new Error('no past versions were found');
process.stdout.write(
  `${JSON.stringify({ first, longestHeld: heldUp.longest, p50: median(later), p95: percentile(later, 0.95), newest })}\n`,
);
