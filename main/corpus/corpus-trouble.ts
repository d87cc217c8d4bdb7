import { basename } from 'node:path';
import type { Unusable } from './open-mark.ts';
import type { Rebuilding } from './rebuilding.ts';

/**
 * What was found in the place of `corpus.db` that keeps the papers from being used as usual. `notice`
 * says it to the reader in whole sentences that name the path.
 *
 * - `rebuilt`: it could not be used, and a new one was made; the old one is at `setAside`, or was not
 *   there (null). Where `isRebuilding`, papers are to be read into it again.
 * - `resumed`: it is being made anew since an earlier session; `found` says what was the matter
 * - `newer`: a newer Offprint wrote it; `shown` says whether its papers can be shown all the same
 * - `unreadable`: the system refuses it, or it can neither be used nor replaced; no papers are shown
 * - `read-only`: nothing can be written where it is
 *
 * In the last three, nothing was touched and no papers can come in or go.
 */
export type CorpusTrouble = { notice: string; isRebuilding: boolean } & (
  | { kind: 'rebuilt'; found: string; why: Unusable; setAside: string | null }
  | { kind: 'resumed'; found: string }
  | { kind: 'newer'; shown: boolean }
  | { kind: 'unreadable' }
  | { kind: 'read-only' }
);

/** Whether papers may come in and go in spite of it. */
export function allowsChanges(trouble: CorpusTrouble | null): boolean {
  return trouble === null || trouble.kind === 'rebuilt' || trouble.kind === 'resumed';
}

/** What was the matter with a database that was made anew, as a sentence. */
export function whatWasWrong(why: Unusable, path: string, setAside: string | null): string {
  const name = setAside === null ? null : basename(setAside);
  const kept = name === null ? '' : ` and is kept as ${name}`;
  switch (why) {
    case 'missing':
      return `The paper database ${path} was missing.`;
    case 'damaged':
      return `The paper database ${path} was damaged${kept}.`;
    case 'foreign':
      return `There was another program's file in the place of the paper database ${path}${name === null ? '' : `; it is kept as ${name}`}.`;
    case 'behind':
      return `The paper database ${path} lacked changes that had been saved${kept}.`;
  }
}

/** Most sources that are named one by one. */
const mostNamed = 5;

/**
 * What came of reading all papers again, in sentences.
 * @param found what was the matter, as {@link whatWasWrong} says it
 * @param papers how many there are now
 */
export function whatCameBack(
  found: string,
  { from, lost, changesKnown }: Pick<Rebuilding, 'from' | 'lost' | 'changesKnown'>,
  papers: number,
): string {
  const count = papers === 1 ? '1 paper is' : `${papers} papers are`;
  const whole = lost.length === 0 && from !== 'captures' ? 'Everything is back' : 'It was made anew';
  const sentences = [found, `${whole}, from the files that your papers came from: ${count} there.`];
  for (const { name, reason, partly } of lost.slice(0, mostNamed)) {
    sentences.push(`“${name}” could not be read again${partly ? ' to its end' : ''}: ${reason}.`);
  }
  const more = lost.length - mostNamed;
  if (more > 0) sentences.push(`${more === 1 ? '1 more source' : `${more} more sources`} could not be read again.`);
  if (lost.length > 0) sentences.push('What you said of papers that are missing is kept, and shows with them again.');
  if (from === 'captures') {
    const order = 'they were taken in the order of the times of their files, those of sources that you had removed too';
    sentences.push(`Nothing was known any more of the sources but their files: ${order}.`);
  }
  if (!changesKnown) sentences.push('Imports, removals and merges from before cannot be undone any more.');
  return sentences.join(' ');
}
