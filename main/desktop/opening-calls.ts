import type { Handlers } from '../../shared/contract.ts';
import type { OpenQueue } from '../opening/open-queue.ts';

/** A library's handlers, with what is to be opened given to the window that takes it. */
export function withOpening(handlers: Handlers, queue: OpenQueue): Handlers {
  return { ...handlers, 'opening.take': async () => ({ requests: queue.take() }) };
}
