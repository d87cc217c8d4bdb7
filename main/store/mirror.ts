import type { Marks, PaperId } from '../../shared/paper.ts';
import type { PaperRecord } from './library-data.ts';
import { marksOf } from './records.ts';
import type { Commit } from './store.ts';

/** Whoever keeps a copy of the marks in order to filter, sort and count by them. */
export interface MarksMirror {
  readonly marksStamp: string | null;
  applyMarks(stamp: string, marks: readonly (Marks & { id: PaperId })[]): Promise<void>;
  replaceMarks(stamp: string, marks: readonly (Marks & { id: PaperId })[]): Promise<void>;
}

function mirrored(records: Iterable<readonly [PaperId, PaperRecord | null]>): (Marks & { id: PaperId })[] {
  return Array.from(records, ([id, record]) => ({ id, ...marksOf(record ?? undefined) }));
}

/**
 * Keeps a mirror of the store up to date, after the store and never before it. What the mirror
 * could not take goes along with the next commit.
 */
export class MirrorKeeper {
  readonly #mirror: MarksMirror;
  #missed = new Map<PaperId, PaperRecord | null>();

  constructor(mirror: MarksMirror) {
    this.#mirror = mirror;
  }

  /** Fills the mirror anew when its stamp is not the store's. A new mirror has nothing that an empty store lacks. */
  async catchUp(stamp: string, records: ReadonlyMap<PaperId, PaperRecord>): Promise<void> {
    const { marksStamp } = this.#mirror;
    const isNewAndSoAreWe = marksStamp === null && records.size === 0;
    if (marksStamp !== stamp && !isNewAndSoAreWe) await this.#mirror.replaceMarks(stamp, mirrored(records));
  }

  /** Sends a commit on its way. Calls made to the mirror's owner from now on see it. Never throws. */
  follow({ stamp, papers }: Commit): void {
    // A record that moved to its paper's new id leaves an empty one behind, which must not come last.
    const all = [...new Map([...this.#missed, ...papers])];
    const sent = new Map([
      ...all.filter(([, record]) => record === null),
      ...all.filter(([, record]) => record !== null),
    ]);
    this.#missed = new Map();
    this.#mirror.applyMarks(stamp, mirrored(sent)).catch(() => {
      this.#missed = new Map([...sent, ...this.#missed]);
    });
  }
}
