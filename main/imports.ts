import { Buffer } from 'node:buffer';
import type { Handlers, ImportProgress, ImportReport } from '../shared/contract.ts';
import type { FileToImport } from './corpus/papers-writer.ts';
import { cancelledImport } from './import-job.ts';
import type { Incoming } from './incoming.ts';
import type { PaperChanges } from './paper-changes.ts';
import type { PapersDesk } from './papers-desk.ts';

/** What {@link Imports.importFiles} imports: files of this computer, and streams, each with what it is called. */
export type ImportedInput = FileToImport | { name: string; stream: AsyncIterable<Uint8Array> };

/** How {@link Imports.importFiles} goes about it. */
export interface ImportFilesOptions {
  /** Name of the format; null to recognise it by content. */
  format?: string | null;
  /** Says what would be, and writes nothing. */
  dryRun?: boolean;
  /** Notes, tags, statuses and stars of the files become the reader's where there are none yet. */
  takeMarks?: boolean;
  /** Told now and then how far it is. */
  onProgress?: ((progress: ImportProgress) => void) | undefined;
  /** Cancels it: nothing is written then, and the promise rejects with `refused`. */
  signal?: AbortSignal | undefined;
}

/** The calls by which files come in. */
export type ImportHandlers = Pick<
  Handlers,
  | 'upload.open'
  | 'upload.append'
  | 'upload.discard'
  | 'import.begin'
  | 'import.preview'
  | 'import.confirm'
  | 'import.cancel'
>;

/** The parts of the library that imports go through. */
export interface ImportParts {
  incoming: Incoming;
  desk: PapersDesk;
  changes: PaperChanges;
  /** Told how far the import is. */
  onProgress(progress: ImportProgress): void;
  /** Wraps what changes the library, so that it is waited for and announced. */
  change<T>(make: () => Promise<T>): Promise<T>;
}

/** How files come into the library, in pieces from a window or by their paths. */
export class Imports {
  readonly #parts: ImportParts;

  constructor(parts: ImportParts) {
    this.#parts = parts;
  }

  get handlers(): ImportHandlers {
    const { incoming, desk, changes, change } = this.#parts;
    return {
      'upload.open': async ({ name, size }) => ({ upload: await incoming.open(name, size) }),
      'upload.append': async ({ upload, base64 }) => {
        await incoming.append(upload, Buffer.from(base64, 'base64'));
        return {};
      },
      'upload.discard': async ({ upload }) => {
        await incoming.discard(upload);
        return {};
      },
      'import.begin': async ({ uploads, format }) => ({ job: await this.#begin(uploads, format) }),
      'import.preview': ({ job }) => desk.preview(job),
      'import.confirm': ({ job, takeMarks }) => change(() => changes.confirmImport(job, takeMarks)),
      'import.cancel': async ({ job }) => {
        await desk.cancel(job);
        return {};
      },
    };
  }

  /**
   * Imports files, all in one go. One that cannot be imported is among the `failures` and takes nothing else with it.
   * `marked` counts the papers for which the files hold marks that the reader has not given themselves.
   * @throws OffprintError `refused` when it is cancelled or another import is under way; nothing is written then
   */
  async importFiles(
    inputs: readonly ImportedInput[],
    { format = null, dryRun = false, takeMarks = false, onProgress, signal }: ImportFilesOptions = {},
  ): Promise<ImportReport & { marked: number }> {
    const { incoming, desk, changes, change } = this.#parts;
    const received: string[] = [];
    try {
      const files: FileToImport[] = [];
      for (const input of inputs) {
        if ('path' in input) files.push(input);
        else {
          const upload = await incoming.receive(input.name, input.stream, signal);
          if (upload === null) throw cancelledImport();
          received.push(upload);
          files.push(...(await incoming.take([upload])));
        }
      }
      if (signal?.aborted) throw cancelledImport();
      const told = onProgress ?? this.#parts.onProgress;
      const job = desk.begin({ files, format, onProgress: told, ended: async () => {} });
      const cancel = () => void desk.cancel(job).catch(() => {});
      signal?.addEventListener('abort', cancel);
      try {
        const { files, failures, total, marked } = await desk.preview(job);
        if (!dryRun) return { ...(await change(() => changes.confirmImport(job, takeMarks))), marked };
        await desk.cancel(job);
        return { files, failures, total, marked };
      } finally {
        signal?.removeEventListener('abort', cancel);
      }
    } finally {
      await incoming.release(received);
    }
  }

  async #begin(uploads: readonly string[], format: string | null): Promise<number> {
    const { incoming, desk, onProgress } = this.#parts;
    const files = await incoming.take(uploads);
    const ended = () => incoming.release(uploads);
    try {
      return desk.begin({ files, format, onProgress, ended });
    } catch (error) {
      incoming.giveBack(uploads);
      throw error;
    }
  }
}
