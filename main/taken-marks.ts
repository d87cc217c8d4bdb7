import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { mostHighlights } from '../shared/highlights.ts';
import { longestNote, type PaperId, tagSchema } from '../shared/paper.ts';
import type { ImportedMarks } from './importers/importer.ts';
import { combinedRecord, type MarkTarget, type RecordOf } from './store/combined.ts';
import { replaceFile, systemFiles } from './store/durable-file.ts';
import { type PaperRecord, paperRecordSchema } from './store/library-data.ts';
import { changeRecord, type RecordChange } from './store/records.ts';
import { tagsInNote } from './store/tags-of-notes.ts';

/** A record as it was before marks of an imported file were put into it, and what it became. */
export interface TakenRecord {
  id: PaperId;
  before: PaperRecord | null;
  /** See {@link digestOf}. */
  after: string;
}

/** What is remembered of the marks that an import put into the reader's records. */
export interface TakenMarks {
  taken: readonly TakenRecord[];
  /** While the import is taken back: the records as they stood until then, for when it is done again. */
  givenBack: readonly { id: PaperId; record: PaperRecord }[];
}

const nothingTaken: TakenMarks = { taken: [], givenBack: [] };

/** Most tags that one paper takes from a file. */
const mostTags = 200;

/** Tells a record from every other one, in short. The order of its fields says nothing. */
function digestOf(record: PaperRecord | undefined): string {
  const fields = Object.entries(record ?? {}).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(fields)).digest('base64url');
}

/** Tags as the reader could have typed them; what is no tag is left out. */
function readableTags(tags: readonly string[]): string[] {
  const readable = tags.flatMap((tag) => {
    const parsed = tagSchema.safeParse(tag.normalize());
    return parsed.success ? [parsed.data] : [];
  });
  return [...new Set(readable)].slice(0, mostTags);
}

/** The fields that a reader has not given a paper, as a file gives them. */
function whatIsMissing(record: PaperRecord | undefined, marks: ImportedMarks, now: number): RecordChange {
  const note = marks.note.slice(0, longestNote);
  const takesNote = (record?.note ?? '') === '' && note.trim() !== '';
  const own = record?.tags ?? [];
  const given = own.length === 0 ? readableTags(marks.tags) : own;
  const inNote = takesNote ? tagsInNote(note) : [];
  const tags = [...new Set([...given, ...inNote])];
  const noteTags = inNote.filter((tag) => !own.includes(tag));
  const status = marks.status ?? 'unread';
  return {
    ...(takesNote && { note, noteChangedAt: now }),
    ...(noteTags.length > 0 && { noteTags }),
    ...(tags.length > own.length && { tags }),
    ...((record?.status ?? 'unread') === 'unread' && status !== 'unread' && { status }),
    ...((record?.highlights ?? []).length === 0 &&
      marks.highlights && { highlights: marks.highlights.slice(0, mostHighlights) }),
    ...(record?.starred !== true && marks.starred && { starred: true }),
  };
}

/** Gathers what an imported file says that a reader said, where this reader has said nothing yet. */
export class MarksToTake {
  readonly #recordOf: RecordOf;
  readonly #now: number;
  readonly #papers = new Map<PaperId, PaperRecord>();
  /** What the records were when they were looked at first. */
  readonly #before = new Map<PaperId, PaperRecord | undefined>();

  /** @param now the time that the records will say they were changed at */
  constructor(recordOf: RecordOf, now: number) {
    this.#recordOf = recordOf;
    this.#now = now;
  }

