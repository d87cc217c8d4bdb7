import type { z } from 'zod';
import type { rebuildingSchema } from '../shared/keeping-calls.ts';
import { failureOf, OffprintError } from '../shared/outcome.ts';
import { type CorpusFindings, type RunningCheck, startCheck } from './corpus/check-corpus.ts';
import type { Corpus } from './corpus/corpus.ts';
import { whatCameBack } from './corpus/corpus-trouble.ts';
import type { RebuildPiece } from './corpus/papers-writer.ts';
import type { PaperChanges } from './paper-changes.ts';
import type { PapersDesk } from './papers-desk.ts';
import type { MirrorKeeper } from './store/mirror.ts';
import type { Store } from './store/store.ts';

/** How far the papers are with being read again. */
export type RebuildingState = z.infer<typeof rebuildingSchema>;

/** The parts of the library that mending its papers goes through. */
export interface MendedParts {
  dataFolder: string;
  store: Store;
  corpus: Corpus;
  mirror: MirrorKeeper;
  desk: PapersDesk;
  changes: PaperChanges;
  /** Told how far reading the papers again is. */
  onProgress(progress: RebuildingState): void;
  /** Told when something that the frame shows has changed; `rows` says that papers may have. */
  changed(rows: boolean): void;
  /** Brings up to date what follows the papers, once all of them are back. @param changesKnown see `Rebuilding` */
  finished(changesKnown: boolean): Promise<void>;
}

const readingAgain =
  'The papers are being read again from the files they came from. Until that is done, none can come in or go.';
const lookedAfter =
  'The paper database is being looked after, and nothing can come in or go meanwhile. Try again soon.';

/** How long it takes until reading is tried again that a full disk, say, has stopped; in milliseconds. */
const betweenAttempts = 30_000;

/**
 * Looks after `corpus.db`: has it checked after a session that was cut off, has papers read again
 * that it has lost, and begins it anew when it turns out to be damaged, all while the library is open.
 */
export class PapersMending {
  readonly #parts: MendedParts;
  #rebuilding: RebuildingState | null = null;
  /** What there is to say of it. */
  #notices: string[] = [];
  #check: RunningCheck | null = null;
  #checking: Promise<void> = Promise.resolve();
  #mending: Promise<void> | null = null;
  /** Resolves when the papers are open again, while they are not. */
  #reopened: PromiseWithResolvers<void> | null = null;
  /** It was found whole, and turned out to be damaged all the same. */
  #isSuspect = false;
  readonly #closing = Promise.withResolvers<void>();
  #closed = false;

