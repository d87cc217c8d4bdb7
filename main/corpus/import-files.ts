import { stat } from 'node:fs/promises';
import { OffprintError } from '../../shared/outcome.ts';
import type { Importer } from '../importers/importer.ts';
import { type InspectedInput, inspectInput, sourceName } from '../importers/read-input.ts';
import { type Capture, keepCapture } from './captures.ts';
import { ImportTally } from './import-tally.ts';
import { Ingest } from './ingest.ts';
import { Pace } from './pace.ts';
import type { FileToImport, OnProgress } from './papers-writer.ts';
import { readAgain } from './read-again.ts';
import type { SourceRow } from './source-rows.ts';
import { isDatabaseError, type WriterSession } from './writer-session.ts';

/** A file that has been read into the open transaction. */
export interface ReadFile {
  path: string;
  importer: Importer;
  tally: ImportTally;
  /** The source made for it; null when it brought nothing that was not there. */
  source: SourceRow | null;
  /** The highest key that its papers can have. */
  lastKey: number;
  capture: Capture | null;
}

/** All files of an import, read into the open transaction. */
export interface ReadFiles {
  files: ReadFile[];
  failures: { path: string; reason: string }[];
}

/** Shares of the work with a file: finding out what it is, reading it, keeping it. */
const inspecting = 0.1;
const keeping = 0.05;
/** Share of the whole that remains when all files have been read. */
const settling = 0.1;

/** Knows how far the reading of all files is. */
class ReadingProgress {
  readonly #onProgress: OnProgress;
  readonly #sizes: readonly number[];
  readonly #total: number;
  readonly #names: readonly string[];
  #index = 0;
  #before = 0;
  #share = 0;
  papers = 0;
  /** Tells how far the file being read is, from 0 to 1. */
  measure: () => number = () => 0;

  constructor(files: readonly FileToImport[], sizes: readonly number[], onProgress: OnProgress) {
    this.#names = files.map(({ name }) => name);
    this.#sizes = sizes;
    // A file of no known size takes some time, too.
    this.#total = sizes.reduce((sum, size) => sum + size + 1, 0);
    this.#onProgress = onProgress;
  }

  begin(index: number): void {
    this.#index = index;
    this.#before = this.#sizes.slice(0, index).reduce((sum, size) => sum + size + 1, 0);
    this.#share = (this.#sizes[index] ?? 0) + 1;
    this.measure = () => 0;
  }

  readonly tell = (): void => {
    const read = (this.#before + Math.min(1, this.measure()) * this.#share) / this.#total;
    this.#send(read * (1 - settling));
  };

  settled(done: number): void {
    this.#send(1 - settling + settling * Math.min(1, done));
  }

  #send(done: number): void {
    const [file, files] = [this.#names[this.#index] ?? '', this.#names.length];
    this.#onProgress({ phase: 'reading', file, index: this.#index + 1, files, done, papers: this.papers });
  }
}

/**
 * Reads files into the open transaction of a session, each so that a failure takes back what that
 * file brought and nothing else.
 * @throws OffprintError when the database fails; the signal's reason. Copies that were made are gone then
 */
export async function importFiles(
  session: WriterSession,
  request: { files: readonly FileToImport[]; format: string | null },
  signal: AbortSignal,
  onProgress: OnProgress,
): Promise<ReadFiles> {
  const sizes = await Promise.all(
    request.files.map(({ path }) =>
      stat(path).then(
        ({ size }) => size,
        () => 0,
      ),
    ),
  );
  const progress = new ReadingProgress(request.files, sizes, onProgress);
  const pace = new Pace(signal, progress.tell);
  const { work, tables } = session;
  const ingest = new Ingest(tables, work, session.marks);
  const lowest = tables.sources.lowestKey();
  work.expect({ from: lowest, to: lowest });
  const files: ReadFile[] = [];
  const failures: ReadFiles['failures'] = [];
  try {
    for (const [index, file] of request.files.entries()) {
      progress.begin(index);
      progress.tell();
      const reading = new FileReading(session, ingest, file, progress, pace, signal);
      try {
        files.push(await reading.run(request.format));
      } catch (error) {
        if (signal.aborted || isDatabaseError(error)) throw error;
        failures.push({ path: file.name, reason: reasonOf(error, file.name) });
      }
    }
    const all = work.countDirty();
    const settlingPace = new Pace(signal, () => progress.settled(1 - work.countDirty() / all));
    await settlingPace.run(ingest.settle());
    progress.settled(1);
    return { files, failures };
  } catch (error) {
    for (const { capture } of files) capture?.discard();
    throw error;
  }
}

function reasonOf(error: unknown, name: string): string {
  if (error instanceof OffprintError) return error.message;
  return `${name} could not be read: something went wrong inside Offprint. Nothing was imported.`;
}

/** One file on its way into the open transaction. */
class FileReading {
  readonly #session: WriterSession;
  readonly #ingest: Ingest;
  readonly #file: FileToImport;
  readonly #progress: ReadingProgress;
  readonly #pace: Pace;
  readonly #signal: AbortSignal;

