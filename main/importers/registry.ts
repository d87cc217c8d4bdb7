import { dailyPapersText } from './daily-papers-text.ts';
import type { Importer } from './importer.ts';

/** Every format that can be imported: one line each. Earlier ones win where two are equally sure. */
export const importers: readonly Importer[] = [dailyPapersText];

/** The format of this name, as answers and `--format` have it; null when there is none. */
export function formatOf(name: string): Importer | null {
  return importers.find(({ format }) => format === name) ?? null;
}

/** What can be imported, in the reader's words, to complete "Offprint imports …". */
export function formatLabels(): string {
  return importers.map(({ label }) => label).join(', ');
}
