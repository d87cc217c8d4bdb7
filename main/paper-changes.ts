import type { ImportReport, LibraryPaperChange } from '../shared/contract.ts';
import { failureOf, OffprintError } from '../shared/outcome.ts';
import type { PaperId } from '../shared/paper.ts';
import { parseQuery } from '../shared/query/parse.ts';
import type { Corpus, PublishedPapers } from './corpus/corpus.ts';
import type { PaperPair, PapersChange, PapersWriter, ReaderPairs, RebuildPiece } from './corpus/papers-writer.ts';
import { MarksOfImports } from './marks-of-imports.ts';
import { mergeLabel, pairsNotIn, withoutPairs } from './paper-pairs.ts';
import type { PapersDesk } from './papers-desk.ts';
import type { MirrorKeeper } from './store/mirror.ts';
import type { Deed, DoneStep } from './store/step.ts';
import type { Store } from './store/store.ts';
import type { TakenMarksFiles } from './taken-marks.ts';

/** The parts of the library that changes of the papers go through. */
export interface ChangedParts {
  store: Store;
  corpus: Corpus;
  mirror: MirrorKeeper;
  desk: PapersDesk;
  taken: TakenMarksFiles;
  /** Told of everything that was done here and that Undo can take back. */
  did(step: DoneStep): Promise<void>;
  /** Does something to the reader's records in one step that Undo takes back. */
  do(deed: Deed): Promise<unknown>;
  /** The changes that have been taken back and that somebody may still want done again, by number. */
  redoable(): readonly number[];
  /** Resolves when the reader's data are kept as they are before an import, or cannot be. Never rejects. */
  beforeImport(): Promise<void>;
  /** Told when papers have changed and appear as they are now. */
  published(): void;
}

/** Changes looked through for the last one that stands. */
const changesLookedAt = 500;
/** Steps looked through for one that a crash kept the papers from following. */
const stepsLookedAt = 20;

/**
 * Everything that changes which papers there are: imports that are confirmed, removals, merges by
 * hand, and the undoing of each. Each is written by the writer, then shown by the corpus. What the
 * reader has decided (which papers are the same, marks taken from files) goes to the store.
 */
export class PaperChanges {
  readonly #parts: ChangedParts;
  readonly #marks: MarksOfImports;
  /** Committed, and not yet shown: a corpus that could not follow tries again. */
  #unpublished: PublishedPapers[] = [];

  constructor(parts: ChangedParts) {
    this.#parts = parts;
    this.#marks = new MarksOfImports(parts.store, parts.corpus, parts.taken);
  }

  /**
   * Makes `corpus.db` know what the store says of which papers are the same, and the store which
   * marks came with imports, should a crash have come between.
   */
  async reconcile(): Promise<void> {
    const { store, corpus, desk } = this.#parts;
    await this.#marks.follow();
    const known = await corpus.pairs();
    const added = pairsNotIn(store.pairs.same, known.same);
    const gone = pairsNotIn(known.same, store.pairs.same);
    const others = [
      ...pairsNotIn(store.pairs.different, known.different),
      ...pairsNotIn(known.different, store.pairs.different),
    ];
    if (added.length + gone.length + others.length === 0) return;
    // What a step did that the history knows is neither a merge nor one taken back.
    const isKnown = await this.#isOfStep(added, gone);
    const turns = isKnown ? null : await this.#mergeTurned(added, gone);
    const label = added.length > 0 && turns === null && !isKnown ? mergeLabel(added.length + 1, null) : null;
    await desk.alone(async (writer) => this.#publish(await writer.setPairs(store.pairs, label, turns)));
  }

  /** Whether one of the last steps, or of those taken back last, made these pairs come or go. */
  async #isOfStep(added: readonly PaperPair[], gone: readonly PaperPair[]): Promise<boolean> {
    const { store } = this.#parts;
    const { undo, redo } = store.history;
    for (const [entries, isDone] of [
      [undo, true],
      [redo, false],
    ] as const) {
      for (const entry of entries.slice(-stepsLookedAt)) {
        if (entry.papers !== null) continue;
        const same = (await store.step(entry).catch(() => null))?.pairs?.same;
        if (!same) continue;
        const [came, went] = isDone ? [same.added, same.removed] : [same.removed, same.added];
        if (pairsNotIn(added, came).length + pairsNotIn(gone, went).length === 0) return true;
      }
    }
    return false;
  }

