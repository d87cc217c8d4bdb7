/** The marks of one place that was searched for: several where a link begins or ends within it. */
export type Match = readonly HTMLElement[];

/** What of the reader has matches: title and abstract, and the note as it is read. */
const places = ':is(.page-scroll, .note-scroll) mark:not([data-shade])';

/** The places in the reader that were searched for, in the order in which they are read. */
export function matchesIn(root: Element | null): Match[] {
  const matches: HTMLElement[][] = [];
  let last: HTMLElement | null = null;
  for (const mark of root?.querySelectorAll<HTMLElement>(places) ?? []) {
    if (last && isNextTo(last, mark)) matches.at(-1)?.push(mark);
    else matches.push([mark]);
    last = mark;
  }
  return matches;
}

/** True where no text stands between two marks of one paragraph. */
function isNextTo(one: HTMLElement, other: HTMLElement): boolean {
  if (one.closest('p, li, h2, td') !== other.closest('p, li, h2, td')) return false;
  const between = one.ownerDocument.createRange();
  between.setStartAfter(one);
  between.setEndBefore(other);
  return between.toString() === '';
}

/** Marks one match as the current one, or none. */
export function showCurrent(root: Element | null, current: Match | null): void {
  for (const mark of root?.querySelectorAll('mark[data-current]') ?? []) {
    if (!current?.includes(mark as HTMLElement)) mark.removeAttribute('data-current');
  }
  for (const mark of current ?? []) mark.setAttribute('data-current', '');
}
