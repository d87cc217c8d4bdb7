import { useEffect, useState } from 'react';
import type { Client } from '../../shared/client.ts';
import { longestQuery } from '../../shared/contract.ts';
import type { Row } from '../../shared/paper.ts';

/** How long typing rests before papers are looked for, in milliseconds. */
const rest = 80;

/** Papers offered at most. */
const most = 8;

/** Papers found, and the query that they answer to. */
interface Found {
  query: string;
  papers: readonly Row[];
}

/**
 * The papers of the whole library that answer best to what was typed; those found before until the new
 * ones are here. `searching` is true until then.
 */
export function useFoundPapers(client: Client, typed: string): { papers: readonly Row[]; searching: boolean } {
  const [found, setFound] = useState<Found>({ query: '', papers: [] });
  const query = typed.trim().slice(0, longestQuery);

  useEffect(() => {
    if (query === '') {
      setFound({ query, papers: [] });
      return;
    }
    let overtaken = false;
    const timer = setTimeout(async () => {
      try {
        const { result, rows } = await client.call('list.open', { view: 'all', query, sort: [], limit: most });
        client.call('list.close', { result }).catch(() => {});
        if (!overtaken) setFound({ query, papers: rows });
      } catch {
        // Commands are found all the same; a library that does not answer is told of elsewhere.
        if (!overtaken) setFound({ query, papers: [] });
      }
    }, rest);
    return () => {
      overtaken = true;
      clearTimeout(timer);
    };
  }, [client, query]);

  return { papers: found.papers, searching: found.query !== query };
}