  constructor(parts: MendedParts) {
    this.#parts = parts;
    parts.corpus.onDamaged(() => this.#mend(false));
    parts.desk.onDamaged(() => void this.#mend(false).catch(() => {}));
  }

  /** How far reading the papers again is; null when all are there. */
  get rebuilding(): RebuildingState | null {
    return this.#rebuilding;
  }

  get notices(): readonly string[] {
    return this.#notices;
  }

  /** Resolves when nothing of it goes on any more: papers are there as far as they can come back. Never rejects. */
  async settled(): Promise<void> {
    await this.#checking;
    while (this.#mending && !this.#closed) await Promise.race([this.#mending, this.#closing.promise]);
  }

  /** Begins with what the opening of the papers has left to do. @param checks whether there is time for a check */
  begin(checks: boolean): void {
    const { corpus } = this.#parts;
    const { trouble, isUnclean } = corpus;
    if (trouble) this.#notices = [trouble.notice];
    if (trouble?.isRebuilding) this.#during(() => this.#rebuild());
    else if (isUnclean && checks) this.#checking = this.#look();
  }

  /** Resolves when nothing of it goes on any more; what is left is gone on with at the next opening. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#closing.resolve();
    this.#check?.stop();
    await this.#checking;
    await this.#parts.desk.interrupt();
    await this.#mending;
  }

  /** Checks the database once, beside everything else. */
  async #look(): Promise<void> {
    const state = await this.#checked();
    if (this.#closed) return;
    if (state === 'damaged') await this.#mend(true).catch(() => {});
    else if (state === 'sound') await this.#parts.corpus.foundSound().catch(() => {});
  }

  /** Null when it was not checked to the end. */
  async #checked(): Promise<CorpusFindings['state'] | null> {
    this.#check = startCheck(this.#parts.dataFolder);
    const findings = await this.#check.findings.catch(() => null);
    this.#check = null;
    return findings?.state ?? null;
  }

  /**
   * Opens the papers anew. Resolves when they are open again, be it without those that are to be read
   * again; rejects when that cannot be.
   * @param isCertain that it is `corpus.db` that is damaged; it may be the copy of the marks, too
   */
  #mend(isCertain: boolean): Promise<void> {
    if (this.#closed) return Promise.reject(new OffprintError('refused', 'The library is closed.'));
    // Whatever is found while papers are read again is not made better by doing that once more.
    if (this.#mending) return this.#reopened?.promise ?? Promise.reject(new OffprintError('damaged', lookedAfter));
    const reopened = Promise.withResolvers<void>();
    reopened.promise.catch(() => {});
    this.#reopened = reopened;
    this.#during(async () => {
      try {
        await this.#reopen(isCertain);
        reopened.resolve();
      } catch (error) {
        reopened.reject(error);
        throw error;
      } finally {
        this.#reopened = null;
      }
      if (this.#parts.corpus.trouble?.isRebuilding) await this.#rebuild();
    });
    return reopened.promise;
  }

  async #reopen(isCertain: boolean): Promise<void> {
    const { corpus, desk, mirror, store, changed } = this.#parts;
    desk.occupy(lookedAfter);
    const isDamaged = isCertain || this.#isSuspect || (await this.#checked()) !== 'sound';
    this.#isSuspect = !isDamaged;
    if (this.#closed) throw new OffprintError('refused', 'The library is closed.');
    await desk.withoutWriter(() => corpus.reopen(isDamaged ? 'damaged' : null));
    await mirror.refill(store.stamp, store.records);
    const { trouble } = corpus;
    if (trouble) this.#notices = [trouble.notice];
    changed(true);
  }

  #during(work: () => Promise<void>): void {
    this.#mending = work()
      .catch((error: unknown) => {
        if (this.#closed) return;
        this.#notices = [`The paper database could not be mended. ${failureOf(error).message} Start Offprint again.`];
      })
      .finally(() => {
        this.#mending = null;
        this.#rebuilding = null;
        this.#parts.desk.occupy(null);
        if (!this.#closed) this.#parts.changed(true);
      });
  }

  async #rebuild(): Promise<void> {
    const { corpus, desk, changes, onProgress, changed, finished } = this.#parts;
    const { trouble } = corpus;
    const notices = trouble ? [trouble.notice] : [];
    desk.occupy(readingAgain);
    this.#rebuilding = { done: 0, papers: 0 };
    let papers = 0;
    const tell = (done: number) => {
      // What is tried again is not told backwards.
      this.#rebuilding = { done: Math.max(done, this.#rebuilding?.done ?? 0), papers };
      onProgress(this.#rebuilding);
    };
    let isPrepared = false;
    while (!this.#closed) {
      let piece: RebuildPiece | null;
      try {
        if (!isPrepared) await changes.prepareRebuild();
        isPrepared = true;
        piece = await changes.rebuildOn(tell);
      } catch (error) {
        if (this.#closed) return;
        if (failureOf(error).code === 'damaged') throw error;
        this.#notices = [...notices, `It cannot go on now and will be tried again. ${failureOf(error).message}`];
        changed(false);
        await this.#pause();
        continue;
      }
      papers = piece?.papers ?? papers;
      if (piece && !piece.end) {
        this.#notices = notices;
        tell(piece.done);
        changed(false);
        continue;
      }
      tell(1);
      this.#rebuilding = null;
      desk.occupy(null);
      if (piece?.end && trouble && 'found' in trouble) {
        this.#notices = [whatCameBack(trouble.found, piece.end, papers)];
      }
      await finished(piece?.end?.changesKnown ?? true);
      return;
    }
  }

  async #pause(): Promise<void> {
    const waited = Promise.withResolvers<void>();
    const timer = setTimeout(waited.resolve, betweenAttempts);
    await Promise.race([waited.promise, this.#closing.promise]);
    clearTimeout(timer);
  }
}
