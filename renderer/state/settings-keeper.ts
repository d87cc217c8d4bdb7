import type { Client } from '../../shared/client.ts';
import type { Settings, SettingsChange } from '../../shared/settings.ts';
import type { AppState } from './app-state.ts';
import type { Store } from './store.ts';

/** How long settings rest before they are saved, in milliseconds. */
const rest = 400;

/** Changes settings at once on the screen, and in the library a little later, several in one call. */
export class SettingsKeeper {
  readonly #client: Client;
  readonly #store: Store<AppState>;
  readonly #fail: (error: unknown) => void;
  #unsaved: SettingsChange = {};
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param fail told when settings could not be saved */
  constructor(client: Client, store: Store<AppState>, fail: (error: unknown) => void) {
    this.#client = client;
    this.#store = store;
    this.#fail = fail;
  }

  /** Changes some settings. */
  change(change: SettingsChange): void {
    this.#unsaved = { ...this.#unsaved, ...change };
    this.#store.set({ settings: { ...this.#store.get().settings, ...change } as Settings });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), rest);
  }

  /** The library's settings with what was changed here and not yet saved. */
  merged(saved: Settings): Settings {
    return { ...saved, ...this.#unsaved } as Settings;
  }

  /** Saves what is unsaved, now. Never rejects. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    const saving = this.#unsaved;
    // What cannot be kept holds as long as the window does.
    const isKept = (this.#store.get().library?.readOnly ?? null) === null;
    if (!isKept || Object.keys(saving).length === 0) return;
    try {
      await this.#client.call('settings.set', saving);
      // What was changed again meanwhile is still to be saved.
      const left = Object.entries(this.#unsaved).filter(
        ([key, value]) => saving[key as keyof Settings & keyof SettingsChange] !== value,
      );
      this.#unsaved = Object.fromEntries(left);
    } catch (error) {
      this.#fail(error);
    }
  }
}
