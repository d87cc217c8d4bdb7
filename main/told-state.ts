import type { LibraryState } from '../shared/contract.ts';
import type { BackupCalls } from './backup-calls.ts';
import type { Corpus } from './corpus/corpus.ts';
import type { Notices } from './notices.ts';
import type { PapersMending } from './papers-mending.ts';
import type { History } from './store/history.ts';
import type { Store } from './store/store.ts';
import { WatchedViews } from './watched-views.ts';

/** What the state of a library is put together from. */
export interface StateParts {
  dataFolder: string;
  appVersion: string;
  /** Why nothing can be changed, as a whole sentence; null when everything can be. */
  readOnly: string | null;
  store: Pick<Store, 'views' | 'tagColours' | 'settings' | 'notices'>;
  corpus: Pick<Corpus, 'state' | 'watch'>;
  history: Pick<History, 'labels'>;
  /** Besides what the store has to say. */
  notices: Notices;
  mending: Pick<PapersMending, 'notices' | 'rebuilding'>;
  copies(): BackupCalls['copies'];
}

/** The state of the library as it is told to windows, each time with a higher version. */
export class ToldState {
  readonly #parts: StateParts;
  readonly #watched: WatchedViews;
  #version: number;

  /** @param version of the last state that was told of this folder in this session; 0 when none was */
  constructor(parts: StateParts, version: number) {
    this.#parts = parts;
    this.#watched = new WatchedViews(parts.corpus, () => parts.store.views);
    this.#version = version;
  }

  /** The version of the state told last. */
  get version(): number {
    return this.#version;
  }

  /** The state as it is now. Rejects as the corpus does. */
  async read(): Promise<LibraryState> {
    const { dataFolder, appVersion, readOnly, store, history, notices, mending } = this.#parts;
    await this.#watched.follow();
    const { watched, tags, ...corpus } = await this.#parts.corpus.state();
    // Grows within a session by itself and from one session to the next with the clock.
    this.#version = Math.max(this.#version + 1, Date.now());
    return {
      ...corpus,
      tags: tags.map((tag) => ({ ...tag, colour: store.tagColours.get(tag.name) ?? null })),
      views: this.#watched.withCounts({ watched }),
      ...history.labels,
      version: this.#version,
      settings: store.settings,
      dataFolder,
      appVersion,
      notices: notices.unread(store.notices, mending.notices),
      readOnly,
      rebuilding: mending.rebuilding,
      copies: this.#parts.copies(),
    };
  }
}
