import { stringEnd } from './json-scan.ts';

/** An object as JSON has it. Its values are whatever a file says: never trusted to be of a type. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** True for `{…}`: not null, and not a list. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The object, or an empty one when the value is none. */
export function objectOf(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

/** The list, or an empty one when the value is none. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The text that a value is, white space at its ends gone; null when it is none or empty. */
export function textOf(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const text = value.trim();
  return text === '' ? null : text;
}

/** A text, or the first text of a list: what some write as the one, some as the other. */
export function firstTextOf(value: unknown): string | null {
  return Array.isArray(value) ? textOf(value.find((each) => textOf(each) !== null)) : textOf(value);
}

/** A text, or a number as text: volumes, years and numbers are written as either. */
export function wordOf(value: unknown): string | null {
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : textOf(value);
}

/** A count from 0 up; null when the value is none that there can be. */
export function countOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

/**
 * Puts right what programs and people commonly write that JSON does not allow: line breaks and
 * other control characters inside strings, `NaN` and `Infinity` for what is not known, and a comma
 * before a closing bracket. Anything else stays as it is.
 */
function repaired(text: string): string {
  const parts: string[] = [];
  let from = 0;
  while (from < text.length) {
    const quote = text.indexOf('"', from);
    const outside = text.slice(from, quote === -1 ? text.length : quote);
    parts.push(outside.replaceAll(/-?\b(?:NaN|Infinity)\b|\bundefined\b/g, 'null').replaceAll(/,(\s*[}\]])/g, '$1'));
    if (quote === -1) break;
    const end = stringEnd(text, quote + 1);
    const inside = text.slice(quote, end === -1 ? text.length : end + 1);
    parts.push(inside.replaceAll(/[^\P{Cc}\x7f-\x9f]/gu, (control) => JSON.stringify(control).slice(1, -1)));
    from = quote + inside.length;
  }
  return parts.join('');
}

/** Longest text of JSON that is tried a second time, in UTF-16 units. */
const longestRepaired = 1024 * 1024;

/** What a text of JSON says, or what is wrong with it, in words that complete "it was skipped: …". */
export type ParsedJson = { ok: true; value: unknown } | { ok: false; reason: string };

/** Parses JSON, and what is commonly written for it. */
export function parseJson(text: string): ParsedJson {
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    if (text.length <= longestRepaired) {
      try {
        return { ok: true, value: JSON.parse(repaired(text)) };
      } catch {
        // What is told is what is wrong with the text as it stands.
      }
    }
    return { ok: false, reason: damageOf(text, error) };
  }
}

function damageOf(text: string, error: unknown): string {
  const message = error instanceof Error ? error.message : '';
  if (/end of JSON|Unterminated string/.test(message)) return 'it is cut off: the JSON ends in the middle';
  const at = Number(/at position (\d+)/.exec(message)?.[1] ?? Number.NaN);
  return Number.isNaN(at) ? 'it is damaged: it is not JSON' : damageAt(text, at);
}

/** Says where JSON is damaged, by what stands there. */
export function damageAt(text: string, at: number): string {
  const near = text
    .slice(Math.max(0, at - 30), at + 10)
    .toWellFormed()
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  return near === '' ? 'it is damaged: it is not JSON' : `it is damaged: it is not JSON near “${near}”`;
}
