import type { MarkChange } from '../../shared/contract.ts';
import type { Highlight } from '../../shared/highlights.ts';
import { NoteWriters, type WrittenNote } from '../../shared/note-writers.ts';
import { scratchNoteId } from '../../shared/scratch-note.ts';
import { isChangedOtherwise } from '../../shared/unsaved-note.ts';
import { combinedRecord, type MarkTarget, type RecordOf } from './combined.ts';
import { highlightsChange, highlightsLabel, highlightsPatch, highlightsToKeep, inOrder } from './highlighting.ts';
import type { History } from './history.ts';
import { labelOf } from './marking.ts';
import { notePatch } from './noting.ts';
import { changeRecord, type RecordChange } from './records.ts';
import type { Store } from './store.ts';
import { tagListsOf, tagsWithNote } from './tags-of-notes.ts';

/** The reader's changes to papers, each one durable when its promise resolves, and a step of the history. */
export class ReaderMarks {
  readonly #store: Store;
  readonly #history: History;
  readonly #now: () => number;
  readonly #recordOf: RecordOf;
  readonly #writers = new NoteWriters();

  constructor(store: Store, history: History, now: () => number = Date.now) {
    this.#store = store;
    this.#history = history;
    this.#now = now;
    this.#recordOf = (id) => store.record(id);
  }

  /** Changes status, star or tags of papers in one step. */
  mark(targets: readonly MarkTarget[], change: MarkChange): Promise<{ changed: number; label: string }> {
    return this.#history.do({ label: (papers) => labelOf(change, papers), marks: { targets, change } });
  }

  /**
   * Makes these the highlights of a paper, in one step. Answers with what it is called.
   * @param known ids of those that whoever made them knew, where others stay
   */
  async setHighlights(
    target: MarkTarget,
    wanted: readonly Highlight[],
    known?: readonly string[],
  ): Promise<{ label: string }> {
    const { at, record, takesUp } = combinedRecord(target, this.#recordOf);
    const highlights = highlightsToKeep(record?.highlights ?? [], wanted, known);
    const change = highlightsChange(record?.highlights ?? [], highlights);
    if (!change) {
      // They may be on their way to the disk this moment.
      await this.#store.settled();
      return { label: 'Nothing to change' };
    }
    const changed = changeRecord(record, { highlights: inOrder(highlights), changedAt: this.#now() } as RecordChange);
    const patch = highlightsPatch(at, change, this.#recordOf(at), changed, takesUp);
    const { label } = await this.#history.do({
      label: highlightsLabel(change),
      highlights: { patch, record: changed },
    });
    return { label };
  }

  /**
   * Replaces a note; an empty text removes it. What is `#tag` in it is a tag of its paper. Answers with the time of the note's last change.
   * @param apart whether Undo takes back just this; see {@link History.write}
   */
  async setNote(target: MarkTarget, text: string, apart = false): Promise<number> {
    const { at, record, takesUp } = combinedRecord(target, this.#recordOf);
    const now = this.#now();
    const before = record?.note ?? '';
    if (text === before) {
      // The same text may be on its way to the disk this moment, and may be refused there.
      await this.#store.settled();
      const { record: saved } = combinedRecord(target, this.#recordOf);
      return text === (saved?.note ?? '') ? (saved?.noteChangedAt ?? now) : this.setNote(target, text, apart);
    }
    const tags = at === scratchNoteId ? null : tagsWithNote(record, text);
    const change = { note: text, ...tags, noteChangedAt: now, changedAt: now } as RecordChange;
    const changed = changeRecord(record, change);
    const patch = {
      ...notePatch(at, before, this.#recordOf(at), changed, takesUp),
      ...(tags && { tags: { before: tagListsOf(record), after: tags } }),
    };
    await this.#history.write(patch, before, new Map([[at, changed]]), apart);
    return now;
  }

  /**
   * Replaces a note as {@link setNote}, where nothing that was written elsewhere meanwhile would be lost.
   * @param apart as for {@link setNote}; what both texts become is a step of its own
   * @returns the time of the note's last change, and what it says where that is not the text
   */
  async setNoteOver(
    target: MarkTarget,
    written: WrittenNote,
    apart = false,
  ): Promise<{ changedAt: number; instead?: string }> {
    // What is on its way to the disk this moment may be refused there.
    if (isChangedOtherwise(written, this.#savedNote(target).note)) await this.#store.settled();
    // From here to what `setNote` begins with nothing comes between.
    const { note: saved, changedAt } = this.#savedNote(target);
    const text = this.#writers.decide(combinedRecord(target, this.#recordOf).at, saved, written);
    if (text === null) return { changedAt, instead: saved };
    const isOnlyTyped = text === written.text;
    const savedAt = await this.setNote(target, text, apart || !isOnlyTyped);
    return { changedAt: savedAt, ...(!isOnlyTyped && { instead: text }) };
  }

  #savedNote(target: MarkTarget): { note: string; changedAt: number } {
    const { record } = combinedRecord(target, this.#recordOf);
    return { note: record?.note ?? '', changedAt: record?.noteChangedAt ?? record?.changedAt ?? this.#now() };
  }
}
