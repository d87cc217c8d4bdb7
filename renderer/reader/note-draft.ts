/** One save on its way. */
export interface Attempt {
  version: number;
  text: string;
  /** True when another text was on its way at the same time: which of the two is on the disk is then not known. */
  contested: boolean;
  /** True when it was given up as unanswered. */
  overdue: boolean;
  /** {@link Draft.answers} when it was sent. */
  answers: number;
  /** True when it keeps what was written elsewhere meanwhile, for nobody may be there to be asked. */
  joins: boolean;
}

/** One note that was typed into, kept until the library has acknowledged exactly its text. */
export interface Draft {
  text: string;
  /** Grows with every change of `text`. */
  version: number;
  /** The saved text that it was written over. */
  base: string;
  /** False where it takes the place of the note whatever that says. */
  isBaseKnown: boolean;
  /** The prints of what was sent since it was last known what the disk holds: it may hold any of these. */
  sent: string[];
  /** What the note says since, while the reader has not decided between the two; else null. */
  conflict: string | null;
  /** The version that was not typed but brought back, if any. */
  broughtBack: number | null;
  /** The version that is known to be what the disk holds, or null. */
  onDisk: number | null;
  /** What was last acknowledged, and how many acknowledgements there were. */
  acknowledged: { text: string; count: number };
  attempts: Set<Attempt>;
  /** How many of them were answered. */
  answers: number;
  failure: string | null;
  failures: number;
  slow: boolean;
  callOffSave: (() => void) | null;
  callOffRetry: (() => void) | null;
}

/** A note that nothing has been typed into yet. */
export function newDraft(): Draft {
  return {
    text: '',
    version: 0,
    base: '',
    isBaseKnown: true,
    sent: [],
    conflict: null,
    broughtBack: null,
    onDisk: null,
    acknowledged: { text: '', count: 0 },
    attempts: new Set(),
    answers: 0,
    failure: null,
    failures: 0,
    slow: false,
    callOffSave: null,
    callOffRetry: null,
  };
}

/** True while a save of it may still be answered in time. */
export function isOnItsWay(draft: Draft): boolean {
  return [...draft.attempts].some((attempt) => !attempt.overdue);
}

/** True while something is about to happen to a note without anyone's doing, retries apart. */
export function isBusy(draft: Draft): boolean {
  return draft.callOffSave !== null || isOnItsWay(draft);
}
