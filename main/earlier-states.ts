import type { Difference, Generation } from '../shared/generations.ts';
import { OffprintError } from '../shared/outcome.ts';
import type { PaperId } from '../shared/paper.ts';
import { type ComparedStates, compareStates, papersWith } from './compared-states.ts';
import type { Corpus } from './corpus/corpus.ts';
import { type Generations, type KeptGeneration, saysTheSame } from './store/generation-files.ts';
import type { History } from './store/history.ts';
import type { LibraryData, PaperRecord } from './store/library-data.ts';
import { pairsPatch } from './store/pairs-patch.ts';
import type { Deed } from './store/step.ts';
import type { Store } from './store/store.ts';
import { coloursPatch, viewsPatch } from './store/turning.ts';

/** What earlier states are kept in, compared with and brought back through. */
export interface EarlierParts {
  store: Store;
  generations: Generations;
  corpus: Pick<Corpus, 'resolve' | 'titles'>;
  history: Pick<History, 'do'>;
  /** See `PaperChanges.followPairs`. */
  followPairs<T>(change: () => Promise<T>): Promise<T>;
}

/** An earlier state and how it differs from the library. */
interface LookedInto extends ComparedStates {
  generation: KeptGeneration;
  then: LibraryData;
  /** The stamp that the library had. */
  stamp: string;
}

/** How long a state that has been read stays in memory after it was asked for, in milliseconds. */
const stateKept = 120_000;
/** How often a comparison is made again because something has changed meanwhile. */
const mostComparisons = 5;

/** Looks into earlier states of the reader's data and brings them back. */
export class EarlierStates {
  readonly #parts: EarlierParts;
  /** The one asked for last. */
  #compared: LookedInto | null = null;
  #letGo: NodeJS.Timeout | null = null;

  constructor(parts: EarlierParts) {
    this.#parts = parts;
  }

  /** The folder that they are kept in. */
  get folder(): string {
    return this.#parts.generations.folder;
  }

  /** All that are kept, the newest first. */
  async list(): Promise<Generation[]> {
    const { generations } = await this.#parts.generations.list();
    return generations.map((generation) => this.#told(generation));
  }

  /** Keeps the state of now, unless the newest one says the same; answers with that one then. */
  async take(): Promise<Generation> {
    const { store } = this.#parts;
    await store.settled();
    const kept = await store.keep('asked');
    if (!kept) throw new OffprintError('internal', 'There was nothing to keep.');
    return this.#told(kept);
  }

  /** See `generations.compare` of the contract. */
  async compare({ id, find, offset, limit }: { id: string; find: string; offset: number; limit: number }) {
    const { store } = this.#parts;
    const { generation, then, papers } = await this.#lookInto(id);
    const found = find.trim() === '' ? papers : await papersWith(papers, find);
    const { same, different } = pairsPatch(store.pairs, then.pairs) ?? {};
    const differences = found
      .slice(offset, offset + limit)
      .map(({ id, title, was, now }): Difference => ({ id, title, was, now }));
    const views = viewsPatch(store.views, then.views);
    return {
      generation: this.#told(generation),
      total: found.length,
      differences,
      // Where only their order is another, that is one difference, too.
      views: views ? Math.max(1, views.changed.length) : 0,
      tagColours: coloursPatch(store.tagColours, then.tagColours)?.length ?? 0,
      merges: [same, different].reduce((sum, each) => sum + (each?.added.length ?? 0) + (each?.removed.length ?? 0), 0),
    };
  }

  /**
   * Makes the library say what an earlier state says, in one step of the history.
   * @param ids the papers; null for all of them, and for views, colours of tags, and which papers are the same
   */
  async restore(id: string, ids: readonly PaperId[] | null): Promise<{ changed: number; label: string }> {
    const { store, corpus, history, followPairs } = this.#parts;
    const { then } = await this.#lookInto(id);
    const restore = async () => {
      const targets = ids && (await corpus.resolve(ids));
      const looked = await this.#lookInto(id);
      // From here on nothing else is changed until it is done.
      const own = ids && new Set(ids.map((each) => targets?.get(each)?.id ?? each));
      const { deed, papers } = own === null ? this.#whole(looked) : this.#some(looked, own);
      const { label } = await history.do(deed);
      return { changed: papers, label };
    };
    return ids === null && pairsPatch(store.pairs, then.pairs) ? followPairs(restore) : restore();
  }

  /** Lets go of what has been read. */
  close(): void {
    if (this.#letGo) clearTimeout(this.#letGo);
    this.#compared = null;
  }

  #whole({ generation, then, ids, papers }: LookedInto): { deed: Deed; papers: number } {
    const { pairs, views, tagColours } = then;
    const label = `Restored everything from ${moment(generation)}`;
    const records = new Map(ids.map((id) => [id, then.papers.get(id) ?? null]));
    return { deed: { label, records, pairs, views, tagColours, keepFirst: 'restore' }, papers: papers.length };
  }

  #some({ generation, then, ids, papers }: LookedInto, own: ReadonlySet<PaperId>): { deed: Deed; papers: number } {
    const restored = papers.filter(({ id }) => own.has(id));
    const different = new Set(ids);
    const records = new Map<PaperId, PaperRecord | null>();
    for (const id of restored.flatMap((paper) => paper.ids)) {
      if (different.has(id)) records.set(id, then.papers.get(id) ?? null);
    }
    const count = restored.length === 1 ? '1 paper' : `${restored.length} papers`;
    const label = `Restored ${count} from ${moment(generation)}`;
    return { deed: { label, records, keepFirst: 'restore' }, papers: restored.length };
  }

