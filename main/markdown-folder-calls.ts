import type { Handlers } from '../shared/contract.ts';
import { checkTargetFolder } from './backup/target-folder.ts';
import { readImage } from './kept-images.ts';
import type { MarkdownFolderKeeper, MarkdownFolderParts } from './markdown-folder/markdown-folder.ts';
import type { Store } from './store/store.ts';

/** What {@link MarkdownFolderCalls} need. */
export interface MarkdownFolderCallParts extends Omit<MarkdownFolderParts, 'setting' | 'records' | 'image'> {
  store: Pick<Store, 'settings' | 'records'>;
  dataFolder: string;
}

/**
 * The folder of Markdown files as a window asks for it, and as it is kept up to date by itself. Its code is loaded
 * when the reader has such a folder.
 */
export class MarkdownFolderCalls {
  readonly #parts: MarkdownFolderCallParts;
  #keeper: Promise<MarkdownFolderKeeper> | null = null;
  /** Nothing is kept by itself before {@link start}. */
  #isStarted = false;
  #isClosed = false;

  constructor(parts: MarkdownFolderCallParts) {
    this.#parts = parts;
  }

  get handlers(): Pick<Handlers, 'markdownFolder.update'> {
    return {
      'markdownFolder.update': async () => {
        if (this.#setting === null || this.#isClosed) return { written: 0, trouble: null };
        return (await this.#kept()).updateAll();
      },
    };
  }

  /** Begins to keep the folder, if there is to be one. */
  start(): void {
    this.#isStarted = true;
    this.#tell((keeper) => keeper.start());
  }

  /** See {@link MarkdownFolderKeeper}. */
  changed(): void {
    this.#tell((keeper) => keeper.changed());
  }

  /** See {@link MarkdownFolderKeeper}. */
  papersChanged(): void {
    this.#tell((keeper) => keeper.papersChanged());
  }

  /** A handler that sets settings, with the folder checked first and followed afterwards. It rejects as `checkTargetFolder` does. */
  following(set: Handlers['settings.set']): Handlers['settings.set'] {
    return async (change) => {
      const { markdownFolder } = change;
      const before = this.#setting?.folder;
      if (markdownFolder && markdownFolder.folder !== before) {
        await checkTargetFolder(markdownFolder.folder, this.#parts.dataFolder);
      }
      const settings = await set(change);
      if (markdownFolder !== undefined) this.#tell((keeper) => keeper.settingChanged());
      return settings;
    };
  }

  /** Stops before the next file, and waits for the one being written. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await (await this.#keeper)?.close();
  }

  get #setting() {
    return this.#parts.store.settings.markdownFolder;
  }

  #tell(what: (keeper: MarkdownFolderKeeper) => void): void {
    if (!this.#isStarted || this.#isClosed || (this.#setting === null && this.#keeper === null)) return;
    void this.#kept().then((keeper) => {
      if (!this.#isClosed) what(keeper);
    });
  }

  #kept(): Promise<MarkdownFolderKeeper> {
    const { store, dataFolder } = this.#parts;
    const image = async (name: string) => (await readImage(dataFolder, name))?.bytes ?? null;
    const parts = { ...this.#parts, image, setting: () => this.#setting, records: () => store.records };
    this.#keeper ??= import('./markdown-folder/markdown-folder.ts').then(
      ({ MarkdownFolderKeeper }) => new MarkdownFolderKeeper(parts),
    );
    return this.#keeper;
  }
}
