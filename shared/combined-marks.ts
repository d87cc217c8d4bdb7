import type { Marks, PaperId } from './paper.ts';

/** What a record of the reader's says of its place among other records of the same paper. */
export interface AmongRecords {
  id: PaperId;
  /** When it was last changed; null for never. */
  changedAt: number | null;
  /**
   * Records that this one has taken up, and when each of them had last been changed then. One that
   * has been changed since (its paper stood by itself for a time) counts again.
   */
  absorbs?: Readonly<Record<PaperId, number>> | undefined;
}

/**
 * The records of one paper that count, the one changed longest ago first: those that no other one
 * has taken up. Never empty unless `records` is.
 * @param records of one paper, each id once, in any order
 */
export function standingRecords<T extends AmongRecords>(records: readonly T[]): T[] {
  const ordered = records.toSorted(
    (one, other) => (one.changedAt ?? -1) - (other.changedAt ?? -1) || (one.id < other.id ? -1 : 1),
  );
  const isTaken = ({ id, changedAt }: T) =>
    changedAt !== null &&
    records.some((other) => {
      return other.id !== id && other.absorbs && Object.hasOwn(other.absorbs, id) && other.absorbs[id] === changedAt;
    });
  const standing = ordered.filter((record) => !isTaken(record));
  // Records that have taken up one another come from no program of ours; dropping all would lose data.
  return standing.length > 0 ? standing : ordered;
}

/**
 * What records of one paper say together: the last status that is not unread, a star if any has
 * one, the tags of all.
 * @param standing as {@link standingRecords} gives them
 */
export function combinedMarks(standing: readonly Marks[]): Marks {
  const times = standing.map(({ changedAt }) => changedAt).filter((at) => at !== null);
  return {
    status: standing.findLast(({ status }) => status !== 'unread')?.status ?? 'unread',
    starred: standing.some(({ starred }) => starred),
    tags: [...new Set(standing.flatMap(({ tags }) => tags))],
    hasNote: standing.some(({ hasNote }) => hasNote),
    changedAt: times.length > 0 ? Math.max(...times) : null,
  };
}
