import { useEffect, useState } from 'react';
import type { CallOutput } from '../../shared/contract.ts';
import { useSession } from '../frame/session-context.ts';

/** What could be searched for instead. */
export type SearchHelp = CallOutput<'search.help'>;

/** How long a search that found nothing rests before the library is asked why, in milliseconds: typing goes on. */
const rest = 150;

const none: SearchHelp = { without: [], spelling: [] };

/**
 * Why a search finds nothing.
 * @returns null until the library has answered; empty when it has nothing to say, or could not
 */
export function useSearchHelp(view: string, query: string): SearchHelp | null {
  const { session } = useSession();
  const [answer, setAnswer] = useState<{ view: string; query: string; help: SearchHelp } | null>(null);

  useEffect(() => {
    let wanted = true;
    const timer = setTimeout(() => {
      session.client.call('search.help', { view, query }).then(
        (help) => {
          if (wanted) setAnswer({ view, query, help });
        },
        () => {
          // The search itself has been answered; advice on it is not worth a message of its own.
          if (wanted) setAnswer({ view, query, help: none });
        },
      );
    }, rest);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [session, view, query]);

  return answer && answer.view === view && answer.query === query ? answer.help : null;
}
