import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { capturesFolder } from './captures.ts';
import { removeQuietly, replaceDurably } from './durable-files.ts';
import { hasKept, type KeptFile, keptFileName, keptFileSchema, keptLines } from './kept-file.ts';

const pair = z.tuple([z.string(), z.string()]);

/** A row of `sources` and of `changes`, as they stand in the list. */
const sourceSchema = z.object({
  id: z.int().positive(),
  name: z.string(),
  format: z.string(),
  /** What a reader calls the format. */
  formatLabel: z.string(),
  /** Milliseconds since 1970. */
  importedAt: z.int(),
  /** SHA-256 of the bytes in hexadecimal, and the name under which they are kept in `captures/`. */
  digest: z.string().nullable(),
  capture: z.string().nullable(),
  /** The place in the page order that its record 0 would have. */
  firstKey: z.int(),
});
const changeSchema = z.object({
  id: z.int().positive(),
  at: z.int(),
  kind: z.enum(['import', 'remove', 'merge']),
  label: z.string(),
  detail: z.record(z.string(), z.unknown()),
  undone: z.boolean(),
});

const contentSchema = z.object({
  /** `meta.revision` of the database that says the same. */
  revision: z.int().nonnegative(),
  /** The lowest place in the page order, the highest numbers of a source and of a change that have been given out. */
  lowestKey: z.int(),
  lastSource: z.int().nonnegative(),
  lastChange: z.int().nonnegative(),
  sources: z.array(sourceSchema),
  same: z.array(pair),
  different: z.array(pair),
  changes: z.array(changeSchema),
  kept: keptFileSchema.nullable(),
});

/** See {@link contentSchema}. */
export type SourceList = z.infer<typeof contentSchema>;

const format = 'offprint-sources';
const version = 1;
const fileSchema = z.object({
  format: z.literal(format),
  version: z.literal(version),
  checksum: z.string(),
  list: contentSchema,
});

/** Changes that are listed: as many as the history of the reader's steps can hold. */
const changesListed = 500;

/** What the list is called in `captures/`. */
export const sourceListName = 'sources.json';

function pathIn(folder: string): string {
  return join(capturesFolder(folder), sourceListName);
}

function makeCapturesFolder(folder: string): void {
  mkdirSync(capturesFolder(folder), { recursive: true, mode: 0o700 });
}

function checksumOf(list: SourceList): string {
  return createHash('sha256').update(JSON.stringify(list)).digest('hex');
}

/**
 * Reads the list of sources that stands beside the files they came from.
 * @returns the list; or that there is none, or none that can be relied on
 */
export function readSourceList(folder: string): SourceList | 'missing' | 'damaged' {
  try {
    const { list, checksum } = fileSchema.parse(JSON.parse(readFileSync(pathIn(folder), 'utf8')));
    return checksumOf(list) === checksum ? list : 'damaged';
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'missing' : 'damaged';
  }
}

/** `meta.revision`: how many changes of the papers have been committed; 0 for none. */
export function revisionOf(database: DatabaseSync): number {
  return Number(database.prepare("SELECT value FROM meta WHERE name = 'revision'").get()?.['value'] ?? 0);
}

/**
 * What the list would say of a database.
 * @param kept the file that holds what is kept of removed sources
 * @param whole false leaves out what can be done without: the changes, and what the reader's own data say, too
 * @throws what SQLite throws
 */
export function listOf(database: DatabaseSync, kept: KeptFile | null, whole: boolean): SourceList {
  const all = (sql: string) => database.prepare(sql).all();
  const last = (table: string) =>
    Number(database.prepare('SELECT seq FROM sqlite_sequence WHERE name = ?').get(table)?.['seq'] ?? 0);
  const pairs = (table: string) =>
    all(`SELECT a, b FROM ${table} ORDER BY a, b`).map(({ a, b }): [string, string] => [String(a), String(b)]);
  return contentSchema.parse({
    revision: revisionOf(database),
    lowestKey: Number(all("SELECT value FROM meta WHERE name = 'lowest_key'")[0]?.['value'] ?? 0),
    lastSource: last('sources'),
    lastChange: last('changes'),
    sources: all(`
      SELECT id, name, format, format_label AS formatLabel, imported_at AS importedAt, digest, capture, first_key AS firstKey
      FROM sources WHERE id > 0 ORDER BY id`),
    same: whole ? pairs('same') : [],
    different: whole ? pairs('different') : [],
    changes: all(`SELECT * FROM changes ORDER BY id DESC LIMIT ${whole ? changesListed : 0}`)
      .reverse()
      .map((row) => ({ ...row, detail: JSON.parse(String(row['detail'])), undone: row['undone'] !== 0 })),
    kept,
  });
}

/**
 * Writes the list of sources down, durably: all that is needed, besides the files they came from,
 * to make `corpus.db` anew.
 * @param database `corpus.db`, in which nothing is under way
 * @param keptIsAsBefore what is kept of removed sources is what the list there says
 * @throws what the system or SQLite throws; the list there stays as it is then
 */
export function writeSourceList(folder: string, database: DatabaseSync, keptIsAsBefore: boolean): void {
  const before = readSourceList(folder);
  const known = keptIsAsBefore && typeof before !== 'string' ? before.kept : null;
  putSourceList(folder, listOf(database, known ?? keptFileOf(folder, database), true));
}

/** Writes this list down. Otherwise as {@link writeSourceList}. */
export function putSourceList(folder: string, list: SourceList): void {
  makeCapturesFolder(folder);
  const file = { format, version, checksum: checksumOf(list), list };
  replaceDurably(pathIn(folder), [`${JSON.stringify(file, null, 1)}\n`]);
  for (const name of readdirSync(capturesFolder(folder))) {
    if (keptFileName.test(name) && name !== list.kept?.file) removeQuietly(join(capturesFolder(folder), name));
  }
}

/** Writes down what is kept of removed sources, in a file that is new; null where there is nothing. */
export function keptFileOf(folder: string, database: DatabaseSync): KeptFile | null {
  if (!hasKept(database)) return null;
  makeCapturesFolder(folder);
  const hash = createHash('sha256');
  let count = 0;
  // A name that has not been there: the list that is there may refer to another.
  const file = `sources.kept-${crypto.randomUUID().slice(0, 8)}.jsonl`;
  const path = join(capturesFolder(folder), file);
  replaceDurably(
    path,
    (function* () {
      for (const line of keptLines(database)) {
        count += 1;
        hash.update(line);
        yield line;
      }
    })(),
  );
  return { file, count, digest: hash.digest('hex') };
}
