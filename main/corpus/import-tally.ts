import { type ImportedFile, mostSkippedNamed } from '../../shared/contract.ts';
import type { Importer } from '../importers/importer.ts';

/** Most papers that a preview shows. */
export const mostInSample = 50;

interface Named {
  position: number;
  where: string;
  reason: string;
}

/**
 * What becomes of what stands in one file: each place in it is counted as exactly one of new,
 * merged, unchanged and skipped. Takes the same memory for any number of them.
 */
export class ImportTally {
  new = 0;
  merged = 0;
  unchanged = 0;
  #skippedCount = 0;
  /** More than will be named, in no order: what is found out last may stand first in the file. */
  #skipped: Named[] = [];
  /** Records that were merged, as {@link #skipped}. */
  #sample: { position: number; paper: number }[] = [];

  skip(position: number, where: string, reason: string): void {
    this.#skippedCount += 1;
    this.#skipped.push({ position, where, reason });
    if (this.#skipped.length >= 4 * mostSkippedNamed) this.#skipped = firstOf(this.#skipped, mostSkippedNamed);
  }

  /**
   * Skips a record that repeats another of its file.
   * @param first where the other stands; where that is the same place, nothing is repeated: what
   * stands there is several records, an abstract and an earlier one
   */
  repeat(position: number, where: string, first: string, title: string): void {
    if (first !== where) this.skip(position, where, `The same paper is at ${first} already: “${title}”.`);
  }

  merge(position: number, paper: number): void {
    this.merged += 1;
    this.#sample.push({ position, paper });
    if (this.#sample.length >= 4 * mostInSample) this.#sample = firstOf(this.#sample, mostInSample);
  }

  /** Keys of papers that the first merged records went to, in the order of the file. */
  mergedInto(): number[] {
    return firstOf(this.#sample, mostInSample).map(({ paper }) => paper);
  }

  /** @param path what the file is called */
  report(path: string, { format, label }: Pick<Importer, 'format' | 'label'>): ImportedFile {
    return {
      path,
      format,
      formatLabel: label,
      new: this.new,
      merged: this.merged,
      unchanged: this.unchanged,
      skippedCount: this.#skippedCount,
      skipped: firstOf(this.#skipped, mostSkippedNamed).map(({ where, reason }) => ({ where, reason })),
    };
  }
}

function firstOf<T extends { position: number }>(items: readonly T[], most: number): T[] {
  return items.toSorted((a, b) => a.position - b.position).slice(0, most);
}
