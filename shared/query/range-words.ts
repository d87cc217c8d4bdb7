import type { DateRange, NumberRange, SpanUnit } from './query.ts';

const units: Record<SpanUnit, string> = { h: 'hour', d: 'day', w: 'week', m: 'month', y: 'year' };

const months = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
];

/** Numbers in plain words, after "with" or "in": `50`, `10 to 50`, `50 or more`, `50 or fewer`. */
export function numbersInWords({ from, to }: NumberRange, more: string, less: string): string {
  if (from !== null && to !== null) return from === to ? String(from) : `${from} to ${to}`;
  return from !== null ? `${from} or ${more}` : `${to} or ${less}`;
}

/** Dates in plain words, after a verb: `within the last 2 weeks`, `in June 2024 or later`, `from 2023 to 2024`, `today`. */
export function datesInWords(range: DateRange): string {
  if (range.kind === 'span') {
    const { amount, unit, side } = range;
    const span = amount === 1 ? units[unit] : `${amount} ${units[unit]}s`;
    if (side === 'within') return `within the last ${span}`;
    return `more than ${amount === 1 ? `${unit === 'h' ? 'an' : 'a'} ${span}` : span} ago`;
  }
  const { from, to } = range;
  if (from !== null && from === to) return at(from);
  if (from !== null && to !== null) return `from ${named(from)} to ${named(to)}`;
  return from !== null ? `${at(from)} or later` : `${at(to ?? '')} or earlier`;
}

function at(day: string): string {
  if (!/^\d/.test(day)) return day;
  return `${day.length === 10 ? 'on' : 'in'} ${named(day)}`;
}

function named(day: string): string {
  if (!/^\d/.test(day)) return day;
  const [year = '', month, date] = day.split('-');
  if (month === undefined) return year;
  const name = `${months[Number(month) - 1]} ${year}`;
  return date === undefined ? name : `${Number(date)} ${name}`;
}
