import type { ImportPreview, ImportProgress, ImportReport } from '../../shared/contract.ts';
import type { OpenRequest } from '../../shared/host-calls.ts';
import { failureOf } from '../../shared/outcome.ts';
import { importSummary } from './import-words.ts';
import type { Session } from './session.ts';
import { type ChosenFile, Stopped, stopIf, upload } from './upload.ts';

/** Where an import stands that the window has begun. */
export type ImportState =
  /** Files on their way to the library; `done` from 0 to 1. */
  | { phase: 'sending'; file: string; index: number; files: number; done: number }
  | { phase: 'reading' | 'writing'; progress: ImportProgress | null }
  /** Waits for the reader to confirm; `passedOver` files of the folder were no text. */
  | { phase: 'preview'; preview: ImportPreview; passedOver: number };

/** Files that `import.begin` takes, those that could not be had, and how many were left out because they are no text. */
export type ReadyFiles = Omit<Extract<OpenRequest, { kind: 'import' }>, 'kind'>;

/** The import of this window: one at a time. What it does and shows is in the state of the session. */
export class Importing {
  readonly #session: Session;
  #stop: AbortController | null = null;
  #job: number | null = null;

  constructor(session: Session) {
    this.#session = session;
  }

  /** Listens for progress. Returns the function that stops listening. */
  listen(): () => void {
    return this.#session.client.on('import.progress', (progress) => {
      const { importing } = this.#session.store.get();
      if (progress.job !== this.#job || importing?.phase !== progress.phase) return;
      this.#set({ phase: progress.phase, progress });
    });
  }

  /**
   * Reads files as far as a preview, which the dialog then shows.
   * @param passedOver files of the same folder that were left out because they are no text
   */
  async begin(files: readonly ChosenFile[], passedOver = 0): Promise<void> {
    const { store, toasts } = this.#session;
    if (this.#session.isReadOnly()) return;
    if (files.length === 0) {
      if (passedOver > 0)
        toasts.show('notice', 'There is no file in it that Offprint can import.', { topic: 'import' });
      return;
    }
    if (store.get().importing) {
      const text = 'Another import is under way. Import these when it is done.';
      toasts.show('notice', text, { topic: 'waiting', action: { label: 'Show', run: () => this.show() } });
      return;
    }
    this.#set({ phase: 'sending', file: files[0]?.name ?? '', index: 1, files: files.length, done: 0 });
    await this.#preview((signal) => this.#send(files, signal), passedOver);
  }

  /** Reads files as far as a preview that the program stands ready to read, as {@link begin} does. No import may be under way. */
  async beginReady({ uploads, failures, passedOver }: ReadyFiles): Promise<void> {
    if (this.#session.isReadOnly()) return;
    this.#set({ phase: 'reading', progress: null });
    await this.#preview(async () => ({ uploads, failures }), passedOver);
  }

  async #preview(ready: (signal: AbortSignal) => Promise<Omit<ReadyFiles, 'passedOver'>>, passedOver: number) {
    const { store, toasts, client } = this.#session;
    const stop = new AbortController();
    this.#stop = stop;
    this.show();
    try {
      const { uploads, failures } = await ready(stop.signal);
      stopIf(stop.signal);
      const preview = await this.#read(uploads, stop.signal);
      preview.failures.unshift(...failures);
      stopIf(stop.signal);
      this.#set({ phase: 'preview', preview, passedOver });
      // What goes on in the background says so where it shows how far it is.
      if (store.get().dialog?.kind !== 'import') this.#session.announce('The import is ready to be confirmed.');
    } catch (error) {
      if (this.#stop !== stop) return;
      const job = this.#job;
      this.#end();
      if (job !== null) await client.call('import.cancel', { job }).catch(() => {});
      if (!(error instanceof Stopped)) toasts.fail(error);
    }
  }

  /** Writes what was previewed. */
  async confirm(takeMarks: boolean): Promise<void> {
    const { client, toasts, list } = this.#session;
    const [job, stop] = [this.#job, this.#stop];
    if (job === null || this.#session.store.get().importing?.phase !== 'preview') return;
    this.#set({ phase: 'writing', progress: null });
    try {
      const { change, ...report } = await client.call('import.confirm', { job, takeMarks });
      this.#end();
      this.#tellDone(report, change);
      list.refresh();
    } catch (error) {
      if (this.#stop !== stop) return;
      this.#end();
      toasts.fail(error);
    }
  }

  /** Stops the import wherever it is. Nothing is written. */
  async cancel(): Promise<void> {
    const job = this.#job;
    this.#stop?.abort();
    this.#end();
    if (job !== null) await this.#session.client.call('import.cancel', { job }).catch(() => {});
  }

  /** Shows the dialog of the import that is under way. */
  show(): void {
    if (this.#session.store.get().importing) this.#session.dialog({ kind: 'import' });
  }

  #set(importing: ImportState): void {
    this.#session.store.set({ importing });
  }

  #end(): void {
    const { store, toasts } = this.#session;
    this.#stop = null;
    this.#job = null;
    store.set({ importing: null });
    toasts.closeTopic('waiting');
    if (store.get().dialog?.kind === 'import') store.set({ dialog: null });
  }

  async #send(
    files: readonly ChosenFile[],
    signal: AbortSignal,
  ): Promise<{ uploads: string[]; failures: ImportReport['failures'] }> {
    const all = files.reduce((sum, { content }) => sum + content.size, 0) || 1;
    const uploads: string[] = [];
    const failures: ImportReport['failures'] = [];
    let before = 0;
    for (const [at, file] of files.entries()) {
      const tell = (sent: number) =>
        this.#set({
          phase: 'sending',
          file: file.name,
          index: at + 1,
          files: files.length,
          done: Math.min(1, (before + sent) / all),
        });
      tell(0);
      try {
        uploads.push(await upload(this.#session.client, file, tell, signal));
      } catch (error) {
        if (error instanceof Stopped) {
          for (const id of uploads) await this.#session.client.call('upload.discard', { upload: id }).catch(() => {});
          throw error;
        }
        failures.push({ path: file.name, reason: failureOf(error).message });
      }
      before += file.content.size;
    }
    return { uploads, failures };
  }

  async #read(uploads: readonly string[], signal: AbortSignal): Promise<ImportPreview> {
    if (uploads.length === 0) {
      const total = { new: 0, merged: 0, unchanged: 0, skipped: 0 };
      return { files: [], failures: [], total, sample: [], marked: 0 };
    }
    const { client } = this.#session;
    const { job } = await client.call('import.begin', { uploads: [...uploads], format: null });
    if (signal.aborted) await client.call('import.cancel', { job }).catch(() => {});
    stopIf(signal);
    this.#job = job;
    this.#set({ phase: 'reading', progress: null });
    return client.call('import.preview', { job });
  }

  #tellDone(report: ImportReport, change: number | null): void {
    const { toasts } = this.#session;
    const details = { label: 'Details', run: () => this.#session.dialog({ kind: 'report', report, change }) };
    if (change === null) {
      toasts.show('done', 'Nothing new was in it. The library is as it was.', { topic: 'import', action: details });
      return;
    }
    const action = { label: 'Undo', run: () => void this.#session.undoChange(change) };
    toasts.show('done', `Imported ${importSummary(report.total)}`, { topic: 'import', action, second: details });
  }
}
