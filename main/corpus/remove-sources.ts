import type { DatabaseSync } from 'node:sqlite';
import type { PaperId } from '../../shared/paper.ts';
import { paperOf } from '../importers/importer.ts';
import type { Stayed } from './changes-table.ts';
import { type LoadedRecord, loadRecord, type PaperTables } from './component.ts';
import { printRecord } from './record-body.ts';
import { identityOf, isTitleOnly, keysOf, strictIds } from './record-identity.ts';
import { keptSource, printKept } from './record-rows.ts';
import type { Touched } from './touched.ts';
import type { WorkList } from './work-list.ts';

/** What became of the papers of removed sources. */
export interface Removal {
  /** Papers that are gone. */
  removed: number;
  /** Papers that no source has any more, but the reader has touched. */
  kept: number;
}

/**
 * Takes away every record of some sources, and the sources themselves. What the reader's data
 * depend on stays: a paper that would be gone although the reader has touched it keeps all that it
 * shows; a paper that stays keeps the ids under which the reader's data stand. Papers that are left
 * must be grouped anew afterwards.
 * @param stayed when they were gone before, what was left of them then: just that is left again,
 *   for they may not go in the order in which they went then
 * @returns a generator that pauses after every paper
 */
export function* removeSources(
  database: DatabaseSync,
  tables: PaperTables,
  work: WorkList,
  touched: Touched,
  sources: readonly number[],
  stayed: Stayed | null,
): Generator<void, Removal> {
  const removal: Removal = { removed: 0, kept: 0 };
  const going: Going = { sources: new Set(sources), stayed: stayed && stayedPlaces(stayed) };
  const next = database.prepare('SELECT paper FROM appearances WHERE source = ? LIMIT 200');
  for (const source of sources) {
    for (;;) {
      const papers = next.all(source).map(({ paper }) => Number(paper));
      for (const paper of papers) {
        removeFrom(paper, going, tables, work, touched, removal);
        yield;
      }
      if (papers.length === 0) break;
    }
    tables.sources.remove(source);
  }
  return removal;
}

/** Sources that go, and how their records are kept that are kept in any case, by places in the page order. */
interface Going {
  sources: ReadonlySet<number>;
  stayed: ReadonlyMap<number, 'whole' | 'idsOnly'> | null;
}

function stayedPlaces({ whole, idsOnly }: Stayed): Going['stayed'] {
  return new Map([...whole.map((at) => [at, 'whole'] as const), ...idsOnly.map((at) => [at, 'idsOnly'] as const)]);
}

function removeFrom(
  paper: number,
  { sources, stayed }: Going,
  tables: PaperTables,
  work: WorkList,
  touched: Touched,
  removal: Removal,
): void {
  const stored = tables.papers.read(paper);
  if (stored === null) throw new Error('a record of no paper');
  const shown = { facts: stored.facts, body: printRecord(stored.facts) };
  const records = tables.records
    .ofPaper(paper)
    .map((row) => loadRecord(tables, row, shown))
    .sort((a, b) => a.from - b.from || a.row.position - b.row.position);
  const isGone = ({ row }: LoadedRecord) => sources.has(row.source);
  const going = records.filter(isGone);
  const again = going.flatMap((record) => {
    const form = stayed?.get(record.key);
    return form === undefined ? [] : [form === 'whole' ? record : withIdsOnly(record)];
  });
  const staying = records.filter((record) => !isGone(record));
  const ids = tables.papers.idsOf(paper);
  const marked = touched.among(ids);
  const isOrphan = [...staying, ...again].every(({ row, idsOnly }) =>
    stayed === null ? row.source === keptSource : idsOnly,
  );
  const keepsAll = isOrphan && (touched.isTouched(tables.papers, paper, marked) || ownsAny(records, marked));
  const merged = tables.same.pairsOf(ids).flat();
  const others = going.filter(({ key }) => !stayed?.has(key));
  const kept = keepsAll ? going : [...again, ...whatIsNamed(others, [...staying, ...again], marked, merged)];
  if (keepsAll) removal.kept += 1;

  for (const { row } of going) {
    tables.records.drop(row);
    if (row.record !== null) tables.records.dropBody(row.record);
  }
  for (const { row, facts, from, importedAt, key, idsOnly } of kept) {
    const body = printKept(facts, { source: from, importedAt, idsOnly });
    tables.records.add(keptSource, key, paper, row.place, tables.records.addBody(body));
  }
  if (kept.length > 0 || staying.length > 0) {
    work.soil(paper);
    work.touch(paper, true, false);
    return;
  }
  removal.removed += 1;
  removePaper(tables, work, paper);
}

/** Takes away a paper of which no record is left. Papers that it had ids in common with are grouped anew. */
export function removePaper(tables: PaperTables, work: WorkList, paper: number): void {
  const ids = tables.papers.idsOf(paper);
  const linked = tables.same.isEmpty ? [] : tables.same.pairsOf(ids).flat();
  for (const id of [...ids, ...linked]) {
    // One is enough: from it all others that have the id are found.
    const other = tables.papers.otherWithId(id, paper);
    if (other !== null) work.soil(other);
  }
  tables.papers.remove(paper);
  work.clean(paper);
  work.touch(paper, true, true);
}

function ownsAny(records: readonly LoadedRecord[], marked: readonly PaperId[]): boolean {
  return records.some(({ identity }) => strictIds(identity).some((id) => marked.includes(id)));
}

/**
 * Of the records that go, what must stay so that the paper can still be found by every marked id,
 * and what was merged by an id that only an older record of it has stays merged. Of a merged paper
 * that has no other record left, nothing must.
 */
function whatIsNamed(
  going: readonly LoadedRecord[],
  staying: readonly LoadedRecord[],
  marked: readonly PaperId[],
  merged: readonly PaperId[],
): LoadedRecord[] {
  if (marked.length === 0 && merged.length === 0) return [];
  const known = new Set(staying.flatMap(({ identity }) => strictIds(identity)));
  const keys = new Set(staying.flatMap(({ identity }) => keysOf(identity)));
  return going.flatMap((record) => {
    const ids = strictIds(record.identity);
    const isMerged = keysOf(record.identity).some((key) => keys.has(key));
    const isNamed = (id: PaperId) => marked.includes(id) || (isMerged && merged.includes(id));
    if (!ids.some((id) => isNamed(id) && !known.has(id))) return [];
    for (const id of ids) known.add(id);
    return [withIdsOnly(record)];
  });
}

/** The record with what it can be told by, and nothing else. */
function withIdsOnly(record: LoadedRecord): LoadedRecord {
  const { title, arxivId, doi, authors, published } = record.facts;
  const byTitle = isTitleOnly(identityOf(record.facts)) ? { authors, published } : {};
  return { ...record, facts: { ...paperOf(title), arxivId, doi, ...byTitle }, idsOnly: true };
}
