import type { ImportPreview } from '../shared/contract.ts';
import { failureOf, OffprintError } from '../shared/outcome.ts';
import type { PapersWriter } from './corpus/papers-writer.ts';
import { endedImport, ImportJob, type ImportRequest } from './import-job.ts';

type Written = Awaited<ReturnType<PapersWriter['confirm']>>;

/**
 * The one place where the papers are changed, one thing after the other. The writer is opened for
 * the first of them. Of imports there is one at a time. One that only waits for its reader gives
 * way to whatever is begun next, for the window that showed it may be gone.
 */
export class PapersDesk {
  readonly #openWriter: () => Promise<PapersWriter>;
  #writer: PapersWriter | null = null;
  /** Everything asked of the writer so far, but for the confirmations of readers. */
  #last: Promise<unknown> = Promise.resolve();
  #job: ImportJob | null = null;
  #jobs: number;
  #closed = false;
  /** Why papers can neither come in nor go for a while; null when they can. */
  #occupied: string | null = null;
  #damaged = () => {};

  /** @param lastJob imports get higher numbers than this */
  constructor(openWriter: () => Promise<PapersWriter>, lastJob = 0) {
    this.#openWriter = openWriter;
    this.#jobs = lastJob;
  }

  /** The highest number that an import has had. */
  get lastJob(): number {
    return this.#jobs;
  }

  /** True while an import is being read or written, and nothing else can be done to the papers. */
  get isImporting(): boolean {
    return this.#job?.phase === 'reading' || this.#job?.phase === 'writing';
  }

  /** True while nothing can be done to the papers that could be later. */
  get isBusy(): boolean {
    return this.isImporting || this.#occupied !== null;
  }

  /** True while {@link occupy} keeps everybody else from the papers. */
  get isOccupied(): boolean {
    return this.#occupied !== null;
  }

  /** Refuses everything that would change the papers, saying why, until it is told null. */
  occupy(why: string | null): void {
    this.#occupied = why;
  }

  /** Calls back when the writer finds the database to be damaged. One listener; the last one given holds. */
  onDamaged(listener: () => void): void {
    this.#damaged = listener;
  }

  /** Does something to the papers that must be done while they are occupied. */
  inSpite<T>(work: (writer: PapersWriter) => Promise<T>): Promise<T> {
    return this.#turn(work);
  }

  /** Does something while no writer has the database open: whatever import there is is given up, and the writer is closed. */
  async withoutWriter(work: () => Promise<void>): Promise<void> {
    const job = this.#job;
    this.#job = null;
    await job?.cancel(this.#writer).catch(() => {});
    const done = this.#last.then(async () => {
      await this.#giveUpWriter();
      await work();
    });
    this.#last = done.catch(() => {});
    await done;
  }

  /** Ends whatever the writer is doing, as if it had not been begun. */
  async interrupt(): Promise<void> {
    await this.#writer?.cancel().catch(() => {});
  }

  /**
   * Begins an import; answers with its number.
   * @throws OffprintError `refused` while another is being read or written; `request.ended` is not called then
   */
  begin(request: ImportRequest): number {
    this.#refuseWhileImporting();
    const before = this.#job;
    this.#jobs += 1;
    const job = new ImportJob(this.#jobs, request);
    this.#job = job;
    job.read((work) =>
      this.#turn(async (writer) => {
        await before?.cancel(writer);
        return work(writer);
      }),
    );
    return job.number;
  }

  /** See `import.preview` of the contract. May be asked for any number of times until the import has ended. */
  async preview(number: number): Promise<ImportPreview> {
    return this.#known(number).preview;
  }

  /**
   * Writes what an import previewed, then calls `finish`; nothing else is done to the papers meanwhile.
   * @throws OffprintError as the contract's `import.confirm` says; nothing is written then, unless `finish` threw it
   */
  async confirm<T>(number: number, finish: (writer: PapersWriter, written: Written) => Promise<T>): Promise<T> {
    const job = this.#known(number);
    return job.write((work) => this.#turn(work), finish);
  }

  /** Stops an import wherever it is, and resolves when it has ended. Harmless at any time. */
  async cancel(number: number): Promise<void> {
    const job = this.#job;
    if (job?.number === number) await job.cancel(this.#writer);
  }

  /** Stops whatever import there is. */
  async stop(): Promise<void> {
    await this.#job?.cancel(this.#writer);
  }

  /**
   * Does something to the papers while nothing else is done to them.
   * @throws OffprintError `refused` while an import is being read or written
   */
  async alone<T>(work: (writer: PapersWriter) => Promise<T>): Promise<T> {
    this.#refuseWhileImporting();
    const waiting = this.#job;
    this.#job = null;
    return this.#turn(async (writer) => {
      await waiting?.cancel(writer);
      return work(writer);
    });
  }

  /**
   * Looks for papers that may be the same, as far as an import lets it, beside everything else.
   * @returns whether what has been found has changed
   */
  async findDuplicates(): Promise<boolean> {
    if (this.#closed || (this.#writer === null && this.isImporting)) return false;
    const writer = this.#writer ?? (await this.#turn(async (opened) => opened));
    return writer.findDuplicates();
  }

  /** Stops the import there is, waits for everything else, and closes the writer. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.stop();
    await this.#last;
    await this.#writer?.close();
    this.#writer = null;
  }

  #known(number: number): ImportJob {
    if (this.#job?.number !== number || this.#job.phase === 'ended') throw endedImport();
    return this.#job;
  }

  #refuseWhileImporting(): void {
    if (this.#closed) throw new OffprintError('refused', 'The library is closed.');
    if (this.#occupied !== null) throw new OffprintError('refused', this.#occupied);
    if (this.isImporting) {
      throw new OffprintError(
        'refused',
        'An import is under way. Wait until it has ended, or cancel it. Nothing was changed.',
      );
    }
  }

  /** Runs something once everything before it is done. */
  #turn<T>(work: (writer: PapersWriter) => Promise<T>): Promise<T> {
    const done = this.#last.then(async () => {
      this.#writer ??= await this.#openWriter();
      try {
        return await work(this.#writer);
      } catch (error) {
        const { code } = failureOf(error);
        if (code === 'internal') await this.#giveUpWriter();
        if (code === 'damaged') this.#damaged();
        throw error;
      }
    });
    this.#last = done.catch(() => {});
    return done;
  }

  /** A thread that has failed is not to be trusted; the next thing gets a new one. */
  async #giveUpWriter(): Promise<void> {
    const writer = this.#writer;
    this.#writer = null;
    await writer?.close().catch(() => {});
  }
}
