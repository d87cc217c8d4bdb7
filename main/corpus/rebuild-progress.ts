import { statSync } from 'node:fs';
import { join } from 'node:path';
import { capturesFolder } from './captures.ts';
import type { Rebuilding } from './rebuilding.ts';
import type { WriterSession } from './writer-session.ts';

/** Share of the work with a file that is finding out whether it is what it was. */
const inspecting = 0.1;
/** What is told until all is done. */
const almost = 0.99;

/** Knows how far reading the papers again is: by the bytes of the files, all of them, also those of earlier sessions. */
export class RebuildProgress {
  readonly #session: WriterSession;
  readonly #total: number;
  #passed: number;
  #size = 0;
  /** How much of the file at hand is done, from 0 to 1. */
  #share: () => number = () => 0;

  constructor(session: WriterSession, { sources, captures }: Pick<Rebuilding, 'sources' | 'captures'>) {
    this.#session = session;
    const all = session.database.prepare('SELECT id, capture FROM sources WHERE id > 0').all();
    const waiting = new Set(sources);
    const bytes = (files: readonly unknown[]) => files.reduce<number>((sum, file) => sum + this.#sizeOf(file), 0);
    const passed = all.filter(({ id }) => !waiting.has(Number(id)));
    this.#passed = bytes(passed.map(({ capture }) => capture));
    this.#total = bytes([...all.map(({ capture }) => capture), ...captures]);
  }

  /** From 0 to 1, and 1 only when somebody else says so. */
  get done(): number {
    return almost * Math.min(1, (this.#passed + this.#size * Math.min(1, this.#share())) / Math.max(1, this.#total));
  }

  /** Papers that are there. */
  papers(): number {
    return Number(this.#session.database.prepare('SELECT count(*) AS n FROM papers').get()?.['n']);
  }

  /** A file comes next. @returns what is to be told how many bytes of it have been looked at */
  begin(file: string): (bytes: number) => void {
    let looked = 0;
    this.#size = this.#sizeOf(file);
    this.#share = () => (inspecting * looked) / this.#size;
    return (bytes) => {
      looked = bytes;
    };
  }

  /** The file at hand is what it was, and is read now. @param read how many bytes of it have been read */
  reading(read: () => number): void {
    this.#share = () => inspecting + ((1 - inspecting) * read()) / this.#size;
  }

  /** Nothing more is to be read of the file at hand. */
  passed(): void {
    this.#passed += this.#size;
    this.#size = 0;
    this.#share = () => 0;
  }

  /** A file that is not there takes some time, too. */
  #sizeOf(file: unknown): number {
    if (typeof file !== 'string') return 1;
    try {
      return statSync(join(capturesFolder(this.#session.folder), file)).size + 1;
    } catch {
      return 1;
    }
  }
}
