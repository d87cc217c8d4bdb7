import type { Failure } from '../../shared/outcome.ts';
import type { OnProgress, PapersWriter } from './papers-writer.ts';

/** Name of a method of `PapersWriter`. */
export type PapersMethod = keyof PapersWriter;

/** What the worker is started with. */
export interface PapersWorkerStart {
  folder: string;
}

/** A call on its way to the worker, without what is to be told of its progress. */
export interface PapersRequest {
  id: number;
  method: PapersMethod;
  input: unknown[];
}

/** What the worker sends: once how opening went, then progress and in the end an answer to each request. */
export type PapersMessage =
  | { kind: 'opened' }
  | { kind: 'unopened'; error: Failure; detail: string }
  | { kind: 'progress'; id: number; progress: Parameters<OnProgress>[0] }
  | { kind: 'answer'; id: number; value: unknown }
  | { kind: 'failure'; id: number; error: Failure; detail: string };
