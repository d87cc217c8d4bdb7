import type { TextLine } from './text-lines.ts';

/** Most text kept of one record, in UTF-16 units. */
const longestRecord = 2_000_000;

// https://en.wikipedia.org/wiki/RIS_(file_format) and what EndNote, RefWorks and Zotero write besides.
const known = new Set(
  (
    'TY ER ID A1 A2 A3 A4 AU AB AD AF AN AV BT C1 C2 C3 C4 C5 C6 C7 C8 CA CN CP CT CY DA DB DI DO DP ED EP ET FD H1 ' +
    'H2 IS J1 J2 JA JF JO K1 KW L1 L2 L3 L4 LA LB LK LL M1 M2 M3 N1 N2 NO NV OL OP PA PB PMID PP PY RD RI RN RP RS ' +
    'SE SF SL SN SO SP SR ST SV T1 T2 T3 TA TI TT U1 U2 U3 U4 U5 UR VL VO WP WT WV Y1 Y2 YR'
  ).split(' '),
);

/** One tag of a record: its name in capitals and what stands behind it, wrapped lines included. */
export interface RisTag {
  name: string;
  /** Lines end with `\n`. */
  value: string;
}

/** One record of a RIS file. */
export interface RisRecord {
  /** The line that it begins at. */
  line: number;
  tags: RisTag[];
}

/**
 * A line that begins with a tag, with whatever spacing people and programs give it.
 * @returns null for a line that goes on with what stood before
 */
export function risTagOf(line: string): RisTag | null {
  const match = /^\s{0,8}([A-Za-z][A-Za-z0-9])(\s{0,4})-(?:\s(.*)|(\S.*)?)$/.exec(line);
  if (!match) return null;
  const [, tag = '', space, behindSpace, behindDash] = match;
  const name = tag.toUpperCase();
  const isExact = /^[A-Z][A-Z0-9] {2}-(?: |$)/.test(line);
  // "AI - a history" in an abstract is no tag, nor are "co-author" and "SP-based".
  if (!known.has(name) && !isExact) return null;
  if (behindDash !== undefined && space === '' && name !== 'TY') return null;
  return { name, value: (behindSpace ?? behindDash ?? '').trim() };
}

/**
 * Puts lines together to records. A record ends with `ER`, or where the next begins with `TY`;
 * several `TY` before anything else are one.
 */
export class RisRecords {
  #record: RisRecord | null = null;
  #length = 0;
  /** True when the record has more than its kind. */
  #saysMore = false;

  /** Takes a line; gives the record that it ends, or null. */
  write({ number, text }: TextLine): RisRecord | null {
    const tag = risTagOf(text);
    if (tag === null) {
      this.#goOn(text.trim());
      return null;
    }
    if (tag.name === 'ER') return this.end();
    const ended = tag.name === 'TY' && this.#saysMore ? this.end() : null;
    this.#saysMore ||= tag.name !== 'TY';
    this.#record ??= { line: number, tags: [] };
    this.#length += tag.value.length + 10;
    if (this.#length <= longestRecord) this.#record.tags.push(tag);
    return ended;
  }

  /** Gives the record that has begun, or null. */
  end(): RisRecord | null {
    const ended = this.#record;
    this.#record = null;
    this.#length = 0;
    this.#saysMore = false;
    return ended;
  }

  #goOn(text: string): void {
    const tag = this.#record?.tags.at(-1);
    if (tag === undefined) return;
    this.#length += text.length + 1;
    if (this.#length <= longestRecord) tag.value += `\n${text}`;
  }
}
