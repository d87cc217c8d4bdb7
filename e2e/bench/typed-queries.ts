/** Common queries, to be typed letter by letter: the last words are still being typed all the time. */
export const typedQueries = [
  'large language models',
  'diffusion models',
  'reinforcement learning',
  'graph neural networks',
  'retrieval augmented generation',
] as const;

/** Every state that a search box passes through while these are typed. */
export function typedPrefixes(): string[] {
  return typedQueries.flatMap((query) => Array.from(query, (_, at) => query.slice(0, at + 1)));
}
