import { firstRecords } from './json-elements.ts';
import { jsonImporter } from './json-importer.ts';
import { type JsonObject, textOf } from './json-values.ts';
import { noTitle } from './paper-fields.ts';

function judge(record: JsonObject): string | null {
  if (textOf(record['title']) === null) return noTitle;
  const isOne =
    typeof record['id'] === 'string' &&
    (record['authors_parsed'] !== undefined ||
      (record['categories'] !== undefined && record['update_date'] !== undefined));
  return isOne ? null : 'it is no record of the arXiv metadata snapshot';
}

/**
 * The arXiv metadata snapshot: one JSON object per line with `id`, `title`, `authors_parsed`,
 * `abstract`, `categories`, `versions`, `doi`, `journal-ref`, `comments`, `update_date`. Accents
 * are written in LaTeX, lines are broken at a width, and an indented line begins a paragraph.
 */
export const arxivSnapshot = jsonImporter({
  format: 'arxiv-snapshot',
  label: 'an arXiv metadata snapshot',
  recognise(beginning) {
    if (!/"(?:authors_parsed|update_date)"/.test(beginning)) return 0;
    return firstRecords(beginning, judge, 3).length > 0 || /^\s*\[?\s*\{\s*"id"\s*:\s*"[\w./-]{5,30}"/.test(beginning)
      ? 0.9
      : 0;
  },
  judge,
  // The table of LaTeX commands takes long to load.
  paper: { load: async () => (await import('./arxiv-snapshot-record.ts')).paperOfSnapshot },
});
