import type { PaperId } from '../../shared/paper.ts';
import { type Combined, combineRecords } from './combine.ts';
import { type LoadedPaper, type LoadedRecord, loadComponent, type PaperTables } from './component.ts';
import { groupRecords } from './grouping.ts';
import type { StoredPaper } from './paper-rows.ts';
import { printRecord } from './record-body.ts';
import type { RecordRow } from './record-rows.ts';
import type { WorkList } from './work-list.ts';

/** A paper as it shall be. */
interface WantedPaper {
  key: number;
  stored: StoredPaper;
  /** As `printRecord` gives it. */
  body: string;
  combined: Combined;
  ids: PaperId[];
  /** Oldest import first. */
  records: LoadedRecord[];
}

/** Told of every group of records, oldest first, once it is known which paper they are and what it shows. */
export type OnGroup = (paper: Pick<WantedPaper, 'records' | 'key' | 'combined' | 'body'>) => void;

/**
 * Groups the records of all papers that the list calls dirty anew, and makes the tables say what
 * comes of it: papers are divided, united, made and taken away, each standing at the place of its
 * earliest record. What the tables say afterwards depends on the records alone.
 * @returns a generator that pauses after every group of connected papers
 */
export function* regroup(tables: PaperTables, work: WorkList, onGroup: OnGroup = () => {}): Generator<void, void> {
  for (let seed = work.anyDirty(); seed !== null; seed = work.anyDirty()) {
    regroupAround(tables, work, seed, onGroup);
    work.clean(seed);
    yield;
  }
}

function regroupAround(tables: PaperTables, work: WorkList, seed: number, onGroup: OnGroup): void {
  const { papers, records, same } = loadComponent(tables, seed);
  const groups = groupRecords(
    records.map(({ identity }) => identity),
    same,
  );
  const wanted = groups.map(({ id, ids, members }): WantedPaper => {
    const own = members.flatMap((member) => records[member] ?? []);
    const [first] = own;
    if (first === undefined) throw new Error('a group without records');
    const combined = combine(own);
    const facts = combined.shown;
    const stored = { id, addedAt: first.importedAt, facts };
    return { key: first.key, stored, body: printRecord(facts), combined, ids, records: own };
  });
  for (const paper of wanted) onGroup(paper);

  for (const paper of wanted) writePaper(tables, work, paper, papers.get(paper.key));
  writeRecords(tables, work, wanted);
  const keys = new Set(wanted.map(({ key }) => key));
  for (const key of papers.keys()) {
    work.clean(key);
    if (keys.has(key)) continue;
    tables.papers.remove(key);
    work.touch(key, true, true);
  }
}

/** What records say together. One says what it says: most papers have no more. */
export function combine(records: readonly LoadedRecord[]): Combined {
  const [only, ...others] = records;
  if (only !== undefined && others.length === 0) return { shown: only.facts, revisions: [] };
  return combineRecords(records.map(({ facts }) => facts));
}

/** Makes `papers`, `abstracts` and `identifiers` say what a paper is now. */
function writePaper(tables: PaperTables, work: WorkList, wanted: WantedPaper, before: LoadedPaper | undefined): void {
  const { key, stored, ids } = wanted;
  if (before === undefined) {
    tables.papers.add(key, stored);
    for (const id of ids) tables.papers.addId(id, key);
    work.touch(key, false, true);
    return;
  }
  const sameIds = before.ids.size === ids.length && ids.every((id) => before.ids.has(id));
  if (before.body === wanted.body && before.id === stored.id && before.addedAt === stored.addedAt && sameIds) return;
  tables.papers.update(key, stored, before);
  const now = new Set(ids);
  for (const id of before.ids) if (!now.has(id)) tables.papers.removeId(id, key);
  for (const id of ids) if (!before.ids.has(id)) tables.papers.addId(id, key);
  work.touch(key, true, isReworded(stored, before));
}

function isReworded({ facts: now }: StoredPaper, { facts: before }: StoredPaper): boolean {
  if (now.title !== before.title || now.abstract !== before.abstract) return true;
  return now.authors.length !== before.authors.length || now.authors.some((name, at) => name !== before.authors[at]);
}

/** A record's row as it shall be, with what shall stand in `records` for it. */
interface WantedRecord {
  record: LoadedRecord;
  row: Omit<RecordRow, 'record'>;
  /** Null where it says just what the paper shows. */
  body: string | null;
}

function wantedRecords({ key, body, records }: WantedPaper): WantedRecord[] {
  const sources = new Set<number>();
  return records.map((record) => {
    const repeats = sources.has(record.row.source);
    sources.add(record.row.source);
    return {
      record,
      row: { ...record.row, paper: key, repeats },
      body: record.body === body ? null : record.body,
    };
  });
}

/** Makes `appearances`, `repeats` and `records` say which paper each record is about. */
function writeRecords(tables: PaperTables, work: WorkList, papers: readonly WantedPaper[]): void {
  const changed = papers.flatMap(wantedRecords).filter(({ record: { row: before }, row, body }) => {
    const stays = before.paper === row.paper && before.repeats === row.repeats;
    return !stays || (before.record === null) !== (body === null);
  });
  // All go before any comes: two of them may change places.
  for (const { record } of changed) tables.records.drop(record.row);
  for (const { record, row, body } of changed) {
    const before = record.row.record;
    if (body === null && before !== null) tables.records.dropBody(before);
    tables.records.put({ ...row, record: body === null ? null : (before ?? tables.records.addBody(body)) });
    tables.sources.miscount(row.source);
    work.touch(record.row.paper, true, false);
    work.touch(row.paper, true, false);
  }
}
