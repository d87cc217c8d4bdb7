import type { LibraryPaperChange } from '../shared/contract.ts';
import type { PaperId } from '../shared/paper.ts';
import type { Corpus } from './corpus/corpus.ts';
import type { PapersWriter } from './corpus/papers-writer.ts';
import type { PaperRecord } from './store/library-data.ts';
import type { Store } from './store/store.ts';
import { givingBack, MarksToTake, recordsAgain, recordsBefore, type TakenMarksFiles } from './taken-marks.ts';

/** Papers whose imported marks are asked for in one message. */
const marksAtOnce = 1000;
/** How often what is to be taken over is gathered again because the reader has gone on meanwhile. */
const mostGatherings = 5;

/** Records to write, each with its id; null takes one away. */
export type RecordsToWrite = ReadonlyMap<PaperId, PaperRecord | null>;

/** The marks that come with imports: taken over, given back when an import is taken back, and taken again. */
export class MarksOfImports {
  readonly #store: Store;
  readonly #corpus: Corpus;
  readonly #files: TakenMarksFiles;

  constructor(store: Store, corpus: Corpus, files: TakenMarksFiles) {
    this.#store = store;
    this.#corpus = corpus;
    this.#files = files;
  }

  /**
   * What the files just confirmed say that a reader said, where this reader has said nothing. It has
   * been written down which import brings it.
   * @param id the import, or null when it brought no papers
   */
  async toTake(writer: PapersWriter, id: number | null): Promise<RecordsToWrite> {
    const change = id === null ? null : await this.#corpus.change(id);
    let taking = await this.#gather(writer);
    const keep = async () => change && (await this.#files.keep(change, { taken: taking.taken, givenBack: [] }));
    // Written down before it is done, or a crash in between would make it the reader's own for good.
    if (taking.papers.size > 0) await keep();
    for (let again = 0; again < mostGatherings && !taking.isUpToDate; again += 1) {
      taking = await this.#gather(writer);
      await keep();
    }
    return taking.papers;
  }

  /** Gives the marks of an import back that were left as they came, then takes the import itself back. */
  async giveBack<T>(change: LibraryPaperChange, write: () => Promise<T>): Promise<T> {
    const marks = givingBack(await this.#files.read(change), this.#recordOf);
    // As in `toTake`: a crash in between would lose it.
    if (marks.taken.length > 0) await this.#files.keep(change, marks);
    try {
      return await this.#withRecords(recordsBefore(marks.taken, this.#recordOf), write);
    } catch (error) {
      if (marks.taken.length > 0) await this.#files.keep(change, { ...marks, givenBack: [] }).catch(() => {});
      throw error;
    }
  }

  /** Where a crash came between the marks of an import and its papers: makes the marks what the papers are, there or gone. */
  async follow(): Promise<void> {
    for (const id of await this.#files.kept()) {
      const change = await this.#corpus.change(id);
      if (!change) continue;
      const marks = await this.#files.read(change);
      const papers = change.undone ? recordsBefore(marks.taken, this.#recordOf) : recordsAgain(marks, this.#recordOf);
      if (papers.size > 0) await this.#store.change({ papers });
      if (!change.undone && marks.givenBack.length > 0) await this.#files.keep(change, { ...marks, givenBack: [] });
    }
  }

  /** Takes the marks of an import again that the reader has left as giving them back made them, then does the import again. */
  async takeAgain<T>(change: LibraryPaperChange, write: () => Promise<T>): Promise<T> {
    const marks = await this.#files.read(change);
    const done = await this.#withRecords(recordsAgain(marks, this.#recordOf), write);
    if (marks.taken.length > 0) await this.#files.keep(change, { ...marks, givenBack: [] }).catch(() => {});
    return done;
  }

  /**
   * Forgets what is kept of imports that have been taken back.
   * @param except those that may still be done again
   */
  async forgetUndone(except: readonly number[]): Promise<void> {
    for (const id of await this.#files.kept()) {
      if (except.includes(id)) continue;
      const change = await this.#corpus.change(id).catch(() => null);
      if (change?.undone) await this.#files.forget(change);
    }
  }

  readonly #recordOf = (id: PaperId) => this.#store.record(id);

  async #gather(writer: PapersWriter): Promise<MarksToTake> {
    const taking = new MarksToTake(this.#recordOf, Date.now());
    for (let offset = 0; ; offset += marksAtOnce) {
      const piece = await writer.importedMarks(offset, marksAtOnce);
      const targets = await this.#corpus.resolve(piece.map(({ id }) => id));
      for (const { id, marks } of piece) taking.add(targets.get(id) ?? { id, markedAs: [] }, marks);
      if (piece.length < marksAtOnce) return taking;
    }
  }

  /** Where `write` fails, the records become what they were before, but for those that the reader has changed since. */
  async #withRecords<T>(papers: RecordsToWrite, write: () => Promise<T>): Promise<T> {
    const before = new Map([...papers.keys()].map((id) => [id, this.#recordOf(id) ?? null]));
    if (papers.size > 0) await this.#store.change({ papers });
    try {
      return await write();
    } catch (error) {
      const unchanged = [...before].filter(([id]) => (this.#recordOf(id) ?? null) === papers.get(id));
      if (unchanged.length > 0) await this.#store.change({ papers: new Map(unchanged) });
      throw error;
    }
  }
}
