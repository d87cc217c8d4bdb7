import type { PaperId } from '../../shared/paper.ts';
import type { ImportedRecord } from '../importers/importer.ts';
import type { PaperTables } from './component.ts';
import type { ImportTally } from './import-tally.ts';
import type { ImportedMarksTable } from './imported-marks.ts';
import { judgeRecords } from './judge-records.ts';
import { printRecord } from './record-body.ts';
import { identityOf, keysOf } from './record-identity.ts';
import { regroup } from './regroup.ts';
import type { SourceRow } from './source-rows.ts';
import type { WorkList } from './work-list.ts';

/** A record that is a paper. */
type PaperRecord = Extract<ImportedRecord, { kind: 'paper' }>;

/**
 * Takes the records of sources in: the one way that papers come in. Runs in the caller's
 * transaction; the text index is left to whoever ends that.
 */
export class Ingest {
  readonly #tables: PaperTables;
  readonly #work: WorkList;
  readonly #marks: ImportedMarksTable;
  readonly #tallies = new Map<number, ImportTally>();

  constructor(tables: PaperTables, work: WorkList, marks: ImportedMarksTable) {
    this.#tables = tables;
    this.#work = work;
    this.#marks = marks;
  }

  /**
   * Takes in one record. A paper of which nothing is known is new at once; otherwise the record is
   * put with some paper that has an id in common, until {@link settle} says which one it is about.
   * @param source the newest of all
   * @param position its place in its file, from 1
   */
  add(source: SourceRow, tally: ImportTally, record: ImportedRecord, position: number): void {
    if (record.kind === 'skipped') {
      tally.skip(position, record.where, record.reason);
      return;
    }
    if (this.#tallies.get(source.id) !== tally) this.#tallies.set(source.id, tally);
    const { paper, where } = record;
    const { papers, records } = this.#tables;
    const ids = keysOf(identityOf(paper));
    const found = papers.withAnyOf(ids);
    if (found === null) {
      this.#addNew(source, record, ids, position);
      tally.new += 1;
    } else if (papers.shows(found, paper) && !records.anyDiffers(found)) {
      // One more record that says what all others of the paper say: it cannot change anything.
      this.#work.touch(found, true, false);
      if (records.add(source.id, position, found, where, null)) tally.unchanged += 1;
      else tally.repeat(position, where, records.firstPlace(source.id, found) ?? '', paper.title);
      this.#marks.add(source.id, position, found, paper.marks);
    } else {
      this.#addOpen(source, found, record, ids, position);
    }
  }

  /** As {@link add}, for a record that was there before, in a source that need not be the newest. */
  restore(source: SourceRow, record: PaperRecord, position: number): void {
    const ids = keysOf(identityOf(record.paper));
    const found = this.#tables.papers.withAnyOf(ids);
    if (found === null) this.#addNew(source, record, ids, position);
    else this.#addOpen(source, found, record, ids, position);
  }

  /** @param ids as `keysOf` gives them: the first one is the paper's own */
  #addNew(source: SourceRow, { paper, where }: PaperRecord, ids: readonly PaperId[], position: number): void {
    const { papers, records, same } = this.#tables;
    const key = source.firstKey + position;
    papers.add(key, { id: ids[0] ?? '', addedAt: source.importedAt, facts: paper });
    for (const id of ids) papers.addId(id, key);
    records.add(source.id, position, key, where, null);
    if (!same.isEmpty && same.pairsOf(ids).length > 0) this.#work.soil(key);
    this.#work.touch(key, false, true);
    this.#marks.add(source.id, position, key, paper.marks);
  }

  #addOpen(
    source: SourceRow,
    found: number,
    { paper, where }: PaperRecord,
    ids: readonly PaperId[],
    position: number,
  ): void {
    const { papers, records } = this.#tables;
    records.add(source.id, position, found, where, records.addBody(printRecord(paper)));
    for (const id of ids) papers.addId(id, found);
    this.#work.soil(found);
    this.#work.touch(found, true, false);
    this.#marks.add(source.id, position, found, paper.marks);
  }

  /**
   * Settles which paper every record is about. The tallies are right afterwards.
   * @returns a generator that pauses now and then
   */
  settle(): Generator<void, void> {
    return regroup(this.#tables, this.#work, (paper) => {
      judgeRecords(paper, this.#tallies);
      for (const { row } of paper.records) {
        if (this.#tallies.has(row.source)) this.#marks.move(row.source, row.position, paper.key);
      }
    });
  }
}
