/** Scrolls by a page less two lines, so that the eye finds where it was. Answers false when it was at that end. */
export function scrollByPage(page: Element | null, direction: 1 | -1): boolean {
  if (!page) return false;
  const before = page.scrollTop;
  const room = direction === 1 ? page.scrollHeight - page.clientHeight - before : before;
  if (room < 2) return false;
  page.scrollTop = before + direction * Math.max(page.clientHeight - 56, 40);
  return true;
}