  /** Tells a database that is made anew what the reader has decided of which papers are the same, before they come in. */
  async prepareRebuild(): Promise<void> {
    const { desk, store } = this.#parts;
    await desk.inSpite(async (writer) => this.#publish(await writer.setPairs(store.pairs, null, null)));
  }

  /**
   * Reads one more piece of the papers again and has it appear; null when none were missing.
   * @param tell told now and then how far all of it is, from 0 to 1
   */
  async rebuildOn(tell: (done: number) => void): Promise<RebuildPiece | null> {
    return this.#parts.desk.inSpite(async (writer) => {
      const piece = await writer.rebuild(({ done }) => tell(done));
      if (piece) await this.#publish({ papers: piece.published });
      return piece;
    });
  }

  /** The merge that has been taken back or done again where just these pairs have come or gone; or null. */
  async #mergeTurned(
    added: readonly PaperPair[],
    gone: readonly PaperPair[],
  ): Promise<{ change: number; undone: boolean } | null> {
    if ((added.length === 0) === (gone.length === 0)) return null;
    const [pairs, undone] = gone.length > 0 ? [gone, true] : [added, false];
    for (const { id, kind, undone: before } of await this.#parts.corpus.changes(changesLookedAt)) {
      if (kind !== 'merge' || before === undone) continue;
      const merged = (await this.#parts.corpus.change(id))?.merged ?? [];
      if (merged.length === pairs.length && pairsNotIn(merged, pairs).length === 0) return { change: id, undone };
    }
    return null;
  }

  /**
   * Writes what an import previewed.
   * @param takeMarks whether what its files say that a reader said becomes this reader's where they said nothing
   */
  async confirmImport(job: number, takeMarks: boolean): Promise<ImportReport & { change: number | null }> {
    await this.#parts.beforeImport();
    return this.#parts.desk.confirm(job, async (writer, written) => {
      await this.#publish(written);
      if (written.change !== null) await this.#did(written.change, written.label);
      if (takeMarks) await this.#takeMarks(writer, written.change).catch(explainTaking);
      await this.#forgetUndone(writer);
      return { ...written.report, change: written.change };
    });
  }

  async removeSource(source: number): Promise<{ removed: number; kept: number; change: number }> {
    return this.#parts.desk.alone(async (writer) => {
      await this.#marksKnown();
      const { removed, kept, ...written } = await writer.removeSource(source);
      await this.#publish(written);
      if (written.change === null)
        throw new OffprintError('not-found', `There is no source with the number ${source}.`);
      await this.#did(written.change, written.label);
      await this.#forgetUndone(writer);
      return { removed, kept, change: written.change };
    });
  }

  /** Makes papers one, the first of them the kept one. */
  async merge(ids: readonly PaperId[]): Promise<{ id: PaperId; change: number }> {
    const { corpus, desk, store } = this.#parts;
    return desk.alone(async (writer) => {
      const [kept, ...others] = await this.#ownIds(ids);
      if (kept === undefined || others.length === 0) {
        throw new OffprintError('bad-input', 'These are one paper already. Nothing was changed.');
      }
      const paper = await corpus.paper(kept, parseQuery(''));
      const label = mergeLabel(others.length + 1, paper?.title ?? null);
      const pairs = others.map((other): PaperPair => [kept, other]);
      const before = store.pairs;
      const same = [...before.same, ...pairsNotIn(pairs, before.same)];
      const { change } = await this.#setPairs(writer, { ...before, same }, label, null);
      if (change === null) {
        await store.change({ pairs: before });
        throw new OffprintError('refused', 'These papers could not be merged. Nothing was changed.');
      }
      await this.#did(change, label);
      await this.#forgetUndone(writer);
      return { id: (await corpus.resolve([kept])).get(kept)?.id ?? kept, change };
    });
  }

  /** Remembers that papers are not the same, so that they are not named as duplicates again. */
  async tellApart(ids: readonly PaperId[]): Promise<void> {
    const { desk, store, did } = this.#parts;
    await desk.alone(async (writer) => {
      const own = await this.#ownIds(ids);
      const pairs = own.flatMap((one, at) => own.slice(at + 1).map((other): PaperPair => [one, other]));
      const added = pairsNotIn(pairs, store.pairs.different);
      if (added.length === 0) return;
      await this.#setApart(writer, added, true);
      await did({ label: `Told ${own.length} papers apart`, different: added });
    });
  }

  /** Takes back that papers have been told apart, or tells them apart again: those of these pairs. */
  async setApart(pairs: readonly PaperPair[], apart: boolean): Promise<void> {
    await this.#parts.desk.alone((writer) => this.#setApart(writer, pairs, apart));
  }

  /**
   * Does a change of the store that changes its pairs, while nothing else is done to the papers; then
   * makes the papers follow. Where they cannot, they do at the next opening.
   * @throws OffprintError `refused` while an import is under way, and whatever `change` throws: nothing is changed then
   */
  async followPairs<T>(change: () => Promise<T>): Promise<T> {
    const { desk, store } = this.#parts;
    return desk.alone(async (writer) => {
      const done = await change();
      try {
        await this.#marksKnown();
        await this.#publish(await writer.setPairs(store.pairs, null, null));
      } catch (error) {
        const message = 'It is done, but the list could not follow. Start Offprint again to see it.';
        throw new OffprintError('unreadable', message, { cause: error });
      }
      return done;
    });
  }

  async #setApart(writer: PapersWriter, pairs: readonly PaperPair[], apart: boolean): Promise<void> {
    const before = this.#parts.store.pairs;
    const others = pairsNotIn(before.different, pairs);
    await this.#setPairs(writer, { ...before, different: apart ? [...others, ...pairs] : others }, null, null);
  }

  /**
   * Takes a change back: the one of this number, or the last that stands.
   * @returns its label, or null when there is none to take back
   * @throws OffprintError `not-found` when there is no such change, `refused` when it cannot be taken back (any more)
   */
  async undo(id: number | null): Promise<{ done: string | null; change: number | null }> {
    const { corpus, desk } = this.#parts;
    return desk.alone(async (writer) => {
      const last = id ?? (await corpus.changes(changesLookedAt)).find(({ undone }) => !undone)?.id;
      if (last === undefined) return { done: null, change: null };
      const change = await this.#change(last);
      if (change.undone) throw new OffprintError('refused', `“${change.label}” has been taken back already.`);
      if (change.kind === 'merge') {
        const pairs = withoutPairs(this.#parts.store.pairs, 'same', change.merged);
        await this.#setPairs(writer, pairs, null, { change: change.id, undone: true });
      } else await this.#undoPapers(writer, change);
      return { done: change.label, change: change.id };
    });
  }

  /**
   * Does a change again that has been taken back. What the change before it left is there again: the
   * same papers from the same sources in the same places, and marks that came with an import unless
   * the reader has changed them since.
   * @returns its label
   * @throws OffprintError `not-found` when there is no such change, `refused` when it cannot be done again (any more)
   */
  async redo(id: number): Promise<{ done: string; change: number }> {
    return this.#parts.desk.alone(async (writer) => {
      const change = await this.#change(id);
      if (!change.undone) throw new OffprintError('refused', `“${change.label}” has not been taken back.`);
      if (change.kind === 'merge') {
        const before = this.#parts.store.pairs;
        const same = [...before.same, ...pairsNotIn(change.merged, before.same)];
        await this.#setPairs(writer, { ...before, same }, null, { change: id, undone: false });
      } else await this.#redoPapers(writer, change);
      return { done: change.label, change: id };
    });
  }

  async #change(id: number) {
    const change = await this.#parts.corpus.change(id);
    if (!change) throw new OffprintError('not-found', 'This change is not known (any more). Nothing was changed.');
    return change;
  }

  async #undoPapers(writer: PapersWriter, change: LibraryPaperChange): Promise<void> {
    const write = async () => {
      await this.#marksKnown();
      return writer.undo(change.id);
    };
    await this.#publish(change.kind === 'import' ? await this.#marks.giveBack(change, write) : await write());
  }

  async #redoPapers(writer: PapersWriter, change: LibraryPaperChange): Promise<void> {
    const write = async () => {
      await this.#marksKnown();
      return writer.redo(change.id);
    };
    await this.#publish(change.kind === 'import' ? await this.#marks.takeAgain(change, write) : await write());
  }

  /** Lets go of what is kept for changes that nobody can want done again. There is another time where it fails. */
  async #forgetUndone(writer: PapersWriter): Promise<void> {
    const wanted = this.#parts.redoable();
    await writer.forgetUndone(wanted).catch(() => {});
    await this.#marks.forgetUndone(wanted);
  }

  async #takeMarks(writer: PapersWriter, change: number | null): Promise<void> {
    const records = await this.#marks.toTake(writer, change);
    if (records.size === 0) return;
    // What comes with papers is taken back with them.
    if (change !== null) await this.#parts.store.change({ papers: records });
    else {
      const label = `Took over notes and tags of ${records.size === 1 ? '1 paper' : `${records.size} papers`}`;
      await this.#parts.do({ label, records });
    }
  }

  /** Makes the store say which papers are the same, then the corpus. Nothing is changed when one of them cannot. */
  async #setPairs(
    writer: PapersWriter,
    pairs: ReaderPairs,
    label: string | null,
    turns: { change: number; undone: boolean } | null,
  ): Promise<PapersChange> {
    const { store } = this.#parts;
    const before = store.pairs;
    await store.change({ pairs });
    let written: PapersChange;
    try {
      await this.#marksKnown();
      written = await writer.setPairs(pairs, label, turns);
    } catch (error) {
      await store.change({ pairs: before });
      throw error;
    }
    await this.#publish(written);
    return written;
  }

  /** Makes papers that are on the disk appear. */
  async #publish({ papers }: Pick<PapersChange, 'papers'>): Promise<void> {
    this.#unpublished.push(papers);
    try {
      for (let next = this.#unpublished[0]; next; next = this.#unpublished[0]) {
        await this.#parts.corpus.publish(next);
        this.#unpublished.shift();
      }
      this.#parts.published();
    } catch (error) {
      const message = 'It is done, but the list could not follow. Start Offprint again to see it.';
      throw new OffprintError('unreadable', message, { cause: error });
    }
  }

  /** Waits until the writer can see everything that the reader has touched. */
  async #marksKnown(): Promise<void> {
    await this.#parts.store.settled();
    await this.#parts.mirror.settled();
  }

  async #did(change: number, label: string): Promise<void> {
    try {
      await this.#parts.did({ label, papers: change });
    } catch (error) {
      const { code, message } = failureOf(error);
      throw new OffprintError(code, `“${label}” is done, but Undo does not know of it. ${message}`, { cause: error });
    }
  }

  /** The papers' own ids, each once. Rejects with `not-found` when there is no such paper. */
  async #ownIds(ids: readonly PaperId[]): Promise<PaperId[]> {
    const known = await this.#parts.corpus.resolve(ids);
    const own = ids.map((id) => {
      const target = known.get(id);
      if (!target) throw new OffprintError('not-found', `There is no paper with the id ${id}.`);
      return target.id;
    });
    return [...new Set(own)];
  }
}

function explainTaking(error: unknown): never {
  if (!(error instanceof OffprintError)) throw error;
  const message = `The papers are in the library, but their notes and tags could not be taken over. ${error.message}`;
  throw new OffprintError(error.code, message, { cause: error });
}
