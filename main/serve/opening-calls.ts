import type { Handlers } from '../../shared/contract.ts';
import { OpenQueue } from '../opening/open-queue.ts';
import type { EventStreams } from './event-streams.ts';

/**
 * A library's handlers, with what another program on this computer asks to have opened (`offprint open`) given to the
 * page that takes it first. It is checked before it comes here, and can only be what a page could do by itself.
 */
export function withOpening(handlers: Handlers, streams: EventStreams): Handlers {
  const queue = new OpenQueue(() => streams.tell('opening.waiting', {}));
  return {
    ...handlers,
    'opening.take': async () => ({ requests: queue.take() }),
    'opening.ask': async ({ requests }) => {
      queue.put(requests);
      return { shown: streams.listeners > 0 };
    },
  };
}
