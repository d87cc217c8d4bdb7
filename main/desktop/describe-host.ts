import { session } from 'electron';
import type { Handlers } from '../../shared/contract.ts';
import { spellingLanguages } from './spelling.ts';

/** A library's handlers, with `host.describe` answered by what a desktop program can do. */
export function withHost(handlers: Handlers): Handlers {
  return {
    ...handlers,
    'host.describe': async () => {
      const languages = spellingLanguages(session.defaultSession);
      return {
        kind: 'desktop',
        badge: true,
        pdf: true,
        spelling: { languages, fetches: languages.length > 0 },
        logs: true,
      };
    },
  };
}
