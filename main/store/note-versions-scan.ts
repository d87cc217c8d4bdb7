import { setImmediate } from 'node:timers/promises';
import { readLine } from './journal-line.ts';
import { entryOf, type NoteEntry, noteLineOf } from './note-versions-line.ts';

/** Where a line stands in its file, in bytes, its line feed not included. */
export interface Span {
  at: number;
  length: number;
}

/** One file of past versions, as it is. */
export interface ScannedNotes {
  size: number;
  /** The texts in it. */
  texts: { entry: NoteEntry; span: Span }[];
  /** Whether a newer Offprint has begun it: it is left as it is. */
  newer: boolean;
  /** Number and checksum of the last line that can be read. */
  last: { sequence: number; checksum: string } | null;
  /** All lines that are understood, but for the one that begins the file. */
  good: Span[];
  /** The end of the last line that is understood, its line feed included. */
  goodEnd: number;
  /** Whether there are lines that cannot be read or understood; half a line at the end is none. */
  damaged: boolean;
}

/** As long as this may the files be looked through without a pause, in milliseconds. */
const longestSlice = 8;

/** Lets others do something now and then while something long is done. */
export function makePauses(): () => Promise<void> {
  let since = performance.now();
  return async () => {
    if (performance.now() - since < longestSlice) return;
    await setImmediate();
    since = performance.now();
  };
}

/** Takes a file of past versions apart, in slices. Never rejects. */
export async function scanNotes(bytes: Buffer, pause: () => Promise<void> = makePauses()): Promise<ScannedNotes> {
  const scanned: ScannedNotes = {
    ...{ size: bytes.length, texts: [], newer: false },
    ...{ last: null, good: [], goodEnd: 0, damaged: false },
  };
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(0x0a, at);
    if (end < 0) break;
    takeLine(scanned, bytes.subarray(at, end), { at, length: end - at });
    at = end + 1;
    await pause();
  }
  return scanned;
}

function takeLine(scanned: ScannedNotes, bytes: Buffer, span: Span): void {
  const line = readLine(bytes);
  const said = line && noteLineOf(line);
  if (!line || said?.kind === 'unclear') {
    scanned.damaged = true;
    return;
  }
  scanned.last = { sequence: line.sequence, checksum: line.checksum };
  scanned.goodEnd = span.at + span.length + 1;
  if (said?.kind === 'head') {
    scanned.newer ||= said.newer;
    return;
  }
  scanned.good.push(span);
  if (said?.kind === 'note') scanned.texts.push({ entry: entryOf(said.note), span });
}
