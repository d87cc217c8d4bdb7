import type { ImportedFile } from '../../shared/contract.ts';
import type { PaperId } from '../../shared/paper.ts';
import type { Query } from '../../shared/query.ts';
import type { Sort } from '../../shared/settings.ts';
import { recogniseBytes, recogniseFile } from '../importers/read-bytes.ts';
import { markExpression } from '../search/match-expression.ts';
import { makePlan } from '../search/plan.ts';
import { Readers } from '../search/readers.ts';
import { ResultSet } from '../search/result-set.ts';
import { ResultSets } from '../search/result-sets.ts';
import { segments } from '../search/segments.ts';
import { TextMarker } from '../search/text-marker.ts';
import { WordForms } from '../search/word-forms.ts';
import type { Corpus, CorpusPaper, CorpusRow, CorpusState, MirroredMarks, MirrorStep, OpenedList } from './corpus.ts';
import { explainDatabaseError, type OpenedDatabase, openDatabase, openReader } from './database.ts';
import { importRecognised } from './import-bytes.ts';
import { Ingest } from './ingest.ts';
import { FactsReader } from './library-facts.ts';
import { tokenizer } from './migrations.ts';
import { MarksMirror } from './mirror.ts';
import { PaperReader } from './paper-reader.ts';

/** Every method of `Corpus`, answering at once instead of by message. */
export type CorpusService = {
  [Name in CorpusMethod]: (...input: Parameters<Corpus[Name]>) => Awaited<ReturnType<Corpus[Name]>>;
};

/** Name of a method of `Corpus`. */
export type CorpusMethod = Exclude<keyof Corpus, 'created' | 'marksStamp'>;

/** The corpus of one data folder, on the thread that calls it. The worker thread runs one of these. */
export class LocalCorpus implements CorpusService {
  readonly created: boolean;
  readonly marksStamp: string | null;
  readonly #folder: string;
  readonly #opened: OpenedDatabase;
  readonly #mirror: MarksMirror;
  readonly #ingest: Ingest;
  readonly #papers: PaperReader;
  readonly #facts: FactsReader;
  readonly #marker = new TextMarker(tokenizer);
  readonly #forms = new WordForms(tokenizer);
  readonly #readers: Readers;
  readonly #sets = new ResultSets();

  /** @throws OffprintError `newer`, `damaged` or `unreadable`; see `openDatabase` */
  constructor(folder: string) {
    this.#folder = folder;
    this.#opened = openDatabase(folder);
    const { database, path, created } = this.#opened;
    this.created = created;
    this.#mirror = new MarksMirror(database);
    this.#ingest = new Ingest(database, this.#mirror);
    this.#papers = new PaperReader(database, this.#marker, this.#forms);
    this.#facts = new FactsReader(database);
    this.#readers = new Readers(() => openReader(path));
    this.marksStamp = this.#mirror.stamp();
  }

  /** The error to tell instead of one that SQLite threw. */
  explain(error: unknown): unknown {
    return explainDatabaseError(error, this.#opened.path);
  }

  state(): CorpusState {
    return this.#facts.state();
  }

  openList({ queries, sort, limit }: { queries: Query[]; sort: Sort; limit: number }): OpenedList {
    const facts = this.#facts.facts((id) => this.#papers.keyOfAnySpelling(id));
    const plan = makePlan(queries, facts, this.#forms);
    const set = new ResultSet(
      this.#readers,
      segments(plan, sort, facts),
      plan.total,
      limit,
      markExpression(queries, this.#forms),
    );
    const result = this.#sets.keep(set);
    return { result, total: set.total, rows: this.rows(result, 0, limit) };
  }

  rows(result: number, offset: number, limit: number): CorpusRow[] {
    const set = this.#sets.get(result);
    return this.#papers.rows(set.keys(offset, offset + limit), set.marks);
  }

  indexOf(result: number, id: PaperId): number | null {
    const key = this.#papers.keyOf(id);
    return key === null ? null : this.#sets.get(result).indexOf(key);
  }

  ids(result: number, ranges: readonly (readonly [number, number])[]): PaperId[] {
    const set = this.#sets.get(result);
    const ascending = ranges.toSorted(([a], [b]) => a - b);
    return this.#papers.idsOf([...new Set(ascending.flatMap(([from, to]) => [...set.keys(from, to)]))]);
  }

  closeList(result: number): void {
    this.#sets.close(result);
  }

  paper(id: PaperId, query: Query): CorpusPaper | null {
    const key = this.#papers.keyOf(id);
    return key === null ? null : this.#papers.paper(key, query);
  }

  resolve(ids: readonly PaperId[]): Map<PaperId, PaperId> {
    return this.#papers.ownIds(ids);
  }

  importFile(path: string): ImportedFile {
    return importRecognised(this.#folder, this.#ingest, recogniseFile(path));
  }

  importBytes(name: string, bytes: Uint8Array): ImportedFile {
    return importRecognised(this.#folder, this.#ingest, recogniseBytes(name, bytes));
  }

  applyMarks(step: MirrorStep, marks: readonly MirroredMarks[]): void {
    this.#mirror.apply(step, marks);
  }

  replaceMarks(stamp: string, marks: readonly MirroredMarks[]): void {
    this.#mirror.replace(stamp, marks);
  }

  /** Does a little of the work that waits. Returns whether more is left. */
  idle(): boolean {
    return this.#sets.readOn();
  }

  close(): void {
    this.#sets.closeAll();
    this.#readers.close();
    this.#marker.close();
    this.#forms.close();
    const { database } = this.#opened;
    try {
      // So that one file is the whole library when it is copied.
      database.exec('PRAGMA wal_checkpoint(TRUNCATE);');
    } catch {
      // A full disk, say. Everything is in the log, which is as good.
    }
    database.close();
  }
}
