const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;

function dayOf(date: Date): number {
  return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / 86_400_000;
}

/**
 * A moment as the list shows it: `Today`, `Yesterday`, `12 Nov` this year, `12 Nov 2024` otherwise.
 * Days are those of the reader's own time zone.
 * @param instant milliseconds since 1970
 * @param now the present moment, likewise
 */
export function shortDate(instant: number, now: number): string {
  const date = new Date(instant);
  const today = new Date(now);
  const age = dayOf(today) - dayOf(date);
  if (age === 0) return 'Today';
  if (age === 1) return 'Yesterday';
  const day = `${date.getDate()} ${months[date.getMonth()]}`;
  return date.getFullYear() === today.getFullYear() ? day : `${day} ${date.getFullYear()}`;
}

/** A date of publication as far as it is known: `2024`, `Jun 2024` or `12 Jun 2024`. */
export function publishedDate(date: string): string {
  const [year = '', month, day] = date.split('-');
  const name = months[Number(month) - 1];
  if (name === undefined) return year;
  return day === undefined ? `${name} ${year}` : `${Number(day)} ${name} ${year}`;
}

// Made once: making one costs more than a row of the list.
const inFull = new Intl.DateTimeFormat(undefined, { dateStyle: 'long', timeStyle: 'short' });

/** A moment in full, in the reader's own language, for tooltips. */
export function longDate(instant: number): string {
  return inFull.format(instant);
}
