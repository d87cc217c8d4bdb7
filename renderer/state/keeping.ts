import type { Copies } from '../../shared/backup.ts';
import type { CallOutput } from '../../shared/contract.ts';
import type { Generation } from '../../shared/generations.ts';
import { failureOf } from '../../shared/outcome.ts';
import type { PaperId } from '../../shared/paper.ts';
import { noteSaverOf } from '../reader/note-saver-of.ts';
import { copyText } from './clipboard.ts';
import type { Session } from './session.ts';

/** An earlier state beside what the library says now. */
export type Compared = CallOutput<'generations.compare'>;

/** What came of something that was asked for, in words. */
export type Outcome = { done: string } | { problem: string };

/** What the reader does about earlier states of the library, its folder and the copies of it. */
export class Keeping {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  /** Follows the reading anew of papers. Returns the function that stops following. */
  listen(): () => void {
    const { client, store } = this.#session;
    return client.on('rebuild.progress', (rebuilding) => {
      const { library } = store.get();
      // What comes after the end was sent before it.
      if (library?.rebuilding) store.set({ library: { ...library, rebuilding } });
    });
  }

  /** Shows the data folder in the system's file manager; where that cannot be, says where it is. */
  async showFolder(): Promise<void> {
    const { client, toasts } = this.#session;
    try {
      const { shown } = await client.call('data.show', {});
      if (shown) return;
      const copy = { label: 'Copy path', run: () => void this.copyFolder() };
      toasts.show('notice', `The data folder is ${this.#folder}`, { topic: 'folder', action: copy });
    } catch (error) {
      toasts.fail(error);
    }
  }

  /** Puts the path of the data folder on the clipboard. */
  copyFolder(): Promise<boolean> {
    return copyText(this.#session.toasts, this.#folder, 'Copied the path of the data folder');
  }

  /** Puts what happened at opening and since on the clipboard. */
  copyNotices(): Promise<boolean> {
    return copyText(this.#session.toasts, this.#notices.join('\n'), 'Copied');
  }

  /** Takes away what happened at opening and since, in every window: it has been read. */
  async dismissNotices(): Promise<void> {
    const { client, toasts } = this.#session;
    // The button that was pressed goes with them.
    document.querySelector<HTMLElement>('[role="grid"]')?.focus();
    try {
      await client.call('notices.read', { notices: [...this.#notices] });
      await this.#session.readState();
    } catch (error) {
      toasts.fail(error);
    }
  }

  get #notices(): readonly string[] {
    return this.#session.store.get().library?.notices ?? [];
  }

  get #folder(): string {
    return this.#session.store.get().library?.dataFolder ?? '';
  }

  /**
   * Keeps the state of now, what is being typed included.
   * @param known the states that are kept already
   */
  async take(known: readonly Generation[]): Promise<Outcome> {
    const { client } = this.#session;
    try {
      await Promise.allSettled([noteSaverOf(client).flush()]);
      const { id } = await client.call('generations.take', {});
      const isKnown = known.some((generation) => generation.id === id);
      return { done: isKnown ? 'Nothing has changed since the newest one.' : 'Kept.' };
    } catch (error) {
      return { problem: failureOf(error).message };
    }
  }

  /** Makes the library say what an earlier state says: of these papers, or (null) of everything. */
  async restore(id: string, ids: readonly PaperId[] | null): Promise<Outcome> {
    const { client, toasts, list } = this.#session;
    try {
      // What is being typed is kept before it is replaced.
      await noteSaverOf(client).flush();
      const { changed, label } = await client.call('generations.restore', { id, ids: ids === null ? null : [...ids] });
      noteSaverOf(client).turned();
      const undo = { label: 'Undo', run: () => void this.#session.undo() };
      if (changed > 0 || ids === null) toasts.show('done', label, { topic: 'mark', action: undo });
      list.refresh();
      return { done: label };
    } catch (error) {
      return { problem: failureOf(error).message };
    }
  }

  /** Tries again to write the copy that could not be written; what stands in its way stays on show. */
  async retryCopy(): Promise<void> {
    const { client, toasts } = this.#session;
    try {
      const { trouble } = await client.call('backup.copy', {});
      if (trouble === null) toasts.show('done', 'The backup is written.', { topic: 'copies' });
      else toasts.show('error', `Still no backup was written. ${trouble}`, { topic: 'copies' });
      await this.#session.readState();
    } catch (error) {
      toasts.fail(error);
    }
  }

  /** Asks for copies that are made by themselves, or (null) for none. */
  async copies(copies: Copies | null): Promise<Outcome> {
    const { client } = this.#session;
    try {
      await client.call('settings.set', { copies });
      await this.#session.readState();
      return { done: copies === null ? 'No more copies are made.' : 'Saved.' };
    } catch (error) {
      return { problem: failureOf(error).message };
    }
  }
}
