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
