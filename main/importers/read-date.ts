const monthNames = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** The date in the form `2024`, `2024-06` or `2024-06-12`; null when there is no such year, month or day. */
export function dateOf(year: number, month: number | null = null, day: number | null = null): string | null {
  if (!Number.isInteger(year) || year < 1000 || year > 2999) return null;
  const digits = String(year);
  // Reference managers write a zero, or nothing, for what they do not know.
  if (month === null || month === 0) return digits;
  if (!Number.isInteger(month) || month < 1 || month > 12) return null;
  const upToMonth = `${digits}-${String(month).padStart(2, '0')}`;
  if (day === null || day === 0) return upToMonth;
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
  if (!Number.isInteger(day) || day < 1 || day > days) return null;
  return `${upToMonth}-${String(day).padStart(2, '0')}`;
}

function monthNumber(name: string): number | null {
  const index = monthNames.indexOf(name.slice(0, 3).toLowerCase());
  return index === -1 ? null : index + 1;
}

const numeric = /^(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?(?:\/{0,3}$|[T ]\d|\/\d{4})/;
const compact = /^(\d{4})(\d{2})(\d{2})$/;
const month = '(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\\.?';
const dayFirst = new RegExp(`^(?:[a-z]{3,9},? +)?(\\d{1,2})(?:st|nd|rd|th)?[ .-]+${month}[ ,-]+(\\d{4})(?!\\d)`, 'i');
const monthFirst = new RegExp(
  `^(?:[a-z]{3,9},? +)?${month}[ -]+(?:(\\d{1,2})(?:st|nd|rd|th)?,? +)?(\\d{4})(?!\\d)`,
  'i',
);
const yearFirst = new RegExp(`^(\\d{4})[ ,-]+${month}(?:[ -]+(\\d{1,2}))?$`, 'i');
const monthYear = /^(\d{1,2})[-/.](\d{4})$/;
const slashes = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$/;

/**
 * The date that a text spells in one of the usual ways: `2024`, `2024-06-12`, `2024/6`,
 * `20240612`, `2024-06-12T08:00:00Z`, `Mon, 12 Jun 2024 08:00:00 GMT`, `June 2024`,
 * `12 June 2024`, `June 12, 2024`, `06/2024`, and years with something around them (`c2004`, `Spring 2024`).
 * `12/06/2024`, of which the half of the world says one thing and the other half another, gives
 * its year.
 * @returns `2024`, `2024-06` or `2024-06-12`, or null when it is no date that there is
 */
export function readDate(text: string): string | null {
  const rest = text.trim();
  if (rest === '' || rest.length > 100) return null;
  const digits = numeric.exec(rest) ?? compact.exec(rest);
  if (digits) return dateOf(Number(digits[1]), numberOrNull(digits[2]), numberOrNull(digits[3]));
  const byDay = dayFirst.exec(rest);
  if (byDay) return dateOf(Number(byDay[3]), monthNumber(byDay[2] ?? ''), Number(byDay[1]));
  const byMonth = monthFirst.exec(rest);
  if (byMonth) return dateOf(Number(byMonth[3]), monthNumber(byMonth[1] ?? ''), numberOrNull(byMonth[2]));
  const byYear = yearFirst.exec(rest);
  if (byYear) return dateOf(Number(byYear[1]), monthNumber(byYear[2] ?? ''), numberOrNull(byYear[3]));
  const ofMonth = monthYear.exec(rest);
  if (ofMonth) return dateOf(Number(ofMonth[2]), Number(ofMonth[1])) ?? dateOf(Number(ofMonth[2]));
  const slashed = slashes.exec(rest);
  if (slashed) {
    const [one, two, year] = [Number(slashed[1]), Number(slashed[2]), Number(slashed[3])];
    if (one > 12) return dateOf(year, two, one);
    return two > 12 ? dateOf(year, one, two) : dateOf(year);
  }
  const years = rest.match(/(?<!\d)(?:1[5-9]|20)\d{2}(?!\d)/g);
  return years?.length === 1 && !/^\d{4}[-/.]\d/.test(rest) ? dateOf(Number(years[0])) : null;
}

function numberOrNull(text: string | undefined): number | null {
  return text === undefined ? null : Number(text);
}
