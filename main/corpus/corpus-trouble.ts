import { basename } from 'node:path';
import type { Unusable } from './open-mark.ts';

/**
 * What was found in the place of `corpus.db` that keeps the papers from being used as usual. `notice`
 * says it to the reader in whole sentences that name the path.
 *
 * - `rebuilt`: it could not be used, and a new one was made; the old one is at `setAside`, or was not
 *   there (null). Papers are read again while {@link CorpusTrouble.isRebuilding}.
 * - `resumed`: it is being made anew since an earlier session
 * - `newer`: a newer Offprint wrote it; `shown` says whether its papers can be shown all the same
 * - `unreadable`: the system refuses it, or it can neither be used nor replaced; no papers are shown
 * - `read-only`: nothing can be written where it is
 *
 * In the last three, nothing was touched and no papers can come in or go.
 */
export type CorpusTrouble = { notice: string; isRebuilding: boolean } & (
  | { kind: 'rebuilt'; why: Unusable; setAside: string | null }
  | { kind: 'resumed' }
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
