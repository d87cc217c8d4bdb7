import type { DateRange, NumberRange, SpanUnit } from './query.ts';

// Nine digits: more than any count of votes, and exact in arithmetic.
const wholeNumber = /^-?\d{1,9}$/;
const day = /^(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?$/;
const span = /^(\d{1,4})\s*(h|hours?|d|days?|w|weeks?|m|months?|y|years?)$/;

/** The comparison signs of the language. */
const sign = /^(<=|>=|<|>|=)\s*/;

/**
 * Reads `2023`, `2023..2024`, `..2024`, `2023..`, `>50`, `>=50`, `<50`, `<=50`. Numbers are whole.
 * A range written the wrong way round is turned around.
 * @returns null when the text is none of these
 */
export function parseNumbers(text: string): NumberRange | null {
  const sides = text.split('..');
  if (sides.length === 2) {
    const [from, to] = sides.map((side) => numberOf(side));
    if (from === undefined || to === undefined || (from === null && to === null)) return null;
    return from !== null && to !== null && from > to ? { from: to, to: from } : { from, to };
  }
  const compared = sign.exec(text)?.[1];
  const number = numberOf(text.replace(sign, ''));
  if (number === null || number === undefined) return null;
  switch (compared) {
    case '>':
      return { from: number + 1, to: null };
    case '>=':
      return { from: number, to: null };
    case '<':
      return { from: null, to: number - 1 };
    case '<=':
      return { from: null, to: number };
    default:
      return { from: number, to: number };
  }
}

/** Null for nothing, undefined for what is no number. */
function numberOf(text: string): number | null | undefined {
  if (text === '') return null;
  // `-0` is 0.
  return wholeNumber.test(text) ? Number(text) + 0 : undefined;
}

/** Writes a range of numbers as {@link parseNumbers} reads it. */
export function printNumbers({ from, to }: NumberRange): string {
  if (from !== null && from === to) return String(from);
  return `${from ?? ''}..${to ?? ''}`;
}

/**
 * Reads days (`2024`, `2024-06`, `2024-06-12`, `today`, `yesterday`), ranges of them, comparisons
 * with them, and spans back from now (`<2w`, `>1y`; `2w` alone is `<2w`).
 * @returns null when the text is none of these, or names a day that no calendar has
 */
export function parseDates(text: string): DateRange | null {
  const lower = text.toLowerCase();
  const sides = lower.split('..');
  if (sides.length === 2) {
    const [from, to] = sides.map((side) => dayOf(side));
    if (from === undefined || to === undefined || (from === null && to === null)) return null;
    return { kind: 'days', ...inOrder(from, to) };
  }
  const compared = sign.exec(lower)?.[1];
  const rest = lower.replace(sign, '');
  const back = span.exec(rest);
  if (back) {
    const amount = Number(back[1]);
    if (amount === 0 || compared === '=') return null;
    const side = compared?.startsWith('>') ? 'before' : 'within';
    return { kind: 'span', side, amount, unit: (back[2] ?? '').charAt(0) as SpanUnit };
  }
  const named = dayOf(rest);
  if (named === null || named === undefined) return null;
  switch (compared) {
    case '>=':
      return { kind: 'days', from: named, to: null };
    case '<=':
      return { kind: 'days', from: null, to: named };
    case '>':
    case '<': {
      const beside = neighbour(named, compared === '>' ? 1 : -1);
      if (beside === null) return null;
      return compared === '>' ? { kind: 'days', from: beside, to: null } : { kind: 'days', from: null, to: beside };
    }
    default:
      return { kind: 'days', from: named, to: named };
  }
}

/** The same day as it is kept; null for nothing, undefined for what is no day. */
function dayOf(text: string): string | null | undefined {
  if (text === '') return null;
  if (text === 'today' || text === 'yesterday') return text;
  const [, year = '', month, date] = day.exec(text) ?? [];
  if (year === '' || year === '0000') return undefined;
  if (month === undefined) return year;
  if (Number(month) < 1 || Number(month) > 12) return undefined;
  const exact = `${year}-${month.padStart(2, '0')}`;
  if (date === undefined) return exact;
  const valid = Number(date) >= 1 && Number(date) <= daysInMonth(Number(year), Number(month));
  return valid ? `${exact}-${date.padStart(2, '0')}` : undefined;
}

/** How many days a month has; months are counted from 1. */
export function daysInMonth(year: number, month: number): number {
  const days = new Date(0);
  // Not Date.UTC, which takes the years 0 to 99 for those of the 20th century.
  days.setUTCFullYear(year, month, 0);
  return days.getUTCDate();
}

/** The year, month or day after (`1`) or before (`-1`) one, as exact as it is; null where the language has no word for it. */
function neighbour(named: string, step: 1 | -1): string | null {
  if (named === 'today') return step === 1 ? null : 'yesterday';
  if (named === 'yesterday') return step === 1 ? 'today' : null;
  const [year = 0, month = 1, date = 1] = named.split('-').map(Number);
  const moved = new Date(0);
  moved.setUTCFullYear(
    year + (named.length === 4 ? step : 0),
    month - 1 + (named.length === 7 ? step : 0),
    date + (named.length === 10 ? step : 0),
  );
  const beside = moved.getUTCFullYear();
  return beside < 1 || beside > 9999 ? null : moved.toISOString().slice(0, named.length);
}

function inOrder(from: string | null, to: string | null): { from: string | null; to: string | null } {
  if (from === null || to === null) return { from, to };
  if (from === 'today' && to === 'yesterday') return { from: to, to: from };
  // Only written days can be compared before it is known which day is today.
  const written = /^\d/.test(from) && /^\d/.test(to);
  const exact = Math.min(from.length, to.length);
  return written && from.slice(0, exact) > to.slice(0, exact) ? { from: to, to: from } : { from, to };
}

/** Writes a range of dates as {@link parseDates} reads it. */
export function printDates(range: DateRange): string {
  if (range.kind === 'span') return `${range.side === 'within' ? '<' : '>'}${range.amount}${range.unit}`;
  if (range.from !== null && range.from === range.to) return range.from;
  return `${range.from ?? ''}..${range.to ?? ''}`;
}
