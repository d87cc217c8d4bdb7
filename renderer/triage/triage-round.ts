import type { PaperId } from '../../shared/paper.ts';
import { type Ranges, sizeOf } from '../state/ranges.ts';
import type { DecisionKeeper, Kept } from './decision-keeper.ts';
import { type Decision, decidedPlaces, summaryOf } from './decisions.ts';
import { marksOf, type PaperMarks } from './paper-marks.ts';
import { leftOf, type PapersAhead } from './papers-ahead.ts';
import type { TriagePaper, TriageState } from './triage-state.ts';

/** A pause at one paper longer than this many milliseconds is no time spent deciding. */
const longestThought = 120_000;

/** One round through some papers. */
export interface Round extends Pick<TriageState, 'label' | 'at' | 'phase' | 'note' | 'last' | 'spent'> {
  papers: PapersAhead;
  result: number;
  ranges: Ranges;
  query: string;
  log: Kept[];
  undone: Decision[];
  /** What was decided here of each paper; that holds until an answer of the library's is newer. */
  marks: Map<PaperId, { marks: PaperMarks; savedBefore: number | null }>;
  /** When the reader last did something, in milliseconds since 1970. */
  touched: number;
}

/** What a round begins with: the rows that it goes through, what they are called, and the first place. */
export type RoundStart = Pick<Round, 'result' | 'ranges' | 'query' | 'label' | 'at'>;

/** A round in which nothing has been decided yet. */
export function newRound(start: RoundStart, papers: PapersAhead): Round {
  return {
    ...start,
    papers,
    phase: papers.size === 0 ? 'summary' : 'papers',
    log: [],
    undone: [],
    marks: new Map(),
    spent: 0,
    touched: Date.now(),
    note: false,
    last: null,
  };
}

/** Counts the time since the reader last did something as spent deciding. */
export function touch(round: Round): void {
  const now = Date.now();
  if (round.phase === 'papers') round.spent += Math.min(now - round.touched, longestThought);
  round.touched = now;
}

/** The rows of the papers about which nothing was decided. */
export function leftIn({ log, papers, ranges }: Round): Ranges {
  const decided = decidedPlaces(log.map(({ decision }) => decision));
  return leftOf(
    ranges,
    decided.map((place) => papers.indexOf(place)),
  );
}

/** The paper that is looked at, with what was decided here of it; null where the round has none. */
export function currentOf(round: Round): TriagePaper | null {
  if (round.papers.size === 0) return null;
  const { row, paper, failure, asked, stamp } = round.papers.at(round.at);
  const id = row?.id ?? null;
  const known = paper ?? row;
  let marks = known && marksOf(known);
  const here = id === null ? undefined : round.marks.get(id);
  const isNewer = here && here.savedBefore !== null && paper && asked > here.savedBefore;
  if (here && !isNewer) marks = here.marks;
  return { id, row, paper, marks, failure, stamp };
}

/** A round as it is shown. @param saving how it stands with what was decided */
export function shownRound(round: Round, saving: Pick<DecisionKeeper, 'failure' | 'waiting'>): TriageState {
  const { label, phase, at, last, spent, note, papers } = round;
  const decisions = round.log.map(({ decision }) => decision);
  return {
    ...{ label, phase, at, last, spent, note },
    summary: phase === 'summary' ? summaryOf(decisions, sizeOf(leftIn(round))) : null,
    size: papers.size,
    current: currentOf(round),
    decided: decidedPlaces(decisions).length,
    undoable: decisions.length,
    failure: saving.failure,
    waiting: saving.waiting,
  };
}
