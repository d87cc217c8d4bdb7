import { arxivAtom } from './arxiv-atom.ts';
import { arxivSnapshot } from './arxiv-snapshot.ts';
import { bibtex } from './bibtex.ts';
import { cslJson } from './csl-json.ts';
import { dailyPapersApi } from './daily-papers-api.ts';
import { dailyPapersHtml } from './daily-papers-html.ts';
import { dailyPapersText } from './daily-papers-text.ts';
import { delimited } from './delimited.ts';
import { idList } from './id-list.ts';
import type { Importer } from './importer.ts';
import { offprintJson } from './offprint-json.ts';
import { plainRecords } from './plain-records.ts';
import { ris } from './ris.ts';
import { zoteroJson } from './zotero-json.ts';

/** Every format that can be imported: one line each. Earlier ones win where two are equally sure. */
export const importers: readonly Importer[] = [
  offprintJson,
  dailyPapersHtml,
  dailyPapersApi,
  dailyPapersText,
  arxivAtom,
  arxivSnapshot,
  bibtex,
  ris,
  zoteroJson,
  cslJson,
  plainRecords,
  delimited,
  idList,
];

/** The format of this name, as answers and `--format` have it; null when there is none. */
export function formatOf(name: string): Importer | null {
  return importers.find(({ format }) => format === name) ?? null;
}