  /** Adds what a file says of one paper. Of several records of it, the first one with a field wins. */
  add(target: MarkTarget, marks: ImportedMarks): void {
    const { at, record } = combinedRecord(target, (id) => this.#papers.get(id) ?? this.#recordOf(id));
    const change = whatIsMissing(record, marks, this.#now);
    if (Object.keys(change).length === 0) return;
    const changed = changeRecord(record, { ...change, changedAt: this.#now });
    if (!changed) return;
    if (!this.#papers.has(at)) this.#before.set(at, this.#recordOf(at));
    this.#papers.set(at, changed);
  }

  /** False once the reader has changed a record that is to be written. */
  get isUpToDate(): boolean {
    return Array.from(this.#papers.keys()).every((id) => this.#isUnchanged(id));
  }

  /** The records to write now: none that the reader has changed since it was looked at. */
  get papers(): ReadonlyMap<PaperId, PaperRecord> {
    return new Map([...this.#papers].filter(([id]) => this.#isUnchanged(id)));
  }

  /** What to remember so that it can be taken back. */
  get taken(): TakenRecord[] {
    return Array.from(this.#papers, ([id, record]) => {
      return { id, before: this.#before.get(id) ?? null, after: digestOf(record) };
    });
  }

  #isUnchanged(id: PaperId): boolean {
    return this.#recordOf(id) === this.#before.get(id);
  }
}

/** The records that taking marks back makes: of those that are still exactly as they were taken. */
export function recordsBefore(
  taken: readonly TakenRecord[],
  recordOf: RecordOf,
): ReadonlyMap<PaperId, PaperRecord | null> {
  return new Map(
    taken.filter(({ id, after }) => digestOf(recordOf(id)) === after).map(({ id, before }) => [id, before]),
  );
}

/**
 * What is to be remembered when marks are about to be taken back by {@link recordsBefore}. What was
 * remembered by an attempt that was cut off stays.
 */
export function givingBack({ taken, givenBack }: TakenMarks, recordOf: RecordOf): TakenMarks {
  const earlier = new Map(givenBack.map(({ id, record }) => [id, record]));
  const now = taken.flatMap(({ id, before, after }) => {
    const digest = digestOf(recordOf(id));
    const record = digest === after ? recordOf(id) : digest === digestOf(before ?? undefined) && earlier.get(id);
    return record ? [{ id, record }] : [];
  });
  return { taken, givenBack: now };
}

/** The records that taking marks again makes: of those that are still exactly as taking them back left them. */
export function recordsAgain({ taken, givenBack }: TakenMarks, recordOf: RecordOf): ReadonlyMap<PaperId, PaperRecord> {
  const before = new Map(taken.map(({ id, before }) => [id, digestOf(before ?? undefined)]));
  return new Map(
    givenBack.filter(({ id }) => digestOf(recordOf(id)) === before.get(id)).map(({ id, record }) => [id, record]),
  );
}

const fileSchema = z.object({
  changedAt: z.number(),
  taken: z.array(z.object({ id: z.string(), before: paperRecordSchema.nullable(), after: z.string() })),
  givenBack: z.array(z.object({ id: z.string(), record: paperRecordSchema })).default([]),
});

/**
 * Remembers beyond this session what imports put into the reader's records: one file for each
 * import, in `taken-marks/`. Without it the marks simply stay when the import is undone, and are not
 * taken again when it is done again.
 */
export class TakenMarksFiles {
  readonly #folder: string;

  constructor(dataFolder: string) {
    this.#folder = join(dataFolder, 'taken-marks');
  }

  /** @param change the import; its time tells it from one of the same number in a database made anew */
  async keep(change: { id: number; at: number }, marks: TakenMarks): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    await replaceFile(systemFiles, this.#path(change), JSON.stringify({ changedAt: change.at, ...marks }), null);
  }

  /** What is remembered of an import; nothing when there is nothing that can be read. */
  async read(change: { id: number; at: number }): Promise<TakenMarks> {
    try {
      const { changedAt, ...marks } = fileSchema.parse(JSON.parse(await readFile(this.#path(change), 'utf8')));
      return changedAt === change.at ? marks : nothingTaken;
    } catch {
      return nothingTaken;
    }
  }

  async forget(change: { id: number }): Promise<void> {
    await rm(this.#path(change), { force: true }).catch(() => {});
  }

  /** The imports of which something is remembered, by number. */
  async kept(): Promise<number[]> {
    const files = await readdir(this.#folder).catch(() => []);
    return files.flatMap((file) => (/^\d+\.json$/.test(file) ? [Number.parseInt(file, 10)] : []));
  }

  #path(change: { id: number }): string {
    return join(this.#folder, `${change.id}.json`);
  }
}