  /** An earlier state and how it differs from what the library says when this resolves. */
  async #lookInto(id: string): Promise<LookedInto> {
    const { store, generations, corpus } = this.#parts;
    const generation = (await generations.list()).generations.find((each) => each.id === id);
    if (!generation) throw unknownGeneration();
    const then = await this.#readState(generation);
    for (let tries = 1; ; tries += 1) {
      // Only of what is on the disk does the stamp tell whether it has changed.
      await store.settled();
      const { stamp } = store;
      if (this.#compared?.generation.id === id && this.#compared.stamp === stamp) return this.#compared;
      const looked = { generation, then, stamp, ...(await compareStates(then.papers, store.records, corpus)) };
      this.#remember(looked);
      if (tries === mostComparisons) return looked;
    }
  }

  async #readState({ id, takenAt }: KeptGeneration): Promise<LibraryData> {
    if (this.#compared?.generation.id === id) return this.#compared.then;
    const read = await this.#parts.generations.read(id);
    const what = `The earlier state of ${moment({ takenAt })}`;
    if (read.kind === 'damaged') throw new OffprintError('damaged', `${what} ${read.reason}. Nothing was changed.`);
    if (read.kind === 'good') return read.data;
    throw new OffprintError('newer', `${what} was kept by a newer Offprint, which is needed to restore it.`);
  }

  #remember(looked: LookedInto): void {
    this.#compared = looked;
    if (this.#letGo) clearTimeout(this.#letGo);
    this.#letGo = setTimeout(() => this.close(), stateKept).unref();
  }

  #told(kept: KeptGeneration): Generation {
    const { stamp, pairs, views, tagColours, records } = this.#parts.store;
    const { id, takenAt, reason, papers, notes, bytes } = kept;
    const isCurrent =
      kept.stamp === stamp && saysTheSame(kept, { stamp, pairs, views, tagColours, records: [...records.values()] });
    return { id, takenAt, reason, papers, notes, bytes, current: isCurrent };
  }
}

const dateAndTime = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });

/** When it was taken, in the words of labels and messages. */
function moment({ takenAt }: Pick<KeptGeneration, 'takenAt'>): string {
  return dateAndTime.format(takenAt);
}

function unknownGeneration(): OffprintError {
  return new OffprintError('not-found', 'This earlier state is not kept any more. Nothing was changed.');
}
