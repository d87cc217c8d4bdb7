import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { daysOf, instantsOf } from './dates.ts';
import type { DateRange, SpanUnit } from './query.ts';

const runs = { numRuns: Number(process.env['RUNS'] ?? 300) };

const instant = fc
  .date({ min: new Date('1975-01-01T00:00:00Z'), max: new Date('2060-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.getTime());
const unit = fc.constantFrom<SpanUnit>('h', 'd', 'w', 'm', 'y');
const amount = fc.integer({ min: 1, max: 400 });

function dayOf(moment: number): string {
  const date = new Date(moment);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

function days(from: string | null, to: string | null): DateRange {
  return { kind: 'days', from, to };
}

function within(moment: number, range: DateRange, now: number): boolean {
  const { from, past } = instantsOf(range, now);
  return (from === null || moment >= from) && (past === null || moment < past);
}

// Zones with summer time, with midnights that summer time leaves out, far ahead, with half hours.
describe.each([
  'UTC',
  'America/Sao_Paulo',
  'Europe/Berlin',
  'Pacific/Auckland',
  'Australia/Lord_Howe',
])('in %s', (zone) => {
  const before = process.env['TZ'];
  beforeAll(() => {
    process.env['TZ'] = zone;
  });
  afterAll(() => {
    if (before === undefined) delete process.env['TZ'];
    else process.env['TZ'] = before;
  });

  it('is the zone of the clock', () => {
    expect(Intl.DateTimeFormat().resolvedOptions().timeZone).toBe(zone);
  });

  it('a day, month or year holds the moments whose own day is in it', () => {
    fc.assert(
      fc.property(instant, instant, fc.constantFrom(4, 7, 10), (one, other, exact) => {
        const named = dayOf(one).slice(0, exact);
        expect(within(one, days(named, named), other)).toBe(true);
        expect(within(other, days(named, named), one)).toBe(dayOf(other).startsWith(named));
        const [from, to] = [dayOf(Math.min(one, other)), dayOf(Math.max(one, other))];
        expect(within(one, days(from, to), other) && within(other, days(from, to), other)).toBe(true);
        expect(within(other, days(null, named), one)).toBe(dayOf(other).slice(0, exact) <= named);
        expect(within(other, days(named, null), one)).toBe(dayOf(other).slice(0, exact) >= named);
      }),
      runs,
    );
  });

  it('today and yesterday are those of now', () => {
    fc.assert(
      fc.property(instant, (now) => {
        expect(daysOf(days('today', 'today'), now)).toEqual({ from: dayOf(now), to: dayOf(now) });
        const { from, to } = daysOf(days('yesterday', 'today'), now);
        const dayBefore = new Date(now);
        dayBefore.setDate(dayBefore.getDate() - 1);
        expect([from, to]).toEqual([dayOf(dayBefore.getTime()), dayOf(now)]);
      }),
      runs,
    );
  });

  it('a span divides all moments in two, the longer the earlier', () => {
    fc.assert(
      fc.property(instant, instant, amount, unit, (now, moment, count, each) => {
        const recent: DateRange = { kind: 'span', side: 'within', amount: count, unit: each };
        const older: DateRange = { kind: 'span', side: 'before', amount: count, unit: each };
        expect(within(moment, recent, now)).toBe(!within(moment, older, now));
        expect(within(now, recent, now)).toBe(true);
        const { from } = instantsOf(recent, now);
        expect(instantsOf({ ...recent, amount: count + 1 }, now).from).toBeLessThan(from ?? 0);
        // By days, likewise, and with the day of the moment that it reaches.
        const [first, last] = [daysOf(recent, now).from ?? '', daysOf(older, now).to ?? ''];
        expect(first).toBe(dayOf(from ?? 0));
        expect(last < first).toBe(true);
      }),
      runs,
    );
  });

  it('months and years back end on the same day of the month, or on the last one where there is none', () => {
    fc.assert(
      fc.property(instant, amount, fc.constantFrom<SpanUnit>('m', 'y'), (now, count, each) => {
        const today = new Date(now);
        const back = new Date(instantsOf({ kind: 'span', side: 'within', amount: count, unit: each }, now).from ?? 0);
        const months = (date: Date) => date.getFullYear() * 12 + date.getMonth();
        expect(months(today) - months(back)).toBe(each === 'y' ? count * 12 : count);
        const last = new Date(back.getFullYear(), back.getMonth() + 1, 0).getDate();
        expect(back.getDate()).toBe(Math.min(today.getDate(), last));
      }),
      runs,
    );
  });
});

describe('daysOf', () => {
  const noon = new Date(2024, 2, 31, 12).getTime();

  it.each<[DateRange, string | null, string | null]>([
    [days('2024', '2024'), '2024-01-01', '2024-12-31'],
    [days('2024-02', '2024-02'), '2024-02-01', '2024-02-29'],
    [days('2023-02', null), '2023-02-01', null],
    [days(null, '1900-02'), null, '1900-02-28'],
    [days('today', '2020'), '2020-01-01', '2024-03-31'],
    [days('2023', 'yesterday'), '2023-01-01', '2024-03-30'],
    [{ kind: 'span', side: 'within', amount: 1, unit: 'm' }, '2024-02-29', null],
    [{ kind: 'span', side: 'before', amount: 1, unit: 'm' }, null, '2024-02-28'],
    [{ kind: 'span', side: 'within', amount: 2, unit: 'w' }, '2024-03-17', null],
    [{ kind: 'span', side: 'within', amount: 13, unit: 'h' }, '2024-03-30', null],
    [{ kind: 'span', side: 'within', amount: 9999, unit: 'y' }, '0000-12-31', null],
  ])('%j', (range, from, to) => {
    expect(daysOf(range, noon)).toEqual({ from, to });
  });

  it('knows the leap day of a year that is none', () => {
    const leapDay = new Date(2024, 1, 29, 8).getTime();
    expect(daysOf({ kind: 'span', side: 'within', amount: 1, unit: 'y' }, leapDay).from).toBe('2023-02-28');
    expect(daysOf({ kind: 'span', side: 'within', amount: 4, unit: 'y' }, leapDay).from).toBe('2020-02-29');
  });
});
