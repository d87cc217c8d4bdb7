import type { ImportPreview, ImportReport } from '../../shared/contract.ts';
import { OffprintError } from '../../shared/outcome.ts';
import type { PaperId } from '../../shared/paper.ts';
import type { ImportedMarks } from '../importers/importer.ts';
import { LeavingCaptures, tidyCaptures } from './captures.ts';
import type { Stayed, StoredChange } from './changes-table.ts';
import { explainDatabaseError } from './database.ts';
import { importFiles, type ReadFiles } from './import-files.ts';
import { importLabel, reportOf, sampleOf } from './import-preview.ts';
import { cancelled, Pace } from './pace.ts';
import { PapersRebuild } from './papers-rebuild.ts';
import type {
  FileToImport,
  OnProgress,
  PapersChange,
  PapersWriter,
  ReaderPairs,
  RebuildPiece,
} from './papers-writer.ts';
import { regroup } from './regroup.ts';
import { type Removal, removeSources } from './remove-sources.ts';
import { updateTextIndex } from './text-index.ts';
import { Touched } from './touched.ts';
import { TouchedMeanwhile } from './touched-meanwhile.ts';
import { asRemoved, doAgain, forgetGone, takeBack } from './turn-changes.ts';
import { WriterSession } from './writer-session.ts';

/** Papers looked at in one piece while duplicates are sought: a tenth of a second. */
const papersAtOnce = 2000;
/** After so many pieces the log is brought into the database. */
const piecesBetweenTidying = 20;

/** A reader who touches one paper after the other must not keep a change from ever ending. */
const mostAttempts = 5;
const touchedAgain =
  'Papers that would have gone were marked again and again while it was being done. Nothing was changed; try once more.';

/** The writer of one data folder, on the thread that calls it. The worker thread runs one of these. */
export class LocalPapersWriter implements PapersWriter {
  readonly #session: WriterSession;
  /** What has been read and waits to be confirmed, in the open transaction. */
  #waiting: ReadFiles | null = null;
  /** Previews and confirmations that have been asked for and have not ended. */
  readonly #stops = new Set<AbortController>();
  /** Ends when all that has been asked for so far has ended. */
  #queue: Promise<unknown> = Promise.resolve();
  /** Reads the papers again, between two pieces of it. */
  #rebuild: PapersRebuild | null = null;
  /** The search for duplicates, while it goes on. */
  #finding: Promise<boolean> | null = null;
  #closed = false;

