import type { MarkChange } from '../../shared/contract.ts';
import type { PaperId } from '../../shared/paper.ts';
import { History, type MovedIds, type Turn } from './history.ts';
import type { PaperRecord } from './library-data.ts';
import { planStep, stepRecords } from './marking.ts';
import { changeRecord, mergeRecords } from './records.ts';
import type { Store } from './store.ts';

/**
 * The reader's changes to papers, each one durable when its promise resolves, and the history
 * that takes them back. Knows nothing of which papers exist.
 */
export class ReaderMarks {
  readonly #store: Store;
  readonly #history = new History();
  readonly #now: () => number;

  constructor(store: Store, now: () => number = Date.now) {
    this.#store = store;
    this.#now = now;
  }

  /** What Undo and Redo would do, in words, or null. */
  get labels(): { undo: string | null; redo: string | null } {
    return { undo: this.#history.undo, redo: this.#history.redo };
  }

  /** Changes status, star or tags of papers in one step. */
  async mark(ids: Iterable<PaperId>, change: MarkChange): Promise<{ changed: number; label: string }> {
    const recordOf = (id: PaperId) => this.#store.record(id);
    const now = this.#now();
    const step = planStep(change, ids, recordOf, now);
    if (step.patches.length > 0) {
      const papers = stepRecords(step, 'do', recordOf, now);
      await this.#store.change({ papers }, this.#history.add(step));
    }
    return { changed: step.patches.length, label: step.label };
  }

  /** Replaces a note; an empty text removes it. Answers with the time of the note's last change. */
  async setNote(id: PaperId, text: string): Promise<number> {
    const record = this.#store.record(id);
    const now = this.#now();
    if (text === (record?.note ?? '')) {
      // The same text may be on its way to the disk this moment, and may be refused there.
      await this.#store.settled();
      const saved = this.#store.record(id);
      return text === (saved?.note ?? '') ? (saved?.noteChangedAt ?? now) : this.setNote(id, text);
    }
    const changed = changeRecord(record, { note: text, noteChangedAt: now, changedAt: now });
    await this.#store.change({ papers: new Map([[id, changed]]) });
    return now;
  }

  /** Takes back the last step; answers with its label, or null when there was none. */
  undo(): Promise<string | null> {
    return this.#turn(this.#history.takeUndo(), 'undo');
  }

  /** Does again the last step taken back; answers with its label, or null when there was none. */
  redo(): Promise<string | null> {
    return this.#turn(this.#history.takeRedo(), 'do');
  }

  /** Every id that the reader's data or the history names. */
  ids(): Set<PaperId> {
    return new Set([...this.#store.records.keys(), ...this.#history.ids()]);
  }

  /** Moves records to the ids that their papers have now. Where both ids have a record, they become one. */
  async move(moved: MovedIds): Promise<void> {
    const papers = new Map<PaperId, PaperRecord | null>();
    const putBack = this.#history.moved(moved);
    for (const [from, to] of moved) {
      const leaving = this.#store.record(from);
      if (!leaving) continue;
      const there = papers.get(to) ?? this.#store.record(to);
      papers.set(from, null);
      papers.set(to, there ? mergeRecords(leaving, there) : leaving);
    }
    if (papers.size > 0) await this.#store.change({ papers }, putBack);
  }

  async #turn(turn: Turn | null, direction: 'do' | 'undo'): Promise<string | null> {
    if (!turn) return null;
    const papers = stepRecords(turn.step, direction, (id) => this.#store.record(id), this.#now());
    await this.#store.change({ papers }, () => turn.putBack());
    return turn.step.label;
  }
}
