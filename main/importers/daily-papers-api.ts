import { dailyPaperOf, judgeDailyPaper } from './daily-papers-record.ts';
import { firstRecords } from './json-elements.ts';
import { jsonImporter } from './json-importer.ts';

/**
 * The JSON of the Daily Papers API (`/api/daily_papers`): a list of entries of one day or many, or
 * whatever someone has wrapped around such lists. Every field but the title may be missing.
 */
export const dailyPapersApi = jsonImporter({
  format: 'daily-papers-api',
  label: 'a Daily Papers JSON file',
  recognise(beginning) {
    if (!/"(?:paper|upvotes|summary)"/.test(beginning)) return 0;
    if (firstRecords(beginning, judgeDailyPaper, 3).length > 0) return 0.95;
    // A first entry with thousands of authors is longer than what there is to judge by.
    return /^\s*\[\s*\{\s*"paper"\s*:\s*\{\s*"id"\s*:/.test(beginning) ? 0.8 : 0;
  },
  judge: judgeDailyPaper,
  paper: dailyPaperOf,
});
