import type { Client } from '../../shared/client.ts';
import type { MarkChange } from '../../shared/contract.ts';
import type { PaperId } from '../../shared/paper.ts';
import type { Decision } from './decisions.ts';
import { changeBetween, type PaperMarks } from './paper-marks.ts';
import { type Save, SavingLine } from './saving-line.ts';

/** A decision and how it was saved. */
export interface Kept {
  decision: Decision;
  save: Save;
  /** What the library called the step; null while it is not saved, empty when nothing changed. */
  label: string | null;
}

/**
 * Saves decisions in the order in which they were made, and takes them back by the library's own
 * history, so that Undo means the same while going through a view and in the list afterwards.
 */
export class DecisionKeeper {
  readonly #client: Client;
  readonly #line: SavingLine;
  readonly #onSaved: (id: PaperId, marks: PaperMarks) => void;

  /**
   * @param onFailure told when saving stops and when it goes on
   * @param onSaved told what marks of a paper the library has from now on
   */
  constructor(client: Client, onFailure: () => void, onSaved: (id: PaperId, marks: PaperMarks) => void) {
    this.#client = client;
    this.#line = new SavingLine(onFailure);
    this.#onSaved = onSaved;
  }

  /** Why saving has stopped, in plain words; null while it goes on. */
  get failure(): string | null {
    return this.#line.failure;
  }

  /** How many decisions are not known to be saved. */
  get waiting(): number {
    return this.#line.waiting;
  }

  /** Tries again what failed. */
  retry(): void {
    this.#line.retry();
  }

  /** Settled once everything is saved, or saving has stopped. Never rejects. */
  settled(): Promise<void> {
    return this.#line.settled();
  }

  /** Saves a decision behind those before it. */
  keep(decision: Decision, change: MarkChange): Kept {
    const { id, after } = decision;
    const kept: Kept = { decision, save: () => Promise.resolve(), label: null };
    kept.save = async () => {
      const { changed, label } = await this.#client.call('papers.mark', { selection: { ids: [id] }, change });
      kept.label = changed === 0 ? '' : label;
      this.#onSaved(id, after);
    };
    this.#line.add(kept.save);
    return kept;
  }

  /** Takes a decision back, whether it is saved yet or not. */
  takeBack(kept: Kept): void {
    const { id, before, after } = kept.decision;
    if (this.#line.takeOut(kept.save)) {
      this.#onSaved(id, before);
      return;
    }
    this.#line.add(async () => {
      if (kept.label !== '') await this.#undo(id, kept.label ?? '', changeBetween(after, before));
      this.#onSaved(id, before);
    });
  }

  /** When another window did something since, that is put back, and the marks are set instead. */
  async #undo(id: PaperId, label: string, change: MarkChange): Promise<void> {
    const { done } = await this.#client.call('history.undo', {});
    if (done === label) return;
    if (done !== null) await this.#client.call('history.redo', {});
    await this.#client.call('papers.mark', { selection: { ids: [id] }, change });
  }
}
