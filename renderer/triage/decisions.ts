import { type PaperId, type Status, statusLabels } from '../../shared/paper.ts';
import type { PaperMarks } from './paper-marks.ts';

/** One thing that the reader decided about a paper. */
export interface Decision {
  /** Where the paper stands in the round, from 0. */
  place: number;
  id: PaperId;
  title: string;
  before: PaperMarks;
  after: PaperMarks;
  /** The status that was given, if one was: then the paper is no longer left. */
  verdict: Status | null;
}

/** What came of a round. */
export interface TriageSummary {
  read: number;
  queued: number;
  reading: number;
  skipped: number;
  starred: number;
  tagged: number;
  /** Papers about which nothing was decided. */
  left: number;
}

/** The places of the papers that have been decided on, each once, in ascending order. */
export function decidedPlaces(decisions: readonly Decision[]): number[] {
  const places = new Set(decisions.filter(({ verdict }) => verdict !== null).map(({ place }) => place));
  return [...places].sort((a, b) => a - b);
}

/**
 * What came of a round.
 * @param decisions in the order in which they were made
 * @param left how many papers are left
 */
export function summaryOf(decisions: readonly Decision[], left: number): TriageSummary {
  const first = new Map<PaperId, PaperMarks>();
  const last = new Map<PaperId, PaperMarks>();
  const verdicts = new Map<PaperId, Status>();
  for (const { id, before, after, verdict } of decisions) {
    if (!first.has(id)) first.set(id, before);
    last.set(id, after);
    if (verdict !== null) verdicts.set(id, verdict);
  }
  const count = (status: Status) => [...verdicts.values()].filter((each) => each === status).length;
  const changed = (differs: (before: PaperMarks, after: PaperMarks) => boolean) =>
    [...last].filter(([id, after]) => differs(first.get(id) ?? after, after)).length;
  return {
    read: count('read'),
    queued: count('queued'),
    reading: count('reading'),
    skipped: count('skipped'),
    starred: changed((before, after) => after.starred && !before.starred),
    tagged: changed((before, after) => after.tags.some((tag) => !before.tags.includes(tag))),
    left,
  };
}

/** What was decided, in a word or two: `Read`, `Starred`, `Tagged ml`. */
export function wordsOf({ before, after, verdict }: Decision): string {
  if (verdict !== null) return statusLabels[verdict];
  if (before.starred !== after.starred) return after.starred ? 'Starred' : 'Star removed';
  const added = after.tags.filter((tag) => !before.tags.includes(tag));
  return added.length > 0 ? `Tagged ${added.join(', ')}` : 'Tags removed';
}
