/**
 * The query of what is searched for within a view.
 * @param view the view's query, as text
 * @param search the text of the search box
 * @returns a text that finds the papers that both find; its last word is a prefix where that of the search was
 */
export function joinedQuery(view: string, search: string): string {
  if (view.trim() === '') return search.trimStart();
  if (search.trim() === '') return view;
  return `${view.trimEnd()} ${search.trimStart()}`;
}