  constructor(
    session: WriterSession,
    ingest: Ingest,
    file: FileToImport,
    progress: ReadingProgress,
    pace: Pace,
    signal: AbortSignal,
  ) {
    this.#session = session;
    this.#ingest = ingest;
    this.#file = file;
    this.#progress = progress;
    this.#pace = pace;
    this.#signal = signal;
  }

  async run(format: string | null): Promise<ReadFile> {
    const { path, name } = this.#file;
    let read = 0;
    const size = Math.max(1, (await stat(path).catch(() => null))?.size ?? 1);
    this.#progress.measure = () => (inspecting * read) / size;
    const onBytes = (bytes: number) => {
      read = bytes;
      if (this.#pace.isTired) this.#progress.tell();
    };
    const input = await inspectInput({ path, name, format, onBytes, signal: this.#signal });
    const { sources } = this.#session.tables;
    const { importer, digest } = input;
    const twin = sources.ofDigest(digest, importer.format);
    const again = twin === undefined ? null : await readAgain(this.#session, twin, input.open(), importer, this.#pace);
    if (again) return { path: name, importer, tally: again, source: null, lastKey: 0, capture: null };
    return await this.#takeIn(input);
  }

  /** Reads the file inside a savepoint. */
  async #takeIn(input: InspectedInput): Promise<ReadFile> {
    const { database, work, tables } = this.#session;
    const range = work.range;
    const papersBefore = this.#progress.papers;
    database.exec('SAVEPOINT file');
    const leave = () => {
      database.exec('ROLLBACK TO file; RELEASE file');
      tables.sources.reread();
      work.expectFrom(range.from);
    };
    let capture: Capture | null = null;
    try {
      const { source, tally } = await this.#read(input);
      const { importer, digest } = input;
      if (this.#progress.papers === papersBefore) {
        leave();
        return { path: this.#file.name, importer, tally, source: null, lastKey: 0, capture: null };
      }
      const { path, name } = this.#file;
      const kept = { path, name: sourceName(name), digest, signal: this.#signal };
      capture = await keepCapture(this.#session.folder, kept);
      tables.sources.setCapture(source.id, capture.file);
      database.exec('RELEASE file');
      return { path: name, importer, tally, source, lastKey: source.firstKey + input.decodedBytes, capture };
    } catch (error) {
      capture?.discard();
      this.#progress.papers = papersBefore;
      if (database.isTransaction) leave();
      throw error;
    }
  }

  async #read(input: InspectedInput): Promise<{ source: SourceRow; tally: ImportTally }> {
    const { sources } = this.#session.tables;
    const { importer, digest, decodedBytes } = input;
    const text = input.open();
    const rest = 1 - inspecting - keeping;
    this.#progress.measure = () => inspecting + (rest * text.bytesRead) / Math.max(1, input.size);
    const source = sources.add(
      {
        name: sourceName(this.#file.name),
        format: importer.format,
        importedAt: sources.timeOfImport(Date.now()),
        digest,
        capture: null,
      },
      decodedBytes,
    );
    this.#session.work.expectFrom(source.firstKey);
    const tally = new ImportTally();
    let position = 0;
    for await (const record of importer.read(text)) {
      position += 1;
      if (position > decodedBytes) throw new Error('more records than bytes');
      this.#ingest.add(source, tally, record, position);
      if (record.kind === 'paper') this.#progress.papers += 1;
      if (this.#pace.isTired) await this.#pace.rest();
    }
    return { source, tally };
  }
}
