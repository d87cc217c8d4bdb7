/**
 * `npm run crash-test`: processes that change a library as fast as they can are killed, `--rounds N` of
 * them (1,000 unless told otherwise), at moments that follow from `--seed S`; each time the library is
 * opened again, and everything acknowledged must be there, bit for bit, and nothing else but a
 * change that was under way. The folders in which something was lost are kept; the exit code is 1 then.
 * Afterwards power is cut as often, on a disk that forgets whatever it need not have kept.
 */
import { parseArgs } from 'node:util';
import { crashTest, inLines } from './crash-test.ts';
import { powerCuts } from './power-cut.ts';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '1000' }, seed: { type: 'string' } },
});
const seed = values.seed === undefined ? Date.now() % 2 ** 31 : Number(values.seed);
const say = (line: string) => process.stdout.write(`${line}\n`);
say(`seed ${seed}`);
const begun = performance.now();
const tally = await crashTest(Number(values.rounds), seed, say);
for (const line of inLines(tally)) say(line);
say(`${((performance.now() - begun) / 1000).toFixed(0)} s, seed ${seed}`);
const cutsOfEach = 40;
const lives = Math.ceil(Number(values.rounds) / cutsOfEach);
const cutOff: string[] = [];
for (let life = 0; life < lives; life += 1) {
  for (const loss of await powerCuts({ changes: 80, cuts: cutsOfEach }, seed + life)) {
    cutOff.push(loss);
    say(loss);
  }
}
say(`${lives * cutsOfEach} power cuts, ${cutOff.length} with a loss`);
process.exitCode = tally.losses.length + cutOff.length === 0 ? 0 : 1;
