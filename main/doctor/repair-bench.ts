import { OffprintError } from '../../shared/outcome.ts';
import { openCorpus } from '../corpus/open-corpus.ts';
import { Aside } from '../store/aside.ts';
import type { FileOperations } from '../store/durable-file.ts';
import { JournalAdapter } from '../store/journal-adapter.ts';
import { Store } from '../store/store.ts';
import { reasonOfCode } from '../store/system-reasons.ts';

/** What repairs are made with, in a data folder that this process holds. What it opens is opened once, when it is needed. */
export class RepairBench {
  readonly folder: string;
  readonly files: FileOperations;
  readonly aside: Aside;
  #asideTrouble: string | null = null;
  #store: Promise<Store> | null = null;
  #mustWriteAnew = false;
  #corpus: Promise<void> | null = null;

  constructor(folder: string, files: FileOperations) {
    this.folder = folder;
    this.files = files;
    this.aside = new Aside(files, folder, true, (code) => {
      this.#asideTrouble = code;
    });
  }

  /**
   * Gives a damaged file a dated name.
   * @param path the file
   * @returns what it is called now
   * @throws OffprintError `unreadable` when it cannot be done
   */
  async setAside(path: string): Promise<string> {
    const name = await this.aside.move(path);
    if (name === null) throw this.#notKept(path);
    return name;
  }

  /** Keeps a copy of a damaged file under a dated name. Otherwise as {@link setAside}. */
  async copyAside(path: string, like: string): Promise<string> {
    const name = await this.aside.copy(path, like);
    if (name === null) throw this.#notKept(path);
    return name;
  }

  /**
   * What the reader has said, opened as Offprint opens it, which brings back what can be.
   * @throws OffprintError when it can only be read
   */
  async store(): Promise<Store> {
    this.#store ??= Store.open(new JournalAdapter(this.folder, this.files));
    const store = await this.#store;
    if (store.readOnly !== null) throw new OffprintError('refused', store.readOnly);
    return store;
  }

  /** Has everything that the reader has said written anew in the end, so that nothing depends on older files. */
  async writeAnew(): Promise<void> {
    await this.store();
    this.#mustWriteAnew = true;
  }

  /** Opens and closes papers that have been found sound, as Offprint does, which puts the files beside them in order. */
  async papers(): Promise<void> {
    this.#corpus ??= openCorpus({ folder: this.folder }).then(async (corpus) => {
      await corpus.foundSound();
      await corpus.close();
    });
    await this.#corpus;
  }

  /** Brings all that was begun to its end. */
  async close(): Promise<void> {
    const store = await this.#store;
    if (!store) return;
    try {
      if (store.readOnly === null && this.#mustWriteAnew) {
        await store.keep('asked');
        // The backup is the library file of the time before, and old journal files stay as long as it is older.
        for (let time = 0; time < 2; time += 1) {
          await store.change({});
          await store.fold();
        }
      }
    } finally {
      await store.close();
    }
  }

  #notKept(path: string): OffprintError {
    const why = this.#asideTrouble === null ? '' : `: ${reasonOfCode(this.#asideTrouble)}`;
    return new OffprintError('unreadable', `${path} could not be kept under another name${why}. It was left as it is.`);
  }
}
