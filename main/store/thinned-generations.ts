import type { GenerationReason } from '../../shared/generations.ts';

/** What counts for whether a generation stays. */
export interface ThinnedGeneration {
  id: string;
  /** In milliseconds since 1970. */
  takenAt: number;
  reason: GenerationReason;
  /** What it takes on the disk. */
  bytes: number;
}

/** So many of the newest stay, whatever their age and size. */
export const surelyKept = 5;
/** What all together may take on the disk, in bytes. */
export const mostBytes = 512 * 1024 * 1024;

const hour = 3_600_000;
const day = 24 * hour;
const week = 7 * day;

/** Up to which age one stays in each span of time, in milliseconds. */
const tiers = [
  { upTo: day, span: hour },
  { upTo: 30 * day, span: day },
  { upTo: 365 * day, span: week },
];

/** How long one stays that was taken for a reason, whatever there is beside it. */
export function staysFor(reason: GenerationReason): number {
  if (reason === 'start' || reason === 'hour') return 0;
  return reason === 'asked' ? 30 * day : day;
}

/**
 * Which generations are to go, by id. The {@link surelyKept} newest stay. Of the others stay: those of
 * the last 24 hours that were taken before something, and those of the last 30 days that were asked
 * for; and of all together the last one of each hour for 24 hours, of each day for 30 days, of each
 * week for a year. Of these, the oldest go while all take more than `limit` bytes.
 * @param generations in any order; one from the future is as new as can be
 * @param now in milliseconds since 1970
 */
export function thinnedOut(
  generations: readonly ThinnedGeneration[],
  now: number,
  limit: number = mostBytes,
): Set<string> {
  const gone = new Set<string>();
  const spans = new Set<string>();
  let bytes = 0;
  for (const [at, { id, takenAt, reason, bytes: own }] of newestFirst(generations).entries()) {
    const age = now - takenAt;
    const tier = tiers.find(({ upTo }) => age <= upTo);
    const span = tier && `${tier.span} ${Math.floor(takenAt / tier.span)}`;
    const isLast = span !== undefined && !spans.has(span);
    if (span !== undefined) spans.add(span);
    const stays = at < surelyKept || ((isLast || age <= staysFor(reason)) && bytes + own <= limit);
    if (stays) bytes += own;
    else gone.add(id);
  }
  return gone;
}

/** The newest first; those of one moment in the order of their names, the last first. */
export function newestFirst<T extends { id: string; takenAt: number }>(generations: readonly T[]): T[] {
  return generations.toSorted((one, other) => other.takenAt - one.takenAt || (one.id < other.id ? 1 : -1));
}
