import type { Step } from './marking.ts';

/** Steps that can be taken back; the oldest beyond this are forgotten. */
export const mostSteps = 500;

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

  /** The step that Undo would take back, or null. */
  get undo(): Step | null {
    return this.#stacks.undo.at(-1) ?? null;
  }

  /** The step that Redo would do again, or null. */
  get redo(): Step | null {
    return this.#stacks.redo.at(-1) ?? null;
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
    return { step, putBack };
  }

  /** Takes the step to do again, or null when there is none. */
  takeRedo(): Turn | null {
    const { undo, redo } = this.#stacks;
    const step = redo.at(-1);
    if (!step) return null;
    const putBack = this.#become({ undo: [...undo, step], redo: redo.slice(0, -1) });
    return { step, putBack };
  }

  #become(stacks: Stacks): () => void {
    const before = this.#stacks;
    this.#stacks = stacks;
    return () => {
      this.#stacks = before;
    };
  }
}
