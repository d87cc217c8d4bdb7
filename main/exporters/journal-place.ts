/** Where in a journal a paper stands. */
export interface JournalPlace {
  volume: string | null;
  issue: string | null;
  /** `45–67`, with the dash of a range. */
  pages: string | null;
}

const pattern = /^(?<volume>[^\s(),]+)?(?:\((?<issue>[^()]+)\))?(?:(?:^|, )(?<pages>[^\s,]+))?$/u;

/**
 * A reference such as the library has it, `12(3), 45–67`, in its parts.
 * @returns null for one in other words, as arXiv has them: `Phys.Rev.D76:013009,2007`
 */
export function journalPlace(reference: string): JournalPlace | null {
  const { volume = null, issue = null, pages = null } = pattern.exec(reference)?.groups ?? {};
  if (volume === null && issue === null && pages === null) return null;
  // Neither a range nor all of a reference is a volume.
  const isWords = volume !== null && !/^[\p{L}\d.-]{1,15}$/u.test(volume);
  if (!isWords) return { volume, issue, pages };
  return issue === null && pages === null && /^\p{L}?\d+[–-]\p{L}?\d+$/u.test(volume)
    ? { volume: null, issue: null, pages: volume }
    : null;
}
