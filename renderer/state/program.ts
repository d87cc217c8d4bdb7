import type { Host, UpdateState } from '../../shared/host-calls.ts';
import { failureOf } from '../../shared/outcome.ts';
import type { SettingsChange } from '../../shared/settings.ts';
import type { Session } from './session.ts';

/** What is taken to be so until the program has answered: no more than any browser can do. */
export const plainHost: Host = {
  kind: 'browser',
  badge: false,
  pdf: false,
  spelling: { languages: [], fetches: false },
  logs: false,
};

/** What the reader does with the program around the page: its updates, its log, the settings that are its business. */
export class Program {
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  /** Follows what is known of newer versions. Returns the function that stops following. */
  listen(): () => void {
    return this.#session.client.on('updates.changed', (updates) => this.#session.store.set({ updates }));
  }

  /** Asks what the program can do. Never rejects: what does not answer can do nothing. */
  async describe(): Promise<void> {
    const { client, store } = this.#session;
    const [host, updates] = await Promise.all([
      client.call('host.describe', {}).catch(() => plainHost),
      client.call('updates.state', {}).catch(() => null),
    ]);
    store.set({ host, updates });
  }

  /** Changes settings that the program acts upon, saved at once so that it does. */
  async set(change: SettingsChange): Promise<void> {
    const { client, settings, store } = this.#session;
    settings.change(change);
    await settings.flush();
    if (change.updates === undefined) return;
    const updates = await client.call('updates.state', {}).catch(() => null);
    if (updates) store.set({ updates });
  }

  /** Shows what is known of newer versions, and asks for them where the reader has turned that on. */
  async checkForUpdates(): Promise<void> {
    const { store } = this.#session;
    this.#session.dialog({ kind: 'settings', at: 'updates' });
    const kind = store.get().updates?.kind;
    if (kind === 'current' || kind === 'failed') await this.askForUpdates();
  }

  /** Asks the release feed now. */
  askForUpdates(): Promise<void> {
    return this.#update('updates.check', { kind: 'checking' });
  }

  /** Fetches the version that is out. */
  fetchUpdate(): Promise<void> {
    const { updates } = this.#session.store.get();
    const version = updates?.kind === 'available' ? updates.version : '';
    return this.#update('updates.fetch', { kind: 'fetching', version, done: 0 });
  }

  /** Quits, installs what is ready, and starts again. */
  async installUpdate(): Promise<void> {
    const { client, toasts } = this.#session;
    try {
      await client.call('updates.install', {});
    } catch (error) {
      toasts.fail(error);
    }
  }

  /** Takes the line about a newer version away, until there is another one. */
  dismissUpdate(): void {
    const { updates } = this.#session.store.get();
    if (updates && 'version' in updates) this.#session.store.set({ dismissedUpdate: updates.version });
  }

  /** Shows the folder of the log in the system's file manager. */
  async showLogs(): Promise<void> {
    const { client, toasts } = this.#session;
    try {
      const { shown } = await client.call('logs.show', {});
      if (!shown) toasts.show('notice', 'There is no log to be shown here.', { topic: 'folder' });
    } catch (error) {
      toasts.fail(error);
    }
  }

  /** @param meanwhile what is shown until the answer is in; what the program tells by itself goes before it */
  async #update(call: 'updates.check' | 'updates.fetch', meanwhile: UpdateState): Promise<void> {
    const { client, store } = this.#session;
    store.set({ updates: meanwhile });
    try {
      store.set({ updates: await client.call(call, {}) });
    } catch (error) {
      store.set({ updates: { kind: 'failed', message: failureOf(error).message } });
    }
  }
}
