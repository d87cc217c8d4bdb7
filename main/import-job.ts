import type { ImportPreview, ImportProgress } from '../shared/contract.ts';
import { OffprintError } from '../shared/outcome.ts';
import type { FileToImport, OnProgress, PapersWriter } from './corpus/papers-writer.ts';

/** What is to be imported in one go. */
export interface ImportRequest {
  files: readonly FileToImport[];
  /** Name of the format; null to recognise it by content. */
  format: string | null;
  /** Told now and then how far it is. */
  onProgress(progress: ImportProgress): void;
  /** Tidies up once it has ended, whichever way; it counts as ended then. Must not reject. */
  ended(): Promise<void>;
}

/** Milliseconds between two messages of progress. */
const betweenMessages = 100;

/** The error of an import that did not come to its end because somebody wanted it so. */
export function cancelledImport(): OffprintError {
  return new OffprintError('refused', 'The import was cancelled. Nothing was imported.');
}

/**
 * One import, from its beginning until it is written or given up. `reading`: the preview is being
 * made, or waits for its turn; `waiting`: for the reader to confirm; `writing`: confirmed.
 */
export class ImportJob {
  readonly number: number;
  readonly #request: ImportRequest;
  #phase: 'reading' | 'waiting' | 'writing' | 'ended' = 'reading';
  #cancelled = false;
  #preview: Promise<ImportPreview> | null = null;
  readonly #ended = Promise.withResolvers<void>();

  constructor(number: number, request: ImportRequest) {
    this.number = number;
    this.#request = request;
  }

  get phase(): 'reading' | 'waiting' | 'writing' | 'ended' {
    return this.#phase;
  }

  /** Resolves when it has ended. */
  get ended(): Promise<void> {
    return this.#ended.promise;
  }

  /** What it would bring. Rejects when it cannot be read or is cancelled. */
  get preview(): Promise<ImportPreview> {
    return this.#preview ?? Promise.reject(cancelledImport());
  }

  /** Reads the files. @param turn runs something when the writer is free */
  read(turn: <T>(work: (writer: PapersWriter) => Promise<T>) => Promise<T>): void {
    const { files, format } = this.#request;
    this.#preview = turn(async (writer) => {
      if (this.#cancelled) throw cancelledImport();
      const preview = await writer.preview({ files, format }, this.#progress());
      if (!this.#cancelled) return preview;
      // Cancelled in the very moment in which it was read.
      await writer.cancel();
      throw cancelledImport();
    });
    this.#preview.then(
      () => {
        if (this.#cancelled) this.#end();
        else this.#phase = 'waiting';
      },
      () => this.#end(),
    );
  }

  /**
   * Writes what was previewed, and then does what is to be done with it.
   * @throws OffprintError `refused` unless it waits to be confirmed
   */
  async write<T>(
    turn: <R>(work: (writer: PapersWriter) => Promise<R>) => Promise<R>,
    finish: (writer: PapersWriter, written: Awaited<ReturnType<PapersWriter['confirm']>>) => Promise<T>,
  ): Promise<T> {
    if (this.#phase === 'reading') throw new OffprintError('refused', 'The import has not been read to its end yet.');
    if (this.#phase !== 'waiting') throw endedImport();
    this.#phase = 'writing';
    try {
      return await turn(async (writer) => {
        if (this.#cancelled) throw cancelledImport();
        return finish(writer, await writer.confirm(this.#progress()));
      });
    } finally {
      this.#end();
      await this.ended;
    }
  }

  /** Stops it wherever it is. Resolves when it has ended; what was written by then stays. */
  async cancel(writer: PapersWriter | null): Promise<void> {
    if (this.#phase === 'ended') return;
    this.#cancelled = true;
    const waited = this.#phase === 'waiting';
    try {
      await writer?.cancel();
    } finally {
      if (waited) this.#end();
    }
    await this.ended;
  }

  #end(): void {
    if (this.#phase === 'ended') return;
    this.#phase = 'ended';
    this.#ended.resolve(this.#request.ended());
  }

  /** A place for messages of one phase, that lets one through now and then, and always the last. */
  #progress(): OnProgress {
    let last = Number.NEGATIVE_INFINITY;
    return (progress) => {
      const now = performance.now();
      if (now - last < betweenMessages && progress.done < 1) return;
      last = now;
      this.#request.onProgress({ job: this.number, ...progress });
    };
  }
}

/** The error of a call about an import that is over. */
export function endedImport(): OffprintError {
  return new OffprintError(
    'refused',
    'This import is not waiting to be confirmed any more: something else has been begun since. Begin it again.',
  );
}
