import { crc32 } from 'node:zlib';

// A line of the journal is the checksum (CRC-32, eight hexadecimal digits) of what follows it, a
// space, one JSON object, and a line feed. A line feed stands nowhere else, for JSON escapes it.

/** One line of the journal, taken apart as far as it can be without understanding it. */
export interface JournalLine {
  checksum: string;
  /** Its number, one more than that of the line before; 0 for the line that begins a file. */
  sequence: number;
  /** The checksum of the line before it. */
  follows: string;
  /** The JSON text, in UTF-8. */
  json: Buffer;
}

const shortestLine = 'xxxxxxxx {}'.length;
const beginning = /^\{"sequence":(\d{1,15}),"follows":"([0-9a-f]{8})"[,}]/;
/** Longest match of {@link beginning}. */
const longestBeginning = 60;

/** The checksum of bytes as it stands before them. */
export function checksumOf(bytes: Uint8Array): string {
  return crc32(bytes).toString(16).padStart(8, '0');
}

/** The bytes of one line, and its checksum. @param fields what it says besides `sequence` and `follows` */
export function printLine(
  sequence: number,
  follows: string,
  fields: Readonly<Record<string, unknown>>,
): { bytes: Buffer; checksum: string } {
  const json = Buffer.from(JSON.stringify({ sequence, follows, ...fields }));
  const checksum = checksumOf(json);
  return { bytes: Buffer.concat([Buffer.from(`${checksum} `), json, Buffer.from('\n')]), checksum };
}

/**
 * Takes one line apart.
 * @param bytes the line without its line feed
 * @returns null when it is not, to the last bit, as it was written
 */
export function readLine(bytes: Buffer): JournalLine | null {
  if (bytes.length < shortestLine || bytes[8] !== 0x20) return null;
  const json = bytes.subarray(9);
  const checksum = bytes.toString('latin1', 0, 8);
  if (checksumOf(json) !== checksum) return null;
  const [, sequence, follows] = beginning.exec(json.toString('latin1', 0, longestBeginning)) ?? [];
  if (sequence === undefined || follows === undefined) return null;
  return { checksum, sequence: Number(sequence), follows, json };
}

/** What a line says; null when it is no JSON after all. */
export function jsonOf({ json }: JournalLine): unknown {
  try {
    return JSON.parse(json.toString('utf8'));
  } catch {
    return null;
  }
}
