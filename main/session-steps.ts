/** One thing that Undo can take back and that is not a change of marks: an import, a removal, a merge. */
export interface SessionStep {
  /** What was done, in words. */
  label: string;
  /** Its number in the table of changes, or null when it has none. */
  change: number | null;
  /** Takes it back; answers with what was taken back, or null when there was nothing to. */
  undo(): Promise<string | null>;
}

/** Steps that are remembered; the oldest beyond this are forgotten. */
const mostSteps = 1000;

/**
 * What this session did, in order: changes of marks, which have a history of their own, and
 * everything else. So that Undo takes back what was done last, whatever it was.
 */
export class SessionSteps {
  #steps: ('marks' | SessionStep)[] = [];

  /** Adds what was just done; `marks` for a step of the marks' own history. */
  add(step: 'marks' | SessionStep): void {
    this.#steps = [...this.#steps, step].slice(-mostSteps);
  }

  /**
   * What Undo takes back next, or null.
   * @param hasMarks whether the marks' own history has a step to take back
   */
  next(hasMarks: boolean): 'marks' | SessionStep | null {
    const last = this.#steps.findLast((step) => step !== 'marks' || hasMarks);
    return last ?? (hasMarks ? 'marks' : null);
  }

  /** Forgets a step that is being taken back. */
  drop(step: 'marks' | SessionStep): void {
    const at = this.#steps.lastIndexOf(step);
    if (at >= 0) this.#steps = this.#steps.toSpliced(at, 1);
  }

  /** Forgets everything. */
  clear(): void {
    this.#steps = [];
  }

  /** Forgets the step of a change that was taken back in another way. */
  dropChange(change: number): void {
    this.#steps = this.#steps.filter((step) => step === 'marks' || step.change !== change);
  }
}
