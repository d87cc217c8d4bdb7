import { OffprintError } from '../../shared/outcome.ts';
import type { PaperId } from '../../shared/paper.ts';
import type { MarkTarget } from './combined.ts';
import { type HistoryEntry, newEntry } from './history-index.ts';
import type { PaperPair } from './library-data.ts';
import { planMarks } from './marking.ts';
import { joinPatches, noteLabel } from './noting.ts';
import { pairsPatch } from './pairs-patch.ts';
import type { Deed, DoneStep, NotePatch, RecordPatch, Step } from './step.ts';
import type { Store } from './store.ts';
import type { StoreChange } from './store-adapter.ts';
import { coloursPatch, idsOf, turnStep, viewsPatch } from './turning.ts';

/** Finds the papers that ids are of today; those of no paper are left out. */
export type TargetsOf = (ids: readonly PaperId[]) => Promise<ReadonlyMap<PaperId, MarkTarget>>;

/** Whoever takes back and does again what the store cannot do by itself. Methods reject with an OffprintError. */
export interface PaperTurns {
  /** Takes an import, a removal or a merge back; does nothing when it has been taken back already. */
  undo(change: number, label: string): Promise<void>;
  /** Does it again; does nothing when it stands already. */
  redo(change: number, label: string): Promise<void>;
  /** Makes papers count as told apart, or not any more. */
  setApart(pairs: readonly PaperPair[], apart: boolean): Promise<void>;
  /** Does a change of the store that changes its pairs, while nothing else is done to the papers, which then follow it. */
  followPairs<T>(change: () => Promise<T>): Promise<T>;
  /** True while nothing of this can be done, and all of it may be later. */
  isBusy(): boolean;
}

/** Saves of one paper's note that follow one another in less than this are one step, in milliseconds. */
const typingPause = 60_000;
/** A save that takes away more than this begins a step, so that Undo brings it back; in UTF-16 units. */
const longestTypedOver = 40;

/**
 * What Undo takes back and Redo does again: everything that the reader has done, in the order in
 * which it was done, in this session and before it. Each step is one line of the store's journal
 * together with what it changed, so that there is never one without the other.
 */
export class History {
  readonly #store: Store;
  readonly #targetsOf: TargetsOf;
  readonly #papers: PaperTurns;
  readonly #now: () => number;
  /** The note being written: the step of its last save, what that did in all, and when it was. */
  #typing: { entry: HistoryEntry; patch: NotePatch; at: number } | null = null;
  /** The step being turned. */
  #turning: Promise<unknown> | null = null;

  constructor(store: Store, targetsOf: TargetsOf, papers: PaperTurns, now: () => number = Date.now) {
    this.#store = store;
    this.#targetsOf = targetsOf;
    this.#papers = papers;
    this.#now = now;
  }

  /** What Undo and Redo would do, in words, or null. */
  get labels(): { undo: string | null; redo: string | null } {
    const { undo, redo } = this.#store.history;
    return { undo: undo.at(-1)?.label ?? null, redo: redo.at(-1)?.label ?? null };
  }

  /** Numbers of the imports, removals and merges that have been taken back and may be done again. */
  get redoable(): number[] {
    return this.#store.history.redo.flatMap(({ papers }) => papers ?? []);
  }

