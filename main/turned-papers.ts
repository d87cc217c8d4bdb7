import { OffprintError } from '../shared/outcome.ts';
import type { Corpus } from './corpus/corpus.ts';
import type { PaperChanges } from './paper-changes.ts';
import type { PapersDesk } from './papers-desk.ts';
import type { PaperTurns } from './store/history.ts';

/** What takes back and does again, for the history, what changed the papers. */
export interface TurningParts {
  corpus: Pick<Corpus, 'change'>;
  desk: Pick<PapersDesk, 'isBusy'>;
  /** Asked for when something is turned: the changes know the history, too. */
  changes(): PaperChanges;
}

/** How the history turns imports, removals and merges, and which papers are told apart. */
export function turnedPapers({ corpus, desk, changes }: TurningParts): PaperTurns {
  /** Does nothing where a crash came after it was turned and before that was noted. */
  const turn = async (number: number, label: string, way: 'undo' | 'redo'): Promise<void> => {
    const known = await corpus.change(number);
    // A database that was made anew counts its changes from one.
    if (known?.label !== label) {
      throw new OffprintError('not-found', `“${label}” is not known any more. Nothing was changed.`);
    }
    if (known.undone !== (way === 'undo')) await changes()[way](number);
  };
  return {
    undo: (number, label) => turn(number, label, 'undo'),
    redo: (number, label) => turn(number, label, 'redo'),
    setApart: (pairs, apart) => changes().setApart(pairs, apart),
    followPairs: (change) => changes().followPairs(change),
    isBusy: () => desk.isBusy,
  };
}
