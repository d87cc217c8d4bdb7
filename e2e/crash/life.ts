import { mkdirSync, rmSync } from 'node:fs';
import type { SeededNumbers } from '../../main/importers/mutations.ts';
import type { Expected } from './expected.ts';
import { nothingYet, writeLayoutOne } from './layout-one.ts';
import type { ToldGeneration } from './messages.ts';

/** A data folder that one process after another writes to, and what is known of it. */
export interface Life {
  folder: string;
  /** What it must say. */
  expected: Expected;
  /** What it said at first. */
  first: Expected;
  /** All that it has ever said, by the stamp that it had then. */
  states: Map<string, Expected[]>;
  /** Generations that were acknowledged. */
  kept: Map<string, ToldGeneration>;
  /** What the generations say that have been looked at, as digests; they never change. */
  looked: Map<string, string>;
  clock: number;
  /** Rounds that it lives through from now on. */
  left: number;
}

/** Rounds that one data folder lives through, at most. */
const longestLife = 9;
const year = 365 * 24 * 3_600_000;

/** Begins anew: without anything, or with a library of layout 1; in this year or, as if it were old already, before it. */
export function begin(folder: string, random: SeededNumbers): Life {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { mode: 0o700 });
  const clock = Date.now() - random.pick([0, 0, year, 3 * year]);
  const expected = random.below(3) === 0 ? nothingYet() : writeLayoutOne(folder, random.below(60), random);
  const left = 1 + random.below(longestLife);
  return { folder, expected, first: expected, states: new Map(), kept: new Map(), looked: new Map(), clock, left };
}

/** Takes note of what the library says with a stamp. */
export function remember({ states }: Life, stamp: string, state: Expected): void {
  const others = states.get(stamp);
  if (others) others.push(state);
  else states.set(stamp, [state]);
}

/** Tells a generation from any other, whatever it is called. */
export function keyOf({ takenAt, position }: Pick<ToldGeneration, 'takenAt' | 'position'>): string {
  return `${takenAt} ${position?.id} ${position?.upTo}`;
}
