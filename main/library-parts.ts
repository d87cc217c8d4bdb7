import { OffprintError } from '../shared/outcome.ts';
import { LibrarySwap } from './backup/swap.ts';
import type { Corpus } from './corpus/corpus.ts';
import { allowsChanges } from './corpus/corpus-trouble.ts';
import { openCorpus } from './corpus/open-corpus.ts';
import { systemFiles } from './store/durable-file.ts';
import { FolderHeld, type FolderLock, FolderNotLockable, lockFolder } from './store/folder-lock.ts';
import type { Generations } from './store/generation-files.ts';
import { JournalAdapter } from './store/journal-adapter.ts';
import type { HostKind } from './store/lock-holder.ts';
import { MirrorKeeper } from './store/mirror.ts';
import { type Commit, Store } from './store/store.ts';

/** What an open library is made of. */
export interface LibraryParts {
  store: Store;
  corpus: Corpus;
  mirror: MirrorKeeper;
  generations: Generations;
  lock: FolderLock;
  /** What happened on the way that the reader should know, besides what the store has to say. */
  notices: string[];
}

/** A data folder that may be used: by this process alone, or without writing anything. */
interface Entered {
  lock: FolderLock;
  /** Why nothing may be written, as a whole sentence; null when everything may. */
  readOnly: string | null;
  notices: string[];
}

/**
 * Opens the parts of the library in a data folder. Whatever is the matter with what is in the folder,
 * they open: for reading only where something must not or cannot be written.
 * @param host what the folder is opened for
 * @param before the lock, where this process holds the folder already, and the highest number of a result set until
 * now; and whether what was there before has its place again, or should have it
 * @throws OffprintError `locked` when another Offprint holds the folder, `unreadable` when the system
 * does not let the folder be used at all; the folder is let go then, unless it was held before
 */
export async function openParts(
  dataFolder: string,
  host: HostKind,
  before: { lock: FolderLock; lastResult: number; isBack?: boolean } | null,
): Promise<LibraryParts> {
  const { lock, readOnly, notices } = before ? await stay(dataFolder, before) : await enter(dataFolder, host);
  let follow: (commit: Commit) => void = () => {};
  const adapter = new JournalAdapter(dataFolder, systemFiles, undefined, readOnly);
  const opening = [
    Store.open(adapter, (commit) => follow(commit)),
    openCorpus({ folder: dataFolder, readOnly: readOnly !== null, lastResult: before?.lastResult ?? 0 }),
  ] as const;
  try {
    const [store, corpus] = await Promise.all(opening);
    const mirror = await mirrored(store, corpus);
    // The mirror takes commits from here on; nothing has been changed before.
    follow = (commit) => mirror.keeper.follow(commit);
    return { store, corpus: mirror.corpus, mirror: mirror.keeper, generations: adapter.generations, lock, notices };
  } catch (error) {
    const [store, corpus] = await Promise.allSettled(opening);
    if (corpus.status === 'fulfilled') await corpus.value.close().catch(() => {});
    if (store.status === 'fulfilled') await store.value.close();
    if (!before) lock.release();
    throw error;
  }

  async function mirrored(store: Store, corpus: Corpus): Promise<{ keeper: MirrorKeeper; corpus: Corpus }> {
    const keeper = new MirrorKeeper(corpus);
    try {
      await keeper.catchUp(store.stamp, store.records);
      return { keeper, corpus };
    } catch (error) {
      if (readOnly !== null) throw error;
    }
    // There is no room for the copy of the marks, say: then it stands elsewhere, for as long as this lasts.
    await corpus.close().catch(() => {});
    const elsewhere = await openCorpus({ folder: dataFolder, readOnly: true });
    const other = new MirrorKeeper(elsewhere);
    await other.catchUp(store.stamp, store.records).catch(async (error: unknown) => {
      await elsewhere.close().catch(() => {});
      throw error;
    });
    return { keeper: other, corpus: elsewhere };
  }
}

/** Why nothing can be changed in a library of these parts, as a whole sentence; null when everything can be. */
export function whyReadOnly({ store, corpus }: Pick<LibraryParts, 'store' | 'corpus'>): string | null {
  if (store.readOnly !== null) return store.readOnly;
  return allowsChanges(corpus.trouble) ? null : (corpus.trouble?.notice ?? null);
}

/** Takes the folder, or goes into it without one where the system does not let it be taken. */
async function enter(dataFolder: string, host: HostKind): Promise<Entered> {
  let lock: FolderLock;
  try {
    lock = await lockFolder(dataFolder, host);
  } catch (error) {
    if (error instanceof FolderHeld || !(error instanceof FolderNotLockable)) throw error;
    const readOnly = `Nothing can be written to the data folder ${dataFolder}: ${error.reason}. What is there is shown, and nothing can be changed.`;
    // What is half in its place can be neither brought to its end nor told from what belongs there.
    const isHalf = await new LibrarySwap(dataFolder, systemFiles).isUnderWay().catch(() => false);
    return { lock: { release: () => {} }, readOnly, notices: isHalf ? [halfRestored] : [] };
  }
  try {
    return await finishRestoring(dataFolder, lock);
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Goes on in a folder that this process holds. */
async function stay(dataFolder: string, { lock, isBack }: { lock: FolderLock; isBack?: boolean }): Promise<Entered> {
  const isHalf = isBack && (await new LibrarySwap(dataFolder, systemFiles).isUnderWay().catch(() => true));
  return isHalf ? await finishRestoring(dataFolder, lock) : { lock, readOnly: null, notices: [] };
}

/** Brings to its end what was cut off while a backup was being restored. Where it cannot be, nothing may be written. */
async function finishRestoring(dataFolder: string, lock: FolderLock): Promise<Entered> {
  try {
    const restored = await new LibrarySwap(dataFolder, systemFiles).finish();
    return { lock, readOnly: null, notices: restored === null ? [] : [restored] };
  } catch (error) {
    if (error instanceof OffprintError) return { lock, readOnly: error.message, notices: [] };
    throw error;
  }
}

const halfRestored =
  'The restoring of a backup was cut off in this folder and cannot be brought to its end where nothing can be written: what ' +
  'is shown may be incomplete.';
