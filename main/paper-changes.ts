import type { ImportReport, LibraryPaperChange } from '../shared/contract.ts';
import { OffprintError } from '../shared/outcome.ts';
import type { PaperId } from '../shared/paper.ts';
import { parseQuery } from '../shared/query.ts';
import type { Corpus, PublishedPapers } from './corpus/corpus.ts';
import type { PaperPair, PapersChange, PapersWriter, ReaderPairs } from './corpus/papers-writer.ts';
import type { PapersDesk } from './papers-desk.ts';
import type { SessionStep } from './session-steps.ts';
import type { MirrorKeeper } from './store/mirror.ts';
import type { Store } from './store/store.ts';
import { MarksToTake, recordsBefore, type TakenMarksFiles, type TakenRecord } from './taken-marks.ts';

/** The parts of the library that changes of the papers go through. */
export interface ChangedParts {
  store: Store;
  corpus: Corpus;
  mirror: MirrorKeeper;
  desk: PapersDesk;
  taken: TakenMarksFiles;
  /** Told of everything that Undo can take back. */
  did(step: SessionStep): void;
  /** Told when papers have changed and appear as they are now. */
  published(): void;
}

/** Papers whose imported marks are asked for in one message. */
const marksAtOnce = 1000;
/** How often what is to be taken over is gathered again because the reader has gone on meanwhile. */
const mostGatherings = 5;
/** Changes looked through for the last one that stands. */
const changesLookedAt = 500;
/** Longest title in a label, in characters. */
const longestTitle = 60;

/**
 * Everything that changes which papers there are: imports that are confirmed, removals, merges by
 * hand, and the undoing of each. Each is written by the writer, then shown by the corpus. What the
 * reader has decided (which papers are the same, marks taken from files) goes to the store.
 */
export class PaperChanges {
  readonly #parts: ChangedParts;
  /** Committed, and not yet shown: a corpus that could not follow tries again. */
  #unpublished: PublishedPapers[] = [];

  constructor(parts: ChangedParts) {
    this.#parts = parts;
  }

