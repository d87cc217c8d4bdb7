import { rmSync } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import type { LibraryPaperChange } from '../../shared/contract.ts';
import { OffprintError } from '../../shared/outcome.ts';
import type { PaperId, TextRange } from '../../shared/paper.ts';
import type { Query } from '../../shared/query/query.ts';
import { cachedStems } from '../search/cached-stems.ts';
import { FieldValues } from '../search/field-values.ts';
import { noteMarkExpression } from '../search/match-expression.ts';
import { NearWords } from '../search/near-words.ts';
import { Readers } from '../search/readers.ts';
import { RelatedPapers } from '../search/related-papers.ts';
import { Searcher, type SearchLimits } from '../search/searcher.ts';
import { SlowAnswers } from '../search/slow-answers.ts';
import { TextMarker } from '../search/text-marker.ts';
import { WatchedCounts } from '../search/watched-counts.ts';
import { WordForms } from '../search/word-forms.ts';
import { ChangeLog } from './change-log.ts';
import type {
  Corpus,
  CorpusPaper,
  CorpusRow,
  CorpusState,
  ListQuestion,
  MarkTarget,
  MirroredMarks,
  MirrorStep,
  OpenedList,
  PaperPair,
  PaperTitle,
  PublishedPapers,
  ReaderPairs,
  RelatedRow,
  WatchedQuery,
} from './corpus.ts';
import type { CorpusTrouble } from './corpus-trouble.ts';
import { explainDatabaseError } from './database.ts';
import { areDuplicatesDue, countDuplicates, listDuplicates } from './duplicates.ts';
import { FactsReader } from './library-facts.ts';
import { openTogether, removeMarks, tidyUp } from './marks-database.ts';
import { tokenizer } from './migrations.ts';
import type { MarksMirror } from './mirror.ts';
import { setOpenMark, type Unusable } from './open-mark.ts';
import { openMirror } from './open-mirror.ts';
import { PaperIds } from './paper-ids.ts';
import { PaperReader } from './paper-reader.ts';
import type { CorpusPlaces } from './prepare-corpus.ts';

/** Methods that answer when something has been read to its end, which {@link LocalCorpus.idle} goes on with. */
type LateMethod = 'settled' | 'count' | 'indexOf' | 'related';

/** Every method of `Corpus`; all but {@link LateMethod} answer at once instead of by message. */
export type CorpusService = {
  [Name in CorpusMethod]: (
    ...input: Parameters<Corpus[Name]>
  ) => Name extends LateMethod ? ReturnType<Corpus[Name]> : Awaited<ReturnType<Corpus[Name]>>;
};

/** Name of a method of `Corpus` that is a message to the worker. */
export type CorpusMethod = Exclude<
  keyof Corpus,
  'created' | 'marksStamp' | 'trouble' | 'isUnclean' | 'lastResult' | 'onCounted' | 'onDamaged' | 'reopen'
>;

/** How papers are opened otherwise than usual. */
export interface CorpusOptions {
  /** Nothing in the folder may be touched. */
  readOnly?: boolean;
  /** Why `corpus.db` is not to be used, whatever it looks like. */
  unusable?: Unusable | null;
  /** Result sets get higher numbers than this. */
  lastResult?: number;
}

const noQuery: Query = { where: { kind: 'and', of: [] }, sort: null };

/**
 * The papers of one data folder as they are read, on the thread that calls it. The worker thread
 * runs one of these.
 */
export class LocalCorpus implements CorpusService {
  readonly created: boolean;
  readonly marksStamp: string | null;
  readonly trouble: CorpusTrouble | null;
  /** See `Corpus.isUnclean`. */
  readonly isUnclean: boolean;
  readonly #folder: string;
  readonly #places: CorpusPlaces;
  readonly #database: DatabaseSync;
  readonly #mirror: MarksMirror;
  readonly #ids: PaperIds;
  readonly #papers: PaperReader;
  readonly #facts: FactsReader;
  readonly #log: ChangeLog;
  readonly #marker = new TextMarker(tokenizer);
  readonly #forms = new WordForms(tokenizer);
  readonly #readers: Readers;
  readonly #searcher: Searcher;
  readonly #watched: WatchedCounts;
  readonly #nearWords: NearWords;
  readonly #values: FieldValues;
  readonly #related: RelatedPapers;
  readonly #slowly = new SlowAnswers();
  #damaged = false;
  /** Nobody has looked yet whether the database has outlasted a session that was cut off. */
  #isUnchecked: boolean;

