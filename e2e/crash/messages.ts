import { writeSync } from 'node:fs';
import type { KeptGeneration } from '../../main/store/generation-files.ts';
import type { PaperRecord, ReaderPairs } from '../../main/store/library-data.ts';
import type { Step } from '../../main/store/step.ts';
import type { PaperId } from '../../shared/paper.ts';
import type { SavedView } from '../../shared/views.ts';
import type { Moment } from './moments.ts';
import type { Death } from './watched-files.ts';

/** What a writing process is told. Plain data. */
export interface Plan {
  folder: string;
  /** What it does follows from this number. */
  seed: number;
  /** Its clock at the beginning, in milliseconds since 1970; it goes on by itself, much faster than a real one. */
  clock: number;
  /** The length from which on the journal is folded, in bytes. */
  fold: number;
  /** How many changes are under way at a time. */
  atOnce: number;
  /** After how many changes it closes the store and ends by itself. */
  changes: number;
  /** A file of past versions of notes that is longer is not added to, in bytes. */
  longestNotes: number;
  death: Death | null;
}

/** A change of the store, in JSON. Steps of the history are named by the order in which they were told of. */
export interface ToldChange {
  papers?: [PaperId, PaperRecord | null][];
  pairs?: ReaderPairs;
  settings?: Record<string, unknown>;
  views?: readonly SavedView[];
  tagColours?: [string, string][];
  history?:
    | { kind: 'add'; step: Step; instead: number | null }
    | { kind: 'undo' | 'redo' | 'drop'; entry: number }
    | { kind: 'heard'; papers: number };
}

/** A generation, as far as it matters here. */
export type ToldGeneration = Pick<KeptGeneration, 'id' | 'takenAt' | 'reason' | 'bytes' | 'position'>;

/** What a writing process tells, one JSON text a line. */
export type Message =
  /** What it found, as a digest; steps are numbered anew from here: those to undo, those to redo. */
  | { is: 'opened'; digest: string; notices: readonly string[] }
  /** A change is about to be written; nothing of it is on the disk before this is told. */
  | { is: 'trying'; change: ToldChange; at: number }
  /** The oldest change not acknowledged yet is. */
  | { is: 'done'; stamp: string }
  /** A generation is on the disk. */
  | { is: 'kept'; generation: ToldGeneration }
  | { is: 'begin' | 'end'; moment: Moment }
  | { is: 'closed' }
  | { is: 'failed'; error: string };

/** Tells the parent process; it is in the pipe when this returns. */
export function tell(message: Message): void {
  const bytes = Buffer.from(`${JSON.stringify(message)}\n`);
  for (let written = 0; written < bytes.length; ) written += writeSync(1, bytes, written);
}
