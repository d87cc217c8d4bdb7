import { createReadStream } from 'node:fs';
import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { keptSource } from './record-rows.ts';

/** A file of `captures/` with the records that outlive their sources because the reader had touched the papers. */
export const keptFileSchema = z.object({
  file: z.string(),
  /** Lines in it. */
  count: z.int().positive(),
  /** SHA-256 of the file in hexadecimal. */
  digest: z.string(),
});

/** See {@link keptFileSchema}. */
export type KeptFile = z.infer<typeof keptFileSchema>;

/** How such files are called. */
export const keptFileName = /^sources\.kept-[0-9a-f]{8}\.jsonl$/;

const lineSchema = z.object({ position: z.int(), place: z.string(), body: z.string() });

/** One record that is kept: a row of `appearances` or `repeats`, and what `printKept` made of it. */
export type KeptRecord = z.infer<typeof lineSchema>;

/** Whether anything is kept of removed sources. */
export function hasKept(database: DatabaseSync): boolean {
  const sources = ['appearances', 'repeats'].map((table) => `SELECT 1 FROM ${table} WHERE source = ${keptSource}`);
  return database.prepare(`${sources.join(' UNION ALL ')} LIMIT 1`).get() !== undefined;
}

/** The lines of the file, as JSON, each with its end. */
export function* keptLines(database: DatabaseSync): Generator<string> {
  const rows = database.prepare(`
    SELECT t.position, t.place, r.body FROM (
      SELECT position, place, record FROM appearances WHERE source = ${keptSource}
      UNION ALL SELECT position, place, record FROM repeats WHERE source = ${keptSource}
    ) t JOIN records r ON r.id = t.record ORDER BY t.position`);
  for (const { position, place, body } of rows.iterate()) yield `${JSON.stringify({ position, place, body })}\n`;
}

/**
 * Reads such a file, a line at a time.
 * @param see given each line with its end
 * @throws what the system throws, or an error for a line that is none
 */
export async function* keptRecords(path: string, see: (line: string) => void): AsyncGenerator<KeptRecord> {
  let rest = '';
  for await (const piece of createReadStream(path, { encoding: 'utf8' })) {
    const lines = (rest + String(piece)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      see(`${line}\n`);
      yield lineSchema.parse(JSON.parse(line));
    }
  }
}
