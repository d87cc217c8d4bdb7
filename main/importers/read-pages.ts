/** Pages as people read them: `45--67` and `45 - 67` are `45–67`. */
export function pageRange(pages: string): string {
  return pages.replaceAll(/ ?(?:--+|[‐-―]) ?|(?<=\d) ?- ?(?=\d)/g, '–');
}
