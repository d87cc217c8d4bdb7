import { useEffect, useState } from 'react';
import { useSession } from '../frame/session-context.ts';
import type { Lookup } from './offers.ts';

/** How long typing rests before the library is asked, in milliseconds. */
const rest = 120;

/** Values asked for. */
const most = 8;

const none: readonly string[] = [];

/**
 * Authors or venues that begin so, from the library; those of the beginning before while the
 * answer is on its way.
 */
export function useLookup(lookup: Lookup | null): readonly string[] {
  const { session } = useSession();
  const [found, setFound] = useState<{ field: string | null; values: readonly string[] }>({
    field: null,
    values: none,
  });
  const field = lookup?.field ?? null;
  const beginning = lookup?.beginning ?? '';

  useEffect(() => {
    if (field === null) return;
    let wanted = true;
    const timer = setTimeout(() => {
      session.client.call('search.values', { field, beginning: beginning.slice(0, 200), limit: most }).then(
        ({ values }) => {
          if (wanted) setFound({ field, values });
        },
        // Without offers a value can be typed all the same.
        () => {},
      );
    }, rest);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [session, field, beginning]);

  return found.field === field ? found.values : none;
}
