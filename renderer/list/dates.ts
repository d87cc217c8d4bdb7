function dayOf(date: Date): number {
  return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / 86_400_000;
}

/** Dates as a reader of some place writes them. */
export interface Dates {
  /**
   * A moment as the list shows it: `Today`, `Yesterday`, `12 Nov` this year, `12 Nov 2024` otherwise.
   * Days are those of the reader's own time zone.
   * @param instant milliseconds since 1970
   * @param now the present moment, likewise
   */
  shortDate(instant: number, now: number): string;
  /** A date of publication as far as it is known: `2024`, `Jun 2024` or `12 Jun 2024`. */
  publishedDate(date: string): string;
  /** A moment in full, for tooltips. */
  longDate(instant: number): string;
}

/**
 * Dates in the order and with the names that a locale has for them; the words around them are English, as all words
 * of the window are.
 * @param locale BCP 47; the reader's own when it is not given
 */
export function datesIn(locale?: string): Dates {
  // Each made once: making one costs more than a row of the list.
  const day = { day: 'numeric', month: 'short' } as const;
  const thisYear = new Intl.DateTimeFormat(locale, day);
  const otherYear = new Intl.DateTimeFormat(locale, { ...day, year: 'numeric' });
  const wholeDay = new Intl.DateTimeFormat(locale, { ...day, year: 'numeric', timeZone: 'UTC' });
  const wholeMonth = new Intl.DateTimeFormat(locale, { month: 'short', year: 'numeric', timeZone: 'UTC' });
  const inFull = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short' });
  return {
    shortDate(instant, now) {
      const date = new Date(instant);
      const today = new Date(now);
      const age = dayOf(today) - dayOf(date);
      if (age === 0) return 'Today';
      if (age === 1) return 'Yesterday';
      return (date.getFullYear() === today.getFullYear() ? thisYear : otherYear).format(date);
    },
    publishedDate(date) {
      const [year = '', month, day] = date.split('-');
      const at = Date.UTC(Number(year), Number(month ?? 1) - 1, Number(day ?? 1));
      // An imported date may be of a month that there is none of.
      const isMonth = month !== undefined && Number(month) >= 1 && Number(month) <= 12;
      if (!isMonth) return year;
      return (day === undefined ? wholeMonth : wholeDay).format(at);
    },
    longDate: (instant) => inFull.format(instant),
  };
}

/** See {@link Dates}; as the reader's own locale has them. */
export const { shortDate, publishedDate, longDate } = datesIn();
