import type { MarkChange } from '../../shared/contract.ts';
import type { PaperId } from '../../shared/paper.ts';
import { combinedRecord, type MarkTarget, type RecordOf } from './combined.ts';
import { History, type Turn } from './history.ts';
import { planStep, type Step, stepRecords } from './marking.ts';
import { changeRecord } from './records.ts';
import type { Store } from './store.ts';

/** Finds the papers that ids are of today; those of no paper are left out. */
export type TargetsOf = (ids: readonly PaperId[]) => Promise<ReadonlyMap<PaperId, MarkTarget>>;

/**
 * The reader's changes to papers, each one durable when its promise resolves, and the history
 * that takes them back. Knows of the papers only what it is told by {@link TargetsOf}.
 */
export class ReaderMarks {
  readonly #store: Store;
  readonly #targetsOf: TargetsOf;
  readonly #history = new History();
  readonly #now: () => number;
  readonly #recordOf: RecordOf;

  constructor(store: Store, targetsOf: TargetsOf, now: () => number = Date.now) {
    this.#store = store;
    this.#targetsOf = targetsOf;
    this.#now = now;
    this.#recordOf = (id) => store.record(id);
  }

  /** What Undo and Redo would do, in words, or null. */
  get labels(): { undo: string | null; redo: string | null } {
    return { undo: this.#history.undo?.label ?? null, redo: this.#history.redo?.label ?? null };
  }

  /** Changes status, star or tags of papers in one step. */
  async mark(targets: readonly MarkTarget[], change: MarkChange): Promise<{ changed: number; label: string }> {
    const now = this.#now();
    const step = planStep(change, targets, this.#recordOf, now);
    if (step.patches.length > 0) {
      const known = new Map(targets.flatMap((target) => [target.id, ...target.markedAs].map((id) => [id, target])));
      const papers = this.#recordsOf(step, 'do', known, now);
      await this.#store.change({ papers }, this.#history.add(step));
    }
    return { changed: step.patches.length, label: step.label };
  }

  /** Replaces a note; an empty text removes it. Answers with the time of the note's last change. */
  async setNote(target: MarkTarget, text: string): Promise<number> {
    const { at, record } = combinedRecord(target, this.#recordOf);
    const now = this.#now();
    if (text === (record?.note ?? '')) {
      // The same text may be on its way to the disk this moment, and may be refused there.
      await this.#store.settled();
      const { record: saved } = combinedRecord(target, this.#recordOf);
      return text === (saved?.note ?? '') ? (saved?.noteChangedAt ?? now) : this.setNote(target, text);
    }
    const changed = changeRecord(record, { note: text, noteChangedAt: now, changedAt: now });
    await this.#store.change({ papers: new Map([[at, changed]]) });
    return now;
  }

  /** Takes back the last step; answers with its label, or null when there was none. */
  undo(): Promise<string | null> {
    return this.#turn(
      () => this.#history.undo,
      () => this.#history.takeUndo(),
      'undo',
    );
  }

  /** Does again the last step taken back; answers with its label, or null when there was none. */
  redo(): Promise<string | null> {
    return this.#turn(
      () => this.#history.redo,
      () => this.#history.takeRedo(),
      'do',
    );
  }

  async #turn(next: () => Step | null, take: () => Turn | null, direction: 'do' | 'undo'): Promise<string | null> {
    for (;;) {
      const step = next();
      if (!step) return null;
      const targets = await this.#targetsOf(step.patches.map(({ id }) => id));
      // Another call may have taken it meanwhile; then that was the last step, and this one is another.
      if (next() !== step) continue;
      const turn = take();
      const papers = this.#recordsOf(step, direction, targets, this.#now());
      await this.#store.change({ papers }, () => turn?.putBack());
      return step.label;
    }
  }

  #recordsOf(step: Step, direction: 'do' | 'undo', targets: ReadonlyMap<PaperId, MarkTarget>, now: number) {
    const targetOf = (id: PaperId) => targets.get(id) ?? { id, markedAs: [] };
    return stepRecords(step, direction, { recordOf: this.#recordOf, targetOf, now });
  }
}
