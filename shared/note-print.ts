import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import * as z from 'zod';

const digits = 32;

/** See {@link notePrint}. */
export const notePrintSchema = z.string().regex(/^[0-9a-f]{32}$/);

/** Texts that a note may say as far as its writer knows, at most: the last saved one, and what was sent since. */
export const mostOver = 20;

/**
 * What a text of a note is told from others by, where the whole of it need not be sent: the first 128 bits of its
 * SHA-256 (FIPS 180-4) in UTF-8, in hexadecimal digits. The cost grows with the text.
 */
export function notePrint(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text))).slice(0, digits);
}
