import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SeededNumbers } from '../../main/importers/mutations.ts';
import { libraryFileName } from '../../main/store/opening.ts';
import { begin, type Life } from './life.ts';
import type { Plan } from './messages.ts';
import { type Moment, moments } from './moments.ts';
import { type Kill, runRound } from './round.ts';
import { verify } from './verify.ts';
import type { Death } from './watched-files.ts';

/** What is counted of a crash test. */
export interface Tally {
  rounds: number;
  killed: number;
  acknowledged: number;
  /** Rounds after which a change was there that had not been acknowledged. */
  withMore: number;
  /** Rounds after which half a line was left out. */
  torn: number;
  /** How often the process was killed in the midst of what; in the midst of several things at once, each counts. */
  hits: Map<Moment | 'migrating a library of layout 1' | 'closing' | 'nothing of the files', number>;
  losses: { round: number; what: string; kept: string }[];
}

function isLayoutOne(folder: string): boolean {
  try {
    return readFileSync(join(folder, libraryFileName), 'utf8').startsWith('{"format":"offprint-library","schema":1,');
  } catch {
    return false;
  }
}

/** What is met a few times in hundreds of changes, and not before that. */
const rare = new Set<Moment>(['thinning generations', 'thinning note versions', 'removing old journal files']);

const lines: readonly Moment[] = Array.from({ length: 5 }, () => 'adding a line');

function deathOf(random: SeededNumbers, migrates: boolean): Death | null {
  if (random.below(4) === 0) return null;
  const inMigration = moments.filter((moment) => moment !== 'opening' && moment !== 'adding a line');
  const moment = random.pick(migrates ? inMigration : [...inMigration, ...lines]);
  // Each change is two operations of this kind: it is written, and made durable.
  const nth = moment === 'adding a line' ? random.below(60) : random.below(migrates ? 2 : 6);
  const side = random.pick(['before', 'during', 'during', 'after', 'half'] as const);
  return { moment, nth, side, spin: random.below(400) };
}

/** As long as this an opening takes at most that is to be killed, in microseconds. */
const longestOpening = 25_000;

function planOf(
  { folder, clock }: Life,
  random: SeededNumbers,
  { migrates, closes }: { migrates: boolean; closes: boolean },
): { plan: Plan; kill: Kill } {
  const death = deathOf(random, migrates);
  const most = death && rare.has(death.moment) ? 400 : random.pick([5, 60, 250]);
  const done = 1 + random.below(most) + (most === 400 ? most : 0);
  const changes = closes ? done : Number.MAX_SAFE_INTEGER;
  return {
    plan: {
      ...{ folder, clock, seed: random.below(2 ** 31), fold: random.pick([500, 2000, 8000, 30_000]) },
      ...{ atOnce: random.pick([1, 1, 1, 1, 3]), changes },
      ...{ longestNotes: random.pick([2000, 20_000]), death },
    },
    kill:
      random.below(12) === 0
        ? { done: 0, microseconds: random.below(longestOpening) }
        : { done, microseconds: random.below(random.pick([100, 2000, 8000])) },
  };
}

/**
 * Kills writing processes one after another and looks at what each of them leaves.
 * @param seed what is done follows from it, but for the clock of the machine
 * @param say told of each loss as it is found, and now and then how far it is
 */
export async function crashTest(rounds: number, seed: number, say: (line: string) => void = () => {}): Promise<Tally> {
  const random = new SeededNumbers(seed);
  const scratch = mkdtempSync(join(tmpdir(), 'offprint-crash-'));
  const tally: Tally = {
    ...{ rounds, killed: 0, acknowledged: 0, withMore: 0, torn: 0 },
    ...{ hits: new Map(), losses: [] },
  };
  const count = (moment: Parameters<Tally['hits']['set']>[0]) => {
    tally.hits.set(moment, (tally.hits.get(moment) ?? 0) + 1);
  };
  let life = begin(join(scratch, 'data'), random);
  for (let number = 0; number < rounds; number += 1) {
    const migrates = isLayoutOne(life.folder);
    // Every eighth comes to its end and is killed while it closes the store, or too late; it is not left to
    // chance, or a short test may by bad luck hardly kill anything.
    const { plan, kill } = planOf(life, random, { migrates, closes: number % 8 === 7 });
    const round = await runRound(plan, kill, life);
    if (!round.closed) tally.killed += 1;
    if (!round.closed && round.hit.length === 0) count('nothing of the files');
    for (const moment of round.hit) count(moment);
    if (migrates && round.hit.some((moment) => moment !== 'opening')) count('migrating a library of layout 1');
    if (!round.closed && round.done >= plan.changes) count('closing');
    tally.acknowledged += round.done;

    const verdict = await verify(life, join(scratch, 'copy'), round, plan.atOnce === 1);
    if (verdict.more > 0) tally.withMore += 1;
    if (verdict.notices.some((notice) => notice.includes('cut off'))) tally.torn += 1;
    if (verdict.more > plan.atOnce) verdict.loss ??= `${verdict.more} changes are there that were not acknowledged`;
    if (verdict.loss !== null) {
      const kept = mkdtempSync(join(tmpdir(), 'offprint-loss-'));
      cpSync(life.folder, kept, { recursive: true });
      tally.losses.push({ round: number, what: verdict.loss, kept });
      say(`round ${number}: ${verdict.loss}\n  kept in ${kept}; ${JSON.stringify({ plan, kill })}`);
    }
    if ((number + 1) % 100 === 0) say(`${number + 1} rounds, ${tally.losses.length} with a loss`);
    life = { ...life, expected: verdict.expected, clock: round.clock, left: life.left - 1 };
    if (life.left <= 0 || verdict.loss !== null) life = begin(life.folder, random);
  }
  rmSync(scratch, { recursive: true, force: true });
  return tally;
}

/** A tally in lines for a person. */
export function inLines({ rounds, killed, acknowledged, withMore, torn, hits, losses }: Tally): string[] {
  const each = [...hits].toSorted(([, one], [, other]) => other - one);
  return [
    `${rounds} rounds, ${killed} of them killed; ${acknowledged} changes acknowledged`,
    `${withMore} times a change was there that had not been acknowledged; ${torn} times half a line was left out`,
    'killed in the midst of:',
    ...each.map(([moment, times]) => `  ${String(times).padStart(6)}  ${moment}`),
    losses.length === 0 ? 'nothing was lost' : `LOST in ${losses.length} rounds: ${losses.map((loss) => loss.round)}`,
  ];
}
