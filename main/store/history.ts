import type { PaperId } from '../../shared/paper.ts';
import type { Step } from './marking.ts';

/** Steps that can be taken back; the oldest beyond this are forgotten. */
export const mostSteps = 500;

/** Ids whose paper is known by another id now. */
export type MovedIds = ReadonlyMap<PaperId, PaperId>;

interface Stacks {
  undo: readonly Step[];
  redo: readonly Step[];
}

/** A step taken off one side of the history and put on the other. */
export interface Turn {
  step: Step;
  /** Makes the history what it was before; for when the change could not be saved. */
  putBack(): void;
}

/**
 * What Undo and Redo would do in this session. Every change of it can be put back, newest first,
 * as the store takes back changes that it could not write.
 */
export class History {
  #stacks: Stacks = { undo: [], redo: [] };
  #moved: ReadonlyMap<PaperId, PaperId> = new Map();

  /** What Undo would take back, in words, or null. */
  get undo(): string | null {
    return this.#stacks.undo.at(-1)?.label ?? null;
  }

  /** What Redo would do again, in words, or null. */
  get redo(): string | null {
    return this.#stacks.redo.at(-1)?.label ?? null;
  }

  /** Adds a step just made. @returns makes the history what it was before */
  add(step: Step): () => void {
    return this.#become({ undo: [...this.#stacks.undo, step].slice(-mostSteps), redo: [] });
  }

  /** Takes the step to undo, or null when there is none. */
  takeUndo(): Turn | null {
    const { undo, redo } = this.#stacks;
    const step = undo.at(-1);
    if (!step) return null;
    const putBack = this.#become({ undo: undo.slice(0, -1), redo: [...redo, step] });
    return { step: this.#follow(step), putBack };
  }

  /** Takes the step to do again, or null when there is none. */
  takeRedo(): Turn | null {
    const { undo, redo } = this.#stacks;
    const step = redo.at(-1);
    if (!step) return null;
    const putBack = this.#become({ undo: [...undo, step], redo: redo.slice(0, -1) });
    return { step: this.#follow(step), putBack };
  }

  /** Every paper that a step names. */
  ids(): Set<PaperId> {
    const { undo, redo } = this.#stacks;
    return new Set([...undo, ...redo].flatMap((step) => step.patches.map(({ id }) => this.#nowOf(id))));
  }

  /** Says that papers have new ids from now on. @returns makes the history what it was before */
  moved(ids: MovedIds): () => void {
    const before = this.#moved;
    const now = new Map([...before, ...ids]);
    // An id that is a paper's own again leads nowhere else, or following it would never end.
    for (const own of ids.values()) now.delete(own);
    this.#moved = now;
    return () => {
      this.#moved = before;
    };
  }

  #become(stacks: Stacks): () => void {
    const before = this.#stacks;
    this.#stacks = stacks;
    return () => {
      this.#stacks = before;
    };
  }

  #nowOf(id: PaperId): PaperId {
    let now = id;
    for (let next = this.#moved.get(now); next !== undefined; next = this.#moved.get(now)) now = next;
    return now;
  }

  #follow(step: Step): Step {
    if (this.#moved.size === 0) return step;
    return { ...step, patches: step.patches.map((patch) => ({ ...patch, id: this.#nowOf(patch.id) })) };
  }
}
