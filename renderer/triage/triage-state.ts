import type { Paper, PaperId, Row } from '../../shared/paper.ts';
import type { Decision, TriageSummary } from './decisions.ts';
import type { PaperMarks } from './paper-marks.ts';

/** The paper that is looked at, as far as it has come in. */
export interface TriagePaper {
  id: PaperId | null;
  row: Row | null;
  paper: Paper | null;
  /** With everything decided here, saved or not. */
  marks: PaperMarks | null;
  /** Why it could not be read, in plain words. */
  failure: string | null;
  /** The stamp of its note; see `NoteSaver`. */
  stamp: number;
}

/** The mode for going through a view, as it is shown. */
export interface TriageState {
  /** The name of what is gone through. */
  label: string;
  /** `papers` while there are some to look at; then the summary. */
  phase: 'papers' | 'summary';
  /** Place of the paper that is looked at, from 0. */
  at: number;
  size: number;
  current: TriagePaper | null;
  /** What was decided last, for the line that says so. */
  last: Decision | null;
  /** Papers decided on, and the milliseconds that were spent on them. */
  decided: number;
  spent: number;
  /** Decisions that can be taken back. */
  undoable: number;
  /** Why saving has stopped, in plain words, and how many decisions wait for it. */
  failure: string | null;
  waiting: number;
  /** True while the note is open. */
  note: boolean;
  summary: TriageSummary | null;
}
