import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ImportedRecord, ImportedText, Importer } from './importer.ts';
import { type InspectedInput, inspectInput } from './read-input.ts';

/** A folder for the input files of a test. */
export interface InputFolder {
  path: string;
  /** Writes a file and returns its path. */
  write(name: string, content: string | Uint8Array): string;
  remove(): void;
}

/** Makes a temporary folder for input files. */
export function inputFolder(): InputFolder {
  const path = mkdtempSync(join(tmpdir(), 'offprint-input-'));
  return {
    path,
    write(name, content) {
      const file = join(path, name);
      writeFileSync(file, content);
      return file;
    },
    remove: () => rmSync(path, { recursive: true }),
  };
}

/** All that comes, in a list. */
export async function gathered<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

/** Everything that an inspected file holds. */
export async function recordsOf({
  importer,
  open,
}: Pick<InspectedInput, 'importer' | 'open'>): Promise<ImportedRecord[]> {
  return await gathered(importer.read(open()));
}

/** Goes the whole way that an import goes: from a file to its records. */
export async function importedFrom(
  path: string,
  format: string | null = null,
): Promise<{ input: InspectedInput; records: ImportedRecord[] }> {
  const input = await inspectInput({ path, name: path, format });
  return { input, records: await recordsOf(input) };
}

/** A text in the given pieces, as an importer is given it. */
export function textInPieces(name: string, pieces: readonly string[]): ImportedText {
  return {
    name,
    async *pieces() {
      yield* pieces;
    },
    whole: () => Promise.resolve(pieces.join('')),
  };
}

/** What an importer makes of a text in the given pieces. */
export async function readPieces(importer: Importer, pieces: readonly string[]): Promise<ImportedRecord[]> {
  return await gathered(importer.read(textInPieces('test', pieces)));
}
