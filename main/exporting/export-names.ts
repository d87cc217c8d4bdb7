import { dayOf } from '../exporters/exporter.ts';

/** Exports of one day that can stand side by side. */
const mostOfADay = 1000;

/**
 * The names that an export of a moment may have, the best first: `Offprint 2026-11-23.bib`, `Offprint 2026-11-23 (2).bib`.
 * @param extension without its dot; null for a folder
 */
export function exportNames(exportedAt: number, extension: string | null): string[] {
  const ending = extension === null ? '' : `.${extension}`;
  return Array.from(
    { length: mostOfADay },
    (_, at) => `Offprint ${dayOf(exportedAt)}${at === 0 ? '' : ` (${at + 1})`}${ending}`,
  );
}
