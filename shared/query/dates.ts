import type { DateRange, SpanUnit } from './query.ts';
import { daysInMonth } from './ranges.ts';

/**
 * The moments that a range of dates means, in the time zone of this machine.
 * @param now milliseconds since 1970, which today and spans of time are reckoned from
 * @returns milliseconds since 1970, `[from, past)`; null is open
 */
export function instantsOf(range: DateRange, now: number): { from: number | null; past: number | null } {
  if (range.kind === 'span') {
    const edge = before(now, range.amount, range.unit).getTime();
    return range.side === 'within' ? { from: edge, past: null } : { from: null, past: edge };
  }
  const { from, to } = daysOf(range, now);
  return { from: from === null ? null : midnight(from, 0), past: to === null ? null : midnight(to, 1) };
}

/**
 * The days that a range of dates means, each `YYYY-MM-DD` and included; null is open. A span back
 * from now begins with the whole day that it reaches.
 * @param now milliseconds since 1970; which day that is depends on the time zone of this machine
 */
export function daysOf(range: DateRange, now: number): { from: string | null; to: string | null } {
  if (range.kind === 'span') {
    const edge = before(now, range.amount, range.unit);
    if (range.side === 'within') return { from: dayText(edge), to: null };
    edge.setDate(edge.getDate() - 1);
    return { from: null, to: dayText(edge) };
  }
  const [from, to] = [range.from, range.to].map((side) => side && absolute(side, now));
  if (!from || !to) return { from: from ? firstDay(from) : null, to: to ? lastDay(to) : null };
  // `today..2020` shows which way round it is only now.
  const turned = firstDay(from) > lastDay(to);
  return turned ? { from: firstDay(to), to: lastDay(from) } : { from: firstDay(from), to: lastDay(to) };
}

/** The moment so long before another one. A month or year before a day that it lacks is its last day. */
function before(now: number, amount: number, unit: SpanUnit): Date {
  if (unit === 'h') return new Date(now - amount * 3_600_000);
  const date = new Date(now);
  if (unit === 'd' || unit === 'w') {
    date.setDate(date.getDate() - amount * (unit === 'w' ? 7 : 1));
    return date;
  }
  const months = date.getFullYear() * 12 + date.getMonth() - amount * (unit === 'y' ? 12 : 1);
  const [year, month] = [Math.floor(months / 12), ((months % 12) + 12) % 12];
  date.setFullYear(year, month, Math.min(date.getDate(), daysInMonth(year, month + 1)));
  return date;
}

function absolute(side: string, now: number): string {
  if (side !== 'today' && side !== 'yesterday') return side;
  const date = new Date(now);
  if (side === 'yesterday') date.setDate(date.getDate() - 1);
  return dayText(date);
}

function firstDay(named: string): string {
  const [year = '', month = '01', day = '01'] = named.split('-');
  return `${year}-${month}-${day}`;
}

function lastDay(named: string): string {
  const [year = '', month = '12', day] = named.split('-');
  return `${year}-${month}-${day ?? daysInMonth(Number(year), Number(month))}`;
}

/** When a day begins, or the one that comes `later` days after it. */
function midnight(day: string, later: number): number {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const start = new Date(2000, 0);
  start.setFullYear(year, month - 1, date + later);
  return start.getTime();
}

/** No paper is of a year before 1: anything earlier is told as the last day before it. */
function dayText(date: Date): string {
  const year = date.getFullYear();
  if (year < 1) return '0000-12-31';
  const two = (part: number) => String(part).padStart(2, '0');
  return `${String(year).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
