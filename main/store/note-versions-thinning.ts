import type { NoteEntry } from './note-versions-line.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** The newest versions of a note that stay whatever their age. */
const newestKept = 3;

/** What {@link thinned} looks at. */
export type Aged = Pick<NoteEntry, 'version' | 'replacedAt' | 'writtenAt' | 'removed'>;

/** The stretch of time of which one version stays, by the version's age; null where all stay. */
function stretchOf(replacedAt: number, now: number): string | null {
  const age = now - replacedAt;
  if (age < day) return null;
  const date = new Date(Math.max(0, replacedAt)).toISOString();
  if (age < 7 * day) return date.slice(0, 'yyyy-mm-ddThh'.length);
  return date.slice(0, age < 365 * day ? 'yyyy-mm-dd'.length : 'yyyy-mm'.length);
}

/**
 * The versions of one note that stay: all of a day; of what is older the last of each hour, of more
 * than a week the last of each day, of more than a year the last of each month; besides, the three
 * newest and every one that was deleted. Of the same version several times, one stays. Thinning once
 * more changes nothing, and of what is thinned now nothing is missing that would stay later.
 * @param now in milliseconds since 1970
 */
export function thinned<T extends Aged>(versions: readonly T[], now: number): T[] {
  const newestFirst = versions.toSorted(
    (one, other) => other.replacedAt - one.replacedAt || other.writtenAt - one.writtenAt,
  );
  const names = new Set<string>();
  const stretches = new Set<string>();
  return newestFirst.filter(({ version, replacedAt, removed }) => {
    if (names.has(version)) return false;
    const stretch = stretchOf(replacedAt, now);
    const isLast = stretch === null || !stretches.has(stretch);
    if (!isLast && !removed && names.size >= newestKept) return false;
    if (stretch !== null) stretches.add(stretch);
    names.add(version);
    return true;
  });
}
