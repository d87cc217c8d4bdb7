import type { Handlers } from '../../shared/contract.ts';
import type { EventStreams } from './event-streams.ts';

/** Milliseconds that the pages get to save what was typed in them when the server is about to stop. */
const pagePatience = 1000;

/** Has the pages save before the server stops. */
export interface LastWords {
  /** The library's handlers, with `session.flushed` heard here on its way. */
  handlers: Handlers;
  /** Tells every page to save. Resolves when each has said that it has, or when `pagePatience` is over. */
  hear(): Promise<void>;
}

/** Listens for `session.flushed` among the calls to a library. @param patience in milliseconds */
export function lastWords(handlers: Handlers, streams: EventStreams, patience: number = pagePatience): LastWords {
  let heard = () => {};
  return {
    handlers: {
      ...handlers,
      async 'session.flushed'(input) {
        const answer = await handlers['session.flushed'](input);
        heard();
        return answer;
      },
    },
    async hear() {
      let silent = streams.listeners;
      if (silent === 0) return;
      const all = Promise.withResolvers<void>();
      heard = () => {
        silent -= 1;
        if (silent === 0) all.resolve();
      };
      const timer = setTimeout(all.resolve, patience);
      streams.tell('flush', {});
      await all.promise;
      clearTimeout(timer);
    },
  };
}
