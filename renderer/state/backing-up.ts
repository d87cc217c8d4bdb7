import { type BackupSummary, backupEnding } from '../../shared/backup.ts';
import { failureOf } from '../../shared/outcome.ts';
import { noteSaverOf } from '../reader/note-saver-of.ts';
import { copyText } from './clipboard.ts';
import type { Session } from './session.ts';
import { type ChosenFile, Stopped, stopIf, upload } from './upload.ts';

/** Where the restoring of a backup stands that this window has begun. */
export type RestoreState =
  | { phase: 'sending'; file: string; done: number }
  /** Being checked; `done` is null until that is known. */
  | { phase: 'checking'; file: string; done: number | null }
  /** Waits for the reader to confirm. */
  | { phase: 'preview'; file: string; summary: BackupSummary }
  /** Writes a backup of what there is, checks the file again, or takes its content in. */
  | { phase: 'restoring'; file: string; summary: BackupSummary; step: RestoreStep; done: number | null }
  /** `kept` is the path of the backup of what there was. */
  | { phase: 'done'; file: string; summary: BackupSummary; kept: string }
  | { phase: 'failed'; file: string; reason: string };

/** What a restore is about. */
type RestoreStep = 'writing' | 'checking' | 'restoring';

/** A backup that was written, or why there is none: null when the reader has stopped it. */
export type WrittenBackup = { path: string; bytes: number } | { problem: string | null };

/** True for a file that is a backup by its name. */
export function isBackup(name: string): boolean {
  return name.toLowerCase().endsWith(backupEnding);
}

/** The backups of this window: one is written, and one restored, at a time. */
export class BackingUp {
  readonly #session: Session;
  /** Where the last backup of this window went. */
  lastFolder: string | null = null;
  #stop: AbortController | null = null;
  #upload: string | null = null;
  #cancelled = false;

  constructor(session: Session) {
    this.#session = session;
  }

