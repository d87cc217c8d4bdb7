import type { Stemmer } from './paper-terms.ts';

/** Words of which the stems are remembered. */
const mostKept = 30_000;

/** Remembers the stems that `stem` gave: papers say mostly the same words, and each costs two statements. */
export function cachedStems(stem: Stemmer): Stemmer {
  const known = new Map<string, string | null>();
  return (words) => {
    const unknown = [...new Set(words.filter((word) => word !== '' && !known.has(word)))];
    if (known.size + unknown.length > mostKept) {
      known.clear();
      unknown.splice(0, unknown.length, ...new Set(words));
    }
    for (const [at, found] of (unknown.length > 0 ? stem(unknown) : []).entries()) {
      known.set(unknown[at] ?? '', found);
    }
    return words.map((word) => known.get(word) ?? null);
  };
}