  /** @throws OffprintError `newer`, `damaged` or `unreadable`; see `openDatabase` */
  constructor(folder: string) {
    this.#session = new WriterSession(folder);
    tidyCaptures(folder, this.#session.database);
  }

  async preview(
    request: { files: readonly FileToImport[]; format: string | null },
    onProgress: OnProgress,
  ): Promise<ImportPreview> {
    return await this.#stoppable(async (signal) => {
      this.#refuseWhileWaiting();
      return await this.#attempt(async () => {
        const session = this.#session;
        session.begin();
        session.marks.clear();
        this.#waiting = await importFiles(session, request, signal, onProgress);
        const sample = sampleOf(session.database, session.tables, this.#waiting);
        const marked = await this.#withTouched((touched) =>
          new Pace(signal).run(session.marks.countUntouched(session.tables.papers, touched)),
        );
        return { ...reportOf(this.#waiting), sample, marked };
      });
    });
  }

  async confirm(onProgress: OnProgress): Promise<PapersChange & { report: ImportReport }> {
    return await this.#stoppable(async (signal) => {
      const waiting = this.#waiting;
      if (waiting === null) throw new OffprintError('refused', 'There is no import to confirm.');
      return await this.#attempt(async () => {
        const report = reportOf(waiting);
        const brought = waiting.files.filter(({ source }) => source !== null);
        const papers = report.total.new + report.total.merged;
        const [file, files] = [brought.at(-1)?.path ?? '', waiting.files.length];
        await this.#indexTexts(signal, (done) => {
          const share = papers === 0 ? 1 : Math.min(1, done / papers);
          onProgress({ phase: 'writing', file, index: files, files, done: share, papers: done });
        });
        const label = importLabel(waiting);
        const sources = brought.flatMap(({ source }) => source?.id ?? []);
        const change = sources.length === 0 ? null : this.#session.changes.add('import', label, { sources });
        const published = this.#commit();
        this.#waiting = null;
        for (const { capture } of brought) capture?.settle();
        return { change, label, papers: published, report };
      });
    });
  }

  async cancel(): Promise<void> {
    for (const stop of this.#stops) stop.abort(cancelled());
    await this.#inTurn(async () => this.#abandon());
  }

  importedMarks(offset: number, limit: number): Promise<{ id: PaperId; marks: ImportedMarks }[]> {
    return this.#inTurn(async () => this.#session.marks.page(offset, limit));
  }

  removeSource(source: number): Promise<PapersChange & { removed: number; kept: number }> {
    return this.#change(async () => {
      const row = this.#session.tables.sources.get(source);
      if (row === undefined) throw new OffprintError('not-found', `There is no source number ${source}.`);
      const removed = asRemoved(this.#session, row);
      const removal = await this.#removeSources([source], null);
      const label = `Removed the source “${row.name}”`;
      return { change: this.#session.changes.add('remove', label, { removed }), label, ...removal };
    });
  }

  undo(id: number): Promise<PapersChange> {
    return this.#turn(() => this.#session.changes.toUndo(id), takeBack);
  }

  redo(id: number): Promise<PapersChange> {
    return this.#turn(() => this.#session.changes.toRedo(id), doAgain);
  }

  #turn(find: () => StoredChange, turn: typeof takeBack): Promise<PapersChange> {
    return this.#change(async () => {
      const change = find();
      await turn(this.#session, change, (...removed) => this.#removeSources(...removed));
      return { change: change.id, label: change.label };
    });
  }

  forgetUndone(except: readonly number[]): Promise<void> {
    return this.#inTurn(async () => {
      const { folder, database, tables } = this.#session;
      // An import that waits to be confirmed holds the transaction; another time does as well.
      if (database.isTransaction) return;
      const leaving = new LeavingCaptures(folder);
      try {
        database.exec('BEGIN IMMEDIATE');
        tables.sources.reread();
        leaving.add(forgetGone(this.#session, except));
        database.exec('COMMIT');
        leaving.remove();
        this.#session.listSources();
      } catch (error) {
        this.#session.rollBack();
        leaving.putBack();
        throw this.explain(error);
      }
    });
  }

  setPairs(
    pairs: ReaderPairs,
    label: string | null,
    turns: { change: number; undone: boolean } | null,
  ): Promise<PapersChange> {
    return this.#change(async () => {
      const { tables, work, changes } = this.#session;
      const { added, removed, toldApart } = tables.same.replace(pairs);
      for (const id of [...added, ...removed].flat()) for (const paper of tables.papers.withId(id)) work.soil(paper);
      await new Pace().run(regroup(tables, work));
      this.#session.duplicates.notePairs(toldApart);
      if (turns !== null) changes.setUndone(turns.change, turns.undone);
      const change = label === null ? (turns?.change ?? null) : changes.add('merge', label, { merged: added });
      return { change, label: label ?? '' };
    });
  }

  rebuild(onProgress: OnProgress): Promise<RebuildPiece | null> {
    return this.#stoppable((signal) =>
      this.#attempt(async () => {
        const piece = await this.#nextPiece(onProgress, signal);
        this.#tidyUpSoon();
        if (piece?.end) this.#session.listSources();
        return piece;
      }).catch((error: unknown) => {
        this.#rebuild = null;
        throw error;
      }),
    );
  }

  async #nextPiece(onProgress: OnProgress, signal: AbortSignal): Promise<RebuildPiece | null> {
    this.#rebuild ??= PapersRebuild.of(this.#session);
    const tell = (done: number) => onProgress({ phase: 'writing', file: '', index: 1, files: 1, done, papers: 0 });
    const piece = (await this.#rebuild?.next(tell, signal)) ?? null;
    if (piece?.end) this.#rebuild = null;
    return piece;
  }

  findDuplicates(): Promise<boolean> {
    this.#finding ??= this.#findDuplicates().finally(() => {
      this.#finding = null;
    });
    return this.#finding;
  }

  async #findDuplicates(): Promise<boolean> {
    const { database, duplicates } = this.#session;
    let changed = false;
    for (let piece = 1; ; piece += 1) {
      const done = await this.#inTurn(async () => {
        const found = database.isTransaction ? { left: false, changed: false } : duplicates.work(papersAtOnce);
        // What a piece writes is scattered all over the index: the log would become larger than that.
        if (!database.isTransaction && (!found.left || piece % piecesBetweenTidying === 0)) this.#session.tidyUp();
        return found;
      }).catch((error: unknown) => {
        if (this.#closed) return { left: false, changed: false };
        throw this.explain(error);
      });
      changed ||= done.changed;
      if (!done.left) return changed;
      // What has been asked for meanwhile comes in, and comes first.
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  async close(): Promise<void> {
    await this.cancel();
    await this.#inTurn(async () => {
      this.#closed = true;
      this.#session.close();
    });
  }

  /** The error to tell instead of one that SQLite threw. */
  explain(error: unknown): unknown {
    return explainDatabaseError(error, this.#session.path);
  }

  /** Does one thing after the other. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(async () => {
      if (this.#closed) throw new OffprintError('refused', 'The paper database is closed.');
      return await work();
    });
    this.#queue = turn.catch(() => {});
    return turn;
  }

  /** As {@link #inTurn}, for what {@link cancel} stops. */
  async #stoppable<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const stop = new AbortController();
    this.#stops.add(stop);
    try {
      return await this.#inTurn(() => {
        stop.signal.throwIfAborted();
        return work(stop.signal);
      });
    } finally {
      this.#stops.delete(stop);
    }
  }

  /** Does what may fail: then nothing of it, and of what waits to be confirmed, is left. */
  async #attempt<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      this.#abandon();
      throw this.explain(error);
    }
  }

  #abandon(): void {
    for (const { capture } of this.#waiting?.files ?? []) capture?.discard();
    this.#waiting = null;
    if (!this.#session.database.isTransaction) return;
    this.#session.rollBack();
    this.#tidyUpSoon();
  }

  #refuseWhileWaiting(): void {
    if (this.#waiting) throw new OffprintError('refused', 'An import waits to be confirmed or cancelled first.');
  }

  /** A change of the papers in a transaction of its own. `work` may be done more than once. */
  #change<T extends Omit<PapersChange, 'papers'>>(work: () => Promise<T>): Promise<T & PapersChange> {
    return this.#inTurn(async () => {
      this.#refuseWhileWaiting();
      return await this.#attempt(async () => {
        const { folder, path, database } = this.#session;
        for (let attempt = 1; attempt <= mostAttempts; attempt += 1) {
          const meanwhile = new TouchedMeanwhile(folder);
          this.#session.begin();
          const done = await work();
          await this.#indexTexts(null, () => {});
          // A paper about which the reader has just said something stays, so all is done again.
          if (!meanwhile.isLosing(database, path)) return { ...done, papers: this.#commit() };
          this.#session.rollBack();
        }
        throw new OffprintError('unreadable', touchedAgain);
      });
    });
  }

  async #removeSources(sources: readonly number[], stayed: Stayed | null): Promise<Removal> {
    const { database, tables, work } = this.#session;
    return await this.#withTouched(async (touched) => {
      const pace = new Pace();
      const removal = await pace.run(removeSources(database, tables, work, touched, sources, stayed));
      await pace.run(regroup(tables, work));
      return removal;
    });
  }

  async #withTouched<T>(work: (touched: Touched) => Promise<T>): Promise<T> {
    const touched = new Touched(this.#session.folder);
    try {
      return await work(touched);
    } finally {
      touched.close();
    }
  }

  async #indexTexts(signal: AbortSignal | null, tell: (done: number) => void): Promise<void> {
    const { database, work } = this.#session;
    let done = 0;
    const pace = new Pace(signal, () => tell(done));
    tell(done);
    await pace.run(updateTextIndex(database, work.range), (count) => {
      done = count;
    });
    tell(done);
  }

  #commit() {
    const published = this.#session.commit();
    this.#session.listSources();
    this.#tidyUpSoon();
    return published;
  }

  /**
   * Empties the log, which an import fills whether it is written or not: a disk that it has filled
   * has room again for what the reader writes. After the answer, for it takes a while.
   */
  #tidyUpSoon(): void {
    setImmediate(() => {
      if (!this.#closed && !this.#session.database.isTransaction) this.#session.tidyUp();
    });
  }
}
