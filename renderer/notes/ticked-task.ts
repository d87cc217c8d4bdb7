/**
 * A note with one of its tasks ticked, or no longer ticked.
 * @param at where the item stands in the text, in UTF-16 units: at its bullet or number
 * @returns null where no task stands there
 */
export function tickedTask(text: string, at: number): string | null {
  const [found, before = '', box = ''] =
    /^((?:[-*+]|\d{1,9}[.)])\s+\[)([ xX])(?=\])/.exec(text.slice(at, at + 200)) ?? [];
  if (found === undefined) return null;
  return `${text.slice(0, at)}${before}${box === ' ' ? 'x' : ' '}${text.slice(at + found.length)}`;
}
