import type { PaperId } from '../../shared/paper.ts';
import type { PaperPair } from './corpus.ts';
import type { PaperRows, StoredPaper } from './paper-rows.ts';
import { type PaperFacts, parseRecord, printRecord } from './record-body.ts';
import { identityOf, type RecordIdentity } from './record-identity.ts';
import { keptSource, parseKept, type RecordRow, type RecordRows } from './record-rows.ts';
import type { SamePapers } from './same-papers.ts';
import type { SourceRows } from './source-rows.ts';

/** The tables that a change of the papers reads and writes. */
export interface PaperTables {
  papers: PaperRows;
  records: RecordRows;
  sources: SourceRows;
  same: SamePapers;
}

/** A record with what it says. */
export interface LoadedRecord {
  row: RecordRow;
  facts: PaperFacts;
  /** As `printRecord` gives it; of a kept record, as it is kept. */
  body: string;
  identity: RecordIdentity;
  /** The source that it came from, which kept records have outlived, and when that was imported. */
  from: number;
  importedAt: number;
  /** It is kept of a removed source, and says no more than what it can be told by. */
  idsOnly: boolean;
  /** Its place in the page order. */
  key: number;
}

/** A paper as it is before its records are grouped anew. */
export interface LoadedPaper extends StoredPaper {
  /** As `printRecord` gives it. */
  body: string;
  ids: Set<PaperId>;
}

/** Papers that may have to be divided otherwise, and everything that is said of them. */
export interface Component {
  papers: Map<number, LoadedPaper>;
  /** Oldest import first, and as they stand in it. */
  records: LoadedRecord[];
  /** What the reader has decided of them. */
  same: PaperPair[];
}

/**
 * Gathers all papers that are connected with one through ids that they share or that the reader
 * has called the same.
 */
export function loadComponent(tables: PaperTables, seed: number): Component {
  const papers = new Map<number, LoadedPaper>();
  const records: LoadedRecord[] = [];
  const seenIds = new Set<PaperId>();
  const waiting = [seed];
  for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
    if (papers.has(key)) continue;
    const stored = tables.papers.read(key);
    if (stored === null) continue;
    const ids = tables.papers.idsOf(key);
    papers.set(key, { ...stored, body: printRecord(stored.facts), ids: new Set(ids) });
    const linked = tables.same.isEmpty ? [] : tables.same.pairsOf(ids).flat();
    for (const id of [...ids, ...linked]) {
      if (seenIds.has(id)) continue;
      seenIds.add(id);
      waiting.push(...tables.papers.withId(id));
    }
  }
  for (const [key, paper] of papers) {
    for (const row of tables.records.ofPaper(key)) records.push(loadRecord(tables, row, paper));
  }
  records.sort((a, b) => a.from - b.from || a.row.position - b.row.position);
  return { papers, records, same: tables.same.isEmpty ? [] : tables.same.pairsOf(seenIds) };
}

/** Reads what a record says. @param shown its paper as it is now */
export function loadRecord(
  tables: PaperTables,
  row: RecordRow,
  shown: { facts: PaperFacts; body: string },
): LoadedRecord {
  const body = row.record === null ? shown.body : tables.records.body(row.record);
  const facts = row.record === null ? shown.facts : parseRecord(body);
  const identity = identityOf(facts);
  if (row.source === keptSource) {
    const { source, importedAt, idsOnly } = parseKept(body);
    return { row, facts, body, identity, from: source, importedAt, idsOnly, key: row.position };
  }
  const source = tables.sources.get(row.source);
  const [importedAt, firstKey] = [source?.importedAt ?? 0, source?.firstKey ?? 0];
  return { row, facts, body, identity, from: row.source, importedAt, idsOnly: false, key: firstKey + row.position };
}