  /**
   * Makes both databases where they are not there, and anew where they cannot be used. A
   * `PapersWriter` must not be opened before.
   * @param limits for tests of what is otherwise done with large libraries only
   * @throws OffprintError `unreadable` when the folder cannot be used at all; see `prepareCorpus`
   */
  constructor(
    folder: string,
    limits: Partial<SearchLimits> = {},
    { readOnly = false, unusable = null, lastResult = 0 }: CorpusOptions = {},
  ) {
    this.#folder = folder;
    const prepared = openMirror(folder, readOnly, unusable);
    const { places, database, mirror } = prepared;
    this.created = prepared.created;
    this.trouble = prepared.trouble;
    this.isUnclean = prepared.isUnclean;
    this.#isUnchecked = prepared.isUnclean;
    this.#places = places;
    this.#database = database;
    this.#mirror = mirror;
    this.#ids = new PaperIds(this.#database);
    this.#papers = new PaperReader(this.#database, this.#ids, this.#marker, this.#forms);
    this.#facts = new FactsReader(this.#database);
    this.#log = new ChangeLog(this.#database);
    this.#readers = new Readers(() => openTogether(places, 'read'));
    const facts = () => this.#facts.facts((id) => this.#ids.keyOfAnySpelling(id));
    this.#searcher = new Searcher(this.#database, this.#readers, this.#forms, facts, limits);
    this.#searcher.sets.startAfter(lastResult);
    this.#watched = new WatchedCounts(this.#readers, this.#searcher.counter());
    this.#nearWords = new NearWords(this.#database);
    this.#values = new FieldValues(this.#database, this.#forms);
    this.#related = new RelatedPapers(
      this.#database,
      cachedStems((words) => this.#forms.stems(words)),
    );
    this.marksStamp = this.#mirror.stamp();
  }

  /** The folder of what is written elsewhere because nothing may be where the papers are; null for none. */
  get scratch(): string | null {
    return this.#places.scratch;
  }

