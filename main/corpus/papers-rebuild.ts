import { join } from 'node:path';
import { OffprintError } from '../../shared/outcome.ts';
import type { ImportedRecord } from '../importers/importer.ts';
import { type InspectedInput, inspectInput } from '../importers/read-input.ts';
import { timeOfCapture } from './begin-again.ts';
import { capturesFolder, partsOfCaptureName } from './captures.ts';
import { ImportTally } from './import-tally.ts';
import { Ingest } from './ingest.ts';
import { returnKept } from './kept-return.ts';
import { Pace } from './pace.ts';
import type { RebuildPiece } from './papers-writer.ts';
import { RebuildProgress } from './rebuild-progress.ts';
import { type LostSource, type Rebuilding, readRebuilding, writeRebuilding } from './rebuilding.ts';
import type { SourceRow } from './source-rows.ts';
import { updateTextIndex } from './text-index.ts';
import { isDatabaseError, type WriterSession } from './writer-session.ts';

/** Records that are read and committed in one piece: a second or so. */
const atOnce = 5000;

/** A source that is being read again. */
interface Reading {
  source: SourceRow;
  records: AsyncIterator<ImportedRecord>;
  tally: ImportTally;
  /** Records that have been read so far, and that its file can hold at most. */
  position: number;
  most: number;
}

/** Why a source cannot be read again, as {@link LostSource.reason}. */
class Lost extends Error {}

const otherwise = 'this version of Offprint understands the file otherwise';

/**
 * Reads the papers of a database that was begun anew from the files they came from, in pieces that
 * are committed one by one, so that papers appear as they come back and a crash costs one piece.
 * What the tables say in the end is what they said before: it depends on the records alone.
 */
export class PapersRebuild {
  readonly #session: WriterSession;
  readonly #progress: RebuildProgress;
  #pace = new Pace();
  #signal: AbortSignal | null = null;
  #reading: Reading | null = null;
  #state: Rebuilding;

  /** @returns null where the database is whole */
  static of(session: WriterSession): PapersRebuild | null {
    const state = readRebuilding(session.database);
    return state && new PapersRebuild(session, state);
  }

  private constructor(session: WriterSession, state: Rebuilding) {
    this.#session = session;
    this.#state = state;
    this.#progress = new RebuildProgress(session, state);
  }

  /**
   * Does one piece in a transaction of its own.
   * @param tell told now and then how far all of it is
   * @param signal ends the piece
   * @throws what SQLite throws, or the signal's reason; the transaction is still open then, and this is of no more use
   */
  async next(tell: (done: number) => void, signal: AbortSignal): Promise<RebuildPiece> {
    const session = this.#session;
    this.#signal = signal;
    this.#pace = new Pace(signal, () => tell(this.#progress.done));
    session.begin();
    session.marks.clear();
    const isLast = await this.#work();
    await this.#pace.run(updateTextIndex(session.database, session.work.range));
    writeRebuilding(session.database, isLast ? null : this.#state);
    const { from, changesKnown, why, lost } = this.#state;
    const published = session.commit();
    const end = isLast ? { from, changesKnown, why, lost } : null;
    return { published, done: isLast ? 1 : this.#progress.done, papers: this.#progress.papers(), end };
  }

  /** Reads some of what is left. @returns whether that was the last of it */
  async #work(): Promise<boolean> {
    const { sources, captures, kept } = this.#state;
    if (sources.length > 0 || captures.length > 0) {
      await this.#orLost(() => this.#readOn());
      return false;
    }
    if (kept !== null) {
      const { folder, tables, work } = this.#session;
      const path = join(capturesFolder(folder), kept.file);
      await this.#orLost(() => returnKept(tables, work, { path, file: kept }, this.#pace));
      this.#state = { ...this.#state, kept: null };
    }
    return true;
  }

  /** Does something of which nothing is left when it turns out that a file cannot be read: then that is written down. */
  async #orLost(work: () => Promise<void>): Promise<void> {
    const { database, tables, work: list } = this.#session;
    const before = this.#state;
    database.exec('SAVEPOINT piece');
    try {
      await work();
      database.exec('RELEASE piece');
    } catch (error) {
      if (isDatabaseError(error) || this.#signal?.aborted) throw error;
      database.exec('ROLLBACK TO piece; RELEASE piece');
      tables.sources.reread();
      list.expectNone();
      this.#state = { ...before, lost: [...before.lost, this.#lost(before, error)] };
      this.#goOn();
    }
  }

  #lost({ sources, captures, kept, position }: Rebuilding, error: unknown): LostSource {
    const [number] = sources;
    const row = number === undefined ? undefined : this.#session.tables.sources.get(number);
    const file = row?.capture ?? captures[0] ?? null;
    if (number === undefined && file === null) {
      const reason = 'the file that they were kept in is missing or damaged';
      return { name: 'papers kept of removed sources', file: kept?.file ?? null, reason, partly: false };
    }
    const reason = error instanceof Lost ? error.message : 'the file kept of it cannot be read';
    const name = row?.name ?? (file === null ? null : partsOfCaptureName(file)?.name) ?? `source ${number}`;
    return { name, file, reason, partly: position > 0 };
  }

