import { dirname, resolve } from 'node:path';
import type { EventPayload } from '../shared/contract.ts';
import { type ExportedSelection, mostCited } from '../shared/export-calls.ts';
import { type ExportFormat, exportFormats } from '../shared/export-formats.ts';
import { OffprintError } from '../shared/outcome.ts';
import type { Paper, PaperId } from '../shared/paper.ts';
import { partsOf } from './backup/new-file.ts';
import { Progress } from './backup/progress.ts';
import { checkTargetFolder } from './backup/target-folder.ts';
import type { KeyGiving } from './citations/citation-keys.ts';
import type { TextFormat } from './exporters/registry.ts';
import { type PaperSource, selectedIds, wholePapers } from './exporting/selected-papers.ts';
import { exportStopped, nothingExported } from './exporting/trouble.ts';
import { writeExportFile } from './exporting/write-file.ts';
import type { MarkdownFolderParts } from './exporting/write-folder.ts';
import { readImage } from './kept-images.ts';
import { type FileOperations, systemFiles } from './store/durable-file.ts';

/** What is to be exported, and how. */
export interface ExportRequest {
  format: ExportFormat;
  papers: ExportedSelection;
  /** Whether notes, tags and marks go with them. */
  notes: boolean;
}

/** Where an export goes: into a folder under a name with the date, or to a path that nothing has yet. */
export type ExportTarget = { folder: string } | { path: string };

/** What {@link Exports} are made of. */
export interface ExportParts extends PaperSource {
  dataFolder: string;
  /** Begins to give papers citation keys. */
  keys(): KeyGiving;
  /** Told now and then how far the export is. */
  onProgress(progress: EventPayload<'export.progress'>): void;
  files?: FileOperations;
  now?: () => number;
}

/** How a host asks for one of {@link Exports}. */
export interface ExportJobOptions {
  signal?: AbortSignal;
  /** Told how many papers it were, once all is said. */
  onEnd?(papers: number): void;
}

/**
 * Papers written in the formats of other programs, one export at a time. Memory does not grow with their number but
 * for their ids and keys. What writes each format is loaded when it is asked for.
 */
export class Exports {
  readonly #parts: ExportParts;
  readonly #files: FileOperations;
  #job: { abort: AbortController; ended: Promise<unknown> } | null = null;
  #isClosed = false;

  constructor(parts: ExportParts) {
    this.#parts = parts;
    this.#files = parts.files ?? systemFiles;
  }

  /**
   * Writes papers into a new file, or a new folder of files; nothing that is there is written over. It is on the disk
   * when this resolves; when it rejects, nothing is there.
   * @returns where, how many papers, and which pictures of their notes are lacking, if any, as a sentence
   * @throws OffprintError `not-found`, `bad-input` or `unreadable` for the papers or the folder; `refused` when it is
   * cancelled, or another is under way
   */
  write(
    request: ExportRequest,
    target: ExportTarget,
    options: ExportJobOptions = {},
  ): Promise<{ path: string; papers: number; trouble?: string }> {
    return this.#alone(options, async (signal) => {
      const { dataFolder, now = Date.now } = this.#parts;
      const exportedAt = now();
      const { folder, names } = await placeOf(target, request.format, exportedAt);
      await checkTargetFolder(folder, dataFolder, nothingExported);
      const ids = await selectedIds(this.#parts, request.papers);
      const giving = this.#parts.keys();
      const counted = this.#counted(ids, signal);
      const keep = async () => {
        await giving.keep();
        if (signal.aborted) throw exportStopped();
      };
      if (request.format === 'markdown-folder') {
        const written = await this.#writeFolder(folder, names, ids, counted.papers, giving, request.notes, keep);
        const { path, trouble } = written;
        return { path, papers: counted.count(), ...(trouble !== null && { trouble }) };
      }
      const how = { notes: request.notes, exportedAt, isFile: true };
      const text = await textOf(request.format, counted.papers, giving, how);
      const path = await writeExportFile(this.#files, folder, names, text, keep);
      return { path, papers: counted.count() };
    });
  }