  /** Makes `corpus.db` know what the store says of which papers are the same, should a crash have come between. */
  async reconcile(): Promise<void> {
    const { store, corpus, desk } = this.#parts;
    const known = await corpus.pairs();
    const missing = pairsNotIn(store.pairs.same, known.same);
    const others = [
      ...pairsNotIn(known.same, store.pairs.same),
      ...pairsNotIn(store.pairs.different, known.different),
      ...pairsNotIn(known.different, store.pairs.different),
    ];
    if (missing.length + others.length === 0) return;
    const label = missing.length > 0 ? mergeLabel(missing.length + 1, null) : null;
    await desk.alone(async (writer) => this.#publish(await writer.setPairs(store.pairs, label, null)));
  }

  /**
   * Writes what an import previewed.
   * @param takeMarks whether what its files say that a reader said becomes this reader's where they said nothing
   */
  async confirmImport(job: number, takeMarks: boolean): Promise<ImportReport & { change: number | null }> {
    return this.#parts.desk.confirm(job, async (writer, written) => {
      await this.#publish(written);
      if (written.change !== null) this.#did(written.change, written.label);
      if (takeMarks) await this.#takeMarks(writer, written.change).catch(explainTaking);
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
      this.#did(written.change, written.label);
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
      this.#did(change, label);
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
      const different = [...store.pairs.different, ...added];
      await this.#setPairs(writer, { ...store.pairs, different }, null, null);
      const label = `Told ${own.length} papers apart`;
      const undo = async () => {
        await desk.alone((writer) => this.#setPairs(writer, withoutPairs(store.pairs, 'different', added), null, null));
        return label;
      };
      did({ label, change: null, undo });
    });
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
      const change = await corpus.change(last);
      if (!change) throw new OffprintError('not-found', 'This change is not known (any more). Nothing was changed.');
      if (change.undone) throw new OffprintError('refused', `“${change.label}” has been taken back already.`);
      if (change.kind === 'merge') {
        const pairs = withoutPairs(this.#parts.store.pairs, 'same', change.merged);
        await this.#setPairs(writer, pairs, null, change.id);
      } else await this.#undoPapers(writer, change);
      return { done: change.label, change: change.id };
    });
  }

  /** Takes an import or a removal back, and before that the marks that came with it and were left as they came. */
  async #undoPapers(writer: PapersWriter, change: LibraryPaperChange): Promise<void> {
    const { taken } = this.#parts;
    const records = change.kind === 'import' ? await taken.read(change) : [];
    const putBack = await this.#giveMarksBack(records);
    await this.#marksKnown();
    try {
      await this.#publish(await writer.undo(change.id));
    } catch (error) {
      await putBack();
      throw error;
    }
    await taken.forget(change);
  }

  /** @returns makes the records what they were before, but for those that the reader has changed since */
  async #giveMarksBack(taken: readonly TakenRecord[]): Promise<() => Promise<void>> {
    const { store } = this.#parts;
    const papers = recordsBefore(taken, (id) => store.record(id));
    const now = new Map([...papers.keys()].map((id) => [id, store.record(id) ?? null]));
    if (papers.size === 0) return async () => {};
    await store.change({ papers });
    return async () => {
      const unchanged = [...now].filter(([id]) => (store.record(id) ?? null) === papers.get(id));
      if (unchanged.length > 0) await store.change({ papers: new Map(unchanged) });
    };
  }

  async #takeMarks(writer: PapersWriter, change: number | null): Promise<void> {
    const { corpus, store, taken, did } = this.#parts;
    const known = change === null ? null : await corpus.change(change);
    let taking = await this.#marksToTake(writer);
    // Written down before it is done, or a crash in between would make it the reader's own for good.
    if (known && taking.papers.size > 0) await taken.keep(known, taking.taken);
    for (let again = 0; again < mostGatherings && !taking.isUpToDate; again += 1) {
      taking = await this.#marksToTake(writer);
      if (known) await taken.keep(known, taking.taken);
    }
    const { papers, taken: records } = taking;
    if (papers.size === 0) return;
    await store.change({ papers });
    if (known) return;
    const label = `Took over notes and tags of ${papers.size === 1 ? '1 paper' : `${papers.size} papers`}`;
    const undo = async () => {
      await this.#giveMarksBack(records);
      return label;
    };
    did({ label, change: null, undo });
  }

  /** What the files just confirmed say that a reader said, where this reader has said nothing. */
  async #marksToTake(writer: PapersWriter): Promise<MarksToTake> {
    const { corpus, store } = this.#parts;
    const taking = new MarksToTake((id) => store.record(id), Date.now());
    for (let offset = 0; ; offset += marksAtOnce) {
      const piece = await writer.importedMarks(offset, marksAtOnce);
      const targets = await corpus.resolve(piece.map(({ id }) => id));
      for (const { id, marks } of piece) taking.add(targets.get(id) ?? { id, markedAs: [] }, marks);
      if (piece.length < marksAtOnce) return taking;
    }
  }

  /** Makes the store say which papers are the same, then the corpus. Nothing is changed when one of them cannot. */
  async #setPairs(
    writer: PapersWriter,
    pairs: ReaderPairs,
    label: string | null,
    undoes: number | null,
  ): Promise<PapersChange> {
    const { store } = this.#parts;
    const before = store.pairs;
    await store.change({ pairs });
    let written: PapersChange;
    try {
      await this.#marksKnown();
      written = await writer.setPairs(pairs, label, undoes);
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

  #did(change: number, label: string): void {
    this.#parts.did({ label, change, undo: async () => (await this.undo(change)).done });
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

function keyOf([one, other]: PaperPair): string {
  return JSON.stringify([one, other]);
}

function pairsNotIn(pairs: readonly PaperPair[], known: readonly PaperPair[]): PaperPair[] {
  const keys = new Set(known.map(keyOf));
  return pairs.filter((pair) => !keys.has(keyOf(pair)));
}

function withoutPairs(all: ReaderPairs, kind: keyof ReaderPairs, gone: readonly PaperPair[]): ReaderPairs {
  return { ...all, [kind]: pairsNotIn(all[kind], gone) };
}

function mergeLabel(papers: number, title: string | null): string {
  if (title === null) return `Merged ${papers} papers`;
  const letters = [...title];
  const shown = letters.length > longestTitle ? `${letters.slice(0, longestTitle).join('').trimEnd()}…` : title;
  return `Merged ${papers} papers into “${shown}”`;
}