  /** The error to tell instead of one that SQLite threw. */
  explain(error: unknown): unknown {
    const explained = explainDatabaseError(error, this.#places.path);
    this.#damaged ||= explained instanceof OffprintError && explained.code === 'damaged';
    return explained;
  }

  state(): CorpusState {
    const watched = this.#watched.counts();
    return { ...this.#facts.state(), duplicates: countDuplicates(this.#database), watched };
  }

  openList({ limit, ...question }: ListQuestion & { limit: number }): OpenedList {
    const { result, set } = this.#searcher.open(question, limit);
    const rows = this.#papers.rows(set.first(limit), set.marks);
    return { result, total: set.total, complete: set.complete, order: set.order, rows };
  }

  settled(result: number): Promise<number> {
    return this.#searcher.sets.settled(result);
  }

  count(question: Omit<ListQuestion, 'sort'>): Promise<number> {
    return this.#searcher.count(question);
  }

  nearWords(word: string, limit: number): string[] {
    return this.#nearWords.near(word, limit);
  }

  values(field: 'author' | 'venue', beginning: string, limit: number): string[] {
    return this.#values.values(field, beginning, limit);
  }

  async related(id: PaperId, limit: number): Promise<RelatedRow[] | null> {
    const key = this.#ids.keyOf(id);
    if (key === null) return null;
    const found = await this.#slowly.add(this.#related.find(key, limit));
    const rows = this.#papers.rowsByKey(found.map((near) => near.key));
    return found.flatMap(({ key: near, score, words }) => {
      const row = rows.get(near);
      return row ? [{ row, score, words }] : [];
    });
  }

  markText(query: Query, text: string): TextRange[] {
    const [marks] = this.#marker.mark(noteMarkExpression([query], this.#forms), [{ note: text }]);
    return marks?.note ?? [];
  }

  watch(queries: readonly WatchedQuery[]): void {
    this.#watched.watch(queries);
  }

  /** True once after a watched count has changed by itself; see `onCounted`. */
  takeCounted(): boolean {
    return this.#watched.takeNews();
  }

  rows(result: number, offset: number, limit: number): CorpusRow[] {
    const set = this.#searcher.sets.get(result);
    return this.#papers.rows(set.keys(offset, offset + limit), set.marks);
  }

  async indexOf(result: number, id: PaperId): Promise<number | null> {
    const key = this.#ids.keyOf(id);
    return key === null ? null : this.#searcher.sets.indexOf(result, key);
  }

  ids(result: number, ranges: readonly (readonly [number, number])[]): PaperId[] {
    const set = this.#searcher.sets.get(result);
    const ascending = ranges.toSorted(([a], [b]) => a - b);
    return this.#ids.idsOf([...new Set(ascending.flatMap(([from, to]) => [...set.keys(from, to)]))]);
  }

  closeList(result: number): void {
    this.#searcher.sets.close(result);
  }

  paper(id: PaperId, query: Query): CorpusPaper | null {
    const key = this.#ids.keyOf(id);
    return key === null ? null : this.#papers.paper(key, query);
  }

  resolve(ids: readonly PaperId[]): Map<PaperId, MarkTarget> {
    return this.#ids.targets(ids);
  }

  titles(ids: readonly PaperId[]): Map<PaperId, PaperTitle> {
    return this.#ids.titles(ids);
  }

  duplicates(
    offset: number,
    limit: number,
  ): { total: number; due: boolean; groups: { papers: CorpusPaper[]; reason: string }[] } {
    const due = areDuplicatesDue(this.#database);
    const { total, groups } = listDuplicates(this.#database, offset, limit);
    const papersOf = (keys: readonly number[]) => keys.flatMap((key) => this.#papers.paper(key, noQuery) ?? []);
    return { total, due, groups: groups.map(({ keys, reason }) => ({ papers: papersOf(keys), reason })) };
  }

  sourceImpact(source: number): { papers: number; kept: number; shared: number } {
    return this.#log.impact(source);
  }

  changes(limit: number): LibraryPaperChange[] {
    return this.#log.changes(limit);
  }

  change(id: number): (LibraryPaperChange & { merged: PaperPair[] }) | null {
    return this.#log.change(id);
  }

  pairs(): ReaderPairs {
    return this.#log.pairs();
  }

  publish(papers: PublishedPapers): void {
    this.#mirror.publish(papers);
    this.#searcher.forget();
    this.#facts.forget();
    this.#nearWords.forget();
    this.#related.forget();
    this.#watched.recount();
  }

  applyMarks(step: MirrorStep, marks: readonly MirroredMarks[]): void {
    this.#watched.beforeChange();
    this.#watched.changed(this.#mirror.apply(step, marks));
  }

  replaceMarks(stamp: string, marks: readonly MirroredMarks[]): void {
    this.#mirror.replace(stamp, marks);
    this.#watched.recount();
  }

  foundSound(): void {
    this.#isUnchecked = false;
  }

  /** Does a little of the work that waits. Returns whether more is left. */
  idle(): boolean {
    return this.#searcher.goOn() || this.#slowly.goOn() || this.#watched.goOn() || this.#nearWords.gather();
  }

  /** May be called again. */
  close(): void {
    if (!this.#database.isOpen) return;
    this.#slowly.close(new OffprintError('refused', 'The paper database is closed.'));
    this.#watched.close();
    this.#searcher.close();
    this.#readers.close();
    this.#marker.close();
    this.#forms.close();
    this.#database.close();
    const { scratch } = this.#places;
    if (scratch !== null) {
      rmSync(scratch, { recursive: true, force: true });
      return;
    }
    tidyUp(this.#folder);
    // Which of the two it was cannot be told: the copy is made anew at the next opening, and the mark has the other checked.
    if (this.#damaged) removeMarks(this.#folder);
    else if (!this.#isUnchecked) setOpenMark(this.#folder, 'closed');
  }
}
