const grouped = new Intl.NumberFormat();

/** A time as it is told afterwards: `48 s`, `4 min 12 s`, `1 h 3 min`. */
export function durationText(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes >= 60) return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
  return seconds % 60 === 0 ? `${minutes} min` : `${minutes} min ${seconds % 60} s`;
}

/** The time that one paper took: under ten seconds to a tenth. */
export function paceText(milliseconds: number): string {
  return milliseconds < 9_950 ? `${Math.round(milliseconds / 100) / 10} s` : durationText(milliseconds);
}

/** How fast papers are decided on: `11 a minute`; null while too few were to say. */
export function rateText(decided: number, milliseconds: number): string | null {
  if (decided < 5 || milliseconds <= 0) return null;
  const rate = (decided * 60_000) / milliseconds;
  return `${rate < 10 ? Math.round(rate * 10) / 10 : grouped.format(Math.round(rate))} a minute`;
}

/** `1 paper`, `1,234 papers`. */
export function papersText(count: number): string {
  return `${grouped.format(count)} paper${count === 1 ? '' : 's'}`;
}
