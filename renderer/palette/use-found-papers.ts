import { useEffect, useState } from 'react';
import type { Client } from '../../shared/client.ts';
import { longestQuery } from '../../shared/contract.ts';
import type { Row } from '../../shared/paper.ts';

/** How long typing rests before papers are looked for, in milliseconds. */
const rest = 80;

/** Papers offered at most. */
const most = 8;

/** The papers of the whole library that answer best to what was typed; those found before until the new ones are here. */
export function useFoundPapers(client: Client, typed: string): readonly Row[] {
  const [found, setFound] = useState<readonly Row[]>([]);
  const query = typed.trim().slice(0, longestQuery);

  useEffect(() => {
    if (query === '') {
      setFound([]);
      return;
    }
    let overtaken = false;
    const timer = setTimeout(async () => {
      try {
        const { result, rows } = await client.call('list.open', { view: 'all', query, sort: [], limit: most });
        client.call('list.close', { result }).catch(() => {});
        if (!overtaken) setFound(rows);
      } catch {
        // Commands are found all the same; a library that does not answer is told of elsewhere.
        if (!overtaken) setFound([]);
      }
    }, rest);
    return () => {
      overtaken = true;
      clearTimeout(timer);
    };
  }, [client, query]);

  return found;
}
