import { readdirSync, readFileSync } from 'node:fs';
import { OffprintError } from '../../shared/outcome.ts';
import { recordsOf } from './inputs-for-tests.ts';
import { inspectInput } from './read-input.ts';
import { faultsOf } from './record-rules.ts';
import { importers } from './registry.ts';

const folder = new URL('./fixtures/', import.meta.url);

/** A file of a format of ours, made for the tests. */
export interface Fixture {
  /** Its name: `<format>.<ending>`. */
  file: string;
  format: string;
  bytes: Buffer;
}

/** The fixtures of every format that is registered: files called by the name of the format. */
export function fixtures(): Fixture[] {
  const formats = new Set(importers.map(({ format }) => format));
  return readdirSync(folder)
    .sort()
    .map((file) => ({ file, format: file.replace(/\..*$/, '') }))
    .filter(({ format }) => formats.has(format))
    .map((fixture) => ({ ...fixture, bytes: readFileSync(new URL(fixture.file, folder)) }));
}

/** What became of a damaged file: a named refusal, or records. */
export interface Verdict {
  outcome: 'refused' | 'read';
  records: number;
}

/**
 * Imports a file as far as its records and judges what becomes of it.
 * @param name what it is called, which a refusal must say
 * @param format the format that the reader names, or null
 * @throws Error that tells what must not be: another error than a refusal in plain words, a record
 * that is not as it must be, or more records than bytes
 */
export async function judgeImport(path: string, name: string, format: string | null): Promise<Verdict> {
  try {
    const input = await inspectInput({ path, name, format });
    const records = await recordsOf(input);
    for (const record of records) {
      const faults = faultsOf(record);
      if (faults.length > 0) {
        throw new Error(
          `${input.importer.format}, ${record.where}: ${faults.join('; ')}: ${JSON.stringify(record).slice(0, 2000)}`,
        );
      }
    }
    if (records.length > input.decodedBytes) throw new Error(`${input.importer.format}: more records than bytes`);
    return { outcome: 'read', records: records.length };
  } catch (error) {
    if (!(error instanceof OffprintError)) throw error;
    const isNamed = error.message.startsWith(name) && error.message.endsWith('Nothing was imported.');
    const isExpected = error.code === 'bad-input' || error.code === 'newer';
    if (!isExpected || !isNamed) throw new Error(`an unclear refusal (${error.code}): ${error.message}`);
    return { outcome: 'refused', records: 0 };
  }
}
