import type { Corpus } from './corpus/corpus.ts';
import type { PapersDesk } from './papers-desk.ts';

/** What {@link DuplicatesSearch} looks in. */
export interface DuplicatesParts {
  corpus: Pick<Corpus, 'duplicates'>;
  desk: Pick<PapersDesk, 'findDuplicates'>;
  /** Nothing can be written, so nothing is looked for. */
  isReadOnly: boolean;
  /** Told when others have been found than before. */
  found(): void;
}

/** Looks for papers that may be the same, beside everything else. */
export class DuplicatesSearch {
  readonly #parts: DuplicatesParts;

  constructor(parts: DuplicatesParts) {
    this.#parts = parts;
  }

  /** Whether papers have come in that nobody has looked at yet. */
  async isDue(): Promise<boolean> {
    return (await this.#parts.corpus.duplicates(0, 0)).due;
  }

  /** Looks for them, and says so when there are others than before. Never rejects. */
  async find(): Promise<void> {
    const { desk, isReadOnly, found } = this.#parts;
    if (isReadOnly) return;
    if (await desk.findDuplicates().catch(() => false)) found();
  }
}
