import { dailyPapersText } from './daily-papers-text.ts';
import type { Importer } from './importer.ts';

/** Every format that can be imported: one line each. Earlier ones win where two are equally sure. */
export const importers: readonly Importer[] = [dailyPapersText];
