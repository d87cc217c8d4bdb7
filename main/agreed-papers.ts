import type { DuplicatesSearch } from './duplicates-search.ts';
import type { Notices } from './notices.ts';
import type { PaperChanges } from './paper-changes.ts';
import { type AgreeingParts, hearOfChanges } from './unheard-changes.ts';

/** What {@link agreeOnPapers} brings into line. */
export interface AgreedParts extends AgreeingParts {
  changes: Pick<PaperChanges, 'reconcile'>;
  duplicates: DuplicatesSearch;
  notices: Notices;
}

/**
 * Makes the papers and what the store says of them agree, where a crash came between. What cannot be done is told
 * to the reader and tried again at the next opening.
 * @param anew as for {@link hearOfChanges}
 */
export async function agreeOnPapers(parts: AgreedParts, anew: boolean): Promise<void> {
  const { changes, duplicates, notices } = parts;
  await notices.trying('Which papers are the same could not be brought up to date; that will be tried again.', () =>
    changes.reconcile(),
  );
  await notices.trying('What Undo knows of imports could not be brought up to date; that will be tried again.', () =>
    hearOfChanges(parts, anew),
  );
  if (await duplicates.isDue()) void duplicates.find();
}
