/** Most seconds after which a paper can be marked read, as the settings take it. */
export const mostSeconds = 600;

/** The seconds that were typed, or null where that is no number that the settings take. */
export function secondsIn(typed: string): number | null {
  const seconds = /^\s*\d+\s*$/.test(typed) ? Number(typed) : 0;
  return seconds >= 1 && seconds <= mostSeconds ? seconds : null;
}
