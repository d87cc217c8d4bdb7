import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SeededNumbers } from '../../main/importers/mutations.ts';
import { type PaperRecord, readSettings } from '../../main/store/library-data.ts';
import { type Expected, expectedOf } from './expected.ts';

/** What a new data folder holds: nothing. */
export function nothingYet(): Expected {
  return expectedOf({
    ...{ records: new Map(), pairs: { same: [], different: [] }, views: [] },
    ...{ tagColours: new Map(), stored: {}, settings: readSettings({}) },
  });
}

/**
 * Puts a `library.json` of layout 1 into a folder, as Offprint wrote it before there was a journal: one
 * JSON object with `format`, `schema`, `stamp`, `same` and `different`, then the settings, then one
 * record a line. Answers with what it says.
 */
export function writeLayoutOne(folder: string, papers: number, random: SeededNumbers): Expected {
  const records = new Map<string, PaperRecord>();
  for (let paper = 0; paper < papers; paper += 1) {
    const changedAt = 1_700_000_000_000 + random.below(1_000_000_000);
    const note = random.below(2) === 0 ? { note: `note ${paper} “of old”\n`, noteChangedAt: changedAt } : {};
    records.set(`arxiv:2401.${String(paper).padStart(5, '0')}`, { status: 'queued', tags: ['ml'], ...note, changedAt });
  }
  const different = [['arxiv:2401.00001', 'arxiv:2401.00002']] as const;
  const stored = { density: 'comfortable', unheardOf: { by: 'anyone' } };
  const head = { format: 'offprint-library', schema: 1, stamp: `old-${random.below(1e9)}`, different };
  const lines = Array.from(records, ([id, record]) => `${JSON.stringify(id)}:${JSON.stringify(record)}`);
  const text =
    `${JSON.stringify(head).slice(0, -1)},\n"settings":${JSON.stringify(stored)},\n` +
    `"papers":${lines.length === 0 ? '{}' : `{\n${lines.join(',\n')}\n}`}}\n`;
  writeFileSync(join(folder, 'library.json'), text, { mode: 0o600 });
  return expectedOf({
    ...{ records, pairs: { same: [], different }, views: [], tagColours: new Map(), stored },
    settings: readSettings(stored),
  });
}
