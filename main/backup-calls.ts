import { join } from 'node:path';
import type { Handlers } from '../shared/contract.ts';
import { OffprintError } from '../shared/outcome.ts';
import { keptFolderName } from './backup/kept-before.ts';
import { type Clock, ScheduledCopies, systemClock } from './backup/scheduled-copies.ts';
import { checkTargetFolder } from './backup/target-folder.ts';
import { removeUnfinished } from './backup/unfinished.ts';
import { type BackupFile, type BackupParts, Backups } from './backups.ts';
import type { Incoming } from './incoming.ts';
import type { Store } from './store/store.ts';

/** The calls about backups and the data folder. */
export type BackupHandlers = Pick<
  Handlers,
  'backup.write' | 'backup.preview' | 'backup.restore' | 'backup.cancel' | 'backup.copy' | 'data.show'
>;

/** Shows a folder in the system's file manager; false where that cannot be done. */
export type ShowFolder = (folder: string) => Promise<boolean>;

/** What {@link BackupCalls} need. */
export interface BackupCallParts extends Omit<BackupParts, 'store'> {
  store: BackupParts['store'] & Pick<Store, 'change'>;
  incoming: Pick<Incoming, 'take' | 'giveBack' | 'release'>;
  showFolder: ShowFolder;
  /** Tells the windows that the state has changed. */
  changed(): void;
  clock?: Clock;
}

/** Backups as a window asks for them, and those that are made by the clock. */
export class BackupCalls {
  readonly backups: Backups;
  readonly #parts: BackupCallParts;
  readonly #copies: ScheduledCopies;

  constructor(parts: BackupCallParts) {
    this.#parts = parts;
    this.backups = new Backups(parts);
    const { store, changed, clock = systemClock } = parts;
    this.#copies = new ScheduledCopies({
      settings: () => store.settings,
      remember: async (settings) => {
        await store.change({ settings });
        changed();
      },
      write: async (folder, copyOf) => (await this.backups.writeCopy(folder, copyOf))?.path ?? null,
      onTrouble: changed,
      clock,
    });
  }

  get handlers(): BackupHandlers {
    const { incoming, dataFolder, showFolder } = this.#parts;
    return {
      'backup.write': async ({ folder }) => {
        const { path, bytes } = await this.backups.write({ folder });
        return { path, bytes };
      },
      'backup.preview': async ({ upload }) => {
        const file = await fileOf(incoming, upload);
        try {
          return await this.backups.check(file);
        } finally {
          incoming.giveBack([upload]);
        }
      },
      'backup.restore': async ({ upload }) => {
        const file = await fileOf(incoming, upload);
        try {
          const { kept } = await this.backups.restore(file);
          await incoming.release([upload]);
          return { kept };
        } catch (error) {
          incoming.giveBack([upload]);
          throw error;
        }
      },
      'backup.cancel': async () => {
        await this.backups.cancel();
        return {};
      },
      'backup.copy': async () => {
        await this.#copies.tryNow();
        return { trouble: this.#copies.trouble };
      },
      'data.show': async () => ({ shown: await showFolder(dataFolder) }),
    };
  }

  /** When the last copy was made, and why the next could not be. */
  get copies(): { lastAt: number | null; trouble: string | null } {
    return { lastAt: this.#parts.store.settings.copiedAt, trouble: this.#copies.trouble };
  }

  /** Tidies up after a program that was ended while it wrote a backup, and begins to make copies. Nothing else is under way yet. */
  async start(): Promise<void> {
    if (this.#parts.readOnly !== null) return;
    const { dataFolder } = this.#parts;
    for (const folder of [dataFolder, join(dataFolder, keptFolderName)]) await removeUnfinished(folder);
    this.#copies.start();
  }

  /**
   * A handler that sets settings, with those about copies checked first and followed afterwards. It rejects
   * as `checkTargetFolder` does.
   */
  following(set: Handlers['settings.set']): Handlers['settings.set'] {
    const { store, dataFolder } = this.#parts;
    return async (change) => {
      const before = store.settings.copies;
      const { copies } = change;
      // A disk that is not there now may stay the one that is meant.
      if (copies && copies.folder !== before?.folder) await checkTargetFolder(copies.folder, dataFolder);
      await set(change);
      // What lies in another folder is no copy in this one.
      if (copies && copies.folder !== before?.folder) await store.change({ settings: { copiedAt: null } });
      if (copies !== undefined) this.#copies.changed();
      return store.settings;
    };
  }

  /** Stops everything and waits until it has ended. */
  async close(): Promise<void> {
    const stopping = this.#copies.stop();
    await this.backups.close();
    await stopping;
  }
}

async function fileOf(incoming: Pick<Incoming, 'take'>, upload: string): Promise<BackupFile> {
  const [file] = await incoming.take([upload]);
  if (!file) throw new OffprintError('not-found', 'The file that was being sent is not there any more. Send it again.');
  return file;
}
