import { hash } from 'node:crypto';
import * as z from 'zod';
import { instantSchema, type PaperId } from '../../shared/paper.ts';
import { type JournalLine, jsonOf, printLine } from './journal-line.ts';
import { type JournalPosition, positionSchema } from './library-reading.ts';
import type { PastNote } from './note-versions-rule.ts';

// The files of past versions of notes have lines as the journal has. The first one, of number 0, says
// what the file is; each other one is either a text, or says up to where the journal's texts are here.

/** The layout of the files that this program writes; a file with a greater number is left alone. */
const schema = 1;

const headSchema = z.looseObject({ format: z.literal('offprint-notes'), schema: z.int().positive() });

const noteSchema = z.object({
  id: z.string().min(1),
  writtenAt: instantSchema,
  replacedAt: instantSchema,
  removed: z.literal(true).exactOptional(),
  text: z.string().min(1),
});

const markSchema = z.object({ journal: positionSchema });

/** What one line of a file of past versions says. */
export type NoteLine =
  | { kind: 'head'; newer: boolean }
  | { kind: 'note'; note: PastNote }
  /** The texts of the journal up to this line have all been kept. */
  | { kind: 'mark'; position: JournalPosition }
  | { kind: 'unclear' };

/** Says what a line means. */
export function noteLineOf(line: JournalLine): NoteLine {
  const json = jsonOf(line);
  if (line.sequence === 0) {
    const head = headSchema.safeParse(json);
    return head.success ? { kind: 'head', newer: head.data.schema > schema } : { kind: 'unclear' };
  }
  const note = noteSchema.safeParse(json);
  if (note.success) {
    const { removed = false, ...rest } = note.data;
    return { kind: 'note', note: { ...rest, removed } };
  }
  const mark = markSchema.safeParse(json);
  return mark.success ? { kind: 'mark', position: mark.data.journal } : { kind: 'unclear' };
}

/** The line that a file begins with. */
export function printNoteHead(): { bytes: Buffer; checksum: string } {
  return printLine(0, '00000000', { format: 'offprint-notes', schema });
}

/** The fields of a text's line. */
export function noteFields({ id, writtenAt, replacedAt, removed, text }: PastNote): Record<string, unknown> {
  return { id, writtenAt, replacedAt, ...(removed && { removed }), text };
}

/** The fields of the line that says up to where the journal's texts are here. */
export function markFields({ id, upTo, line }: JournalPosition): Record<string, unknown> {
  return { journal: { id, upTo, line } };
}

/** Names a text among those that a paper's note had: the same one, if it is kept twice, has one name. */
export function versionName({ text, replacedAt }: PastNote): string {
  return versionOf(replacedAt, nameOfText(text));
}

function versionOf(replacedAt: number, textName: string): string {
  return `${replacedAt.toString(36)}-${textName}`;
}

/** Names a text by what it says, and says nothing of it. */
export function nameOfText(text: string): string {
  return hash('sha256', text).slice(0, 12);
}

/** A past version as far as it matters without its text. */
export interface NoteEntry {
  id: PaperId;
  version: string;
  /** Names its text; see {@link nameOfText}. */
  textName: string;
  writtenAt: number;
  replacedAt: number;
  /** In UTF-16 units. */
  length: number;
  excerpt: string;
  removed: boolean;
}

/** Orders past versions, the last replaced first. Of those that went in one moment, the longest says what all of them said. */
export function byNewest(one: NoteEntry, other: NoteEntry): number {
  return other.replacedAt - one.replacedAt || other.length - one.length || (one.version < other.version ? -1 : 1);
}

/** Of a text's beginning so much is shown, in UTF-16 units. */
const longestExcerpt = 200;

/** All of a past version but its text. */
export function entryOf(note: PastNote): NoteEntry {
  const { id, text, writtenAt, replacedAt, removed } = note;
  const textName = nameOfText(text);
  // A text may begin with more white space than can be looked through for each of many.
  const beginning = text
    .slice(0, 4 * longestExcerpt)
    .trim()
    .replaceAll(/\s+/g, ' ')
    .slice(0, longestExcerpt);
  // A copy, for a piece of a string keeps all of it in memory.
  const excerpt = Buffer.from(beginning.replace(/[\ud800-\udbff]$/, '')).toString();
  const version = versionOf(replacedAt, textName);
  return { id, version, textName, writtenAt, replacedAt, length: text.length, excerpt, removed };
}