  /** All that can be had of a source is in. */
  #goOn(): void {
    this.#reading = null;
    this.#progress.passed();
    const { sources, captures } = this.#state;
    const left = sources.length > 0 ? { sources: sources.slice(1) } : { captures: captures.slice(1) };
    this.#state = { ...this.#state, ...left, position: 0 };
  }

  async #readOn(): Promise<void> {
    this.#reading ??= await this.#open();
    if (await this.#take(this.#reading)) this.#goOn();
  }

  /** Finds out what comes next, and skips what of it is in already. */
  async #open(): Promise<Reading> {
    const [number] = this.#state.sources;
    const { position } = this.#state;
    const reading = number === undefined ? await this.#openCapture() : await this.#openSource(number);
    while (reading.position < position) {
      const { done } = await reading.records.next();
      if (done) throw new Lost(otherwise);
      reading.position += 1;
      if (this.#pace.isTired) await this.#pace.rest();
    }
    return reading;
  }

  async #openSource(number: number): Promise<Reading> {
    const source = this.#session.tables.sources.get(number);
    if (!source) throw new Lost('it is not known any more');
    if (source.capture === null) throw new Lost('it was never kept as a file');
    const input = await this.#inspect(source.capture, source.name, source.format);
    if (source.digest !== null && input.digest !== source.digest) throw new Lost('the file kept of it is damaged');
    return this.#begin(source, input);
  }

  /** Opens a file of which nothing is known but its name and its time, as if it were imported. */
  async #openCapture(): Promise<Reading> {
    const [capture = '', ...captures] = this.#state.captures;
    const parts = partsOfCaptureName(capture);
    if (!parts) throw new Lost('it is no file that was imported');
    const { name } = parts;
    const input = await this.#inspect(capture, name, null);
    if (!input.digest.startsWith(parts.digest)) throw new Lost('the file kept of it is damaged');
    const { sources } = this.#session.tables;
    const { format } = input.importer;
    const importedAt = sources.timeOfImport(timeOfCapture(this.#session.folder, capture));
    const source = sources.add({ name, format, importedAt, digest: input.digest, capture }, input.decodedBytes);
    // From here on it is known as any other, in the same transaction.
    this.#state = { ...this.#state, sources: [source.id], captures };
    return this.#begin(source, input);
  }

  async #inspect(capture: string, name: string, format: string | null): Promise<InspectedInput> {
    const path = join(capturesFolder(this.#session.folder), capture);
    const look = this.#progress.begin(capture);
    const onBytes = (bytes: number) => {
      look(bytes);
      if (this.#pace.isTired) this.#pace.tell();
    };
    try {
      return await inspectInput({ path, name, format, onBytes, signal: this.#signal ?? undefined });
    } catch (error) {
      const isGone = error instanceof OffprintError && error.code === 'not-found';
      throw isGone ? new Lost('the file kept of it is missing') : error;
    }
  }

  #begin(source: SourceRow, input: InspectedInput): Reading {
    const text = input.open();
    this.#progress.reading(() => text.bytesRead);
    const records = input.importer.read(text)[Symbol.asyncIterator]();
    return { source, records, tally: new ImportTally(), position: 0, most: input.decodedBytes };
  }

  /** Takes in the next records of a source. @returns whether it has no more */
  async #take(reading: Reading): Promise<boolean> {
    const { tables, work, marks } = this.#session;
    const { source, tally } = reading;
    const from = source.firstKey + reading.position + 1;
    work.expect({ from, to: from + atOnce });
    const ingest = new Ingest(tables, work, marks);
    let ended = false;
    for (let taken = 0; taken < atOnce && !ended; taken += 1) {
      const { done, value: record } = await reading.records.next();
      if (done) {
        ended = true;
      } else {
        reading.position += 1;
        if (reading.position > reading.most) throw new Lost(otherwise);
        ingest.add(source, tally, record, reading.position);
      }
      if (this.#pace.isTired) await this.#pace.rest();
    }
    await this.#pace.run(ingest.settle());
    tables.sources.miscount(source.id);
    this.#state = { ...this.#state, position: reading.position };
    return ended;
  }
}
