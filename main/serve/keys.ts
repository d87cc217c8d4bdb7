import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A new random key of 256 bits, in letters that need no escaping in an address. */
export function makeKey(): string {
  return randomBytes(32).toString('base64url');
}

/** Compares in a time that tells nothing of where the two differ, nor of their lengths. */
export function isSame(given: string | undefined, expected: string): boolean {
  return given !== undefined && timingSafeEqual(sha256(given), sha256(expected));
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