  /** Does something in one step. Answers with how many papers it changed, and what it is called. */
  async do(deed: Deed): Promise<{ changed: number; label: string }> {
    const { marks, highlights, records, views, tagColours, pairs, keepFirst } = deed;
    const plan = marks && planMarks(marks.change, marks.targets, (id) => this.#store.record(id), this.#now());
    const whole = Array.from(
      records ?? [],
      ([id, record]): RecordPatch => [id, this.#store.record(id) ?? null, record],
    );
    const patches = {
      views: views && viewsPatch(this.#store.views, views),
      tagColours: tagColours && coloursPatch(this.#store.tagColours, tagColours),
      pairs: pairs && pairsPatch(this.#store.pairs, pairs),
    };
    const highlighted = highlights ? ([[highlights.patch.id, highlights.record]] as const) : [];
    const papers = new Map([...(plan?.records ?? []), ...highlighted, ...(records ?? [])]);
    const label = typeof deed.label === 'string' ? deed.label : deed.label(papers.size);
    const step: Step = {
      label,
      ...(plan && plan.patches.length > 0 && { marks: plan.patches }),
      ...(highlights && { highlights: highlights.patch }),
      ...(whole.length > 0 && { records: whole }),
      ...(patches.views && { views: patches.views }),
      ...(patches.tagColours && { tagColours: patches.tagColours }),
      ...(patches.pairs && { pairs: patches.pairs }),
    };
    if (Object.keys(step).length === 1) return { changed: 0, label };
    await this.#make(step, {
      ...(papers.size > 0 && { papers }),
      ...(patches.views && views && { views }),
      ...(patches.tagColours && tagColours && { tagColours }),
      ...(patches.pairs && pairs && { pairs }),
      ...(keepFirst && { keepFirst }),
    });
    return { changed: papers.size, label };
  }

  /** Remembers as a step what has been done already. */
  async did(step: DoneStep): Promise<void> {
    await this.#make(step, {});
  }

  /**
   * Writes a note, as a step of its own or as more of the last one.
   * @param text the note before
   * @param apart whether it is a step of its own in any case, which nothing goes on from
   */
  async write(
    patch: NotePatch,
    text: string,
    papers: NonNullable<StoreChange['papers']>,
    apart = false,
  ): Promise<void> {
    const now = this.#now();
    const last = apart ? null : this.#goesOn(patch, now);
    const joined = last ? joinPatches(last.patch, patch, text) : patch;
    const [before] = joined.lengths;
    const label = noteLabel(joined.id, before === 0 ? '' : ' ', joined.lengths[1] === 0 ? '' : ' ');
    const entry = newEntry({ label, note: joined });
    const changing = this.#store.change({ papers, history: { kind: 'add', entry, instead: last?.entry ?? null } });
    this.#typing = apart ? null : { entry, patch: joined, at: now };
    await changing;
  }

  /**
   * Takes back the last step; answers with what it is called, or null when there was none.
   * @param onPapers called when it is one of papers coming or going, which may take long
   */
  undo(onPapers: () => void = () => {}): Promise<string | null> {
    return this.#alone(() => this.#turn('undo', onPapers));
  }

  /** Does again the last step taken back. Otherwise as {@link undo}. */
  redo(onPapers: () => void = () => {}): Promise<string | null> {
    return this.#alone(() => this.#turn('redo', onPapers));
  }

  /**
   * Notes that an import, a removal or a merge has been taken back in another way than by Undo. Redo does
   * it again if it was the last step.
   */
  async tookBack(change: number): Promise<void> {
    const entry = this.#store.history.undo.find(({ papers }) => papers === change);
    if (entry) await this.#store.change({ history: { kind: 'undo', entry } });
  }

  #make(step: Step, change: StoreChange): Promise<void> {
    return this.#store.change({ ...change, history: { kind: 'add', entry: newEntry(step), instead: null } });
  }

  #goesOn({ id, whole, removed }: NotePatch, now: number) {
    const last = this.#typing;
    const { undo, redo } = this.#store.history;
    if (!last || whole || last.patch.whole || last.patch.id !== id || now - last.at > typingPause) return null;
    if (removed.length > longestTypedOver) return null;
    return undo.at(-1) === last.entry && redo.length === 0 ? last : null;
  }

  async #turn(kind: 'undo' | 'redo', onPapers: () => void): Promise<string | null> {
    for (;;) {
      const entry = this.#store.history[kind].at(-1);
      if (!entry) return null;
      if (entry.papers !== null) onPapers();
      try {
        if (await this.#turnEntry(entry, kind)) return entry.label;
      } catch (error) {
        // What can never be turned must not stand in the way of what was done before it.
        const isNever = error instanceof OffprintError && ['not-found', 'refused'].includes(error.code);
        if (isNever && !this.#papers.isBusy()) {
          await this.#store.change({ history: { kind: 'drop', entry } }).catch(() => {});
        }
        throw error;
      }
    }
  }

  /** False when the step is not the last one any more. */
  async #turnEntry(entry: HistoryEntry, kind: 'undo' | 'redo'): Promise<boolean> {
    if (entry.papers !== null) {
      await this.#papers[kind](entry.papers, entry.label);
      await this.#papersTurned(entry, kind, { label: entry.label, papers: entry.papers });
      return true;
    }
    const step = await this.#store.step(entry);
    if (step.different) {
      await this.#papers.setApart(step.different, kind === 'redo');
      await this.#papersTurned(entry, kind, { label: step.label, different: step.different });
      return true;
    }
    const turn = async () => {
      const targets = await this.#targetsOf(idsOf(step));
      if (this.#store.history[kind].at(-1) !== entry) return false;
      const change = turnStep(step, kind === 'redo' ? 'do' : 'undo', this.#store, targets, this.#now());
      await this.#store.change({ ...change, history: { kind, entry } });
      return true;
    };
    return step.pairs ? this.#papers.followPairs(turn) : turn();
  }

  async #papersTurned(entry: HistoryEntry, kind: 'undo' | 'redo', step: DoneStep): Promise<void> {
    // Something else was done meanwhile, and nothing can be done again after that; but this has been.
    if (kind === 'redo' && !this.#store.history.redo.includes(entry)) await this.did(step);
    else await this.#store.change({ history: { kind, entry } });
  }

  /** Begins at once when no other step is being turned, so that steps are turned in the order asked for. */
  async #alone<T>(work: () => Promise<T>): Promise<T> {
    while (this.#turning) await this.#turning.catch(() => {});
    const turning = work();
    this.#turning = turning;
    try {
      return await turning;
    } finally {
      this.#turning = null;
    }
  }
}