  /** Listens for progress. Returns the function that stops listening. */
  listen(): () => void {
    return this.#session.client.on('backup.progress', ({ phase, done }) => {
      const { store } = this.#session;
      const { restoring, backingUp } = store.get();
      if (restoring?.phase === 'checking' && phase === 'checking') this.#set({ ...restoring, done });
      else if (restoring?.phase === 'restoring') this.#set({ ...restoring, step: phase, done });
      else if (backingUp !== null && phase === 'writing') store.set({ backingUp: done });
    });
  }

  /** Writes everything into a new file in a folder, once what is being typed is saved. */
  async write(folder: string): Promise<WrittenBackup> {
    const { client, store, toasts } = this.#session;
    if (store.get().backingUp !== null) return { problem: 'A backup is being written already.' };
    store.set({ backingUp: 0 });
    try {
      // A note that cannot be saved is no reason to have no backup of the rest.
      await Promise.allSettled(this.#saving());
      const written = await client.call('backup.write', { folder });
      this.lastFolder = folder;
      // Who has gone on meanwhile is told all the same.
      if (store.get().dialog?.kind !== 'backups') {
        const copy = { label: 'Copy path', run: () => void copyText(toasts, written.path, 'Copied the path') };
        toasts.show('notice', `The backup is written: ${written.path}`, { topic: 'backup', action: copy });
      }
      return written;
    } catch (error) {
      if (this.#cancelled) return { problem: null };
      if (store.get().dialog?.kind !== 'backups') toasts.fail(error, 'No backup was written.');
      return { problem: failureOf(error).message };
    } finally {
      this.#cancelled = false;
      store.set({ backingUp: null });
    }
  }

  /** Stops the backup that is being written. */
  async cancelWrite(): Promise<void> {
    this.#cancelled = true;
    await this.#session.client.call('backup.cancel', {}).catch(() => {});
  }

  /** Has a backup file checked, and asks the reader then. Nothing is changed yet. */
  async begin({ name, content }: ChosenFile): Promise<void> {
    const { client, store, toasts } = this.#session;
    if (this.#session.isReadOnly()) return;
    if (store.get().restoring || store.get().importing) {
      toasts.show('notice', 'Something else is being taken in. Restore the backup when it is done.', {
        topic: 'waiting',
      });
      return;
    }
    this.#set({ file: name, phase: 'sending', done: 0 });
    await this.#preview(name, (signal) => {
      const tell = (sent: number) => this.#set({ file: name, phase: 'sending', done: sent / (content.size || 1) });
      return upload(client, { name, content }, tell, signal);
    });
  }

  /** Has a backup checked that the program stands ready to read, as {@link begin} does. Nothing may be under way. */
  async beginReady({ name, upload: id }: { name: string; upload: string }): Promise<void> {
    if (this.#session.isReadOnly()) return;
    this.#set({ file: name, phase: 'checking', done: null });
    await this.#preview(name, async () => id);
  }

  async #preview(name: string, ready: (signal: AbortSignal) => Promise<string>): Promise<void> {
    const { client } = this.#session;
    const stop = new AbortController();
    this.#stop = stop;
    this.#session.dialog({ kind: 'restore' });
    try {
      const id = await ready(stop.signal);
      if (stop.signal.aborted) this.#discard(id);
      stopIf(stop.signal);
      this.#upload = id;
      this.#set({ file: name, phase: 'checking', done: null });
      const summary = await client.call('backup.preview', { upload: id });
      stopIf(stop.signal);
      this.#set({ file: name, phase: 'preview', summary });
    } catch (error) {
      if (error instanceof Stopped || this.#stop !== stop) return;
      this.#forget();
      this.#set({ file: name, phase: 'failed', reason: failureOf(error).message });
    }
  }

  /** Makes the library what the backup holds that was previewed. */
  async confirm(): Promise<void> {
    const { client, store } = this.#session;
    const { restoring } = store.get();
    const id = this.#upload;
    if (restoring?.phase !== 'preview' || id === null) return;
    const { file, summary } = restoring;
    this.#set({ file, phase: 'restoring', summary, step: 'writing', done: null });
    try {
      // What is being typed belongs to what is kept.
      await Promise.all(this.#saving());
      const { kept } = await client.call('backup.restore', { upload: id });
      this.#upload = null;
      await this.#startOver();
      this.#set({ file, phase: 'done', summary, kept });
    } catch (error) {
      this.#forget();
      if (this.#cancelled) this.#end();
      else this.#set({ file, phase: 'failed', reason: failureOf(error).message });
    } finally {
      this.#cancelled = false;
    }
  }

  /** Closes what was asked or told. What is being checked or restored stops, as long as that is possible. */
  close(): void {
    const { client, store } = this.#session;
    const phase = store.get().restoring?.phase;
    if (phase === 'checking' || phase === 'restoring') void client.call('backup.cancel', {}).catch(() => {});
    // It answers itself, whether it could be stopped or not.
    if (phase === 'restoring') this.#cancelled = true;
    else this.#end();
  }

  #end(): void {
    const { store } = this.#session;
    this.#stop?.abort();
    this.#stop = null;
    this.#forget();
    store.set({ restoring: null });
    if (store.get().dialog?.kind === 'restore') store.set({ dialog: null });
  }

  #set(restoring: RestoreState): void {
    this.#session.store.set({ restoring });
  }

  #forget(): void {
    if (this.#upload !== null) this.#discard(this.#upload);
    this.#upload = null;
  }

  #discard(id: string): void {
    this.#session.client.call('upload.discard', { upload: id }).catch(() => {});
  }

  #saving(): Promise<void>[] {
    const { client, settings, triage } = this.#session;
    return [noteSaverOf(client).flush(), settings.flush(), triage.flush()];
  }

  /** Shows another library than before. */
  async #startOver(): Promise<void> {
    const { client, store, triage, list } = this.#session;
    triage.leave();
    noteSaverOf(client).turned();
    await this.#session.readState();
    store.set({ revision: store.get().revision + 1 });
    list.refresh();
  }
}
