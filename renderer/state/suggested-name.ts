/** Longest name that is suggested, in characters. */
const longest = 60;

/** A name for a view of these papers, from the words of its query; empty where there are none. */
export function suggestedName(query: string): string {
  const words = query.replaceAll(/["()]/g, ' ').replaceAll(/\s+/g, ' ').trim();
  const short = words.length <= longest ? words : `${words.slice(0, longest).replace(/\s+\S*$/, '')}…`;
  return short.charAt(0).toUpperCase() + short.slice(1);
}
