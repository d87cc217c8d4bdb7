/**
 * Removes control characters, which no title or abstract has and which some of our own marks use;
 * tabs and other spacing controls become a space, and what shows nothing (soft hyphens, zero-width
 * spaces) goes, so that a search finds the word. Line feeds stay.
 */
export function withoutControls(text: string): string {
  return text
    .replaceAll(/\r\n?/g, '\n')
    .replaceAll(/[\t\v\f\u0085]/g, ' ')
    .replaceAll(/[\u00ad\u200b\u2060\ufeff]/g, '')
    .replaceAll(/[^\P{Cc}\n]/gu, '')
    .toWellFormed();
}

/** Text as one line: no control characters, white space folded. */
export function oneLine(text: string): string {
  return withoutControls(text).replaceAll(/\s+/g, ' ').trim();
}
