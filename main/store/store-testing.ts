import { cpSync, rmSync } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import type { GenerationReason } from '../../shared/generations.ts';
import { eachWriteDurable, type FileOperations, systemCode, systemFiles } from './durable-file.ts';
import { History } from './history.ts';
import type { HistoryEntry } from './history-index.ts';
import { JournalAdapter } from './journal-adapter.ts';
import type { LibraryData, LibraryImage } from './library-data.ts';
import { ReaderMarks } from './marks.ts';
import type { Step } from './step.ts';
import { Store } from './store.ts';
import type { StoreAdapter, StoreChange } from './store-adapter.ts';

/** An adapter that keeps nothing, for tests; `onWrite` is what a write comes to. */
export class MemoryAdapter implements StoreAdapter {
  readonly notices: string[] = [];
  readonly readOnly: string | null = null;
  /** Images that {@link written} could have asked for: what is on the disk, after each write. */
  readonly images: LibraryImage[] = [];
  /** Images that were to be kept, and why. */
  readonly kept: { reason: GenerationReason; image: LibraryImage }[] = [];
  #staged: readonly StoreChange[] = [];
  #sequence = 0;
  readonly #onWrite: (data: LibraryData, changes: readonly StoreChange[]) => Promise<void>;

  constructor(onWrite: (data: LibraryData, changes: readonly StoreChange[]) => Promise<void> = async () => {}) {
    this.#onWrite = onWrite;
  }

  async read(): Promise<null> {
    return null;
  }
  stage(changes: readonly StoreChange[]): void {
    this.#staged = changes;
  }
  async write(data: LibraryData): Promise<void> {
    const changes = this.#staged;
    await this.#onWrite(data, changes);
    for (const { history } of changes) {
      this.#sequence += 1;
      if (history?.kind === 'add') history.entry.sequence = this.#sequence;
    }
  }
  written(image: () => LibraryImage): void {
    this.images.push(image());
  }
  readonly noteVersions = { of: async () => [], text: async () => null, newest: async () => new Map() };
  async close(): Promise<void> {}
  async keep(image: LibraryImage, reason: GenerationReason): Promise<null> {
    this.kept.push({ reason, image });
    return null;
  }
  async fold(): Promise<void> {}
  async atRest<T>(look: () => T): Promise<T> {
    return look();
  }
  async readStep(entry: HistoryEntry): Promise<Step> {
    if (!entry.step) throw new Error('a step in memory always has its body');
    return entry.step;
  }
}

/** What a fault of {@link faultyFiles} does in place of the operation, or to half of a write. */
export interface Fault {
  /** Which operation fails, counted from 0 over all that are made. */
  at: number;
  /** How many after it fail too. */
  more?: number;
  code: string;
}

const onHandles = ['read', 'write', 'writeFile', 'stat', 'sync', 'datasync', 'truncate'] as const;
const onFiles = [
  ...(['open', 'rename', 'link', 'unlink', 'copyFile', 'mkdir'] as const),
  ...(['readdir', 'readFile', 'stat', 'lstat'] as const),
];

/** File operations of the system that write down what was done, and fail when they are told to. */
export function faultyFiles(fault: () => Fault | null): { files: FileOperations; done: string[] } {
  const done: string[] = [];
  const check = (name: string): boolean => {
    const { at = -1, more = 0 } = fault() ?? {};
    done.push(name);
    return at >= 0 && done.length > at && done.length <= at + 1 + more;
  };
  const refuse = (name: string): never => {
    const code = fault()?.code ?? '';
    throw Object.assign(new Error(`${code} at ${name}`), { code });
  };
  const wrapped = (handle: FileHandle): FileHandle =>
    new Proxy(handle, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name, target);
        if (typeof value !== 'function') return value;
        if (!onHandles.some((each) => each === name)) return value.bind(target);
        return async (...given: unknown[]) => {
          if (check(String(name))) {
            // A disk that fills up takes a part of what it is given.
            const [bytes, from, length, position] = given;
            if (name === 'write')
              await target.write(bytes as Buffer, Number(from), Number(length) >> 1, Number(position));
            refuse(String(name));
          }
          // No test cuts the power, and a disk takes its time.
          return name === 'sync' || name === 'datasync' ? undefined : value.apply(target, given);
        };
      },
    });
  const files: Record<string, unknown> = { ...systemFiles, pause: async () => {} };
  for (const name of onFiles) {
    files[name] = async (...given: unknown[]) => {
      if (check(name)) refuse(name);
      if (name === 'open' && typeof given[1] === 'number') given[1] &= ~eachWriteDurable;
      const result = await (systemFiles[name] as (...given: unknown[]) => Promise<unknown>)(...given);
      return name === 'open' ? wrapped(result as FileHandle) : result;
    };
  }
  return { files: files as unknown as FileOperations, done };
}

/** Copies a folder as a crash at this moment would leave it, while files may be coming and going. */
export function copyFolder(from: string, to: string): void {
  for (let tries = 1; ; tries += 1) {
    try {
      cpSync(from, to, { recursive: true });
      return;
    } catch (error) {
      // One has gone between being named and being read.
      if (systemCode(error) !== 'ENOENT' || tries === 20) throw error;
      rmSync(to, { recursive: true, force: true });
    }
  }
}

/** The reader's data in a folder, without papers. */
export interface OpenedReader {
  store: Store;
  history: History;
  marks: ReaderMarks;
}

/** Opens what a folder holds of the reader's. @param shortest as in `JournalAdapter` */
export async function openReader(
  folder: string,
  files = systemFiles,
  shortest?: number,
  now: () => number = Date.now,
): Promise<OpenedReader> {
  return readerOf(await Store.open(new JournalAdapter(folder, files, shortest), () => {}, now), now);
}

/** What a reader does with a store that is open. */
export function readerOf(store: Store, now: () => number): OpenedReader {
  const nothing = async () => {};
  const papers = {
    undo: nothing,
    redo: nothing,
    setApart: nothing,
    followPairs: <T>(change: () => Promise<T>) => change(),
    isBusy: () => false,
  };
  const history = new History(store, async () => new Map(), papers, now);
  return { store, history, marks: new ReaderMarks(store, history, now) };
}

type Stated = Pick<Store, 'records' | 'pairs' | 'views' | 'tagColours' | 'settings' | 'stamp' | 'history'>;

/** All that a store says, in a form that can be compared. Where steps stand is left out. */
export function stateOf({ records, pairs, views, tagColours, settings, stamp, history }: Stated) {
  const steps = (entries: readonly HistoryEntry[]) => entries.map(({ label, papers }) => [label, papers]);
  return {
    records: new Map([...records].toSorted(([one], [other]) => (one < other ? -1 : 1))),
    ...{ pairs, views, tagColours: new Map(tagColours), settings, stamp },
    ...{ undo: steps(history.undo), redo: steps(history.redo) },
  };
}
