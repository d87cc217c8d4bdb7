import type { Failure } from '../../shared/outcome.ts';
import type { CorpusTrouble } from './corpus-trouble.ts';
import type { CorpusMethod, CorpusOptions } from './local-corpus.ts';

/** What the worker is started with. */
export interface WorkerStart {
  folder: string;
  options: CorpusOptions;
}

/** How opening went. */
export interface Opened {
  created: boolean;
  marksStamp: string | null;
  trouble: CorpusTrouble | null;
  isUnclean: boolean;
}

/** A call on its way to the worker. */
export interface Request {
  id: number;
  method: CorpusMethod;
  input: unknown[];
}

/** What the worker sends: once how opening went, then an answer to each request, and when watched counts have become known. */
export type Message =
  | ({ kind: 'opened' } & Opened)
  | { kind: 'unopened'; error: Failure; detail: string }
  | { kind: 'answer'; id: number; value: unknown }
  | { kind: 'failure'; id: number; error: Failure; detail: string }
  | { kind: 'counted' };

/** Every method that may be called by message. */
export const corpusMethods = {
  state: true,
  openList: true,
  settled: true,
  count: true,
  nearWords: true,
  values: true,
  related: true,
  markText: true,
  watch: true,
  rows: true,
  indexOf: true,
  ids: true,
  closeList: true,
  paper: true,
  resolve: true,
  titles: true,
  duplicates: true,
  sourceImpact: true,
  changes: true,
  change: true,
  pairs: true,
  publish: true,
  applyMarks: true,
  replaceMarks: true,
  foundSound: true,
  close: true,
} as const satisfies Record<CorpusMethod, true>;
