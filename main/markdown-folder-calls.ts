import type { Handlers } from '../shared/contract.ts';
import { checkTargetFolder } from './backup/target-folder.ts';
import { MarkdownFolderKeeper, type MarkdownFolderParts } from './markdown-folder/markdown-folder.ts';
import type { Store } from './store/store.ts';

/** What {@link MarkdownFolderCalls} need. */
export interface MarkdownFolderCallParts extends Omit<MarkdownFolderParts, 'setting' | 'records'> {
  store: Pick<Store, 'settings' | 'records'>;
  dataFolder: string;
}

/** The folder of Markdown files as a window asks for it, and as it is kept up to date by itself. */
export class MarkdownFolderCalls {
  readonly #parts: MarkdownFolderCallParts;
  readonly keeper: MarkdownFolderKeeper;

  constructor(parts: MarkdownFolderCallParts) {
    this.#parts = parts;
    const { store } = parts;
    const setting = () => store.settings.markdownFolder;
    this.keeper = new MarkdownFolderKeeper({ ...parts, setting, records: () => store.records });
  }

  get handlers(): Pick<Handlers, 'markdownFolder.update'> {
    return { 'markdownFolder.update': () => this.keeper.updateAll() };
  }

  /** A handler that sets settings, with the folder checked first and followed afterwards. It rejects as `checkTargetFolder` does. */
  following(set: Handlers['settings.set']): Handlers['settings.set'] {
    const { store, dataFolder } = this.#parts;
    return async (change) => {
      const { markdownFolder } = change;
      const before = store.settings.markdownFolder?.folder;
      if (markdownFolder && markdownFolder.folder !== before)
        await checkTargetFolder(markdownFolder.folder, dataFolder);
      const settings = await set(change);
      if (markdownFolder !== undefined) this.keeper.settingChanged();
      return settings;
    };
  }
}