  /**
   * Papers as the text of one format, in pieces; ask for all of them.
   * @throws OffprintError as {@link write} does; `bad-input` for `markdown-folder`, which is no text
   */
  async *pieces(request: ExportRequest, { signal, onEnd }: ExportJobOptions = {}): AsyncGenerator<string, void> {
    const { format, notes } = request;
    if (format === 'markdown-folder') {
      throw new OffprintError('bad-input', 'A file for each paper needs a folder. Choose one, or another format.');
    }
    const ids = await selectedIds(this.#parts, request.papers);
    const giving = this.#parts.keys();
    const { papers, count } = this.#counted(ids, signal ?? new AbortController().signal);
    const exportedAt = (this.#parts.now ?? Date.now)();
    yield* await textOf(format, papers, giving, { notes, exportedAt, isFile: false });
    await giving.keep();
    onEnd?.(count());
  }

  /**
   * Papers as one text, for the clipboard.
   * @throws OffprintError as {@link pieces} does; `bad-input` for more than {@link mostCited}
   */
  async text(request: ExportRequest): Promise<{ text: string; papers: number }> {
    const ids = await selectedIds(this.#parts, request.papers);
    if (ids.length > mostCited) {
      const most = mostCited.toLocaleString('en');
      throw new OffprintError('bad-input', `These are more than ${most} papers. Export them into a file instead.`);
    }
    // An export of none is one, and no list of ids is empty.
    const papers = ids.length === 0 ? request.papers : { ids: [...ids] };
    let text = '';
    for await (const piece of this.pieces({ ...request, papers })) text += piece;
    return { text, papers: ids.length };
  }

  /** Stops what is under way and resolves when it has ended. */
  async cancel(): Promise<void> {
    this.#job?.abort.abort();
    await this.#job?.ended;
  }

  /** Stops what is under way, begins nothing more, and resolves when that has ended. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.cancel();
  }

  #counted(ids: readonly PaperId[], signal: AbortSignal): { papers: AsyncGenerator<Paper, void>; count: () => number } {
    const { onProgress } = this.#parts;
    let count = 0;
    const progress = new Progress(ids.length, (done) => onProgress({ done, papers: count }));
    const all = wholePapers(this.#parts, ids, signal);
    async function* counting() {
      for await (const paper of all) {
        count += 1;
        progress.add(1);
        yield paper;
      }
      progress.end();
    }
    return { papers: counting(), count: () => count };
  }

  async #writeFolder(
    folder: string,
    names: readonly string[],
    ids: readonly PaperId[],
    papers: AsyncIterable<Paper>,
    giving: KeyGiving,
    notes: boolean,
    beforePlacing: () => Promise<void>,
  ): Promise<{ path: string; trouble: string | null }> {
    const { handlers, dataFolder } = this.#parts;
    const exported = new Set(ids);
    const linked = async (id: PaperId) => {
      const paper = await handlers['paper.get']({ id, query: '' }).catch(() => null);
      return paper && exported.has(paper.id) ? paper : null;
    };
    const image = async (name: string) => (await readImage(dataFolder, name))?.bytes ?? null;
    const keys: MarkdownFolderParts['keys'] = (paper) => giving.keyOf(paper);
    const { writeMarkdownFolder } = await import('./exporting/write-folder.ts');
    return writeMarkdownFolder(this.#files, folder, names, { papers, keys, notes, linked, image }, beforePlacing);
  }

  async #alone<T>({ signal }: ExportJobOptions, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    if (this.#isClosed) throw new OffprintError('refused', 'The library is closed.');
    if (this.#job) throw new OffprintError('refused', 'An export is under way already. Wait until it is done.');
    const abort = new AbortController();
    const stop = () => abort.abort();
    if (signal?.aborted) stop();
    signal?.addEventListener('abort', stop);
    const working = work(abort.signal);
    const job = { abort, ended: working.catch(() => {}) };
    this.#job = job;
    try {
      return await working;
    } finally {
      signal?.removeEventListener('abort', stop);
      this.#job = null;
    }
  }
}

async function textOf(
  format: TextFormat,
  papers: AsyncIterable<Paper>,
  giving: KeyGiving,
  options: { notes: boolean; exportedAt: number; isFile: boolean },
): Promise<AsyncGenerator<string, void>> {
  const { exporterOf } = await import('./exporters/registry.ts');
  const exporter = await exporterOf(format);
  return exporter(papers, { ...options, keys: (paper) => giving.keyOf(paper) });
}

async function placeOf(
  target: ExportTarget,
  format: ExportFormat,
  exportedAt: number,
): Promise<{ folder: string; names: string[] }> {
  const extension = exportFormats.find(({ id }) => id === format)?.extension ?? null;
  const { exportNames } = await import('./exporting/export-names.ts');
  if ('folder' in target) return { folder: target.folder, names: exportNames(exportedAt, extension) };
  const path = resolve(target.path);
  return { folder: dirname(path), names: [partsOf(path).name] };
}
