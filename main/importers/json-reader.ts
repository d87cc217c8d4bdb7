import type { JsonObject } from './json-values.ts';

/** Longest record read, in UTF-16 units. */
export const longestRecord = 16 * 1024 * 1024;

/** Something that stands where a record may stand, and where: an object, or why it is none. */
export type JsonElement = { where: string; value: JsonObject } | { where: string; reason: string };

/**
 * Says of an object whether it is a record of a format: null when it is, else why not, in words
 * that complete "it was skipped: …".
 */
export type Judge = (value: JsonObject) => string | null;

/** Finds the records in JSON that comes in pieces. */
export interface JsonReader {
  /** The elements that are complete with this piece. */
  write(piece: string): JsonElement[];
  /** What is left when no more comes. */
  end(): JsonElement[];
}
