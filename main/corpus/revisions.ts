import type { DatabaseSync } from 'node:sqlite';
import { combineRecords } from './combine.ts';
import type { CorpusPaper } from './corpus.ts';
import { type PaperFacts, parseRecord } from './record-body.ts';
import { keptSource, parseKept, RecordRows } from './record-rows.ts';

/** What is said of a source that is not there any more. */
const removedSource = 'a source that was removed';

/** Finds abstracts that newer ones have replaced. */
export class RevisionsReader {
  readonly #records: RecordRows;
  readonly #source;

  constructor(database: DatabaseSync) {
    this.#records = new RecordRows(database);
    this.#source = database.prepare('SELECT name, imported_at FROM sources WHERE id = ?');
  }

  /** The abstracts of a paper other than the one it shows, the newest first. @param shown what it shows */
  of(paper: number, shown: PaperFacts): CorpusPaper['revisions'] {
    if (!this.#records.anyDiffers(paper)) return [];
    const records = this.#records.ofPaper(paper).map((row) => {
      const body = row.record === null ? null : this.#records.body(row.record);
      const kept = row.source === keptSource && body !== null ? parseKept(body) : null;
      const from = kept?.source ?? row.source;
      return { from, position: row.position, kept, facts: body === null ? shown : parseRecord(body) };
    });
    records.sort((one, other) => one.from - other.from || one.position - other.position);
    return combineRecords(records.map(({ facts }) => facts)).revisions.map(({ abstract, record: index }) => {
      const record = records[index];
      const source = record && !record.kept ? this.#source.get(record.from) : undefined;
      return {
        abstract,
        source: source ? String(source['name']) : removedSource,
        importedAt: Number(source?.['imported_at'] ?? record?.kept?.importedAt ?? 0),
      };
    });
  }
}
