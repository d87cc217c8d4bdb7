import { shortDate } from '../list/dates.ts';

const time = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });

/**
 * A moment as words with the time of day: `Today, 14:05`, `12 Nov, 09:30`, `12 Nov 2024, 09:30`.
 * @param instant milliseconds since 1970
 * @param now the present moment, likewise
 */
export function momentInWords(instant: number, now: number): string {
  return `${shortDate(instant, now)}, ${time.format(instant)}`;
}

/** The same within a sentence: `today, 14:05`. */
export function momentInSentence(instant: number, now: number): string {
  return momentInWords(instant, now).replace(/^(?:Today|Yesterday)/, (day) => day.toLowerCase());
}

const thisYear = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });
const otherYear = new Intl.DateTimeFormat(undefined, { dateStyle: 'long' });

/** The day of a moment: `Today`, `Yesterday`, `Monday, 16 November`, `16 November 2024`. Otherwise as {@link momentInWords}. */
export function dayInWords(instant: number, now: number): string {
  const day = shortDate(instant, now);
  if (/^(?:Today|Yesterday)$/.test(day)) return day;
  const isThisYear = new Date(instant).getFullYear() === new Date(now).getFullYear();
  return (isThisYear ? thisYear : otherYear).format(instant);
}

/** The time of day of a moment: `14:05`. */
export function timeInWords(instant: number): string {
  return time.format(instant);
}
