import { closedJson } from './cut-json.ts';
import type { ImportedText } from './importer.ts';
import { JsonLines } from './json-lines.ts';
import type { JsonElement, JsonReader, Judge } from './json-reader.ts';
import { JsonStream } from './json-stream.ts';
import { isObject, type JsonObject, parseJson } from './json-values.ts';

/** As much of a text as it takes to see whether records stand one to a line, in UTF-16 units. */
const enoughToTell = 1024 * 1024;

/** Do records stand one to a line? The first line tells: it is an object, and another line follows. */
function standsInLines(beginning: string): boolean {
  const first = /^\s*(?:\[[^\S\n]*\n\s*)?(\{[^\n]*\})[^\S\n]*,?[^\S\n]*\n\s*[{\]]/.exec(beginning)?.[1];
  if (first === undefined) return false;
  const parsed = parseJson(first);
  return parsed.ok && isObject(parsed.value);
}

function linesWithText(text: string): number {
  return text.split('\n').filter((line) => line.trim() !== '').length;
}

function readerOf(beginning: string, judge: Judge): JsonReader {
  return standsInLines(beginning) ? new JsonLines(judge) : new JsonStream(judge);
}

/**
 * Everything in a text of JSON, or of JSON lines, that is a record or stands where one may stand,
 * as it is read. See {@link JsonLines} and {@link JsonStream}.
 */
export async function* jsonElements(file: ImportedText, judge: Judge): AsyncGenerator<JsonElement[], void> {
  let beginning = '';
  let reader: JsonReader | null = null;
  for await (const piece of file.pieces()) {
    if (reader !== null) yield reader.write(piece);
    else {
      beginning += piece;
      if (beginning.length < enoughToTell && linesWithText(beginning) < 3) continue;
      reader = readerOf(beginning, judge);
      yield reader.write(beginning);
      beginning = '';
    }
  }
  if (reader === null) {
    reader = readerOf(beginning, judge);
    yield reader.write(beginning);
  }
  yield reader.end();
}

/** Pieces in which a beginning is looked at, in UTF-16 units. */
const samplePiece = 16 * 1024;

/**
 * The first records in the beginning of a text, for recognising a format. A first record that goes
 * on beyond it, one with thousands of authors, is judged by what there is of it.
 * @param most how many are wanted
 */
export function firstRecords(beginning: string, judge: Judge, most = 10): JsonObject[] {
  if (!/^\s*[[{]/.test(beginning)) return [];
  const found = recordsIn(beginning, judge, most);
  return found.length > 0 ? found : recordsIn(closedJson(beginning), judge, 1);
}

function recordsIn(beginning: string, judge: Judge, most: number): JsonObject[] {
  const reader = readerOf(beginning, judge);
  const found: JsonObject[] = [];
  for (let at = 0; at < beginning.length && found.length < most; at += samplePiece) {
    for (const element of reader.write(beginning.slice(at, at + samplePiece))) {
      if ('value' in element) found.push(element.value);
    }
  }
  if (found.length < most) {
    // An object around the records is looked into only once it has ended, and may be cut off here.
    for (const element of reader.end()) if ('value' in element) found.push(element.value);
  }
  return found.slice(0, most);
}
